"""The items nearest to one: those that share its issues, its sources, and its rarer words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from heapq import nsmallest
from itertools import islice
from math import log

from viewer.bundle.bundle import Bundle
from viewer.model import Finding, Hit, Item, Statistic
from viewer.search.engine import Engine
from viewer.search.index import CancelCheck
from viewer.search.language import tokens
from viewer.search.lexicon import Lexicon
from viewer.search.plan import Plan, plan
from viewer.search.query import parse
from viewer.search.stems import stem
from viewer.text.edition_text import text_plain
from viewer.text.wording import listed

MOST_WORDS = 8  # of an item, its rarest, are looked for elsewhere
WORD_WORTH, TAG_WORTH, SOURCE_WORTH = 0.7, 1.0, 1.2
FIGURE_WORTH = 4.0  # a figure and the finding that rests on it
EXCERPT = 220  # characters
MOST_SHARING = 500  # entries looked at for one word
_FEWEST_LETTERS = 4  # of a word that says something
_COMMON = 0.2  # a word in more than this part of the items says nothing


def related_items(
    engine: Engine, bundle: Bundle, item_id: str, *, limit: int = 8, check_cancelled: CancelCheck
) -> tuple[Hit, ...]:
    """Return the items nearest to one, the nearest first, each with what it shares as its reason.

    Raises NotFound, FaultyIndex, and Cancelled by `check_cancelled`.
    """
    finder = _RelatedFinder(engine, bundle, bundle.item(item_id))
    points = finder.points(check_cancelled)
    points.pop(engine.entries.numbers[item_id], None)
    best = nsmallest(2 * limit, ((-worth, number) for number, worth in points.items()))
    check_cancelled()
    hits = (finder.hit(number, -worth) for worth, number in best)
    return tuple(islice((hit for hit in hits if hit.reason), limit))


class _RelatedFinder:
    """Finds the entries that share something with one item, and what."""

    def __init__(self, engine: Engine, bundle: Bundle, item: Item) -> None:
        self._engine, self._bundle, self._item = engine, bundle, item
        self._entries = engine.entries
        self._all = len(self._entries.by_number)
        self._plans = dict(self._rare_words(engine.index.lexicon))

    def points(self, check_cancelled: CancelCheck) -> dict[int, float]:
        """Return the worth of all that each entry shares with the item; what few share is worth more."""
        points: dict[int, float] = {}
        for numbers, worth in self._sharing(check_cancelled):
            check_cancelled()
            value, known = worth * log(self._all / len(numbers)), points.get
            for number in numbers:
                points[number] = known(number, 0.0) + value
        return points

    def _sharing(self, check_cancelled: CancelCheck) -> Iterator[tuple[Collection[int], float]]:
        """Yield the entries that share one thing, and the worth of that thing."""
        entries = self._entries
        yield from ((entries.tags[tag], TAG_WORTH) for tag in self._item.tags if tag in entries.tags)
        yield from ((entries.sources[s], SOURCE_WORTH) for s in self._item.sources if s in entries.sources)
        for word_plan in self._plans.values():
            found = self._engine.index.find(word_plan, None, MOST_SHARING, check_cancelled)
            numbers = [n for n in found if n in entries.by_number and n > entries.last_theme]
            if numbers:
                yield numbers, WORD_WORTH
        supporting = entries.of_items(self._supports())
        if supporting:
            yield supporting, FIGURE_WORTH

    def _supports(self) -> tuple[str, ...]:
        """Return the figures behind a finding, or the findings that rest on a figure."""
        match self._item:
            case Statistic():
                return self._item.findings
            case Finding():
                return self._item.statistics
        return ()

    def _rare_words(self, lexicon: Lexicon) -> Iterator[tuple[str, Plan]]:
        """Yield the item's rarest words that stand elsewhere too, each with how to find it."""
        vocabulary, words = lexicon.vocabulary, tokens(text_plain(self._item.text))
        by_stem = {stem(word): word for word in words if len(word) >= _FEWEST_LETTERS}
        counted = []
        for word in by_stem.values():
            count = sum(vocabulary.counts[form] for form in vocabulary.forms(word))
            if 1 < count <= max(2, _COMMON * self._all) and word.isalpha():
                counted.append((count, word))
        for _, word in sorted(counted)[:MOST_WORDS]:
            yield word, plan(parse(word), self._engine.glossary, lexicon)

    def hit(self, number: int, points: float) -> Hit:
        """Return an entry as a hit; its reason names what it shares, and is empty where that is nothing."""
        entry, text = self._entries.by_number[number], self._engine.texts.of([number])[number]
        return Hit(
            id=entry.item,
            kind=entry.kind,
            theme=entry.theme,
            number=entry.number,
            marking=entry.marking,
            title=text.title,
            title_spans=(),
            snippet=excerpt(text.text),
            spans=(),
            score=round(points, 2),
            reason=self._shared(number, text.folded),
        )

    def _shared(self, number: int, folded: str) -> str:
        entries = self._entries
        tags = [self._bundle.tag(t).label for t in self._item.tags if number in entries.tags.get(t, ())]
        sources = [self._bundle.source(s) for s in self._item.sources if number in entries.sources.get(s, ())]
        words = [word for word, made in self._plans.items() if all(one.is_met(folded) for one in made.wanted)]
        parts = (
            self._support(entries.by_number[number].item),
            listed(tags),
            _shared_sources([str(source.number) for source in sources]),
            f"the words {listed(words[:4])}" if len(words) > 1 else "".join(f"the word {word}" for word in words),
        )
        return "; ".join(part for part in parts if part)

    def _support(self, other: str) -> str:
        """Return what joins a figure and the finding that rests on it."""
        if other not in self._supports():
            return ""
        return "the figure behind it" if isinstance(self._item, Finding) else "the finding that rests on it"


def _shared_sources(numbers: list[str]) -> str:
    if not numbers:
        return ""
    return f"sources {listed(numbers)}" if len(numbers) > 1 else f"source {numbers[0]}"


def excerpt(text: str) -> str:
    """Return the first line of a text; a long one is cut at a word's end, with an ellipsis."""
    first = text.partition("\n")[0]
    return first if len(first) <= EXCERPT else f"{first[:EXCERPT].rpartition(' ')[0]} …"
