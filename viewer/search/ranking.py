"""The best of what was found: chosen by what the indexes can tell, then scored by their texts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from viewer.model import Hit
from viewer.records import positional_constructor
from viewer.search.entries import Entries
from viewer.search.entry_texts import EntryTexts
from viewer.search.index import CancelCheck, Index
from viewer.search.lexicon import PREFIX
from viewer.search.plan import Plan
from viewer.search.score import (
    EXACT_POINTS,
    FORM_POINTS,
    KIND_POINTS,
    PHRASE_POINTS,
    TITLE_POINTS,
    Scored,
    score,
    snippet,
)

POOL = 24  # entries that are scored by their texts, or a fifth more than hits are wanted
_BETWEEN_CHECKS = 100  # entries scored between two questions whether the search was cancelled
_POINTS = itemgetter(0)


class Ranking:
    """Ranks the entries that an index found for a plan. May raise FaultyIndex, and Cancelled by `check_cancelled`."""

    def __init__(self, index: Index, entries: Entries, texts: EntryTexts, check_cancelled: CancelCheck) -> None:
        self._index, self._entries, self._texts, self._check_cancelled = index, entries, texts, check_cancelled

    def rank(self, plan: Plan, found: list[int], limit: int) -> tuple[tuple[Hit, ...], set[int]]:
        """Return the best `limit` of the entries `found`, the best first, and the entries that are none after all.

        Of those not looked at nothing is known; where one looked at does not hold what it should, all are.
        """
        most = max(POOL, limit + limit // 5)
        pool = found if plan.numbers or len(found) <= most else self._pool(plan, found, most)
        self._check_cancelled()
        scored = self._scored(plan, pool)
        if len(scored) < len(pool) < len(found):
            pool, scored = found, self._scored(plan, found)
        wrong = set(pool) - {number for _, number, _, _ in scored} if len(scored) < len(pool) else set()
        if len(scored) > 1:
            scored.sort(key=_POINTS, reverse=True)  # those alike stay in order
        return self._hits(scored[:limit]), wrong

    def _scored(self, plan: Plan, pool: Sequence[int]) -> list[Scored]:
        texts, known = self._texts.of(pool), self._entries.by_number
        out = []
        for at, number in enumerate(pool, start=1):
            if at % _BETWEEN_CHECKS == 0:
                self._check_cancelled()
            if number in known and (one := score(plan, texts[number], known[number].kind)):
                out.append(one)
        return out

    def _hits(self, scored: Sequence[Scored]) -> tuple[Hit, ...]:
        texts, known = self._texts.of([number for _, number, _, _ in scored]), self._entries.by_number
        make: Callable[..., Hit] = positional_constructor(Hit)
        hits = []
        for points, number, spans, reason in scored:
            text = texts[number]
            words, places, in_title = snippet(text, spans)
            hits.append(make(*known[number], text.title, in_title, words, places, round(points, 2), reason))
        return tuple(hits)

    def _pool(self, plan: Plan, found: list[int], most: int) -> list[int]:
        """Return the entries that are scored by their texts, in order."""
        return sorted(self._likely_best(plan, found, most)) if plan.match else found[:most]

    def _likely_best(self, plan: Plan, found: list[int], most: int) -> list[int]:
        """Return the entries most likely to be best, by which further questions to the indexes they answer."""
        points = self._index_points(plan, found)
        by_points = {0.0: [number for number in found if number not in points] if points else found}
        for number in sorted(points):
            by_points.setdefault(points[number], []).append(number)
        first: list[int] = []
        for group in by_points.values():  # each stands in order of importance but for the themes
            items = bisect_right(group, self._entries.last_theme)
            first += group[: min(items, most)] + group[items : items + most]
        known = self._entries.by_number
        first = [number for number in first if number in known]
        return sorted(first, key=lambda n: (-points.get(n, 0.0) - KIND_POINTS[known[n].kind], n))[:most]

    def _index_points(self, plan: Plan, found: list[int]) -> dict[int, float]:
        """Return what each entry is worth by title, words as typed, and words together, unless it is nothing."""
        last, among = found[-1], set(found)
        groups = [(titles_matching(plan, self._texts.titles, found), TITLE_POINTS)]
        if self._has_other_forms(plan):
            groups.append((self._index.holding_exactly(plan, last), EXACT_POINTS - FORM_POINTS))
        if plan.phrase:
            groups.append((self._index.holding_phrase(plan.phrase, last), PHRASE_POINTS))
        points: dict[int, float] = {}
        for numbers, worth in groups:
            for number in numbers & among:
                points[number] = points.get(number, 0.0) + worth
        return points

    def _has_other_forms(self, plan: Plan) -> bool:
        """Return whether an entry may match by another word than the one typed; of several words it is not asked."""
        alternatives = plan.wanted[0].alternatives
        term = alternatives[0].terms[0]
        if len(plan.wanted) > 1 or len(term.tokens) > 1:
            return False
        return len(alternatives) > 1 or term.mode == PREFIX or len(self._index.vocabulary.forms(term.tokens[0])) > 1


def titles_matching(plan: Plan, titles: dict[int, str], found: Iterable[int]) -> set[int]:
    """Return those of the entries whose folded title matches by itself."""
    here = [number for number in found if number in titles]
    for requirement in plan.wanted:
        first = requirement.alternatives[0]
        if len(requirement.alternatives) == len(first.terms) == 1:
            for root in first.terms[0].roots:
                here = [number for number in here if root in titles[number]]
        else:
            here = [number for number in here if requirement.may_be_in(titles[number])]
    return {number for number in here if all(requirement.is_met(titles[number]) for requirement in plan.wanted)}
