"""Whether search can rely on the tables made for it: damage there costs speed, never the edition."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from viewer.bundle.rules import ITEMS
from viewer.bundle.schema import SEARCH_INDEXES

_THOROUGH = 8 * 1024 * 1024  # bytes of a file whose index is checked whole, at about 4 ms for each MiB
_TABLES = ("entry", *(f"{index}_{part}" for index in SEARCH_INDEXES for part in ("data", "idx", "docsize", "config")))
_ENTERED = " UNION ALL ".join(
    ("SELECT id, 'theme', id FROM theme", *(f"SELECT id, '{table}', theme FROM {table}" for table in ITEMS))
)


def is_damaged(connection: sqlite3.Connection, size: int) -> bool:
    """Whether `entry`, `stemmed` or `plain` cannot be relied on; `size` is that of the file in bytes.

    A file of ordinary size is checked whole. In a very large one it is only seen whether the parts are there and
    match in number: a search may still come upon damage, which SQLite then reports as an error.
    """
    try:
        return not _has_all_parts(connection) or (size <= _THOROUGH and not _is_whole(connection))
    except (sqlite3.Error, MemoryError):
        return True


def _has_all_parts(connection: sqlite3.Connection) -> bool:
    (expected,) = connection.execute(f"SELECT count(*) FROM ({_ENTERED})").fetchone()
    for table in ("entry", *(f"{index}_docsize" for index in SEARCH_INDEXES)):
        last = connection.execute(f"SELECT max(id) FROM {table}").fetchone()
        if last != (expected or None,):
            return False
    for index in SEARCH_INDEXES:
        connection.execute(f"SELECT rowid FROM {index} WHERE {index} MATCH 'the' LIMIT 1").fetchone()
    return True


def _is_whole(connection: sqlite3.Connection) -> bool:
    sound = all(connection.execute(f"PRAGMA quick_check({table})").fetchone() == ("ok",) for table in _TABLES)
    return sound and _entries_fit(connection) and _is_consistent(connection)


def _entries_fit(connection: sqlite3.Connection) -> bool:
    """Whether there is one entry for each theme and item, and each is text: what is no UTF-8, SQLite refuses."""
    entries = connection.execute("SELECT item, kind, theme, title, text FROM entry").fetchall()
    if any("\0" in title or "\0" in text for *_, title, text in entries):
        return False
    return sorted(entry[:3] for entry in entries) == sorted(connection.execute(_ENTERED).fetchall())


def _is_consistent(connection: sqlite3.Connection) -> bool:
    """Whether FTS5's own check finds no fault. It asks for the right to write, so a copy is checked."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        copy.deserialize(connection.serialize())
        for index in SEARCH_INDEXES:
            copy.execute(f"INSERT INTO {index}({index}) VALUES('integrity-check')")
    return True
