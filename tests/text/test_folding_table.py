"""The committed table is what its script makes, as far as this Python knows the characters."""

from __future__ import annotations

import sys
import unicodedata

from tests.text import folding_table
from viewer.text import folded
from viewer.text.folded import TABLE


def test_the_table_is_what_its_script_makes_of_every_character_that_is_known_here() -> None:
    committed = folded._FoldingTable()
    for code in range(0x80, sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.category(char) in ("Cn", "Co", "Cs") or "\uac00" <= char <= "\ud7a3":
            continue
        assert committed.folded.get(char, char) == folding_table.fold_character(char), hex(code)
        known = unicodedata.combining(char) if folding_table.is_mark(char) else None
        assert committed.marks.get(char) == known, hex(code)
        assert (char in committed.bare) == folding_table.is_bare(char), hex(code)


def test_a_python_of_the_same_unicode_makes_the_same_file() -> None:
    text = TABLE.read_text("utf-8")
    if f"Unicode {unicodedata.unidata_version}." in text:
        assert text == folding_table.table()


def test_syllables_of_hangul_are_taken_apart_as_unicode_does() -> None:
    for code in range(0xAC00, 0xD7A4):
        assert folded.fold_text(chr(code)).text == unicodedata.normalize("NFD", chr(code))
