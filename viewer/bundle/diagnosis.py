"""Which row of a table breaks a rule, and how, in words; asked only once it is known that one does."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator

from viewer.bundle.rules import (
    MAX_TEXT,
    Column,
    ContentTable,
    Format,
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
Ids = dict[str, set[bytes]]  # by the column that refers to them; of tables of items by table


def first_fault(connection: sqlite3.Connection, rules_of: Format, table: ContentTable, where: str) -> str | None:
    """Return a sentence that names the first row at fault and its fault; None where no row alone is at fault.

    Only the first 50,000 rows that meet the condition `where` are looked at. SQLite must have found all tables
    before this one in the format sound.
    """
    try:
        return next(_faults(connection, rules_of, table, where), None)
    except sqlite3.Error:
        return None  # the table cannot be read: no single row is at fault


def _known_ids(connection: sqlite3.Connection, rules_of: Format, table: ContentTable) -> Ids:
    """Return the ids that each column of the table may refer to, and those of the tables of items before it."""
    ids: Ids = {}
    for column in (c for c in table.columns if isinstance(c, TextColumn) and c.refers):
        ids[column.name] = {b""} if column.optional else set()
        for query in rules_of.known_ids(column):
            ids[column.name] |= _column(connection, query)
    if table.is_item:
        for name in rules_of.items[: rules_of.items.index(table.name)]:
            ids[f"items of {name}"] = _column(connection, f"SELECT id FROM {name}")
    return ids


def _column(connection: sqlite3.Connection, query: str) -> set[bytes]:
    as_bytes = query.replace("SELECT ", "SELECT CAST(", 1).replace(" FROM ", " AS BLOB) FROM ", 1)
    return {row[0] for row in connection.execute(as_bytes.replace(" WHERE ", " NOT INDEXED WHERE ", 1))}


def _faults(connection: sqlite3.Connection, rules_of: Format, table: ContentTable, where: str) -> Iterator[str]:
    ids = _known_ids(connection, rules_of, table)
    seen: set[tuple[str, ...]] = set()
    wanted = ", ".join(
        (
            *(f"typeof({column.name}), CAST({column.name} AS BLOB)" for column in table.columns),
            *(f"({rule.condition})" for rule in table.rules),
        )
    )
    sql = f"SELECT {wanted} FROM {table.name} NOT INDEXED WHERE {where} LIMIT {_MOST_ROWS}"
    last = 2 * len(table.columns)
    for values in connection.execute(sql):
        pairs = zip(values[:last:2], values[1:last:2], strict=True)
        cells = {column.name: cell for column, cell in zip(table.columns, pairs, strict=True)}
        broken = (rule.problem for rule, is_broken in zip(table.rules, values[last:], strict=True) if is_broken)
        for problem in (*_row_problems(table, cells, ids, seen), *broken):
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
    if table.is_item:
        for name, others in ids.items():
            if name.startswith("items of ") and cells["id"][1] in others:
                yield f"has the same id as a {name.removeprefix('items of ')}"


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
    if column.most and len(value.decode()) > column.most:
        return f"has a {column.name} of more than {column.most} characters"
    if column.refers and value not in ids[column.name]:
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
