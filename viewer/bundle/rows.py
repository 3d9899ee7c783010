"""The gate's look at every value: thousands of rows at a time, and row by row only where something is wrong."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from typing import Any

from viewer.bundle import rules
from viewer.bundle.rules import ITEM, ITEMS, MAX_ROWS, MAX_TEXT, Column, Ids, Real, Table, Text, Whole
from viewer.errors import Faulty, TooLarge

_STEP = 512  # rows at a time: few statements, yet strings that a processor's cache holds
_ADVICE = "The fault was made when the file was published. Report it to the publisher."


def check_rows(connection: sqlite3.Connection) -> None:
    """Checks every key and every value of every content table.

    Raises Faulty, naming table and row, where one breaks a rule of the format, and TooLarge where there is
    more than the format allows. Errors of SQLite pass through.
    """
    checker = _Checker(connection)
    for table in rules.TABLES:
        checker.check(table)
    (entries,) = connection.execute("SELECT max(id) FROM entry").fetchone()  # the rest of it is search's affair
    if (entries or 0) > MAX_ROWS:
        raise _too_many_rows()


class _Checker:
    """The tables checked so far: their ids, to which later ones refer, and how much there was."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._ids: Ids = {}
        self._rows = 0
        self._bytes = 0

    def check(self, table: Table) -> None:
        """Raises what is wrong with the table. Its pages come first: after that no query can go in circles."""
        sound = self._holds_together(table)
        if sound:
            self._count(table)
        if not sound or not self._fits(table):
            from viewer.bundle.blame import first_fault  # here: sound editions do without

            fault = first_fault(self._connection, table, self._ids)
            raise Faulty(fault or f"The edition is damaged inside: its table '{table.name}' does not hold together.")

    def _holds_together(self, table: Table) -> bool:
        """Whether SQLite finds nothing wrong: pages, types, and keys that are unique and lead to their rows.

        Pages come first, and only the first finding is asked for: past wrong pages there may be no end of rows.
        """
        try:
            return bool(self._one(f"SELECT * FROM pragma_integrity_check('{table.name}') LIMIT 1") == ("ok",))
        except sqlite3.DatabaseError as err:
            if err.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise
            return False

    def _count(self, table: Table) -> None:
        (count,) = self._one(f"SELECT count(*) FROM {table.name} NOT INDEXED")
        self._rows += count
        if self._rows > MAX_ROWS:
            raise _too_many_rows()
        if table.name == "edition" and count != 1:
            raise Faulty(f"The edition breaks a rule of its format: its table 'edition' has {count} rows and not one.")

    def _fits(self, table: Table) -> bool:
        self._ids[table.name] = owned = set()
        total = 0
        for where, rows, values in self._portions(table):
            total += rows
            for column, value in zip(table.plain_columns, values, strict=True):
                if not self._column_fits(column, rows, value):
                    return False
                if table.names_rows_by(column):
                    owned.update(value.split(b","))
            if not self._lengths_fit(table, values, where):
                return False
        return table.name not in ITEMS or (self._is_new_to_items(table, total) and self._places_fit(table))

    def _portions(self, table: Table) -> Iterator[tuple[str, int, tuple[Any, ...]]]:
        """Condition, number of rows, and for each column its texts with commas between, its least, or its total."""
        wanted = ", ".join(_condensed(column) for column in table.plain_columns)
        for where in self._conditions(table):
            rows, *values = self._one(f"SELECT count(*), {wanted} FROM {table.name} NOT INDEXED WHERE {where}")
            if rows:
                yield where, rows, tuple(values)

    def _conditions(self, table: Table) -> Iterator[str]:
        if not table.rowids:
            yield "true"
            return
        first, last = self._one(f"SELECT (SELECT min(rowid) FROM {table.name}), (SELECT max(rowid) FROM {table.name})")
        if first is None:
            return
        if last - first > 2 * MAX_ROWS:  # far apart: rather all at once than a thousand times nothing
            yield "true"
            return
        for start in range(first, last + 1, _STEP):
            yield f"rowid BETWEEN {start} AND {start + _STEP - 1}"

    def _column_fits(self, column: Column, rows: int, value: Any) -> bool:
        match column:
            case Text():
                return self._texts_fit(column, rows, value)
            case Whole():
                return value is None or value >= column.least
            case Real():
                return value is not None and math.isfinite(value)

    def _texts_fit(self, column: Text, rows: int, joined: bytes) -> bool:
        self._bytes += len(joined) - rows + 1
        if self._bytes > rules.MAX_TOTAL:
            raise too_much_text()
        if b"\0" in joined or not _is_utf8(joined):
            return False
        if column.is_name and joined.count(b",") != rows - 1:
            return False
        if column.form and not column.many.fullmatch(joined):
            return False
        return not column.refers or self._ids[column.refers].issuperset(joined.split(b","))

    def _lengths_fit(self, table: Table, values: tuple[Any, ...], where: str) -> bool:
        pairs = zip(table.plain_columns, values, strict=True)
        long = [c.name for c, value in pairs if isinstance(c, Text) and not c.refers and len(value) > MAX_TEXT]
        if not long:
            return True
        wanted = ", ".join(f"max(length(CAST({name} AS BLOB)))" for name in long)
        return all(n <= MAX_TEXT for n in self._one(f"SELECT {wanted} FROM {table.name} NOT INDEXED WHERE {where}"))

    def _is_new_to_items(self, table: Table, rows: int) -> bool:
        """Whether no item of another table has one of the table's ids; from then on they are items' ids."""
        items = self._ids.setdefault(ITEM, set())
        before = len(items)
        items |= self._ids[table.name]
        return len(items) == before + rows

    def _places_fit(self, table: Table) -> bool:
        """Whether every item stands in a known theme, at a position from 1; that no two share one, the key proves."""
        places = self._connection.execute(
            f"SELECT CAST(theme AS BLOB), min(position) FROM {table.name} GROUP BY theme"
        ).fetchall()
        return all(theme in self._ids["theme"] and first >= 1 for theme, first in places)

    def _one(self, sql: str) -> Any:
        return self._connection.execute(sql).fetchone()


def _condensed(column: Column) -> str:
    match column:
        case Text():
            return f"CAST(group_concat({column.name}) AS BLOB)"
        case Whole():
            return f"min({column.name})"
        case Real():
            return f"total({column.name})"


def _is_utf8(data: bytes) -> bool:
    try:
        return data.isascii() or bool(data.decode())
    except UnicodeDecodeError:
        return False


def too_much_text() -> TooLarge:
    """The refusal of more than MAX_TOTAL bytes of text, in one value or in all."""
    return TooLarge("The edition has more than 64 MiB of text, more than the format allows.", advice=_ADVICE)


def _too_many_rows() -> TooLarge:
    return TooLarge(f"The edition has more than {MAX_ROWS:,} rows, more than the format allows.", advice=_ADVICE)
