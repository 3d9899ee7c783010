"""The matches in a page's text as a reader counts them: words that stand side by side as they were typed are one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from viewer.search.plan import Alternative, Requirement
from viewer.search.terms import Span

_SPACES = (" ", "\xa0", "\u202f")  # one of which may stand between two words of one match


class _Piece(NamedTuple):
    """A word that was found, and which of those sought it is: the first to the last of them that it stands for."""

    start: int
    end: int
    first: int
    last: int


def matches_in(wishes: Sequence[Requirement], folded: str) -> list[Span]:
    """Where the wanted `wishes` of a plan are met in a folded text, in order, none within another.

    A word is joined to the one before it where that is the one typed before it, and at most one space is between.
    """
    begun: dict[tuple[int, int], int] = {}  # where a match so far ends, and with which word -> where it begins
    for piece in sorted(set(_pieces(wishes, folded))):
        before = (begun.get((end, piece.first - 1)) for end in _ends_before(piece.start, folded))
        begin = next((at for at in before if at is not None), piece.start)
        known = begun.get((piece.end, piece.last), begin)
        begun[piece.end, piece.last] = min(begin, known)
    return _outermost((begin, end) for (end, _), begin in begun.items())


def _pieces(wishes: Sequence[Requirement], folded: str) -> Iterator[_Piece]:
    number = 0
    for wish in wishes:
        words = max(len(way.parts) for way in wish.ways)
        for way in wish.ways:
            yield from _pieces_of(way, number, words, folded)
        number += words


def _pieces_of(way: Alternative, number: int, words: int, folded: str) -> Iterator[_Piece]:
    """What is found of one way of a wish whose first word has this `number`, if all of it is."""
    found = [part.spans(folded) for part in way.parts]
    if len(found) == 1:
        yield from (_Piece(*span, number, number + words - 1) for span in found[0])
    elif all(found):
        for at, spans in enumerate(found, start=number):
            yield from (_Piece(*span, at, at) for span in spans)


def _ends_before(start: int, folded: str) -> tuple[int, ...]:
    """Where a word may end to which one that begins at `start` is joined."""
    return (start, start - 1) if folded[start - 1 : start] in _SPACES else (start,)


def _outermost(spans: Iterator[Span]) -> list[Span]:
    kept: list[Span] = []
    furthest = -1
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end > furthest:
            kept.append((start, end))
            furthest = end
    return kept
