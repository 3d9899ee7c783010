"""Where matches come from: what the engine asks for, and the edition's two indexes, which answer it."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from functools import cached_property
from json import loads
from typing import NamedTuple, Protocol

from viewer.bundle.bundle import Bundle
from viewer.search.plan import Plan
from viewer.search.stems import stem
from viewer.search.terms import SearchTerm
from viewer.text.folding import fold

_AT_ONCE = 500  # entries read by one statement
_MOST_KEPT = 4000  # entries whose texts stay in memory
_FEW = 12  # entries, as which no more hold a rare word
_LONG = 250  # characters of a list of numbers that is read more quickly as JSON

_FIND = {
    table: f"SELECT group_concat(rowid) FROM (SELECT rowid FROM {table} WHERE {table} MATCH ?1 AND rowid > ?2 LIMIT ?3)"
    for table in ("stemmed", "plain")
}
_EACH = "SELECT rowid FROM stemmed WHERE stemmed MATCH ?1"
_UP_TO = "SELECT group_concat(rowid) FROM plain WHERE plain MATCH ?1 AND rowid <= ?2"
_ALL = "SELECT group_concat(rowid) FROM plain WHERE plain MATCH ?1"


class Stopped(Exception):
    """The search was given up because nobody waits for it any more."""


class EntryText(NamedTuple):
    """An entry with its texts; `folded` is title, new line, text, as they are compared."""

    number: int
    title: str
    text: str
    folded: str
    edge: int  # where in it the text begins


def row_of(number: int, title: str, text: str) -> EntryText:
    return EntryText(number, title, text, fold(f"{title}\n{text}" if title else text), len(title) + 1 if title else 0)


GoOn = Callable[[], None]  # raises Stopped


class Matches(Protocol):
    """What the engine asks for; entries are named by their numbers, in order of importance."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The edition's words."""

    @property
    def titles(self) -> dict[int, str]:
        """The folded titles by their entries' numbers, empty ones left out."""

    def warm(self) -> None:
        """Reads beforehand what the first search would wait for."""

    def numbered(self) -> list[tuple[int, str, str]]:
        """Every entry's number, item and kind."""

    def find(self, plan: Plan, allowed: Container[int] | None, most: int, go_on: GoOn) -> list[int]:
        """The first entries that match, at most so many, among those `allowed`."""

    def in_title(self, plan: Plan, found: Iterable[int]) -> set[int]:
        """Those of the entries whose title matches by itself."""

    def exactly(self, plan: Plan, last: int) -> set[int]:
        """The entries up to `last` that hold all words as typed."""

    def together(self, phrase: SearchTerm, last: int) -> set[int]:
        """The entries up to `last` that hold the words one after the other."""

    def holding(self, words: Iterable[str]) -> frozenset[int]:
        """All entries that hold one of these phrases as written."""

    def rows(self, numbers: Collection[int]) -> Mapping[int, EntryText]:
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

    def rare(self, most: int) -> frozenset[str]:
        """The stems of words that no more entries hold in all."""
        return frozenset(s for s, forms in self._of_stem.items() if sum(map(self.counts.__getitem__, forms)) <= most)

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
        self._cursor = sqlite3.Cursor(bundle.connection)  # for questions whose answer is one row
        self._lock = bundle.connection.lock
        self._kept: dict[int, EntryText] = {}  # while words are typed, mostly the same entries are looked at again
        self._rare: frozenset[str] = frozenset()  # stems of few entries, as far as this is known
        self._has_all = False  # whether those are all that there are

    def _numbers(self, sql: str, parameters: tuple[str | int, ...]) -> list[int]:
        """The entries in order, all in one row: a row of its own for each would let other threads in each time."""
        with self._lock:
            listed = self._cursor.execute(sql, parameters).fetchone()[0]
        if not listed:
            return []
        return sorted(loads(f"[{listed}]") if len(listed) > _LONG else map(int, listed.split(",")))

    def numbered(self) -> list[tuple[int, str, str]]:
        return self._connection.execute("SELECT id, item, kind FROM entry ORDER BY id").fetchall()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(dict(self._connection.execute("SELECT term, doc FROM temp.plain_vocabulary").fetchall()))

    def find(self, plan: Plan, allowed: Container[int] | None, most: int, go_on: GoOn) -> list[int]:
        sql = _FIND[plan.table]
        if allowed is None:
            if plan.stem in self._rare:
                return self._few(plan)
            return self._numbers(sql, (plan.match, 0, most))
        found: list[int] = []
        last, step = 0, 4 * most
        while len(found) < most:
            go_on()
            here = self._numbers(sql, (plan.match, last, step))
            found += [number for number in here if number in allowed]
            if len(here) < step:
                break
            last = here[-1]
        return found[:most]

    def _few(self, plan: Plan) -> list[int]:
        """The entries of a rare word: to read some rows is quicker than to list and take apart."""
        with self._lock:
            rows = self._cursor.execute(_EACH, (plan.match,)).fetchall()
        return sorted([number for (number,) in rows])

    @cached_property
    def titles(self) -> dict[int, str]:
        """The folded titles by their entries' numbers, empty ones left out."""
        rows = self._connection.execute("SELECT id, title FROM entry WHERE title != ''").fetchall()
        return {number: fold(title) for number, title in rows}

    def in_title(self, plan: Plan, found: Iterable[int]) -> set[int]:
        return in_title(plan, self.titles, found)

    def exactly(self, plan: Plan, last: int) -> set[int]:
        return set(self._numbers(_UP_TO, (plan.exact_match, last)))

    def together(self, phrase: SearchTerm, last: int) -> set[int]:
        return set(self._numbers(_UP_TO, (phrase.expression(), last)))

    def holding(self, words: Iterable[str]) -> frozenset[int]:
        match = " OR ".join(f'"{phrase}"' for phrase in words)
        return frozenset(self._numbers(_ALL, (match,)))

    def warm(self) -> None:
        """Finds out which words are rare, and reads the texts of a small edition: they all stay in memory then."""
        self._rare = self.vocabulary.rare(_FEW)
        numbers = [number for number, _, _ in self.numbered()]
        if len(numbers) <= _MOST_KEPT:
            self.rows(numbers)
            self._has_all = True

    def rows(self, numbers: Collection[int]) -> Mapping[int, EntryText]:
        if self._has_all:
            return self._kept
        missing = [number for number in numbers if number not in self._kept]
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
            missing = list(numbers)
        for at in range(0, len(missing), _AT_ONCE):
            part = missing[at : at + _AT_ONCE]
            sql = f"SELECT id, title, text FROM entry WHERE id IN ({','.join('?' * len(part))})"
            for row in self._connection.execute(sql, part).fetchall():
                self._kept[row[0]] = row_of(*row)
        return self._kept


def in_title(plan: Plan, titles: dict[int, str], found: Iterable[int]) -> set[int]:
    here = [number for number in found if number in titles]
    for wish in plan.wanted:
        if len(wish.ways) == len(wish.ways[0].parts) == 1:
            for root in wish.ways[0].parts[0].roots:
                here = [number for number in here if root in titles[number]]
        else:
            here = [number for number in here if wish.may_be_in(titles[number])]
    return {number for number in here if all(wish.is_in(titles[number]) for wish in plan.wanted)}
