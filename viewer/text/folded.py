"""Text as it is compared: what a reader types with what stands somewhere, and where in it a match lies.

Case is folded. Ligatures and other forms of letters become their letters. Marks of Latin and Greek letters fall, and
so do those of the Cyrillic й and ё; no other letter loses any. The apostrophes are one, and so are the hyphens with
the minus, and the spaces within a line. Soft hyphens and what has no width fall. Between digits a hyphen, dash, minus
or stroke becomes a space: 2011-12 is two numbers. What separates thousands falls (2,293 is 2293), and so do the points
between single letters and after the last of them (U.K. is UK).

Nothing else changes: superscripts, fractions, enclosed numbers and digits of other scripts stay. A minus is a sign
where a digit follows, and a space, a bracket or nothing stands before it; elsewhere it is a hyphen.

Python's own tables of characters differ between its versions, so none is asked: `folding_table.txt` says what becomes
of each character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from functools import cache, lru_cache
from itertools import count
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("folding_table.txt")

_WORDS = {"SPACE": " ", "NOTHING": ""}  # of the table
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_DASHES = "\u2012\u2013\u2014\u2015-"  # figure dash, en dash, em dash, bar, and the hyphen that all hyphens are by then
_SEPARATOR = rf"[/{_DASHES}](?<=[0-9].)(?=[0-9])"
_THOUSANDS = r"(?<![0-9])(?<![0-9][.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])(?!,[0-9])"
_KEPT = re.compile(r"[.,]?([^.,])")  # a digit or letter, and what falls before it
_CYRILLIC_MARKS = {"\u0438": "\u0306", "\u0435": "\u0308"}  # what falls from й and ё, and from no other letter
_MOST_KEPT = 16  # characters of what is remembered, so that hostile texts take no memory
_SYLLABLE = re.compile("[\uac00-\ud7a3]")  # of Hangul, taken apart as in section 3.12 of the Unicode Standard
_SYLLABLES, _LEADS, _VOWELS, _TRAILS = 0xAC00, 0x1100, 0x1161, 0x11A7

Piece = tuple[int, int, int, int]  # start and length after folding, start and length before; no length is 0


class Folded(NamedTuple):
    """A folded text, and in `steps` where each of its characters comes from.

    Each step lists the pieces that became something else as a whole; between them characters stand one for one. A
    tuple, because it is made in half the time, and every text that is compared is one.
    """

    text: str
    steps: tuple[tuple[Piece, ...], ...] = ()

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from `start` to before `end` stood before folding: (start, end).

        What fell belongs to a character beside it: a mark, and what has no width, to the one before; the comma of
        thousands and the point of an abbreviation to the one after. So the spans of all characters, in order, cover
        the whole text. Raise ValueError unless 0 <= start < end <= len(text).
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"a folded text of {len(self.text)} characters has none from {start} to {end}")
        for pieces in reversed(self.steps):
            start, end = _span(pieces, start)[0], _span(pieces, end - 1)[1]
        return start, end


def fold_text(text: str) -> Folded:
    """Return `text` as it is compared.

    Folding is idempotent, and texts that are canonically equivalent fold alike. A text of nothing but what falls
    folds to nothing.
    """
    pieces: tuple[Piece, ...] = ()
    if text.isascii():
        folded, patterns = text.lower(), _ascii_patterns()
    else:
        table = _table()
        folded, pieces = _fold_characters(text, table)
        patterns = table.patterns
    if patterns.hint.search(folded) is None:
        return Folded(text=folded, steps=(pieces,) if pieces else ())
    shorter, more_pieces = _fold_numbers(folded, patterns)
    return Folded(text=shorter, steps=tuple(step for step in (pieces, more_pieces) if step))


class _Patterns:
    """What is looked for once characters are folded.

    `letters` is a class of those that abbreviations are made of; on a letter, but not on a point, stand `marks`.
    """

    def __init__(self, letters: str, marks: Container[str] = ()) -> None:
        self.marks = marks
        word = f"[0-9{letters}]"
        points = rf"(?<!{word})(?<!{word}\.)[{letters}](?:\.[{letters}])+(?!{word})(?:\.(?!{word}))?"
        # The class in front lets `re` pass quickly over all other characters.
        self.hint = re.compile(rf"[.,/{_DASHES}](?:(?<=[0-9].)(?=[0-9])|(?<=[{letters}]\.)(?=[{letters}]))")
        self.changed = re.compile(rf"{_SEPARATOR}|{_THOUSANDS}|{points}")


class _FoldingTable:
    """What `folding_table.txt` says."""

    def __init__(self) -> None:
        lines = _sections(TABLE.read_text("utf-8"))
        self.folded: dict[str, str] = {}
        for code, *targets in lines["folded"]:
            self.folded.update(zip(map(chr, count(int(code, 16))), targets, strict=False))
        self.folded.update((char, _WORDS[to]) for char, to in self.folded.items() if to in _WORDS)
        self.marks = {char: int(line[2], 16) for line in lines["marks"] for char in _characters(line)}
        self.bare = {*"abcdefghijklmnopqrstuvwxyz", *(char for line in lines["bare"] for char in _characters(line))}
        single = "".join(f"{chr(int(first, 16))}-{chr(int(last, 16))}" for first, last in lines["single"])
        self.patterns = _Patterns(f"a-z{single}", self.marks)
        self.fallen = "".join(char for char, to in self.folded.items() if not to)
        self.one_for_one = {ord(char): to for char, to in self.folded.items() if len(to) == 1}
        self.uneven = {*self.marks, *(char for char, to in self.folded.items() if len(to) != 1)}


@cache
def _table() -> _FoldingTable:
    return _FoldingTable()


@cache
def _ascii_patterns() -> _Patterns:
    return _Patterns("a-z")


def _fold_characters(text: str, table: _FoldingTable) -> tuple[str, tuple[Piece, ...]]:
    """Fold every character with the marks on it."""
    whole, text = text, text.lstrip(table.fallen)
    out: list[str] = []
    pieces: list[Piece] = []
    size = at = 0
    for run in _NOT_ASCII.finditer(text):
        even = _fold_even(run[0]) if len(run[0]) > _MOST_KEPT else _fold_short(run[0])
        start = run.start() if even is not None or run.start() == at else run.start() - 1  # marks stand on a letter
        out.append(text[at:start].lower())
        size += start - at
        at = run.end()
        if even is not None:
            out.append(even)
            size += len(even)
            continue
        for length, folded in _clusters(text[start:at], table):
            if length > 1 or len(folded) > 1:  # marks may fall, and change their order
                pieces.append((size, len(folded), start, length))
            out.append(folded)
            size += len(folded)
            start += length
    out.append(text[at:].lower())
    return "".join(out), tuple(_after(len(whole) - len(text), pieces) if text else ())


def _fold_even(run: str) -> str | None:
    """Return characters beyond ASCII folded where each stands for one; None where any does not."""
    table = _table()
    if not table.uneven.isdisjoint(run) or _SYLLABLE.search(run):
        return None
    return run.translate(table.one_for_one)


_fold_short = lru_cache(maxsize=2048)(_fold_even)  # quotation marks, dashes, words of other scripts come again


def _clusters(text: str, table: _FoldingTable) -> Iterator[tuple[int, str]]:
    """Yield for each character with the marks on it their number, and what they become."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not (text[end] in table.marks or text[end] in table.fallen):
            cluster = text[start:end]
            yield end - start, (_fold_cluster if len(cluster) > _MOST_KEPT else _fold_short_cluster)(cluster)
            start = end


