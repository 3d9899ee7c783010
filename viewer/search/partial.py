"""Where hardly anything has all words: the entries that have most of the rarer ones, and what each is without."""

from __future__ import annotations

from collections.abc import Container, Sequence
from heapq import nsmallest

from viewer.search.entries import Entries
from viewer.search.entry_texts import EntryTexts
from viewer.search.index import CancelCheck, Index
from viewer.search.plan import Plan
from viewer.search.score import Scored, score_part

MOST_PARTIAL = 32  # entries whose texts are looked at
_MOST_HOLDING = 20_000  # entries of one word that are asked for
_COMMON = 4_000  # entries that hold a word by which, from then on, no others are added
_LEAST = 0.5  # of what the best have of the words, for an entry to be shown

Partial = tuple[Scored, tuple[str, ...]]  # an entry scored, and the words that it does not have


class PartialMatches:
    """Finds what has some of the words of a plan. May raise FaultyIndex, and Cancelled by `check_cancelled`."""

    def __init__(self, index: Index, entries: Entries, texts: EntryTexts, check_cancelled: CancelCheck) -> None:
        self._index, self._entries, self._texts, self._check_cancelled = index, entries, texts, check_cancelled

    def best(self, plan: Plan, allowed: Container[int] | None, known: Container[int]) -> list[Partial]:
        """Return the best entries among those `allowed` that are not `known`: what has most of the rarer words first.

        Of entries that are without the same words, the best stand first.
        """
        worth = {
            number: weight
            for number, weight in self._weighed(plan).items()
            if number not in known and (allowed is None or number in allowed)
        }
        sizes = self._entries.sizes
        first = nsmallest(MOST_PARTIAL, worth, key=lambda n: (-round(worth[n], 3), sizes.get(n, 0), n))
        self._check_cancelled()
        texts, kinds = self._texts.of(first), self._entries.by_number
        scored = [score_part(plan, texts[n], kinds[n].kind) for n in first if n in kinds and n in texts]
        found = sorted(filter(None, scored), key=lambda one: (-round(one[1], 3), one[2], -one[0][0], one[0][1]))
        if not found:
            return []
        least = found[0][1] * _LEAST
        return [(one, without) for one, weight, without in found if weight >= least]

    def _weighed(self, plan: Plan) -> dict[int, float]:
        """Return the weight of the words that each entry has, as far as the index can tell; the rarest come first."""
        weighed: dict[int, float] = {}
        by_weight = sorted(zip(plan.weights, plan.wanted, strict=True), key=lambda pair: -pair[0])
        for weight, requirement in by_weight:
            self._check_cancelled()
            numbers: Sequence[int] = self._index.holding(plan, requirement, _MOST_HOLDING)
            if weighed and len(numbers) > _COMMON:
                numbers = [number for number in numbers if number in weighed]
            for number in numbers:
                weighed[number] = weighed.get(number, 0.0) + weight
        return weighed
