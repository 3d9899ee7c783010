"""A plain look through all texts, where the edition's indexes are damaged: slower, with the same matches."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from functools import cached_property

from viewer.bundle.bundle import Bundle
from viewer.model import Finding, Item, Passage, Statistic
from viewer.search.entries import THEME
from viewer.search.index import EntryText, GoOn, Indexed, Matches, Vocabulary, in_title, row_of
from viewer.search.language import WORD
from viewer.search.plan import Plan
from viewer.search.terms import EXACT, SearchTerm, part_of
from viewer.text.folding import fold
from viewer.text.markdown import plain_text
from viewer.text.wording import measured

_LOOK = 64  # entries looked through between two questions whether to go on


class Scanned:
    """Looks through the texts of the items themselves; needs no index, and keeps the texts in memory."""

    def __init__(self, bundle: Bundle) -> None:
        entries: list[tuple[str, str, str, str]] = [
            (theme.id, THEME, theme.title, plain_text(theme.summary)) for theme in bundle.themes()
        ]
        items = [item for theme in bundle.themes() for item in bundle.items(theme.id)]
        for kind in (Finding, Statistic, Passage):
            entries += [_entry(item) for item in items if isinstance(item, kind)]
        self._ids = [(item, kind) for item, kind, _, _ in entries]
        self._rows = [row_of(number, title, text) for number, (_, _, title, text) in enumerate(entries, start=1)]
        self._folded = [row.folded for row in self._rows]

    def warm(self) -> None:
        """Nothing is read: the texts stay in memory anyhow."""

    def numbered(self) -> list[tuple[int, str, str]]:
        return [(number, item, kind) for number, (item, kind) in enumerate(self._ids, start=1)]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        counts: dict[str, int] = {}
        for folded in self._folded:
            for word in set(WORD.findall(folded)):
                counts[word] = counts.get(word, 0) + 1
        return Vocabulary(counts)

    def find(self, plan: Plan, allowed: Container[int] | None, most: int, go_on: GoOn) -> list[int]:
        found: list[int] = []
        for number, folded in enumerate(self._folded, start=1):
            if number % _LOOK == 0:
                go_on()
            if (allowed is None or number in allowed) and all(wish.is_in(folded) for wish in plan.wishes):
                found.append(number)
                if len(found) == most:
                    break
        return found

    @cached_property
    def titles(self) -> dict[int, str]:
        """The folded titles by their entries' numbers, empty ones left out."""
        return {row.number: fold(row.title) for row in self._rows if row.title}

    def in_title(self, plan: Plan, found: Iterable[int]) -> set[int]:
        return in_title(plan, self.titles, found)

    def exactly(self, plan: Plan, last: int) -> set[int]:
        wishes = [wish.exactly() for wish in plan.wanted]
        return self._where(lambda _, folded: all(wish.is_in(folded) for wish in wishes), last)

    def together(self, phrase: SearchTerm, last: int) -> set[int]:
        return self._where(lambda _, folded: bool(phrase.spans(folded)), last)

    def _where(self, fits: Callable[[EntryText, str], bool], last: int) -> set[int]:
        return {row.number for row in self._rows[:last] if fits(row, row.folded)}

    def holding(self, words: Iterable[str]) -> frozenset[int]:
        parts = [part_of(tuple(phrase.split()), EXACT) for phrase in words]
        return frozenset(self._where(lambda _, folded: any(p.spans(folded) for p in parts), len(self._rows)))

    def rows(self, numbers: Collection[int]) -> Mapping[int, EntryText]:
        return {number: self._rows[number - 1] for number in numbers}


def matches_of(bundle: Bundle) -> tuple[Matches, bool]:
    """Where to look in `bundle`, and whether that is the slow way."""
    if not bundle.index_damaged:
        try:
            indexed = Indexed(bundle)
            indexed.holding(["the"])
        except sqlite3.DatabaseError:
            return Scanned(bundle), True
        return indexed, False
    return Scanned(bundle), True


def _entry(item: Item) -> tuple[str, str, str, str]:
    match item:
        case Finding():
            return item.id, "finding", "", plain_text(item.text)
        case Statistic():
            return item.id, "statistic", item.title, _statistic_text(item)
        case Passage():
            return item.id, "passage", item.heading, plain_text(item.text)


def _statistic_text(item: Statistic) -> str:
    basis = (item.population, item.base, item.period, item.place)
    values = (" ".join(filter(None, (o.label, o.period, measured(o, item.unit)))) for o in item.observations)
    lines = (plain_text(item.statement), *basis, *values, plain_text(item.caveat))
    return "\n".join(line for line in lines if line)
