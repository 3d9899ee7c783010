"""Which item of the older edition is which of the newer: by id, then by text that is nearly the same."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

LEAST_LIKENESS = 85  # per cent; below, two texts are two texts
SKETCH = 8  # the smallest hashes of a text's runs of words: near-identical texts share some of them
MOST_CANDIDATES = 12  # looked at closely for one text
_RUN = 3  # words
_WORD = re.compile(r"\w+")


def match_by_text(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Return for ids of `new` the id of `old` whose text is nearly the same, and how alike the two are in per cent.

    Each id is used once, the likest pairs first. The work grows with the number of texts, not with its square.
    """
    from rapidfuzz.fuzz import ratio

    index: defaultdict[int, list[str]] = defaultdict(list)
    for id_, text in old.items():
        for mark in _sketch(text):
            index[mark].append(id_)
    found = []
    for id_, text in new.items():
        for other in _candidates(text, index):
            likeness = ratio(old[other], text, score_cutoff=LEAST_LIKENESS)
            if likeness:
                found.append((-likeness, id_, other))
    return _best(sorted(found))


def _candidates(text: str, index: Mapping[int, list[str]]) -> list[str]:
    shared: dict[str, int] = {}
    for mark in _sketch(text):
        for other in index.get(mark, ())[: 4 * MOST_CANDIDATES]:
            shared[other] = shared.get(other, 0) + 1
    return sorted(shared, key=lambda other: (-shared[other], other))[:MOST_CANDIDATES]


def _sketch(text: str) -> list[int]:
    words = _WORD.findall(text.casefold())
    runs = {" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))}
    return sorted(crc32(run.encode()) for run in runs)[:SKETCH]


def _best(pairs: Iterable[tuple[float, str, str]]) -> dict[str, tuple[str, int]]:
    out: dict[str, tuple[str, int]] = {}
    taken: set[str] = set()
    for likeness, id_, other in pairs:
        if id_ not in out and other not in taken:
            out[id_] = (other, int(-likeness))
            taken.add(other)
    return out


def out_of_order(positions: Sequence[int]) -> set[int]:
    """Return which of distinct `positions`, listed in their new order, must have moved: the fewest that explain it."""
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int] = []
    for at, position in enumerate(positions):
        length = bisect_left(tails, position)
        before.append(tail_at[length - 1] if length else -1)
        if length == len(tails):
            tails.append(position)
            tail_at.append(at)
        else:
            tails[length], tail_at[length] = position, at
    kept = set()
    at = tail_at[-1] if tail_at else -1
    while at >= 0:
        kept.add(positions[at])
        at = before[at]
    return set(positions) - kept
