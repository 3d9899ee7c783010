"""The matches in a page's text as a reader counts them: words that stand side by side as they were typed are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from viewer.search.plan import Alternative, Requirement
from viewer.search.terms import Span


class _FoundWord(NamedTuple):
    """Where a word was found, and the numbers of the first and the last of the sought words that it stands for."""

    start: int
    end: int
    first: int
    last: int


def page_matches(wanted: Sequence[Requirement], folded: str) -> list[Span]:
    """Return where the `wanted` requirements of a plan are met in a folded text, in order, none within another.

    A word is joined to the one before it where that is the one typed before it, and at most one space is between.
    """
    starts: dict[tuple[int, int], int] = {}  # (where a match so far ends, its last sought word) -> where it starts
    for word in sorted(set(_found_words(wanted, folded))):
        before = (starts.get((end, word.first - 1)) for end in _ends_before(word.start, folded))
        start = next((at for at in before if at is not None), word.start)
        starts[word.end, word.last] = min(start, starts.get((word.end, word.last), start))
    return _outermost((start, end) for (end, _), start in starts.items())


def _found_words(wanted: Sequence[Requirement], folded: str) -> Iterator[_FoundWord]:
    number = 0
    for requirement in wanted:
        words = max(len(alternative.terms) for alternative in requirement.alternatives)
        for alternative in requirement.alternatives:
            yield from _words_of(alternative, number, words, folded)
        number += words


def _words_of(alternative: Alternative, number: int, words: int, folded: str) -> Iterator[_FoundWord]:
    """Yield what is found of an alternative, if all of it is; `number` is that of its requirement's first word."""
    found = [term.spans(folded) for term in alternative.terms]
    if len(found) == 1:
        yield from (_FoundWord(*span, number, number + words - 1) for span in found[0])
    elif all(found):
        for at, spans in enumerate(found, start=number):
            yield from (_FoundWord(*span, at, at) for span in spans)


def _ends_before(start: int, folded: str) -> tuple[int, ...]:
    """Return where a word may end to which one that starts at `start` is joined."""
    return (start, start - 1) if folded[start - 1 : start] == " " else (start,)


def _outermost(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    furthest = -1
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end > furthest:
            kept.append((start, end))
            furthest = end
    return kept
