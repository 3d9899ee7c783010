"""Anchors: made from a place in an item's plain text, and located in a later version of that text.

A note is *in place* only where its place is certain. What stands around a quotation is kept until it tells the place
from every other one in the text where the same words stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from viewer.model import Anchor, NoteState

CONTEXT = 40  # characters kept before and after a quotation that stands once in its text
REPEATED_CONTEXT = 48  # the fewest around one that stands more than once, so that this can be told from the anchor
MOST_CONTEXT = 192  # version 0.1.0 takes in at most 200
FORMER_CONTEXT = 32  # around every quotation in anchors of version 0.1.0
# How long a side is where it does not reach to the text's end: only its length tells, as for a beginning `start` does.
_FULL = frozenset((FORMER_CONTEXT, CONTEXT, *range(REPEATED_CONTEXT, MOST_CONTEXT + 1, REPEATED_CONTEXT)))
LEAST_SOUGHT = 32  # characters by which words are looked for in other items
LEAST_SIDE = 16  # characters of what stands on one side, to tell a place by
LEAST_LIKENESS = 72.0  # of 100, for a near match: chosen by tests/notes/test_threshold.py
MOST_CANDIDATES = 500  # places of one quotation in one item; a quotation of one letter has many
LEAST_RUN = 3  # letters that must have stayed together: single ones agree by chance
_QUOTE_SHARE = 0.8  # of a likeness; the rest is that of prefix and suffix
_PLACED = NoteState.PLACED  # looked up once, as `locate` runs for every note
_LETTER = re.compile(r"\w")
_WORD = re.compile(r"\w+")
# What a place never cuts: a number with its sign, currency and per cent, and a word with what joins its parts.
_TOKEN = re.compile(
    r"(?<!\w)[-+\u2212\u00b1~<>\u2264\u2265]?\s?[$\u00a3\u00a5\u20ac]?[-+\u2212]?\d+(?:[.,:/\u2013\u2212-]\d+)*"
    r"(?:\s?[%\u2030\u00b0]|\w+)?|\w+(?:[-'\u2019./&]\w+)*"
)
_AROUND = 80  # characters looked at for a token around a place


class Located(NamedTuple):
    """Where an anchor leads in a text: its state, the anchor as it would be made there now, and the likeness.

    `anchor` is None, and `likeness` 0, for what has no place. A tuple, because an edition's notes need thousands.
    """

    state: NoteState
    anchor: Anchor | None
    likeness: float = 100.0


def make_anchor(item: str, text: str, start: int, end: int) -> Anchor:
    """Return the anchor of `text[start:end]` in an item. Raise ValueError where that is empty or outside.

    Each side of the quotation is long enough to tell its place from all others of the same words, up to MOST_CONTEXT.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError("an anchor needs at least one character of its item")
    quote = text[start:end]
    before = after = CONTEXT
    if text.find(quote) != start or text.find(quote, start + 1) >= 0:
        before, after = _unique_context(text, start, end)
    return Anchor(
        item=item,
        quote=quote,
        start=start,
        prefix=text[max(0, start - before) : start],
        suffix=text[end : end + after],
    )


def _unique_context(text: str, start: int, end: int) -> tuple[int, int]:
    """Return how many characters before and after a repeated quotation tell its place, each side by itself."""
    sizes = range(REPEATED_CONTEXT, MOST_CONTEXT, REPEATED_CONTEXT)
    before = next((size for size in sizes if _is_only(text[max(0, start - size) : end], text)), MOST_CONTEXT)
    after = next((size for size in sizes if _is_only(text[start : end + size], text)), MOST_CONTEXT)
    return before, after


def _is_only(part: str, text: str) -> bool:
    """Return whether a part of a text stands in it but once."""
    return text.find(part, text.find(part) + 1) < 0


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
        and (len(anchor.suffix) in _FULL or start + len(quote) + len(anchor.suffix) == len(text))
    )


def locate(anchor: Anchor, text: str) -> Located:
    """Return where the anchor leads in its item's present text: exact place, exact quotation elsewhere, or near match.

    Only unchanged words that are known by all that stood around them are placed without asking; everything else is
    for the reader to confirm.
    """
    if is_in_place(anchor, text) and (len(anchor.prefix) > FORMER_CONTEXT or _is_certain_in_place(anchor, text)):
        return Located(_PLACED, anchor)
    if anchor.whole:
        return _locate_item(anchor, text)
    return _locate_quote(anchor, text) or _locate_near(anchor, text) or PLACELESS


def _is_certain_in_place(anchor: Anchor, text: str) -> bool:
    """Return whether no other place reads like this one: anchors of before hold too little to tell it by itself."""
    if anchor.whole or len(anchor.suffix) > FORMER_CONTEXT:
        return True
    return _is_only(_known(anchor), text)


def _known(anchor: Anchor) -> str:
    """Return all that an anchor holds of its text."""
    return anchor.prefix + anchor.quote + anchor.suffix


PLACELESS = Located(state=NoteState.PLACELESS, anchor=None, likeness=0.0)


def is_lost(found: Located) -> bool:
    """Return whether an item has hardly anything of what an anchor quotes: it may stand in another one now."""
    return found.likeness < LEAST_LIKENESS


