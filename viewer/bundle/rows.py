"""The gate's look at every value: thousands of rows at a time, and row by row only where something is wrong."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from typing import Any, Never

from viewer.bundle import rules
from viewer.bundle.hands import Hands
from viewer.bundle.rules import ITEM, ITEMS, KEYS, MAX_ROWS, MAX_TEXT, TABLES, Column, Real, Table, Text, Whole
from viewer.errors import Faulty, TooLarge

_STEP = 512  # rows at a time: few statements, yet strings that a processor's cache holds
_ADVICE = "The fault was made when the file was published. Report it to the publisher."


def check_rows(hands: Hands) -> None:
    """Checks every key and every value of every content table.

    All pages come first: after that no query can go in circles. Raises Faulty, naming table and row, where one
    breaks a rule of the format, and TooLarge where there is more than the format allows. Errors of SQLite pass
    through.
    """
    rows = 0
    for table, sound in zip(TABLES, hands.each(_holds_together), strict=True):
        if not sound:
            _blame(hands.connection, table)
        rows += _count(hands.connection, table)
        if rows > MAX_ROWS:
            raise _too_many_rows()
    total = 0
    for table, size in zip(TABLES, hands.each(_text_bytes), strict=True):
        if size is None:
            _blame(hands.connection, table)
        total += size
        if total > rules.MAX_TOTAL:
            raise too_much_text()
    (entries,) = _one(hands.connection, "SELECT max(id) FROM entry")  # the rest of it is search's affair
    if (entries or 0) > MAX_ROWS:
        raise _too_many_rows()


def _blame(connection: sqlite3.Connection, table: Table) -> Never:
    from viewer.bundle.blame import first_fault  # here: sound editions do without

    fault = first_fault(connection, table)
    raise Faulty(fault or f"The edition is damaged inside: its table '{table.name}' does not hold together.")


def _holds_together(connection: sqlite3.Connection, table: Table) -> bool:
    """Whether SQLite finds nothing wrong: pages, types, and keys that are unique and lead to their rows.

    Only the first finding is asked for: past wrong pages there may be no end of rows.
    """
    try:
        return bool(_one(connection, f"SELECT * FROM pragma_integrity_check('{table.name}') LIMIT 1") == ("ok",))
    except sqlite3.DatabaseError as err:
        if err.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise
        return False


def _count(connection: sqlite3.Connection, table: Table) -> int:
    (count,) = _one(connection, f"SELECT count(*) FROM {table.name} NOT INDEXED")
    if table.name == "edition" and count != 1:
        raise Faulty(f"The edition breaks a rule of its format: its table 'edition' has {count} rows and not one.")
    return int(count)


def _text_bytes(connection: sqlite3.Connection, table: Table) -> int | None:
    """How many bytes of text the table has; None where a value in it breaks a rule."""
    total = 0
    long: set[str] = set()  # the columns that may have a text too long
    for rows, values in _portions(connection, table):
        for column, value in zip(table.plain_columns, values, strict=True):
            if not _column_fits(column, rows, value):
                return None
            if isinstance(column, Text):
                total += len(value) - rows + 1
                if len(value) > MAX_TEXT:
                    long.add(column.name)
        if total > rules.MAX_TOTAL:
            raise too_much_text()
    return None if any(_one(connection, sql) for sql in _misfits(table, long)) else total


def _portions(connection: sqlite3.Connection, table: Table) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Number of rows, and for each column its texts with commas between, its least, or its total."""
    wanted = ", ".join(_condensed(column) for column in table.plain_columns)
    for where in _conditions(connection, table):
        rows, *values = _one(connection, f"SELECT count(*), {wanted} FROM {table.name} NOT INDEXED WHERE {where}")
        if rows:
            yield rows, tuple(values)


def _conditions(connection: sqlite3.Connection, table: Table) -> Iterator[str]:
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
        case Text():
            return f"CAST(group_concat({column.name}) AS BLOB)"
        case Whole():
            return f"min({column.name})"
        case Real():
            return f"total({column.name})"


def _column_fits(column: Column, rows: int, value: Any) -> bool:
    match column:
        case Text():
            return bool(column.refers) or _texts_fit(column, rows, value)
        case Whole():
            return value is None or value >= column.least
        case Real():
            return value is not None and math.isfinite(value)


def _texts_fit(column: Text, rows: int, joined: bytes) -> bool:
    if b"\0" in joined or not _is_utf8(joined):
        return False
    return not column.form or (joined.count(b",") == rows - 1 and column.many.fullmatch(joined) is not None)


def _is_utf8(data: bytes) -> bool:
    try:
        return data.isascii() or bool(data.decode())
    except UnicodeDecodeError:
        return False


def _misfits(table: Table, long: set[str]) -> Iterator[str]:
    """Statements that find rows at fault: none may have a result."""
    for column in table.plain_columns:
        if not isinstance(column, Text):
            continue
        if column.refers:
            yield _unknown(table, column)
        elif column.name in long:
            too_long = f"length(CAST({column.name} AS BLOB)) > {MAX_TEXT}"
            yield f"SELECT 1 FROM {table.name} NOT INDEXED WHERE {too_long} LIMIT 1"
    if table.name in ITEMS:
        earlier = ITEMS[: ITEMS.index(table.name)]
        yield from (f"SELECT 1 FROM {table.name} JOIN {other} USING(id) LIMIT 1" for other in earlier)
        yield (  # that no two share a place, the key proves
            f"SELECT 1 FROM {table.name} GROUP BY theme"
            " HAVING min(position) < 1 OR theme NOT IN (SELECT id FROM theme) LIMIT 1"
        )


def _unknown(table: Table, column: Text) -> str:
    """The statement that finds values which are no id of what the column refers to."""
    known = [
        f"SELECT {KEYS[name]} FROM {name}" for name in (ITEMS[::-1] if column.refers == ITEM else (column.refers,))
    ]
    if table.key[:1] == (column.name,):  # in order on both sides: a merge, at half the cost
        return " EXCEPT ".join((f"SELECT {column.name} FROM {table.name}", *known)) + " ORDER BY 1 LIMIT 1"
    unknown = " AND ".join(f"{column.name} NOT IN ({ids})" for ids in known)
    return f"SELECT 1 FROM {table.name} NOT INDEXED WHERE {unknown} LIMIT 1"


def _one(connection: sqlite3.Connection, sql: str) -> Any:
    return connection.execute(sql).fetchone()


def too_much_text() -> TooLarge:
    """The refusal of more than MAX_TOTAL bytes of text, in one value or in all."""
    return TooLarge("The edition has more than 64 MiB of text, more than the format allows.", advice=_ADVICE)


def _too_many_rows() -> TooLarge:
    return TooLarge(f"The edition has more than {MAX_ROWS:,} rows, more than the format allows.", advice=_ADVICE)
