"""The gate's look at every value: thousands of rows at a time, and row by row only where something is wrong."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from typing import Any, Never

from viewer.bundle import rules
from viewer.bundle.hands import Hands
from viewer.bundle.rules import (
    ITEM,
    ITEMS,
    KEYS,
    MAX_ROWS,
    MAX_TEXT,
    TABLES,
    Column,
    ContentTable,
    IntegerColumn,
    RealColumn,
    TextColumn,
)
from viewer.errors import Faulty, TooLarge

_STEP = 512  # rows at a time: few statements, yet strings that a processor's cache holds
_MANY = 75_000  # rows: to check fewer takes less time than to make a second copy of the body
_ADVICE = "The fault was made when the file was published. Report it to the publisher."


def check_rows(connection: sqlite3.Connection, second: Callable[[], sqlite3.Connection]) -> None:
    """Checks every key and every value of every content table; where there are many rows, with a `second` connection.

    All pages come before any value: after that no query can go in circles. Raises Faulty, naming table and row,
    where one breaks a rule of the format, and TooLarge where there is more than the format allows. Errors of SQLite
    pass through.
    """
    rows = _count(connection)
    with closing(Hands(connection, second if rows > _MANY else None)) as hands:
        for table, sound in zip(TABLES, hands.each(_holds_together), strict=True):
            if not sound:
                _blame(connection, table)
        _check_is_one(connection)
        total = 0
        for table, size in zip(TABLES, hands.each(_text_bytes), strict=True):
            if isinstance(size, str):
                _blame(connection, table, size)
            total += size
            if total > rules.MAX_TOTAL:
                raise too_much_text()


def _count(connection: sqlite3.Connection) -> int:
    """How many rows there are; ends soon also where there are far too many, or pages that lead in circles."""
    total = 0
    for table in TABLES:
        with suppress(sqlite3.DatabaseError):  # such damage is found, and named, when the pages are checked
            bounded = f"SELECT 1 FROM {table.name} NOT INDEXED LIMIT {MAX_ROWS + 1}"
            total += _one(connection, f"SELECT count(*) FROM ({bounded})")[0]
        if total > MAX_ROWS:
            raise _too_many_rows()
    (entries,) = _one(connection, "SELECT max(id) FROM entry")  # the rest of it is search's affair
    if (entries or 0) > MAX_ROWS:
        raise _too_many_rows()
    return total


def _check_is_one(connection: sqlite3.Connection) -> None:
    (count,) = _one(connection, "SELECT count(*) FROM edition")
    if count != 1:
        raise Faulty(f"The edition breaks a rule of its format: its table 'edition' has {count} rows and not one.")


def _blame(connection: sqlite3.Connection, table: ContentTable, where: str = "true") -> Never:
    from viewer.bundle.diagnosis import first_fault  # here: sound editions do without

    fault = first_fault(connection, table, where)
    raise Faulty(fault or f"The edition is damaged inside: its table '{table.name}' does not hold together.")


def _holds_together(connection: sqlite3.Connection, table: ContentTable) -> bool:
    """Whether SQLite finds nothing wrong: pages, types, and keys that are unique and lead to their rows.

    Only the first finding is asked for: past wrong pages there may be no end of rows.
    """
    try:
        return bool(_one(connection, f"SELECT * FROM pragma_integrity_check('{table.name}') LIMIT 1") == ("ok",))
    except sqlite3.DatabaseError as err:
        if err.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise
        return False


def _text_bytes(connection: sqlite3.Connection, table: ContentTable) -> int | str:
    """How many bytes of text the table has; where a value in it breaks a rule, a condition that its row meets."""
    total = 0
    long: set[str] = set()  # the columns that may have a text too long
    for where, rows, values in _portions(connection, table):
        for column, value in zip(table.plain_columns, values, strict=True):
            if not _column_fits(column, rows, value):
                return where
            if isinstance(column, TextColumn):
                total += len(value) - rows + 1
                if len(value) > MAX_TEXT:
                    long.add(column.name)
        if total > rules.MAX_TOTAL:
            raise too_much_text()
    return next((where for sql, where in _misfits(table, long) if _one(connection, sql)), total)


def _portions(connection: sqlite3.Connection, table: ContentTable) -> Iterator[tuple[str, int, tuple[Any, ...]]]:
    """Condition, number of rows, and for each column its texts with commas between, its least, or its total."""
    wanted = ", ".join(_condensed(column) for column in table.plain_columns)
    for where in _conditions(connection, table):
        rows, *values = _one(connection, f"SELECT count(*), {wanted} FROM {table.name} NOT INDEXED WHERE {where}")
        if rows:
            yield where, rows, tuple(values)


def _conditions(connection: sqlite3.Connection, table: ContentTable) -> Iterator[str]:
    if not table.rowids:
        yield "true"
        return
    first, last = _one(
        connection, f"SELECT (SELECT min(rowid) FROM {table.name}), (SELECT max(rowid) FROM {table.name})"
    )
    if first is None:
        return
    if last - first > 2 * MAX_ROWS:  # far apart: rather all at once than a thousand times nothing
        yield "true"
        return
    for start in range(first, last + 1, _STEP):
        yield f"rowid BETWEEN {start} AND {start + _STEP - 1}"


def _condensed(column: Column) -> str:
    match column:
        case TextColumn():
            return f"CAST(group_concat({column.name}) AS BLOB)"
        case IntegerColumn():
            return f"min({column.name})"
        case RealColumn():
            return f"total({column.name})"


def _column_fits(column: Column, rows: int, value: Any) -> bool:
    match column:
        case TextColumn():
            return bool(column.refers) or _texts_fit(column, rows, value)
        case IntegerColumn():
            return value is None or value >= column.least
        case RealColumn():
            return value is not None and math.isfinite(value)


def _texts_fit(column: TextColumn, rows: int, joined: bytes) -> bool:
    if b"\0" in joined or not _is_utf8(joined):
        return False
    return not column.form or (joined.count(b",") == rows - 1 and column.many.fullmatch(joined) is not None)


def _is_utf8(data: bytes) -> bool:
    try:
        return data.isascii() or bool(data.decode())
    except UnicodeDecodeError:
        return False


def _misfits(table: ContentTable, long: set[str]) -> Iterator[tuple[str, str]]:
    """Statements that have a result only where rows are at fault, each with the condition that these meet."""
    for column in (c for c in table.plain_columns if isinstance(c, TextColumn)):
        if column.refers:
            yield _unknown(table, column)
        elif column.name in long:
            yield _any(table, f"length(CAST({column.name} AS BLOB)) > {MAX_TEXT}")
    if table.name in ITEMS:
        for other in ITEMS[: ITEMS.index(table.name)]:
            both = f"SELECT id FROM {table.name} INTERSECT SELECT id FROM {other}"  # merged in order, as below
            yield f"{both} ORDER BY 1 LIMIT 1", f"id IN (SELECT id FROM {other})"
        unfit = "position < 1 OR theme NOT IN (SELECT id FROM theme)"  # that no two share a place, the key proves
        lowest = unfit.replace("position", "min(position)")
        yield f"SELECT 1 FROM {table.name} GROUP BY theme HAVING {lowest} LIMIT 1", unfit


def _unknown(table: ContentTable, column: TextColumn) -> tuple[str, str]:
    """The same, for values that are no id of what the column refers to."""
    known = [
        f"SELECT {KEYS[name]} FROM {name}" for name in (ITEMS[::-1] if column.refers == ITEM else (column.refers,))
    ]
    unknown = " AND ".join(f"{column.name} NOT IN ({ids})" for ids in known)
    if table.key[:1] != (column.name,):
        return _any(table, unknown)
    merged = " EXCEPT ".join(
        (f"SELECT {column.name} FROM {table.name}", *known)
    )  # in order on both sides: half the cost
    return f"{merged} ORDER BY 1 LIMIT 1", unknown


def _any(table: ContentTable, where: str) -> tuple[str, str]:
    return f"SELECT 1 FROM {table.name} NOT INDEXED WHERE {where} LIMIT 1", where


def _one(connection: sqlite3.Connection, sql: str) -> Any:
    return connection.execute(sql).fetchone()


def too_much_text() -> TooLarge:
    """The refusal of more than MAX_TOTAL bytes of text, in one value or in all."""
    return TooLarge("The edition has more than 64 MiB of text, more than the format allows.", advice=_ADVICE)


def _too_many_rows() -> TooLarge:
    return TooLarge(f"The edition has more than {MAX_ROWS:,} rows, more than the format allows.", advice=_ADVICE)
