"""Where matches come from: the edition's two indexes, or, where they are damaged, a plain look through all texts."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, Protocol

from viewer import texts
from viewer.bundle.bundle import Bundle
from viewer.model import Finding, Item, Passage, Statistic
from viewer.search.entries import THEME
from viewer.search.language import WORD, fold
from viewer.search.plan import EXACT, Part, Plan
from viewer.search.stems import stem
from viewer.wording import indexed

_AT_ONCE = 500  # entries read by one statement
_MOST_KEPT = 4000  # entries whose texts stay in memory
_LOOK = 64  # entries looked through between two questions whether to go on


class Stopped(Exception):
    """The search was given up because nobody waits for it any more."""


class Row(NamedTuple):
    """An entry with its texts; `folded` is title, new line, text, as they are compared."""

    number: int
    title: str
    text: str
    folded: str
    edge: int  # where in it the text begins


def _row(number: int, title: str, text: str) -> Row:
    return Row(number, title, text, fold(f"{title}\n{text}" if title else text), len(title) + 1 if title else 0)


GoOn = Callable[[], None]  # raises Stopped


class Matches(Protocol):
    """What the engine asks for; entries are named by their numbers, in order of importance."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The edition's words."""

    @property
    def titles(self) -> dict[int, str]:
        """The folded titles by their entries' numbers, empty ones left out."""

    def numbered(self) -> list[tuple[int, str, str]]:
        """Every entry's number, item and kind."""

    def find(self, plan: Plan, allowed: Container[int] | None, most: int, go_on: GoOn) -> list[int]:
        """The first entries that match, at most so many, among those `allowed`."""

    def in_title(self, plan: Plan, found: Iterable[int]) -> set[int]:
        """Those of the entries whose title matches by itself."""

    def exactly(self, plan: Plan, last: int) -> set[int]:
        """The entries up to `last` that hold all words as typed."""

    def together(self, phrase: Part, last: int) -> set[int]:
        """The entries up to `last` that hold the words one after the other."""

    def holding(self, words: Iterable[str]) -> frozenset[int]:
        """All entries that hold one of these phrases as written."""

    def rows(self, numbers: Collection[int]) -> Mapping[int, Row]:
        """The texts of these entries at least."""


