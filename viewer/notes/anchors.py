"""Anchors: made from a place in an item's plain text, and located in a later version of that text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from viewer.model import Anchor, NoteState

CONTEXT = 32  # characters kept before and after a quotation
LEAST_LIKENESS = 72.0  # of 100, for a near match: chosen by tests/notes/test_threshold.py
MOST_CANDIDATES = 500  # places of one quotation in one item; a quotation of one letter has many
LEAST_RUN = 3  # letters that must have stayed together: single ones agree by chance
_QUOTE_SHARE = 0.8  # of a likeness; the rest is that of prefix and suffix
_PLACED = NoteState.PLACED  # looked up once, as `locate` runs for every note
_LETTER = re.compile(r"\w")
_WORD = re.compile(r"\w+")


class Located(NamedTuple):
    """Where an anchor leads in a text: its state, the anchor as it would be made there now, and the likeness.

    `anchor` is None, and `likeness` 0, for what has no place. A tuple, because an edition's notes need thousands.
    """

    state: NoteState
    anchor: Anchor | None
    likeness: float = 100.0


def make_anchor(item: str, text: str, start: int, end: int) -> Anchor:
    """Return the anchor of `text[start:end]` in an item. Raise ValueError where that is empty or outside."""
    if not 0 <= start < end <= len(text):
        raise ValueError("an anchor needs at least one character of its item")
    return Anchor(
        item=item,
        quote=text[start:end],
        start=start,
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def anchor_item(item: str, text: str) -> Anchor:
    """Return the anchor of a note on the whole item."""
    return Anchor(item=item, quote=text, whole=True)


def is_in_place(anchor: Anchor, text: str) -> bool:
    """Return whether the quotation stands exactly where it stood, between the same words."""
    if anchor.whole:
        return text == anchor.quote
    start, quote, prefix = anchor.start, anchor.quote, anchor.prefix
    return (
        text.startswith(quote, start)
        and text.startswith(prefix, start - len(prefix))
        and text.startswith(anchor.suffix, start + len(quote))
    )


def locate(anchor: Anchor, text: str) -> Located:
    """Return where the anchor leads in its item's present text: exact place, exact quotation elsewhere, or near match.

    Only unchanged words that are known by their place or by their context are placed without asking; everything
    else is for the reader to confirm.
    """
    if is_in_place(anchor, text):
        return Located(_PLACED, anchor)
    if anchor.whole:
        return _locate_item(anchor, text)
    return _locate_quote(anchor, text) or _locate_near(anchor, text) or PLACELESS


PLACELESS = Located(state=NoteState.PLACELESS, anchor=None, likeness=0.0)


def _locate_item(anchor: Anchor, text: str) -> Located:
    """Keep a note on the whole item with its item; where that says it in other words now, the reader confirms."""
    from rapidfuzz import fuzz

    same = _WORD.findall(anchor.quote) == _WORD.findall(text)
    state = NoteState.PLACED if same else NoteState.MOVED
    return Located(state=state, anchor=anchor_item(anchor.item, text), likeness=fuzz.ratio(anchor.quote, text))


def _locate_quote(anchor: Anchor, text: str) -> Located | None:
    """Find the quotation elsewhere in the text, where its context fits best; moved unless the context settles it."""
    starts = list(islice(_starts_of(anchor.quote, text), MOST_CANDIDATES))
    if not starts:
        return None
    ranked = sorted(starts, key=lambda at: (-_matching_sides(anchor, text, at), abs(at - anchor.start)))
    best = _matching_sides(anchor, text, ranked[0])
    alone = len(ranked) == 1 or _matching_sides(anchor, text, ranked[1]) < best
    state = NoteState.PLACED if alone and best >= 1 else NoteState.MOVED
    return Located(state=state, anchor=make_anchor(anchor.item, text, ranked[0], ranked[0] + len(anchor.quote)))


def _starts_of(quote: str, text: str) -> Iterable[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _matching_sides(anchor: Anchor, text: str, at: int) -> int:
    """Count the sides of the quotation at `at` that read as they did, 0 to 2; an edge of the text counts as none."""
    end = at + len(anchor.quote)
    before = bool(anchor.prefix) and text[:at].endswith(anchor.prefix)
    after = bool(anchor.suffix) and text.startswith(anchor.suffix, end)
    return before + after


def _locate_near(anchor: Anchor, text: str) -> Located | None:
    """Find the part of the text most like the quotation in its context, if it is like enough."""
    if not text or _LETTER.search(anchor.quote) is None:
        return None
    from rapidfuzz import fuzz

    start, end = _nearest(anchor, text)
    if start >= end:
        return None
    found = make_anchor(anchor.item, text, start, end)
    around = (fuzz.ratio(anchor.prefix, found.prefix) + fuzz.ratio(anchor.suffix, found.suffix)) / 2
    likeness = _QUOTE_SHARE * fuzz.ratio(anchor.quote, found.quote) + (1 - _QUOTE_SHARE) * around
    if likeness < LEAST_LIKENESS:
        return None
    return Located(state=NoteState.MOVED, anchor=found, likeness=likeness)


def _nearest(anchor: Anchor, text: str) -> tuple[int, int]:
    """Return where the quotation would begin and end, by aligning it and its context with the text."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Indel

    known = anchor.prefix + anchor.quote + anchor.suffix
    low, high = 0, len(text)
    if len(known) < len(text):
        window = fuzz.partial_ratio_alignment(known, text)
        assert window is not None
        spare = CONTEXT  # words put in make the place longer than what is known of it
        low, high = max(0, window.dest_start - spare), min(len(text), window.dest_end + spare)
    before, after = len(anchor.prefix), len(anchor.prefix) + len(anchor.quote)
    kept = [
        (max(run.src_start, before) + shift, min(run.src_end, after) + shift)
        for run in Indel.opcodes(known, text[low:high])
        for shift in (run.dest_start - run.src_start,)
        if run.tag == "equal" and min(run.src_end, after) - max(run.src_start, before) >= LEAST_RUN
    ]
    return _whole_words(text, low + kept[0][0], low + kept[-1][1]) if kept else (0, 0)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen the range to the words that it cuts."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end
