"""How well an entry answers a plan, why, and the words around what was found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from viewer.search.entry_texts import EntryText
from viewer.search.lexicon import PREFIX
from viewer.search.plan import SPELLING, WORD_FORM, Alternative, Plan
from viewer.search.terms import Span

KIND_POINTS = {"finding": 30.0, "recommendation": 28.0, "theme": 26.0, "statistic": 20.0, "passage": 0.0}
ASIDE_POINTS = 22.0  # less for a statistic that has the words only in what its statement stands on, or its caveat
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
_LINE_BREAK = " · "  # in place of a new line
_ELLIPSIS_BEFORE, _ELLIPSIS_AFTER = "… ", " …"


# An entry's points, its number, where it was met (in title, new line, text), and the reason for the reader.
Scored = tuple[float, int, list[Span], str]


def score(plan: Plan, entry: EntryText, kind: str) -> Scored | None:
    """Return the entry scored; None where its own text does not hold what is sought, whatever an index says."""
    number, _, _, folded, edge, _ = entry
    if plan.years and not all(year.is_met(folded) for year in plan.years):
        return None
    only = plan.only
    if not only or not only.term:
        return _score_several(plan, entry, kind)
    spans = only.term.spans(folded)
    if not spans:
        return None
    start, end = spans[0]
    if folded[start:end] == only.open_word:  # mostly it is the word as typed, once, in a text that stands for itself
        points, reason = KIND_POINTS[kind] + EXACT_POINTS, ""
    else:
        best, reason = _alternative_points(only, folded, spans)
        points = KIND_POINTS[kind] + best
    if start < edge or len(spans) > 1 or kind == "statistic":
        points += _place_points(folded, edge, kind, spans, start < edge)
    if plan.phrase:
        points += _nearness(plan, folded, ())
    return points, number, spans, reason


def _score_several(plan: Plan, entry: EntryText, kind: str) -> Scored | None:
    number, _, _, folded, edge, _ = entry
    points, wanted = 0.0, len(plan.wanted)
    spans: list[Span] = []
    firsts: list[int] = []
    reasons: dict[str, None] = {}
    for requirement in plan.requirements:
        if requirement.negated:
            if not requirement.is_met(folded):
                return None
            continue
        best, reason, here = _best_alternative(requirement.alternatives, folded)
        if not here:
            return None
        points += best
        spans += here
        firsts.append(here[0][0])
        if reason:
            reasons[reason] = None
    if wanted > 1:
        spans = sorted(set(spans))
    in_title = not firsts or max(firsts) < edge
    points = KIND_POINTS[kind] + points / (wanted or 1) + _place_points(folded, edge, kind, spans, in_title)
    return points + _nearness(plan, folded, firsts), number, spans, ", ".join(reasons)


def _place_points(folded: str, edge: int, kind: str, spans: list[Span], in_title: bool) -> float:
    """Return what an entry is worth by where the words stand in it, and how often."""
    if not spans:
        return 0.0
    points = OFTEN_POINTS[len(spans)] if len(spans) < _OFTEN else OFTEN_POINTS[-1]
    if in_title:
        return points + _title_points(spans, edge - 1)
    if kind == "statistic":
        first = spans[0][0]
        if first >= edge and folded.find("\n", edge, first) >= 0:
            points -= ASIDE_POINTS
    return points


def _best_alternative(alternatives: Sequence[Alternative], folded: str) -> tuple[float, str, list[Span]]:
    """Return the points and the reason of the best alternative that is met, and where any of them are."""
    best, best_reason = 0.0, ""
    places: list[Span] = []
    for alternative in alternatives:
        spans = alternative.term.spans(folded) if alternative.term else alternative.spans(folded)
        if not spans:
            continue
        points, reason = _alternative_points(alternative, folded, spans)
        if points > best:
            best, best_reason = points, reason
        places = sorted({*places, *spans}) if places else spans
    return best, best_reason, places


def _alternative_points(alternative: Alternative, folded: str, spans: list[Span]) -> tuple[float, str]:
    word = alternative.open_word
    if alternative.literal:
        if not word:
            return EXACT_POINTS, ""
        for start, end in spans:
            if folded[start:end] == word:
                return EXACT_POINTS, ""
        if alternative.terms[0].mode == PREFIX:
            return BEGIN_POINTS, ""
    start, end = spans[0]
    if alternative.reason == WORD_FORM:
        return FORM_POINTS, f"{WORD_FORM} “{folded[start:end]}”"
    if word and alternative.reason.startswith(SPELLING) and all(folded[a:b] != word for a, b in spans):
        return OTHER_POINTS, f"{WORD_FORM} “{folded[start:end]}”"  # of the other spelling, which is not there itself
    return OTHER_POINTS, alternative.reason


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


def snippet(entry: EntryText, spans: Sequence[Span]) -> tuple[str, tuple[Span, ...], tuple[Span, ...]]:
    """Return the words around the matches, where the matches stand in them, and where in the title.

    `spans` are where they stand in the folded text.

    An ellipsis stands where the text goes on before or after.
    """
    _, title, text, _, _, folding = entry
    if folding.steps:
        spans = [folding.original_span(start, end) for start, end in spans]
    edge = len(title) + 1 if title else 0
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
        if spans and shown.find("\n") < spans[-1][1]:  # mostly all matches stand before it
            wider = len(_LINE_BREAK) - 1
            spans = [(a + wider * shown.count("\n", 0, a), b + wider * shown.count("\n", 0, b)) for a, b in spans]
        shown = shown.replace("\n", _LINE_BREAK)
    return shown, tuple(spans), in_title


def _cut_out(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """Return the part of a long text in which most matches can be seen, cut at words' ends, and where these are."""
    densest = _densest([start for start, _ in spans])
    begin = 0 if densest < SNIPPET // 2 else max(0, min(densest - _BEFORE, len(text) - SNIPPET))
    if begin:
        space = text.find(" ", begin, begin + 30)
        begin = space + 1 if space >= 0 else begin
    end = min(len(text), begin + SNIPPET)
    if end < len(text):
        space = text.rfind(" ", end - 30, end)
        end = space if space >= 0 else end
    lead = _ELLIPSIS_BEFORE if begin else ""
    shift = len(lead) - begin
    inside = [(start + shift, stop + shift) for start, stop in spans if start >= begin and stop <= end]
    return f"{lead}{text[begin:end]}{_ELLIPSIS_AFTER if end < len(text) else ''}", inside


def _densest(starts: list[int]) -> int:
    """Return that of the positions, which are in order, after which most others stand near; 0 for none."""
    if len(starts) < 2:
        return starts[0] if starts else 0
    near = [bisect_left(starts, start + SNIPPET - _BEFORE) - at for at, start in enumerate(starts)]
    return starts[near.index(max(near))]
