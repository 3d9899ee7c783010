"""How well an entry answers a plan, why, and the words around what was found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from viewer.search.index import EntryText
from viewer.search.plan import SPELLING, WORD_FORM, Alternative, Plan
from viewer.search.terms import PREFIX, Span

KIND_POINTS = {"finding": 30.0, "theme": 26.0, "statistic": 20.0, "passage": 0.0}
ASIDE = 22.0  # less for a statistic that has the words only in what its statement stands on, or its caveat
TITLE_POINTS = 14.0
START_POINTS = 6.0
WHOLE_POINTS = 6.0  # the words are the whole title
EXACT_POINTS, FORM_POINTS, BEGIN_POINTS, OTHER_POINTS = 12.0, 8.0, 3.0, 10.0
PHRASE_POINTS = 12.0
NEAR_POINTS = 6.0  # at best, for words that stand close together
OFTEN_POINTS = (0.0, 0.0, 2.0, 3.0, 4.0, 4.5, 5.0)  # by how many times they are there
_OFTEN = len(OFTEN_POINTS)

SNIPPET = 240  # characters
_BEFORE = 60  # of them before the first match
_BREAK = " · "  # in place of a new line
_CUT_BEFORE, _CUT_AFTER = "… ", " …"


# An entry's points, its number, what they were given for (places in title, new line, text), and the reason told.
Scored = tuple[float, int, list[Span], str]


def score(plan: Plan, row: EntryText, kind: str) -> Scored | None:
    """The entry scored; None where the text itself does not meet a wish that the index could not check."""
    way = plan.way
    if not way or not way.part:
        return _of_several(plan, row, kind)
    number, _, _, folded, edge = row
    spans = way.part.spans(folded)
    if not spans:
        return None
    start, end = spans[0]
    if folded[start:end] == way.token:  # mostly it is the word as typed, once, in a text that stands for itself
        points, told = KIND_POINTS[kind] + EXACT_POINTS, ""
    else:
        best, told = _way_points(way, folded, spans)
        points = KIND_POINTS[kind] + best
    if start < edge or len(spans) > 1 or kind == "statistic":
        points += _place_points(folded, edge, kind, spans, start < edge)
    if plan.phrase:
        points += _nearness(plan, folded, ())
    return points, number, spans, told


def _of_several(plan: Plan, row: EntryText, kind: str) -> Scored | None:
    number, _, _, folded, edge = row
    points, wanted = 0.0, len(plan.wanted)
    spans: list[Span] = []
    firsts: list[int] = []
    reasons: dict[str, None] = {}
    for wish in plan.wishes:
        if wish.negated:
            if not wish.is_in(folded):
                return None
            continue
        best, told, here = _met(wish.ways, folded)
        if here:
            points += best
            spans += here
            firsts.append(here[0][0])
            if told:
                reasons[told] = None
    if wanted and not spans:
        return None
    if len(firsts) < wanted and any(not wish.is_in(folded) for wish in plan.numbers):
        return None
    if wanted > 1:
        spans = sorted(set(spans))
    in_title = len(firsts) == wanted and (not firsts or max(firsts) < edge)
    points = KIND_POINTS[kind] + points / (wanted or 1) + _place_points(folded, edge, kind, spans, in_title)
    return points + _nearness(plan, folded, firsts), number, spans, ", ".join(reasons)


def _place_points(folded: str, edge: int, kind: str, spans: list[Span], in_title: bool) -> float:
    """What an entry is worth by where the words stand in it, and how often."""
    if not spans:
        return 0.0
    points = OFTEN_POINTS[len(spans)] if len(spans) < _OFTEN else OFTEN_POINTS[-1]
    if in_title:
        return points + _title_points(spans, edge - 1)
    if kind == "statistic":
        first = spans[0][0]
        if first >= edge and folded.find("\n", edge, first) >= 0:
            points -= ASIDE
    return points


def _met(ways: Sequence[Alternative], folded: str) -> tuple[float, str, list[Span]]:
    """The best of the ways: its points, what is told of it, and the places of all ways."""
    best, told = 0.0, ""
    places: list[Span] = []
    for way in ways:
        spans = way.part.spans(folded) if way.part else way.spans(folded)
        if not spans:
            continue
        points, reason = _way_points(way, folded, spans)
        if points > best:
            best, told = points, reason
        places = sorted({*places, *spans}) if places else spans
    return best, told, places


def _way_points(way: Alternative, folded: str, spans: list[Span]) -> tuple[float, str]:
    if way.literal:
        token = way.token
        if not token:
            return EXACT_POINTS, ""
        for start, end in spans:
            if folded[start:end] == token:
                return EXACT_POINTS, ""
        if way.parts[0].how == PREFIX:
            return BEGIN_POINTS, ""
    start, end = spans[0]
    if way.reason == WORD_FORM:
        return FORM_POINTS, f"{WORD_FORM} “{folded[start:end]}”"
    if way.token and way.reason.startswith(SPELLING) and all(folded[a:b] != way.token for a, b in spans):
        return OTHER_POINTS, f"{WORD_FORM} “{folded[start:end]}”"  # of the other spelling, which is not there itself
    return OTHER_POINTS, way.reason


def _title_points(spans: list[Span], end: int) -> float:
    points = TITLE_POINTS
    if spans[0][0] == 0:
        points += START_POINTS
    covered = sum(min(stop, end) - start for start, stop in spans if start < end)
    return points + WHOLE_POINTS * covered / end


def _nearness(plan: Plan, folded: str, firsts: Sequence[int]) -> float:
    if plan.phrase and plan.phrase.spans(folded):
        return PHRASE_POINTS
    return NEAR_POINTS * max(0.0, 1 - (max(firsts) - min(firsts)) / 200) if len(firsts) > 1 else 0.0


def snippet(row: EntryText, spans: Sequence[Span]) -> tuple[str, tuple[Span, ...], tuple[Span, ...]]:
    """The words around the matches, the places of the matches in them, and those in the title."""
    _, _, text, _, edge = row
    in_title: tuple[Span, ...] = ()
    if edge:
        if spans and spans[0][0] < edge:
            in_title = tuple([span for span in spans if span[1] < edge])
            spans = [span for span in spans if span[0] >= edge]
        spans = [(start - edge, end - edge) for start, end in spans]
    if len(text) > SNIPPET:
        shown, spans = _cut_out(text, spans)
    else:
        shown = text
    if "\n" in shown:
        if spans and shown.find("\n") < spans[-1][1]:  # mostly all stand before it
            wider = len(_BREAK) - 1
            spans = [(a + wider * shown.count("\n", 0, a), b + wider * shown.count("\n", 0, b)) for a, b in spans]
        shown = shown.replace("\n", _BREAK)
    return shown, tuple(spans), in_title


def _cut_out(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """The part of a long text in which most of what was found can be seen, cut at words' ends, and its matches."""
    best = _fullest([start for start, _ in spans])
    begin = 0 if best < SNIPPET // 2 else max(0, min(best - _BEFORE, len(text) - SNIPPET))
    if begin:
        space = text.find(" ", begin, begin + 30)
        begin = space + 1 if space >= 0 else begin
    end = min(len(text), begin + SNIPPET)
    if end < len(text):
        space = text.rfind(" ", end - 30, end)
        end = space if space >= 0 else end
    lead = _CUT_BEFORE if begin else ""
    shift = len(lead) - begin
    inside = [(start + shift, stop + shift) for start, stop in spans if start >= begin and stop <= end]
    return f"{lead}{text[begin:end]}{_CUT_AFTER if end < len(text) else ''}", inside


def _fullest(starts: list[int]) -> int:
    """The first of the places, in order, after which most others stand near."""
    if len(starts) < 2:
        return starts[0] if starts else 0
    held = [bisect_left(starts, start + SNIPPET - _BEFORE) - at for at, start in enumerate(starts)]
    return starts[held.index(max(held))]
