"""The nearest relatives of an item: what shares its issues, its sources, and its rarer words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from heapq import nsmallest
from math import log

from viewer.bundle.bundle import Bundle
from viewer.model import Finding, Hit, Item, Statistic
from viewer.search.engine import Engine
from viewer.search.index import GoOn, Vocabulary
from viewer.search.language import WORD
from viewer.search.plan import Plan, plan
from viewer.search.query import parse
from viewer.search.stems import stem
from viewer.text.folding import fold
from viewer.text.markdown import plain_text
from viewer.text.wording import listed

MOST_WORDS = 8  # of an item, its rarest, are looked for elsewhere
WORD_WORTH, TAG_WORTH, SOURCE_WORTH = 0.7, 1.0, 1.2
FIGURE_WORTH = 4.0  # a figure and the finding that rests on it
EXCERPT = 220  # characters
MOST_SHARING = 500  # entries looked at for one word
_FEWEST = 4  # letters of a word that says something
_COMMON = 0.2  # a word in more than this part of the items says nothing


def related_items(engine: Engine, bundle: Bundle, item_id: str, *, limit: int = 8, go_on: GoOn) -> tuple[Hit, ...]:
    """The items nearest to one, the nearest first, each with what it shares as its reason. Raises NotFound."""
    item = bundle.item(item_id)
    return engine.surely(lambda: _nearest(engine, bundle, item, limit, go_on))


def _nearest(engine: Engine, bundle: Bundle, item: Item, limit: int, go_on: GoOn) -> tuple[Hit, ...]:
    finder = _Finder(engine, bundle, item)
    points = finder.points(go_on)
    points.pop(engine.entries.numbers.get(item.id, 0), None)
    worth = nsmallest(limit, ((-value, number) for number, value in points.items()))
    best = [number for _, number in worth]
    go_on()
    return tuple(finder.hit(number, points[number]) for number in best)


class _Finder:
    """The entries that share something with one item, and what."""

    def __init__(self, engine: Engine, bundle: Bundle, item: Item) -> None:
        self._engine, self._bundle, self._item = engine, bundle, item
        self._entries = engine.entries
        self._all = len(self._entries.by_number)
        self._plans = dict(self._words(engine.matches.vocabulary))

    def points(self, go_on: GoOn) -> dict[int, float]:
        """The worth of all that each entry shares with the item; what few share is worth more."""
        shared: dict[int, float] = {}
        for numbers, worth in self._shares(go_on):
            go_on()
            value, known = worth * log(self._all / len(numbers)), shared.get
            for number in numbers:
                shared[number] = known(number, 0.0) + value
        return shared

    def _shares(self, go_on: GoOn) -> Iterator[tuple[Collection[int], float]]:
        entries = self._entries
        yield from ((entries.tags[tag], TAG_WORTH) for tag in self._item.tags if tag in entries.tags)
        yield from ((entries.sources[s], SOURCE_WORTH) for s in self._item.sources if s in entries.sources)
        for made in self._plans.values():
            found = self._engine.matches.find(made, None, MOST_SHARING, go_on)
            numbers = [n for n in found if n in entries.by_number and n > entries.last_theme]
            if numbers:
                yield numbers, WORD_WORTH
        behind = self._supports() & entries.numbers.keys()
        if behind:
            yield frozenset(entries.numbers[other] for other in behind), FIGURE_WORTH

    def _figure(self, other: str) -> str:
        """What joins a figure and the finding that rests on it."""
        if other not in self._supports():
            return ""
        return "the figure behind it" if isinstance(self._item, Finding) else "the finding that rests on it"

    def _supports(self) -> frozenset[str]:
        item = self._item
        other = item.findings if isinstance(item, Statistic) else getattr(item, "statistics", ())
        return frozenset(other)

    def _words(self, vocabulary: Vocabulary) -> Iterator[tuple[str, Plan]]:
        """The item's rarest words that stand elsewhere too, each with how to find it."""
        words = {stem(word): word for word in WORD.findall(fold(plain_text(self._item.text))) if len(word) >= _FEWEST}
        counted = []
        for word in words.values():
            count = sum(vocabulary.counts[form] for form in vocabulary.forms(word))
            if 1 < count <= max(2, _COMMON * self._all) and word.isalpha():
                counted.append((count, word))
        for _, word in sorted(counted)[:MOST_WORDS]:
            yield word, plan(parse(word), self._engine.glossary, vocabulary.forms)

    def hit(self, number: int, points: float) -> Hit:
        """An entry as a hit; its reason names what it shares."""
        entry = self._entries.by_number[number]
        row = self._engine.matches.rows([number])[number]
        first = row.text.partition("\n")[0]
        shown = first if len(first) <= EXCERPT else first[:EXCERPT].rpartition(" ")[0] + " …"
        return Hit(
            id=entry.item,
            kind=entry.kind,
            theme=entry.theme,
            number=entry.number,
            marking=entry.marking,
            title=row.title,
            title_spans=(),
            snippet=shown,
            spans=(),
            score=round(points, 2),
            reason=self._shared(number, row.text),
        )

    def _shared(self, number: int, text: str) -> str:
        entries = self._entries
        tags = [self._bundle.tag(t).label for t in self._item.tags if number in entries.tags.get(t, ())]
        sources = [self._bundle.source(s) for s in self._item.sources if number in entries.sources.get(s, ())]
        folded = fold(text)
        words = [word for word, made in self._plans.items() if all(wish.is_in(folded) for wish in made.wanted)]
        parts = (
            self._figure(entries.by_number[number].item),
            listed(tags),
            f"source{'s' if len(sources) > 1 else ''} {listed(str(s.number) for s in sources)}" if sources else "",
            f"the words {listed(words[:4])}" if len(words) > 1 else "".join(f"the word {word}" for word in words),
        )
        return "; ".join(part for part in parts if part)
