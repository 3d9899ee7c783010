"""How well an entry answers a plan, why, and the words around what was found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from viewer.search.entry_texts import EntryText
from viewer.search.lexicon import PREFIX
from viewer.search.plan import SPELLING, WORD_FORM, Alternative, Plan
from viewer.search.terms import Span

# What an entry is worth for each sought word: in a title, and in a text where it stands often, or the text is short.
# Words that few entries hold count for more: together the weights of all words are 1.
TITLE_POINTS = 18.0
TEXT_POINTS = 12.0
EXACT, OTHER, FORM, BEGIN, PART = 1.0, 0.8, 0.75, 0.5, 0.4  # the word itself, another for it, ... a part of a code
# What it is worth besides, where a title has all words ...
WHOLE_POINTS = 14.0  # at best: as much of it as they are of the title
START_POINTS = 2.0
# ... and where several words stand as typed, one after the other, or near each other.
PHRASE_POINTS, NEAR_POINTS, PAIR_POINTS = 8.0, 4.0, 4.0
# Between entries that are else alike:
KIND_POINTS = {"theme": 1.2, "finding": 1.0, "recommendation": 0.9, "statistic": 0.7, "passage": 0.0}
BESIDES = 0.4  # what the text of an entry counts whose title has the word
ASIDE = 0.35  # what the words of a statistic count that stand only in what its statement stands on, or its caveat

_SATURATION, _USUAL = 1.2, 350  # as in BM25: after how often more counts for little, and in how many characters
_FLAT = 0.35  # the part of that which does not go by the length of the text
_TITLE_SATURATION, _USUAL_TITLE = 0.5, 40  # the same of titles, which are short

SNIPPET = 240  # characters
_BEFORE = 60  # of them before the first match
_LINE_BREAK = " · "  # in place of a new line
_ELLIPSIS_BEFORE, _ELLIPSIS_AFTER = "… ", " …"


# An entry's points, its number, where it was met (in title, new line, text), and the reason for the reader.
Scored = tuple[float, int, list[Span], str]


def score(plan: Plan, entry: EntryText, kind: str) -> Scored | None:
    """Return the entry scored; None where its own text does not hold what is sought, whatever an index says."""
    number, _, _, folded, edge, _, name = entry
    if plan.years and not all(year.is_met(folded) for year in plan.years):
        return None
    only = plan.only
    if not only or not only.term:
        return _score_several(plan, entry, kind)
    spans = only.term.spans(folded)
    if not spans:
        return None
    start, end = spans[0]
    if folded[start:end] == only.open_word and not only.is_code:  # mostly it is the word as typed
        fit, reason = EXACT, ""
    else:
        fit, reason = _fit(only, folded, spans)
    points = KIND_POINTS[kind] + fit * _word_points(entry, kind, spans)
    if name:
        points += _name_points(plan, entry)
    elif start < edge:
        points += _title_points(spans, edge - 1)
    if plan.phrase:
        points += _nearness(plan, folded, ())
    return points, number, spans, reason


def score_part(plan: Plan, entry: EntryText, kind: str) -> tuple[Scored, float, tuple[str, ...]] | None:
    """Return an entry scored that has some of the words, the weight of these, and the words that it is without.

    None where it has none, or holds what it must not, or what a filter leaves out.
    """
    folded = entry.folded
    if not all(year.is_met(folded) for year in plan.years):
        return None
    if any(one.negated and not one.is_met(folded) for one in plan.requirements):
        return None
    points = weight = 0.0
    spans: list[Span] = []
    without: list[str] = []
    reasons: dict[str, None] = {}
    for share, requirement in zip(plan.weights, plan.wanted, strict=True):
        fit, reason, here = _best_alternative(requirement.alternatives, folded)
        if not here:
            without.append(requirement.typed)
            continue
        points += share * fit * _word_points(entry, kind, here)
        weight += share
        spans += here
        if reason:
            reasons[reason] = None
    if not spans:
        return None
    spans = sorted(set(spans))
    if spans[-1][0] < entry.edge:
        points += weight * _title_points(spans, entry.edge - 1)
    scored = points + KIND_POINTS[kind], entry.number, spans, ", ".join(reasons)
    return scored, weight, tuple(without)


def _score_several(plan: Plan, entry: EntryText, kind: str) -> Scored | None:
    number, _, _, folded, edge, _, name = entry
    points, wanted, weights = KIND_POINTS[kind], 0, plan.weights
    spans: list[Span] = []
    places: list[list[Span]] = []
    reasons: dict[str, None] = {}
    for requirement in plan.requirements:
        if requirement.negated:
            if not requirement.is_met(folded):
                return None
            continue
        fit, reason, here = _best_alternative(requirement.alternatives, folded)
        if not here:
            return None
        points += weights[wanted] * fit * _word_points(entry, kind, here)
        wanted += 1
        spans += here
        places.append(here)
        if reason:
            reasons[reason] = None
    if wanted > 1:
        spans = sorted(set(spans))
    if name:
        points += _name_points(plan, entry)
    elif places and all(here[0][0] < edge for here in places):
        points += _title_points(spans, edge - 1)
    return points + _nearness(plan, folded, places), number, spans, ", ".join(reasons)


def _word_points(entry: EntryText, kind: str, spans: Sequence[Span]) -> float:
    """Return what an entry is worth by where one word stands in it, how often, and in how long a text."""
    folded, edge = entry.folded, entry.edge
    in_text = len(spans)
    points = 0.0
    if spans[0][0] < edge:
        points = TITLE_POINTS / (1 + _TITLE_SATURATION * len(entry.name or folded[:edge]) / _USUAL_TITLE)
        in_text -= sum(start < edge for start, _ in spans)
        if not in_text:
            return points
    length = _SATURATION * (_FLAT + (1 - _FLAT) * (len(folded) - edge) / _USUAL)
    worth = TEXT_POINTS * in_text / (in_text + length)
    if kind == "statistic" and not points and folded.find("\n", edge, spans[0][0]) >= 0:
        worth *= ASIDE
    return points + worth * BESIDES if points else worth


def _best_alternative(alternatives: Sequence[Alternative], folded: str) -> tuple[float, str, list[Span]]:
    """Return how well the best alternative fits that is met, its reason, and where any of them are."""
    best, best_reason = 0.0, ""
    places: list[Span] = []
    for alternative in alternatives:
        spans = alternative.term.spans(folded) if alternative.term else alternative.spans(folded)
        if not spans:
            continue
        fit, reason = _fit(alternative, folded, spans)
        if fit > best:
            best, best_reason = fit, reason
        places = sorted({*places, *spans}) if places else spans
    return best, best_reason, places


def _fit(alternative: Alternative, folded: str, spans: list[Span]) -> tuple[float, str]:
    """Return how closely what was found fits what was typed, and the reason for the reader."""
    word = alternative.open_word
    if alternative.literal:
        if alternative.is_code:
            return EXACT if any(_is_whole(folded, start, end) for start, end in spans) else PART, ""
        if not word:
            return EXACT, ""
        for start, end in spans:
            if folded[start:end] == word:
                return EXACT, ""
        if alternative.terms[0].mode == PREFIX:
            return BEGIN, ""
    start, end = spans[0]
    if alternative.reason == WORD_FORM:
        return FORM, f"{WORD_FORM} “{folded[start:end]}”"
    if word and alternative.reason.startswith(SPELLING) and all(folded[a:b] != word for a, b in spans):
        return OTHER, f"{WORD_FORM} “{folded[start:end]}”"  # of the other spelling, which is not there itself
    return OTHER, alternative.reason


def _is_whole(folded: str, start: int, end: int) -> bool:
    """Return whether a code does not go on, as T1059 does in T1059.001."""
    after, before = folded[end : end + 2], folded[max(0, start - 2) : start]
    goes_on = after[:1] in ".-/:" and after[1:].isalnum()
    return not (goes_on or (before[1:] in ".-/:" and before[:1].isalnum()) or after[:1].isalnum())


def _title_points(spans: list[Span], end: int) -> float:
    """Return what a title is worth that has all words: by how much of it they are."""
    covered = sum(min(stop, end) - start for start, stop in spans if start < end)
    return WHOLE_POINTS * min(1.0, covered / end) + (START_POINTS if spans[0][0] == 0 else 0.0)


def _name_points(plan: Plan, entry: EntryText) -> float:
    """Return what a theme is worth by its short name or its title, whichever of them has all words and is better."""
    title = entry.folded[: entry.edge - 1]
    return max(_covering(plan, entry.name), _covering(plan, title))


def _covering(plan: Plan, title: str) -> float:
    found = [[span for one in wanted.alternatives for span in one.spans(title)] for wanted in plan.wanted]
    return _title_points(sorted({span for spans in found for span in spans}), len(title)) if found and all(found) else 0


def _nearness(plan: Plan, folded: str, places: Sequence[Sequence[Span]]) -> float:
    """Return what it is worth that words stand as typed, or near each other; `places` are those of each word."""
    if plan.phrase and plan.phrase.spans(folded):
        return PHRASE_POINTS
    if len(places) < 2:
        return 0.0
    firsts = [here[0][0] for here in places]
    points = NEAR_POINTS * max(0.0, 1 - (max(firsts) - min(firsts)) / 200)
    if len(places) > 2:
        pairs = sum(_is_pair(one, other) for one, other in pairwise(places))
        points += PAIR_POINTS * pairs / (len(places) - 1)
    return points


def _is_pair(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Return whether one of these words stands right before one of the others."""
    ends = {end + 1 for _, end in one}
    return any(start in ends for start, _ in other)


def snippet(entry: EntryText, spans: Sequence[Span]) -> tuple[str, tuple[Span, ...], tuple[Span, ...]]:
    """Return the words around the matches, where the matches stand in them, and where in the title.

    `spans` are where they stand in the folded text.

    An ellipsis stands where the text goes on before or after.
    """
    _, title, text, _, _, folding, _ = entry
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
