"""Makes `viewer/text/folding_table.txt`, by which texts are compared, from what Python knows of Unicode.

Run: `python -m tests.text.folding_table`, with the newest Python at hand. Then no Python's own tables are asked any
more, which differ between versions: `tests/text/test_folding_table.py` sees to it that all of them would make the
same table, as far as they know its characters.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator

from viewer.text.folded import TABLE

HEAD = """\
# How single characters are folded where texts are compared. Made by tests/text/folding_table.py; not to be edited.
# Unicode {version}. Codes are hexadecimal.
#
# folded: the code of a character, and what it and each of those after it become; SPACE is a space, NOTHING nothing.
# marks: the first and last of a range of combining marks, and their canonical combining class.
# bare: the first and last of a range of Latin or Greek letters, whose marks fall.
# single: the same of all letters between which points fall: Latin, Greek and Cyrillic ones.
"""
APOSTROPHES = "\u2019\u2018\u02bc\u2032"
HYPHENS = "\u2010\u2011\u2212"  # the last is the minus
ZERO_WIDTH = (
    *("\u00ad", "\u034f", "\u061c", "\u180e", "\ufeff"),
    *map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10))),
    *map(chr, (*range(0x180B, 0x180E), 0xE0001, *range(0xE0020, 0xE0080), *range(0xE0100, 0xE01F0))),
)
LETTER_FORMS = ("<compat>", "<wide>", "<narrow>", "<font>", "<initial>", "<medial>", "<final>", "<isolated>")
SPECIAL = {
    **dict.fromkeys(APOSTROPHES, "'"),
    **dict.fromkeys(HYPHENS, "-"),
    **dict.fromkeys(ZERO_WIDTH, ""),
}

Range = tuple[int, int]


def fold_character(char: str) -> str:
    """What one character becomes, whatever stands beside it."""
    before, after = "", char
    while after != before:
        before, after = after, "".join(map(_step, after))
    return _without_marks(after)


def is_mark(char: str) -> bool:
    """Whether a character stands on the one before it."""
    return unicodedata.category(char)[0] == "M" and char not in SPECIAL


def is_bare(char: str) -> bool:
    """Whether the marks of a letter fall: it is Latin or Greek."""
    return _is_letter_of(char, "LATIN ", "GREEK ")


def is_single(char: str) -> bool:
    """Whether a letter may be one of an abbreviation with points, such as U.K."""
    return _is_letter_of(char, "LATIN ", "GREEK ", "CYRILLIC ")


def table() -> str:
    """The whole table as text."""
    known = [chr(code) for code in range(0x80, sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    changed = [(ord(char), to) for char in known if not _is_hangul(char) and (to := fold_character(char)) != char]
    marks = [(ord(char), unicodedata.combining(char)) for char in known if is_mark(char)]
    parts = [
        HEAD.format(version=unicodedata.unidata_version),
        *("[folded]\n", *_folded_lines(changed)),
        *("[marks]\n", *(f"{first:X} {last:X} {kind:X}\n" for first, last, kind in _runs(marks))),
        *("[bare]\n", *_ranges(map(ord, filter(is_bare, known)))),
        *("[single]\n", *_ranges(map(ord, filter(is_single, known)))),
    ]
    return "".join(parts)


def _step(char: str) -> str:
    if char in SPECIAL:
        return SPECIAL[char]
    if unicodedata.category(char) == "Zs":
        return " "
    kind, _, to = unicodedata.decomposition(char).rpartition("> ")
    parts = "".join(chr(int(code, 16)) for code in to.split())
    if parts and not kind:
        return parts
    if f"{kind}>" in LETTER_FORMS and _are_letters(char) and _are_letters(parts):
        return parts
    return char if is_mark(char) else char.casefold()


def _without_marks(text: str) -> str:
    """`text` without the marks that fall: those of Latin and Greek letters, and those of й and ё."""
    out = ""
    base = ""
    for char in text:
        if not is_mark(char):
            base = char
        elif is_bare(base or " ") or base + char in ("\u0438\u0306", "\u0435\u0308"):
            continue
        out += char
    return out


def _are_letters(text: str) -> bool:
    return all(unicodedata.category(char)[0] in "LM" for char in text) and unicodedata.category(text[0])[0] == "L"


def _is_letter_of(char: str, *scripts: str) -> bool:
    return unicodedata.category(char)[0] == "L" and unicodedata.name(char, "").startswith(scripts)


def _is_hangul(char: str) -> bool:
    """Whether it is a syllable, which is taken apart by arithmetic."""
    return "\uac00" <= char <= "\ud7a3"


def _folded_lines(changed: Iterable[tuple[int, str]]) -> Iterator[str]:
    """A line for up to sixteen characters that follow one another."""
    lines: list[tuple[int, list[str]]] = []
    for code, to in changed:
        word = {" ": "SPACE", "": "NOTHING"}.get(to, to)
        if lines and code == lines[-1][0] + len(lines[-1][1]) and len(lines[-1][1]) < 16:
            lines[-1][1].append(word)
        else:
            lines.append((code, [word]))
    for first, words in lines:
        yield f"{first:X} {' '.join(words)}\n"


def _runs(kinds: Iterable[tuple[int, int]]) -> list[tuple[int, int, int]]:
    out: list[tuple[int, int, int]] = []
    for code, kind in kinds:
        if out and out[-1][1:] == (code - 1, kind):
            out[-1] = (out[-1][0], code, kind)
        else:
            out.append((code, code, kind))
    return out


def _ranges(codes: Iterable[int]) -> list[str]:
    return [f"{first:X} {last:X}\n" for first, last, _ in _runs((code, 0) for code in codes)]


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