def _after(fallen: int, pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces of a text before which so many characters fell: they belong to its first one."""
    first = 0, 1, 0, 1
    if pieces and pieces[0][0] == 0:
        first, *pieces = pieces
    _, size, _, length = first
    if size + length + fallen > 2:
        yield 0, size, 0, length + fallen
    yield from ((folded, size, start + fallen, length) for folded, size, start, length in pieces)


def _fold_cluster(cluster: str) -> str:
    """Fold a character and its marks: those that stay stand in canonical order."""
    table = _table()
    out: list[str] = []
    marks: list[str] = []
    base = ""
    for char in "".join(_fold_character(char, table) for char in cluster):
        kind = table.marks.get(char)
        if kind is None:
            base = char
        elif base in table.bare or char == _CYRILLIC_MARKS.get(base):
            continue
        if not kind:  # also marks of class 0, before and after which the others keep their places
            out += sorted(marks, key=table.marks.__getitem__)
            marks = []
            out.append(char)
        else:
            marks.append(char)
    return "".join((*out, *sorted(marks, key=table.marks.__getitem__)))


_fold_short_cluster = lru_cache(maxsize=4096)(_fold_cluster)


def _fold_character(char: str, table: _FoldingTable) -> str:
    if char.isascii():
        return char.lower()
    if not _SYLLABLE.match(char):
        return table.folded.get(char, char)
    lead, rest = divmod(ord(char) - _SYLLABLES, 588)
    vowel, trail = divmod(rest, 28)
    return chr(_LEADS + lead) + chr(_VOWELS + vowel) + (chr(_TRAILS + trail) if trail else "")


def _fold_numbers(text: str, patterns: _Patterns) -> tuple[str, tuple[Piece, ...]]:
    """Part numbers that a hyphen, dash or stroke stands between; join thousands, and letters with points."""
    out: list[str] = []
    pieces: list[Piece] = []
    size = at = 0
    for start, end in _changed(text, patterns):
        out.append(text[at:start])
        size += start - at
        at = end
        if end - start == 1:
            out.append(" ")
            size += 1
            continue
        for part in _KEPT.finditer(text, start, end):
            if len(part[0]) > 1:
                pieces.append((size, 1, part.start(), 2))
            out.append(part[1])
            size += 1
        if text[end - 1] != ".":
            continue
        if end < len(text):
            pieces.append((size, 1, end - 1, 2))
            out.append(text[end])
            size += 1
            at += 1
        else:
            pieces[-1] = (*pieces[-1][:3], 3)
    out.append(text[at:])
    return "".join(out), tuple(pieces)


def _changed(text: str, patterns: _Patterns) -> Iterator[tuple[int, int]]:
    """Yield from where to where the text changes, in order: looked for around each hint alone, for speed."""
    at = 0
    for hint in patterns.hint.finditer(text):
        starts = range(max(at, hint.start() - 3), hint.start() + 1)  # up to three digits stand before a comma
        found = next(filter(None, (patterns.changed.match(text, start) for start in starts)), None)
        if found is not None:
            at = found.end()
            if text[at - 1] == "." and text[at : at + 1] in patterns.marks:
                at -= 1  # without the point, the mark would stand on the letter
            yield found.start(), at


def _span(pieces: tuple[Piece, ...], at: int) -> tuple[int, int]:
    """Return where the character at `at` stood before one step."""
    number = bisect_right(pieces, at, key=itemgetter(0)) - 1
    if number < 0:
        return at, at + 1
    folded, folded_length, start, length = pieces[number]
    beyond = at - folded - folded_length
    if beyond < 0:
        return start, start + length
    return start + length + beyond, start + length + beyond + 1


def _sections(text: str) -> dict[str, list[list[str]]]:
    """Return the lines of each section of the table, as words."""
    sections: dict[str, list[list[str]]] = {}
    for line in text.split("\n"):
        if line.startswith("["):
            sections[line.strip("[]")] = current = []
        elif line and not line.startswith("#"):
            current.append(line.split(" "))
    return sections


def _characters(line: list[str]) -> Iterable[str]:
    """Return the characters of the range that a line begins with, both ends included."""
    return map(chr, range(int(line[0], 16), int(line[1], 16) + 1))
