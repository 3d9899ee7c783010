"""The best of what was found: put in an order by what titles and indexes tell, then block by block by their texts."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from itertools import islice

from viewer.model import Hit
from viewer.records import positional_constructor
from viewer.search.entries import Entries
from viewer.search.entry_texts import EntryTexts
from viewer.search.index import CancelCheck, Index
from viewer.search.lexicon import PREFIX
from viewer.search.partial import Partial
from viewer.search.plan import Plan
from viewer.search.score import EXACT, FORM, PHRASE_POINTS, TITLE_POINTS, WHOLE_POINTS, Scored, score, snippet

BLOCK = 32  # entries that are scored by their texts first; then twice as many, and so on
MOST_BEYOND = 64  # entries found by their titles alone, where there are more matches than are ranked
_MOST_WEIGHED = 400  # matches of several words that the index itself puts in order
_MOST_TITLES = 200  # titles that are read through to see whether they match
_BETWEEN_CHECKS = 100  # entries scored between two questions whether the search was cancelled


class Ranking:
    """Ranks the entries that an index found for a plan. May raise FaultyIndex, and Cancelled by `check_cancelled`."""

    def __init__(self, index: Index, entries: Entries, texts: EntryTexts, check_cancelled: CancelCheck) -> None:
        self._index, self._entries, self._texts, self._check_cancelled = index, entries, texts, check_cancelled

    def rank(self, plan: Plan, found: list[int], limit: int) -> tuple[tuple[Hit, ...], set[int]]:
        """Return the best `limit` of the entries `found`, the best first, and the entries that are none after all.

        Of those not looked at nothing is known; where one looked at does not hold what it should, all are. The hits
        are the same for every limit, only cut.
        """
        scored: list[Scored] = []
        wrong: set[int] = set()
        for block in self._blocks(plan, found):
            self._check_cancelled()
            here = self._scored(plan, block)
            if len(here) < len(block):
                wrong |= set(block).difference(number for _, number, _, _ in here)
            here.sort(key=_by_points)
            scored += here
            if len(scored) >= limit and not wrong:
                break
        return self.hits([(one, ()) for one in scored[:limit]]), wrong

    def beyond(self, plan: Plan, last: int, allowed: Container[int] | None) -> list[int]:
        """Return the entries after the `last` one ranked whose titles match, the shortest titles first."""
        titles = self._texts.titles
        matching = [n for n in self._titled(plan) if n > last and (allowed is None or n in allowed)]
        return sorted(sorted(matching, key=lambda n: (len(titles.titles[n]), n))[:MOST_BEYOND])

    def _blocks(self, plan: Plan, found: list[int]) -> Iterator[list[int]]:
        """Yield the entries in blocks, the likely best first; all in one where only their texts can tell."""
        size = BLOCK
        if plan.numbers or len(found) <= size:
            yield found
            return
        ordered = self._ordered(plan, found)
        at = 0
        while at < len(ordered):
            yield ordered[at : at + size]
            at += size
            size *= 2

    def _scored(self, plan: Plan, block: Sequence[int]) -> list[Scored]:
        texts, known = self._texts.of(block), self._entries.by_number
        out = []
        for at, number in enumerate(block, start=1):
            if at % _BETWEEN_CHECKS == 0:
                self._check_cancelled()
            if number in known and (one := score(plan, texts[number], known[number].kind)):
                out.append(one)
        return out

    def hits(self, scored: Sequence[Partial]) -> tuple[Hit, ...]:
        """Return scored entries as hits, each with the words that it is without."""
        texts, known = self._texts.of([one[1] for one, _ in scored]), self._entries.by_number
        make: Callable[..., Hit] = positional_constructor(Hit)
        hits = []
        for (points, number, spans, reason), without in scored:
            text = texts[number]
            words, places, in_title = snippet(text, spans)
            hits.append(make(*known[number], text.title, in_title, words, places, round(points, 2), reason, without))
        return tuple(hits)

    def _ordered(self, plan: Plan, found: list[int]) -> list[int]:
        """Return the entries in the order in which they are likely to be good, by what needs none of their texts."""
        if not plan.match:
            return found
        points = self._points(plan, found)
        rest = [number for number in found if number not in points] if points else found
        if len(plan.wanted) > 1 and len(found) <= _MOST_WEIGHED:
            ranks = {number: at for at, number in enumerate(self._index.best(plan, len(found)))}
            return sorted(
                found, key=lambda n: (ranks.get(n, len(found)) - BLOCK * points.get(n, 0.0) / TITLE_POINTS, n)
            )
        sizes = self._entries.sizes
        titled = sorted(points, key=lambda n: (-points[n], sizes.get(n, 0), n))
        return titled + sorted(rest, key=lambda n: sizes.get(n, 0))

    def _points(self, plan: Plan, found: list[int]) -> dict[int, float]:
        """Return what each entry is worth by title, words as typed, and words together, unless it is nothing."""
        last, among = found[-1], set(found)
        points: dict[int, float] = {}
        titles = self._texts.titles
        for requirement, weight in zip(plan.wanted, plan.weights, strict=True):
            for number in titles.meeting(requirement) & among:
                points[number] = points.get(number, 0.0) + TITLE_POINTS * weight
        typed = sum(len(term.root) for one in plan.wanted for term in one.alternatives[0].terms)
        for number, known in points.items():
            if known > TITLE_POINTS - 0.01:
                points[number] = known + WHOLE_POINTS * min(1.0, typed / len(titles.titles[number]))
        groups: list[tuple[set[int], float]] = []
        if self._has_other_forms(plan):
            groups.append((self._index.holding_exactly(plan, last), EXACT - FORM))
        if plan.phrase:
            groups.append((self._index.holding_phrase(plan.phrase, last), PHRASE_POINTS))
        for numbers, worth in groups:
            for number in numbers & among:
                points[number] = points.get(number, 0.0) + worth
        return points

    def _titled(self, plan: Plan) -> list[int]:
        """Return the entries whose title alone matches, as far as they can be read through; the shortest titles."""
        titles = self._texts.titles
        here = set.intersection(*(titles.meeting(one) for one in plan.wanted)) if plan.wanted else set()
        short = sorted(here, key=lambda n: (len(titles.titles[n]), n))
        return [n for n in islice(short, _MOST_TITLES) if all(one.is_met(titles.titles[n]) for one in plan.wanted)]

    def _has_other_forms(self, plan: Plan) -> bool:
        """Return whether an entry may match by another word than the one typed; of several words it is not asked."""
        alternatives = plan.wanted[0].alternatives
        term = alternatives[0].terms[0]
        if len(plan.wanted) > 1 or len(term.tokens) > 1:
            return False
        return len(alternatives) > 1 or term.mode == PREFIX or len(self._index.vocabulary.forms(term.tokens[0])) > 1


def _by_points(scored: Scored) -> tuple[float, int]:
    """Return what sorts the best first; those alike stand in the document's order."""
    return -scored[0], scored[1]
