"""Writes the committed texts and pictures anew: `python -m tests.sheets.references`, then look at every one."""

from __future__ import annotations

from tests.sheets.test_pdf import _CHANGING, REFERENCE, REFERENCES, pages, picture, printed
from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.publish.build import build_body
from viewer.publish.drafts import read_drafts
from viewer.publish.release import claims_for
from viewer.signing.sealing import build_trust_list, new_key, seal
from viewer.signing.trust import read_trust_list


def trusted_bundles(*folders: str) -> list[Bundle]:
    """The editions built from these folders of drafts, sealed with a fresh key."""
    root, key = new_key(), new_key()
    listed = build_trust_list({"Test publisher": key.public}, root, serial=1, issued="2026-11")
    trust = read_trust_list(listed, root.public)
    drafts = (read_drafts(paths.resources() / "drafts" / folder) for folder in folders)
    return [Bundle.from_bytes(seal(build_body(draft), claims_for(draft.edition), key), trust) for draft in drafts]


def main() -> None:
    """Writes a text and a picture for each reference."""
    (sample,) = trusted_bundles("tacsea-2012")
    REFERENCE.mkdir(exist_ok=True)
    for name, recipe in REFERENCES.items():
        data = printed(recipe, sample).data
        shown = "\n\f\n".join(pages(data)).replace("\r\n", "\n")
        (REFERENCE / f"{name}.txt").write_text(_CHANGING.sub("…", shown) + "\n", encoding="utf-8")
        image = picture(data)
        (REFERENCE / f"{name}.png").write_bytes(image.fp.getvalue())


if __name__ == "__main__":
    main()
