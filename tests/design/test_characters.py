"""The table of characters that print is what the typefaces have."""

from __future__ import annotations

from viewer.design.characters import printed_characters
from viewer.sheets.typography import SERIF_ITALIC, load_fonts


def test_every_face_has_each_of_them_and_no_other_character_is_in_all_faces() -> None:
    faces = [codes for face, codes in load_fonts().items() if face != SERIF_ITALIC]
    in_all = {chr(code) for code in frozenset.intersection(*faces) if code >= ord(" ")}
    assert printed_characters() == in_all - {"\x7f"}
