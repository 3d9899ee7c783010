"""The edition's two full-text indexes: which entries may hold what is sought, and what words there are.

An index only proposes. What is shown of an entry is read from its item, and so is whether it holds the words at all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Container, Iterable
from functools import cached_property
from json import loads
from typing import Any

from viewer.bundle.connection import SharedConnection
from viewer.errors import FaultyIndex
from viewer.search.lexicon import Lexicon, Vocabulary
from viewer.search.plan import Plan, Requirement
from viewer.search.terms import SearchTerm

_FEW = 12  # entries: a word that no more of them hold is rare
_LONG = 250  # characters of a list of numbers that is read more quickly as JSON
_TABLES = ("stemmed", "plain")

_FIND = {
    table: f"SELECT group_concat(rowid) FROM (SELECT rowid FROM {table} WHERE {table} MATCH ?1 AND rowid > ?2 LIMIT ?3)"
    for table in _TABLES
}
_EACH = "SELECT rowid FROM stemmed WHERE stemmed MATCH ?1"
_BEST = "SELECT rowid FROM {table} WHERE {table} MATCH ?1 ORDER BY bm25({table}, 4.0, 1.0), rowid LIMIT ?2"
_UP_TO = "SELECT group_concat(rowid) FROM plain WHERE plain MATCH ?1 AND rowid <= ?2"
_ALL = "SELECT group_concat(rowid) FROM plain WHERE plain MATCH ?1"
_HAS = {table: f"SELECT 1 FROM {table} WHERE {table} MATCH ?1 AND rowid = ?2" for table in _TABLES}
_ANY = {table: f"SELECT 1 FROM {table} WHERE {table} MATCH ?1 LIMIT 1" for table in _TABLES}
_ENTRIES = (
    "SELECT id, item, kind, length(CAST(text AS BLOB)),"
    " typeof(item) || typeof(kind) || typeof(theme) || typeof(title) || typeof(text) FROM entry ORDER BY id LIMIT ?1"
)
_ALL_TEXT = "text" * 5

CancelCheck = Callable[[], None]  # raises Cancelled


class Cancelled(Exception):
    """The search was given up because nobody waits for it any more."""


class Index:
    """Asks the full-text indexes. Every method raises FaultyIndex where they cannot be read.

    Entries are named by their numbers, in order of importance.
    """

    def __init__(self, connection: SharedConnection, *, is_folded: bool) -> None:
        """Ask the indexes of an edition; `is_folded` says that they stand on folded texts, as from format 2 on."""
        self._is_folded = is_folded
        self._cursor = sqlite3.Cursor(connection)
        self._lock = connection.lock
        self._rare: frozenset[str] = frozenset()  # stems that few entries hold, as far as they are known

    def _rows(self, sql: str, parameters: tuple[str | int, ...] = ()) -> list[Any]:
        """Return all rows of a statement. Shortage of memory is the index's fault: it may ask for any amount."""
        try:
            with self._lock:
                return self._cursor.execute(sql, parameters).fetchall()
        except (sqlite3.Error, MemoryError, UnicodeDecodeError) as err:  # the last where SQLite quotes damage
            raise FaultyIndex from err

    def _numbers(self, sql: str, parameters: tuple[str | int, ...]) -> list[int]:
        """Return entries in order, all from one row: a row for each would let other threads in each time."""
        listed = self._rows(sql, parameters)[0][0]
        if not listed:
            return []
        return sorted(loads(f"[{listed}]") if len(listed) > _LONG else map(int, listed.split(",")))

    def numbered(self, most: int) -> list[tuple[int, str, str, int]]:
        """Return every entry's number, item, kind and bytes of text, at most so many.

        Raises FaultyIndex also where one lacks text.
        """
        rows = self._rows(_ENTRIES, (most,))
        if any(types != _ALL_TEXT for *_, types in rows):
            raise FaultyIndex
        return [(number, item, kind, size) for number, item, kind, size, _ in rows]

    @cached_property
    def lexicon(self) -> Lexicon:
        """The edition's words, and how its indexes have them."""
        counts = dict(self._rows("SELECT term, doc FROM temp.plain_vocabulary"))
        if self._is_folded:
            return Lexicon(Vocabulary(counts), self._holds)
        from viewer.search.lexicon_format_1 import Format1Lexicon

        return Format1Lexicon(counts, self._holds)

    @property
    def vocabulary(self) -> Vocabulary:
        """The edition's words."""
        return self.lexicon.vocabulary

    def _holds(self, expression: str, is_stemmed: bool) -> bool:
        """Return whether any entry matches."""
        return bool(self._rows(_ANY["stemmed" if is_stemmed else "plain"], (expression,)))

    def has(self, word: str, number: int) -> bool:
        """Return whether both indexes know that the entry holds the word."""
        return all(self._rows(_HAS[table], (f'"{word}"', number)) for table in _TABLES)

    def find(self, plan: Plan, allowed: Container[int] | None, most: int, check_cancelled: CancelCheck) -> list[int]:
        """Return the first entries that match, at most so many, among those `allowed`; None allows all."""
        sql = _FIND[plan.table]
        if allowed is None:
            if plan.stem in self._rare:
                return self._few(plan)
            return self._numbers(sql, (plan.match, 0, most))
        found: list[int] = []
        last, step = 0, 4 * most
        while len(found) < most:
            check_cancelled()
            here = self._numbers(sql, (plan.match, last, step))
            found += [number for number in here if number in allowed]
            if len(here) < step:
                break
            last = here[-1]
        return found[:most]

    def _few(self, plan: Plan) -> list[int]:
        """Return the entries of a rare word: for these, rows are quicker than a list to take apart."""
        return sorted([number for (number,) in self._rows(_EACH, (plan.match,))])

    def holding(self, plan: Plan, requirement: Requirement, most: int) -> list[int]:
        """Return the first entries that hold one of the words that a plan asks for, at most so many."""
        return self._numbers(_FIND[plan.table], (requirement.fts_expression(self.lexicon), 0, most))

    def best(self, plan: Plan, most: int) -> list[int]:
        """Return the entries that match, at most so many: first those that hold rare words often, for their length."""
        return [number for (number,) in self._rows(_BEST.format(table=plan.table), (plan.match, most))]

    def holding_exactly(self, plan: Plan, last: int) -> set[int]:
        """Return the entries up to `last` that hold all words as typed."""
        return set(self._numbers(_UP_TO, (plan.exact_match, last)))

    def holding_phrase(self, phrase: SearchTerm, last: int) -> set[int]:
        """Return the entries up to `last` that hold the words one after the other."""
        return set(self._numbers(_UP_TO, (phrase.fts_expression(self.lexicon), last)))

    def holding_any(self, phrases: Iterable[str]) -> frozenset[int]:
        """Return all entries that hold one of these phrases as written."""
        match = " OR ".join(f'"{phrase}"' for phrase in phrases)
        return frozenset(self._numbers(_ALL, (match,)))

    def warm(self) -> None:
        """Find out which words are rare, for which the first search would wait."""
        self._rare = self.vocabulary.rare(_FEW)
