"""Which row of a table breaks a rule, and how, in words; asked only once it is known that one does."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator

from viewer.bundle.rules import (
    ITEM,
    ITEMS,
    KEYS,
    MAX_TEXT,
    TABLES,
    Column,
    ContentTable,
    IntegerColumn,
    RealColumn,
    TextColumn,
)

_KINDS = {
    TextColumn: "text",
    IntegerColumn: "integer",
    RealColumn: "real",
}  # the storage class of each kind of column
_MOST_ROWS = 50_000  # a second's work

Cell = tuple[str, bytes | None]  # the storage class, and the value as bytes
Ids = dict[str, set[bytes]]  # by table, and of all ITEMS under ITEM


def first_fault(connection: sqlite3.Connection, table: ContentTable, where: str) -> str | None:
    """Return a sentence that names the first row at fault and its fault; None where no row alone is at fault.

    Only the first 50,000 rows that meet the condition `where` are looked at. SQLite must have found all tables
    before this one in TABLES sound.
    """
    try:
        return next(_faults(connection, table, where, _earlier_ids(connection, table)), None)
    except sqlite3.Error:
        return None  # the table cannot be read: no single row is at fault


def _earlier_ids(connection: sqlite3.Connection, table: ContentTable) -> Ids:
    """Return the ids of the tables before this one, to which it may refer."""
    ids: Ids = {ITEM: set()}
    for name in (earlier.name for earlier in TABLES[: TABLES.index(table)] if earlier.name in KEYS):
        rows = connection.execute(f"SELECT CAST({KEYS[name]} AS BLOB) FROM {name} NOT INDEXED")
        ids[name] = {row[0] for row in rows}
        if name in ITEMS:
            ids[ITEM] |= ids[name]
    return ids


def _faults(connection: sqlite3.Connection, table: ContentTable, where: str, ids: Ids) -> Iterator[str]:
    seen: set[tuple[str, ...]] = set()
    wanted = ", ".join(f"typeof({column.name}), CAST({column.name} AS BLOB)" for column in table.columns)
    sql = f"SELECT {wanted} FROM {table.name} NOT INDEXED WHERE {where} LIMIT {_MOST_ROWS}"
    for values in connection.execute(sql):
        pairs = zip(values[::2], values[1::2], strict=True)
        cells = {column.name: cell for column, cell in zip(table.columns, pairs, strict=True)}
        for problem in _row_problems(table, cells, ids, seen):
            yield f"The edition breaks a rule of its format: {_row_name(table, cells)} {problem}."


def _row_problems(table: ContentTable, cells: dict[str, Cell], ids: Ids, seen: set[tuple[str, ...]]) -> Iterator[str]:
    for column in table.columns:
        kind, value = cells[column.name]
        if problem := _problem(column, kind, value, ids):
            yield problem
    for names in table.unique:
        place = (*names, *(_shown(cells[name][1]) for name in names))
        if place in seen:
            yield f"has the same {' and '.join(names)} as another"
        seen.add(place)
    if table.name in ITEMS:
        taken = (name for name in ITEMS if name != table.name and cells["id"][1] in ids.get(name, ()))
        yield from (f"has the same id as a {name}" for name in taken)


def _problem(column: Column, kind: str, value: bytes | None, ids: Ids) -> str | None:
    if value is None:
        needed = isinstance(column, TextColumn) or (isinstance(column, IntegerColumn) and not column.optional)
        return f"has no {column.name}" if needed else None
    if kind != _KINDS[type(column)]:
        return f"stores its {column.name} as {kind}, not as {_KINDS[type(column)]}"
    match column:
        case TextColumn():
            return _text_problem(column, value, ids)
        case IntegerColumn():
            return f"has the {column.name} {int(value)}, below {column.least}" if int(value) < column.least else None
        case RealColumn():
            return None if math.isfinite(float(value)) else f"has a {column.name} that is no finite number"


def _text_problem(column: TextColumn, value: bytes, ids: Ids) -> str | None:
    if len(value) > MAX_TEXT:
        return f"has {len(value):,} bytes in its {column.name}, and at most {MAX_TEXT:,} are allowed"
    if b"\0" in value:
        return f"has a NUL character in its {column.name}"
    try:
        value.decode()
    except UnicodeDecodeError:
        return f"has a {column.name} that is not valid UTF-8"
    if column.refers and value not in ids[column.refers]:
        return f"has the unknown {column.name} '{_shown(value)}'"
    if column.form and not column.one.fullmatch(value):
        return f"has the {column.unfit} {column.name} '{_shown(value)}'"
    return None


def _row_name(table: ContentTable, cells: dict[str, Cell]) -> str:
    """Return `passage 'indecent-images.p4'`, or `observation 'x.s1', '2'` where two columns name a row."""
    return " ".join([table.name, ", ".join(f"'{_shown(cells[name][1])}'" for name in table.key)]).strip()


def _shown(value: bytes | None) -> str:
    text = (value or b"").decode(errors="replace")
    return "".join(char if char.isprintable() else "\ufffd" for char in text[:60])