def search_words(anchor: Anchor) -> tuple[str, ...]:
    """Return words with the quotation among them by which it can be found in another item: alone where it is long."""
    if len(anchor.quote) >= LEAST_SOUGHT:
        return (anchor.quote,)
    return tuple(dict.fromkeys((anchor.prefix + anchor.quote, anchor.quote + anchor.suffix)))


def moved_to(anchor: Anchor, item: str, text: str, start: int) -> Anchor | None:
    """Return the anchor of the same words at a place of another item; None where they would cut a word or number."""
    if anchor.whole and text == anchor.quote:
        return anchor_item(item, text)
    if not _is_cut_alike(_cuts(anchor), anchor, text, start):
        return None
    return make_anchor(item, text, start, start + len(anchor.quote))


def _locate_item(anchor: Anchor, text: str) -> Located:
    """Keep a note on the whole item with its item; where that says it in other words now, the reader confirms."""
    from rapidfuzz import fuzz

    same = _WORD.findall(anchor.quote) == _WORD.findall(text)
    state = NoteState.PLACED if same else NoteState.MOVED
    return Located(state=state, anchor=anchor_item(anchor.item, text), likeness=fuzz.ratio(anchor.quote, text))


def _locate_quote(anchor: Anchor, text: str) -> Located | None:
    """Find the quotation elsewhere in the text, where its context fits best; moved unless its place is certain."""
    cut = _cuts(anchor)
    found = islice(_starts_of(anchor.quote, text), MOST_CANDIDATES)
    starts = [at for at in found if _is_cut_alike(cut, anchor, text, at)]
    if not starts:
        return None
    sides = {at: _matching_sides(anchor, text, at) for at in starts}
    best = min(starts, key=lambda at: (-sum(sides[at]), abs(at - anchor.start)))
    unmoved = starts == [best] and best == anchor.start and sides[best][0] and _stood_once(anchor)
    certain = [at for at in starts if all(sides[at])] == [best] or unmoved
    state = NoteState.PLACED if certain else NoteState.MOVED
    return Located(state=state, anchor=make_anchor(anchor.item, text, best, best + len(anchor.quote)))


def _starts_of(quote: str, text: str) -> Iterable[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _matching_sides(anchor: Anchor, text: str, at: int) -> tuple[bool, bool]:
    """Return whether what stood before and behind the quotation stands there at `at`, too, and tells something."""
    end, before, after = at + len(anchor.quote), anchor.prefix, anchor.suffix
    first = text.endswith(before, 0, at) and (len(before) >= LEAST_SIDE or at == len(before))
    last = text.startswith(after, end) and (len(after) >= LEAST_SIDE or end + len(after) == len(text))
    return first, last


def _stood_once(anchor: Anchor) -> bool:
    """Return whether the quotation is known to have stood but once in its text."""
    sides = len(anchor.prefix), len(anchor.suffix)
    if max(sides) >= REPEATED_CONTEXT or _known(anchor).count(anchor.quote) > 1:
        return False
    return FORMER_CONTEXT not in sides and (CONTEXT in sides or max(sides) < FORMER_CONTEXT)


def _cuts(anchor: Anchor) -> tuple[bool, bool]:
    """Return whether the reader's own choice began or ended within a word or number."""
    known, start = _known(anchor), len(anchor.prefix)
    return is_within_token(known, start), is_within_token(known, start + len(anchor.quote))


def _is_cut_alike(cut: tuple[bool, bool], anchor: Anchor, text: str, at: int) -> bool:
    """Return whether the quotation at `at` begins or ends within a word or number only where the reader's did."""
    end = at + len(anchor.quote)
    return (cut[0] or not is_within_token(text, at)) and (cut[1] or not is_within_token(text, end))


def is_within_token(text: str, at: int) -> bool:
    """Return whether a place lies within a word, or within a number with its sign, currency and per cent."""
    return whole_tokens(text, at, at) != (at, at)


def whole_tokens(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a range to the words and numbers that it cuts."""
    low = max(0, start - _AROUND)
    for token in _TOKEN.finditer(text, low, min(len(text), end + _AROUND)):
        if token.start() < start < token.end():
            start = token.start()
        if token.start() < end < token.end():
            end = token.end()
    return start, end


def _locate_near(anchor: Anchor, text: str) -> Located | None:
    """Find the part of the text most like the quotation in its context, if it is like enough."""
    if not text or _LETTER.search(anchor.quote) is None:
        return None
    from rapidfuzz import fuzz

    start, end = _without_spaces(text, *_nearest(anchor, text))
    if start >= end:
        return None
    found = make_anchor(anchor.item, text, start, end)
    around = (fuzz.ratio(anchor.prefix, found.prefix) + fuzz.ratio(anchor.suffix, found.suffix)) / 2
    likeness = _QUOTE_SHARE * fuzz.ratio(anchor.quote, found.quote) + (1 - _QUOTE_SHARE) * around
    if likeness < LEAST_LIKENESS:
        return None
    return Located(state=NoteState.MOVED, anchor=found, likeness=likeness)


def _without_spaces(text: str, start: int, end: int) -> tuple[int, int]:
    """Narrow a range to what begins and ends with no space."""
    held = text[start:end]
    return start + len(held) - len(held.lstrip()), start + len(held.rstrip())


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
    return whole_tokens(text, low + kept[0][0], low + kept[-1][1]) if kept else (0, 0)
