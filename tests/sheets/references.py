"""Writes the committed texts and pictures anew: `python -m tests.sheets.references`, then look at every one."""

from __future__ import annotations

from tests.conftest import EDITIONS_OF_FORMAT_1
from tests.sheets.test_pdf import _CHANGING, REFERENCE, REFERENCES, pages, picture, printed
from viewer.bundle.bundle import Bundle
from viewer.signing.claims import parse_comment
from viewer.signing.minisign import Signature
from viewer.signing.sealing import build_trust_list, new_key, seal
from viewer.signing.trailer import split_trailer
from viewer.signing.trust import read_trust_list


def kept_bundles(*names: str) -> list[Bundle]:
    """The editions of format 1 that were kept, which the references are made from, sealed with a fresh key."""
    root, key = new_key(), new_key()
    listed = build_trust_list({"Test publisher": key.public}, root, serial=1, issued="2026-11")
    trust = read_trust_list(listed, root.public)
    opened = []
    for name in names:
        body, trailer = split_trailer((EDITIONS_OF_FORMAT_1 / name).read_bytes())
        claims = parse_comment(Signature.parse(trailer).trusted_comment)
        opened.append(Bundle.from_bytes(seal(bytes(body), claims, key), trust))
    return opened


def main() -> None:
    """Writes a text and a picture for each reference."""
    (sample,) = kept_bundles("briefings.db")
    REFERENCE.mkdir(exist_ok=True)
    for name, recipe in REFERENCES.items():
        data = printed(recipe, sample).data
        shown = "\n\f\n".join(pages(data)).replace("\r\n", "\n")
        (REFERENCE / f"{name}.txt").write_text(_CHANGING.sub("…", shown) + "\n", encoding="utf-8")
        image = picture(data)
        (REFERENCE / f"{name}.png").write_bytes(image.fp.getvalue())


if __name__ == "__main__":
    main()