class Vocabulary:
    """The words of an edition, each with how many entries hold it."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts
        self._sorted = sorted(counts)

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    def starting(self, start: str) -> Iterator[str]:
        """The words that begin so."""
        for at in range(bisect_left(self._sorted, start), len(self._sorted)):
            if not self._sorted[at].startswith(start):
                return
            yield self._sorted[at]

    def forms(self, word: str) -> list[str]:
        """The words that share the stem of `word`, itself among them if it is one."""
        return self._of_stem.get(stem(word), [])

    @cached_property
    def _of_stem(self) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {}
        for word in self._sorted:
            out.setdefault(stem(word), []).append(word)
        return out


class Indexed:
    """Asks the full-text indexes. Any method may raise sqlite3.DatabaseError where they are damaged."""

    def __init__(self, bundle: Bundle) -> None:
        self._connection = bundle.connection
        self._kept: dict[int, Row] = {}  # while words are typed, mostly the same entries are looked at again

    def _numbers(self, sql: str, *parameters: str | int) -> list[int]:
        """The entries in order, all in one row: a row of its own for each would let other threads in each time."""
        listed = self._connection.execute(f"SELECT group_concat(rowid) FROM ({sql})", parameters).fetchone()[0]
        return sorted(map(int, listed.split(","))) if listed else []

    def numbered(self) -> list[tuple[int, str, str]]:
        return self._connection.execute("SELECT id, item, kind FROM entry ORDER BY id").fetchall()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(dict(self._connection.execute("SELECT term, doc FROM temp.plain_vocabulary").fetchall()))

    def find(self, plan: Plan, allowed: Container[int] | None, most: int, go_on: GoOn) -> list[int]:
        sql = f"SELECT rowid FROM {plan.table} WHERE {plan.table} MATCH ?1 AND rowid > ?2 LIMIT ?3"
        if allowed is None:
            return self._numbers(sql, plan.match, 0, most)
        found: list[int] = []
        last, step = 0, 4 * most
        while len(found) < most:
            go_on()
            here = self._numbers(sql, plan.match, last, step)
            found += [number for number in here if number in allowed]
            if len(here) < step:
                break
            last = here[-1]
        return found[:most]

    @cached_property
    def titles(self) -> dict[int, str]:
        """The folded titles by their entries' numbers, empty ones left out."""
        rows = self._connection.execute("SELECT id, title FROM entry WHERE title != ''").fetchall()
        return {number: fold(title) for number, title in rows}

    def in_title(self, plan: Plan, found: Iterable[int]) -> set[int]:
        return _in_title(plan, self.titles, found)

    def exactly(self, plan: Plan, last: int) -> set[int]:
        return self._first("plain", plan.exact_match, last)

    def together(self, phrase: Part, last: int) -> set[int]:
        return self._first("plain", phrase.expression(), last)

    def _first(self, table: str, match: str, last: int) -> set[int]:
        return set(self._numbers(f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid <= ?", match, last))

    def holding(self, words: Iterable[str]) -> frozenset[int]:
        match = " OR ".join(f'"{phrase}"' for phrase in words)
        return frozenset(self._numbers("SELECT rowid FROM plain WHERE plain MATCH ?", match))

    def rows(self, numbers: Collection[int]) -> Mapping[int, Row]:
        missing = [number for number in numbers if number not in self._kept]
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
            missing = list(numbers)
        for at in range(0, len(missing), _AT_ONCE):
            part = missing[at : at + _AT_ONCE]
            sql = f"SELECT id, title, text FROM entry WHERE id IN ({','.join('?' * len(part))})"
            for row in self._connection.execute(sql, part).fetchall():
                self._kept[row[0]] = _row(*row)
        return self._kept


class Scanned:
    """Looks through the texts of the items themselves; needs no index, and keeps the texts in memory."""

    def __init__(self, bundle: Bundle) -> None:
        entries = [(theme.id, THEME, theme.title, texts.plain(theme.summary)) for theme in bundle.themes()]
        items = [item for theme in bundle.themes() for item in bundle.items(theme.id)]
        for kind in (Finding, Statistic, Passage):
            entries += [_entry(item) for item in items if isinstance(item, kind)]
        self._ids = [(item, kind) for item, kind, _, _ in entries]
        self._rows = [_row(number, title, text) for number, (_, _, title, text) in enumerate(entries, start=1)]
        self._folded = [row.folded for row in self._rows]

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
        return _in_title(plan, self.titles, found)

    def exactly(self, plan: Plan, last: int) -> set[int]:
        wishes = [wish.exactly() for wish in plan.wanted]
        return self._where(lambda _, folded: all(wish.is_in(folded) for wish in wishes), last)

    def together(self, phrase: Part, last: int) -> set[int]:
        return self._where(lambda _, folded: bool(phrase.spans(folded)), last)

    def _where(self, fits: Callable[[Row, str], bool], last: int) -> set[int]:
        return {row.number for row in self._rows[:last] if fits(row, row.folded)}

    def holding(self, words: Iterable[str]) -> frozenset[int]:
        parts = [Part(tuple(phrase.split()), EXACT) for phrase in words]
        return frozenset(self._where(lambda _, folded: any(p.spans(folded) for p in parts), len(self._rows)))

    def rows(self, numbers: Collection[int]) -> Mapping[int, Row]:
        return {number: self._rows[number - 1] for number in numbers}


def _in_title(plan: Plan, titles: dict[int, str], found: Iterable[int]) -> set[int]:
    here = [number for number in found if number in titles]
    for wish in plan.wanted:
        if len(wish.ways) == len(wish.ways[0].parts) == 1:
            for root in wish.ways[0].parts[0].roots:
                here = [number for number in here if root in titles[number]]
        else:
            here = [number for number in here if wish.may_be_in(titles[number])]
    return {number for number in here if all(wish.is_in(titles[number]) for wish in plan.wanted)}


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
            return item.id, "finding", "", texts.plain(item.text)
        case Statistic():
            return item.id, "statistic", item.title, _statistic_text(item)
        case Passage():
            return item.id, "passage", item.heading, texts.plain(item.text)


def _statistic_text(item: Statistic) -> str:
    basis = (item.population, item.base, item.period, item.place)
    values = (" ".join(filter(None, (o.label, o.period, indexed(o, item.unit)))) for o in item.observations)
    lines = (texts.plain(item.statement), *basis, *values, texts.plain(item.caveat))
    return "\n".join(line for line in lines if line)
