"""SQLite bodies of editions with one thing wrong: what a faulty or hostile publisher could sign."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace

from viewer.model import Claims

PAGE = 4096
CLAIMS = Claims(series="made-up", serial=1, issued="2012-06", review="2013-03-31", schema=2)

_RULES = re.compile(
    r" TEXT| INTEGER| REAL| NOT NULL| UNIQUE\b(?!\()|, UNIQUE\([^)]*\)| REFERENCES \w+\(\w+\)| STRICT,?"
)
_ITEMS = ("finding", "recommendation", "statistic", "passage")
_KEYS = {
    **{f"{table}_1": "id" for table in _ITEMS},
    **{f"{table}_2": "theme, position" for table in _ITEMS},
    **{"marking_2": "level", "theme_2": "position", "source_2": "number"},
    **{"caveat_2": "position", "part_2": "position", "scale_2": "kind, position"},
}


def claims_of(body: bytes) -> Claims:
    """The claims with which a body is signed: its format is the one that its header names."""
    return replace(CLAIMS, schema=int.from_bytes(body[60:64]) or 1)


def altered(body: bytes, *sql: str, compact: bool = True) -> bytes:
    """`body` after these statements; foreign keys are not looked at."""
    with closing(opened(body)) as connection:
        for statement in sql:
            connection.execute(statement)
        if compact:
            connection.execute("VACUUM")
        return connection.serialize()


def with_schema(body: bytes, *sql: str) -> bytes:
    """`body` after these statements on its `sqlite_master`; nothing else is changed."""
    with closing(opened(body)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        for statement in sql:
            connection.execute(statement)
        return connection.serialize()


def unruled(body: bytes, table: str, *sql: str) -> bytes:
    """`body` after these statements on a table that had no rules at the time; its schema is as before again."""
    with closing(opened(body)) as connection:
        (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    bare = with_schema(
        body,
        f"DELETE FROM sqlite_master WHERE type = 'index' AND tbl_name = '{table}'",
        f"UPDATE sqlite_master SET sql = {_quoted(_RULES.sub('', made))} WHERE name = '{table}'",
    )
    numbered = {key: columns for key, columns in _KEYS.items() if key.startswith(f"{table}_")}
    indexes = (f"CREATE INDEX key_{key} ON {table}({columns})" for key, columns in numbered.items())
    return with_schema(
        altered(altered(bare, *sql), *indexes, compact=False),
        "UPDATE sqlite_master SET name = replace(name, 'key_', 'sqlite_autoindex_'), sql = NULL WHERE name GLOB 'key*'",
        f"UPDATE sqlite_master SET sql = {_quoted(made)} WHERE name = '{table}'",
    )


def patched(body: bytes, patches: Iterable[tuple[int, bytes]]) -> bytes:
    """`body` with bytes put at offsets."""
    out = bytearray(body)
    for offset, data in patches:
        out[offset : offset + len(data)] = data
    return bytes(out)


def root_page(body: bytes, name: str) -> int:
    """The number of the first page of a table or an index."""
    with closing(opened(body)) as connection:
        return int(connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])


def opened(body: bytes) -> sqlite3.Connection:
    """A database in memory of these bytes, in no way hardened."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(body)
    return connection


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
