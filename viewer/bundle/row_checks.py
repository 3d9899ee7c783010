"""The gate's check of every value: thousands of rows at a time, and row by row only where something is wrong."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, Never

from viewer.bundle import parallel, rules
from viewer.bundle.limits import check_groups, count_in_groups, count_rows, exceedable_limits, too_much_text
from viewer.bundle.parallel import TableWorkers
from viewer.bundle.rules import (
    MAX_ROWS,
    MAX_TEXT,
    Column,
    ContentTable,
    Format,
    IntegerColumn,
    RealColumn,
    TextColumn,
)
from viewer.errors import Faulty

_WITH_COMMAS = ("also",)  # tables that refer to what may have commas in it
_STEP = 512  # rows at a time: few statements, yet strings that a processor's cache holds


def check_rows(connection: sqlite3.Connection, rules_of: Format, make_second: Callable[[], sqlite3.Connection]) -> None:
    """Check every key and every value of every content table, and how many rows belong together.

    Where there are many rows, `make_second` is called for a second connection to a copy of the same bytes. The pages
    of all tables come before any value: after that no query can go in circles. Raises Faulty, naming table and row,
    where one breaks a rule of the format, and TooLarge, naming the limit, where there is more than the format allows.
    Errors of SQLite pass through.
    """
    tables = rules_of.tables
    rows = count_rows(connection, rules_of)
    shared = make_second if sum(rows.values()) > parallel.MANY_ROWS else None
    with closing(TableWorkers(connection, tables, shared)) as workers:
        for table, is_sound in zip(tables, workers.map(_is_sound), strict=True):
            if not is_sound:
                _refuse(connection, rules_of, table)
        _check_one_edition(connection)
        sizes = workers.map(lambda on, one: _check_values(on, rules_of, one, rows[one.name]) if rows[one.name] else 0)
        if sum(sizes) > rules.MAX_TOTAL:
            raise too_much_text()


def _check_one_edition(connection: sqlite3.Connection) -> None:
    (count,) = _first_row(connection, "SELECT count(*) FROM edition")
    if count != 1:
        raise Faulty(f"The edition breaks a rule of its format: its table 'edition' has {count} rows and not one.")


def _refuse(connection: sqlite3.Connection, rules_of: Format, table: ContentTable, where: str = "true") -> Never:
    """Raise Faulty, naming the first faulty row among those for which `where` holds."""
    from viewer.bundle.diagnosis import first_fault  # imported here: sound editions do not need it

    fault = first_fault(connection, rules_of, table, where)
    raise Faulty(fault or f"The edition is damaged inside: its table '{table.name}' does not hold together.")


def _is_sound(connection: sqlite3.Connection, table: ContentTable) -> bool:
    """Return whether SQLite finds nothing wrong: pages, types, and keys that are unique and lead to their rows.

    Only the first finding is asked for: past wrong pages there may be no end of rows.
    """
    try:
        return bool(_first_row(connection, f"SELECT * FROM pragma_integrity_check('{table.name}') LIMIT 1") == ("ok",))
    except sqlite3.DatabaseError as err:
        if err.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise
        return False


def _check_values(connection: sqlite3.Connection, rules_of: Format, table: ContentTable, rows_in_all: int) -> int:
    """Return how many bytes of text the table has; raise Faulty, naming the row, where a value breaks a rule.

    Raises TooLarge where more rows belong to one thing than the format allows.
    """
    total = 0
    limits = exceedable_limits(rules_of, table, rows_in_all)
    compared = [] if table.rowids or table.name in _WITH_COMMAS else limits
    if not compared:
        count_in_groups(connection, limits)
    looked_at: set[str] = set()  # the columns that may have a text too long, or one that leads nowhere
    for where, rows, values in _portions(connection, table):
        for column, value in zip(table.plain_columns, values, strict=True):
            if not _column_fits(column, rows, value):
                _refuse(connection, rules_of, table, where)
            if isinstance(column, TextColumn):
                if compared:
                    check_groups(value, [limit for limit in compared if limit.by == column.name], table.key[0])
                size = len(value) - rows + 1
                total += size
                if size > 0 if column.refers else _may_be_too_long(column, value, size):
                    looked_at.add(column.name)
        if total > rules.MAX_TOTAL:
            raise too_much_text()
    for sql, where in _fault_queries(rules_of, table, looked_at):
        if _first_row(connection, sql):
            _refuse(connection, rules_of, table, where)
    return total


def _portions(connection: sqlite3.Connection, table: ContentTable) -> Iterator[tuple[str, int, tuple[Any, ...]]]:
    """Yield a condition, the number of rows that meet it, and a value for each column.

    The value is a text column's texts joined by commas, a whole number's least, a real number's total.
    """
    wanted = ", ".join(_condensed(column) for column in table.plain_columns)
    for where in _conditions(connection, table):
        sql = f"SELECT count(*), {wanted} FROM {table.name} NOT INDEXED WHERE {where}"
        rows, *values = _first_row(connection, sql)
        if rows:
            yield where, rows, tuple(values)


def _conditions(connection: sqlite3.Connection, table: ContentTable) -> Iterator[str]:
    """Yield conditions that part the rows of a table: by rowid, `_STEP` at a time, where there are rowids."""
    if not table.rowids:
        yield "true"
        return
    sql = f"SELECT (SELECT min(rowid) FROM {table.name}), (SELECT max(rowid) FROM {table.name})"
    first, last = _first_row(connection, sql)
    if first is None:
        return
    if last - first > 2 * MAX_ROWS:  # rowids far apart: better all at once than a thousand empty portions
        yield "true"
        return
    for start in range(first, last + 1, _STEP):
        yield f"rowid BETWEEN {start} AND {start + _STEP - 1}"


def _condensed(column: Column) -> str:
    match column:
        case TextColumn():
            apart = ", char(0)" if column.is_free else ""
            return f"CAST(group_concat({column.name}{apart}) AS BLOB)"
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
    if column.optional and len(joined) < rows and joined == b"," * (rows - 1):
        return True
    if joined.count(b"\0") > (rows - 1 if column.is_free else 0) or not _is_utf8(joined):
        return False
    return not column.form or (joined.count(b",") == rows - 1 and column.many.fullmatch(joined + b",") is not None)


def _may_be_too_long(column: TextColumn, joined: bytes, size: int) -> bool:
    """Return whether one of the joined texts, of so many bytes in all, may be longer than is allowed."""
    most = column.most or MAX_TEXT
    if size <= most:
        return False
    apart = b"\0" if column.is_free else b","
    half = most // 2  # a longer text fills one such piece from end to end, which is quick to look for
    return any(joined.find(apart, at, at + half) < 0 for at in range(0, len(joined) - half, half))


def _is_utf8(data: bytes) -> bool:
    try:
        return data.isascii() or bool(data.decode())
    except UnicodeDecodeError:
        return False


def _fault_queries(rules_of: Format, table: ContentTable, looked_at: set[str]) -> Iterator[tuple[str, str]]:
    """Yield queries that have a row only where the table breaks a rule, each with a condition that the row meets."""
    conditions = [rule.condition for rule in table.rules]  # looked for together, in one pass over the table
    for column in (c for c in table.plain_columns if isinstance(c, TextColumn)):
        if column.refers and table.key[:1] == (column.name,):
            yield _unknown_in_key(rules_of, table, column)
        elif column.refers and (column.name in looked_at or not column.optional):
            conditions.append(_unknown(rules_of, column))
        elif column.name in looked_at:
            longer = f"length({column.name}) > {column.most} OR " if column.most else ""
            conditions.append(f"{longer}length(CAST({column.name} AS BLOB)) > {MAX_TEXT}")
    if conditions:
        where = " OR ".join(f"({condition})" for condition in conditions)
        yield f"SELECT 1 FROM {table.name} NOT INDEXED WHERE {where} LIMIT 1", where
    if table.is_item:
        items = rules_of.items
        for other in items[: items.index(table.name)]:
            both = f"SELECT id FROM {table.name} INTERSECT SELECT id FROM {other}"  # merged in order, as below
            yield f"{both} ORDER BY 1 LIMIT 1", f"id IN (SELECT id FROM {other})"
        unfit = "position < 1 OR theme NOT IN (SELECT id FROM theme)"  # the key proves that no two share a place
        lowest = unfit.replace("position", "min(position)")
        yield f"SELECT 1 FROM {table.name} GROUP BY theme HAVING {lowest} LIMIT 1", unfit


def _unknown(rules_of: Format, column: TextColumn) -> str:
    """Return the condition that a value is no id of what the column refers to."""
    unknown = " AND ".join(f"{column.name} NOT IN ({ids})" for ids in rules_of.known_ids(column))
    return f"{column.name} != '' AND {unknown}" if column.optional else unknown


def _unknown_in_key(rules_of: Format, table: ContentTable, column: TextColumn) -> tuple[str, str]:
    """Return a query for such values of the first column of a key, and the condition.

    Both sides come in order and are merged, which takes half the time.
    """
    merged = " EXCEPT ".join((f"SELECT {column.name} FROM {table.name}", *rules_of.known_ids(column)))
    return f"{merged} ORDER BY 1 LIMIT 1", _unknown(rules_of, column)


def _first_row(connection: sqlite3.Connection, sql: str) -> Any:
    return connection.execute(sql).fetchone()
