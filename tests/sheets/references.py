"""Writes the committed texts and pictures anew: `python -m tests.sheets.references`, then look at every one."""

from __future__ import annotations

from tests.conftest import CLAIMS
from tests.sheets.test_pdf import _CHANGING, REFERENCE, REFERENCES, pages, picture, printed
from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.publish.build import build_body
from viewer.publish.drafts import read_drafts
from viewer.signing.sealing import build_trust_list, new_key, seal
from viewer.signing.trust import read_trust_list


def main() -> None:
    """Writes a text and a picture for each reference."""
    root, key = new_key(), new_key()
    listed = build_trust_list({"Test publisher": key.public}, root, serial=1, issued="2026-11")
    body = build_body(read_drafts(paths.resources() / "drafts" / "tacsea-2012"))
    sample = Bundle.from_bytes(seal(body, CLAIMS, key), read_trust_list(listed, root.public))
    REFERENCE.mkdir(exist_ok=True)
    for name, recipe in REFERENCES.items():
        data = printed(recipe, sample).data
        shown = "\n\f\n".join(pages(data)).replace("\r\n", "\n")
        (REFERENCE / f"{name}.txt").write_text(_CHANGING.sub("…", shown) + "\n", encoding="utf-8")
        image = picture(data)
        (REFERENCE / f"{name}.png").write_bytes(image.fp.getvalue())


if __name__ == "__main__":
    main()
