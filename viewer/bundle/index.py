"""Whether search can rely on the tables made for it: damage there costs speed, never the edition."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

from viewer.bundle.rules import ITEMS
from viewer.bundle.schema import SEARCH_INDEXES

_ORDINARY = 4 * 1024 * 1024  # bytes of a file whose index is checked whole, at about 5 ms for each MiB
_TABLES = ("entry", *(f"{index}_{part}" for index in SEARCH_INDEXES for part in ("data", "idx", "docsize", "config")))
_ENTERED = " UNION ALL ".join(
    ("SELECT id, 'theme', id FROM theme", *(f"SELECT id, '{table}', theme FROM {table}" for table in ITEMS))
)
_WORD = re.compile(r"(?<!\w)[a-z]{3,}(?!\w)", re.ASCII)


def is_damaged(connection: sqlite3.Connection, size: int) -> bool:
    """Whether `entry`, `stemmed` or `plain` cannot be relied on; `size` is that of the file in bytes.

    In a file of ordinary size all is checked. In a larger one it is only seen whether all parts are there and
    give answers: a search may still come upon damage, which SQLite then reports as an error.
    """
    try:
        sound = _has_all_parts(connection) and (size > _ORDINARY or _is_whole(connection))
    except (sqlite3.Error, MemoryError, UnicodeDecodeError):  # the last where SQLite quotes damage in a message
        return True
    return not sound


def _has_all_parts(connection: sqlite3.Connection) -> bool:
    """Whether entries are numbered as they should be, and the words of a few lead back to them."""
    (count,) = connection.execute(f"SELECT count(*) FROM ({_ENTERED})").fetchone()
    for table in ("entry", *(f"{index}_docsize" for index in SEARCH_INDEXES)):
        if connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0] != (count or None):
            return False
    return all(_leads_back(connection, number) for number in {1, count // 2, count} if number)


def _leads_back(connection: sqlite3.Connection, number: int) -> bool:
    entry = connection.execute("SELECT title || ' ' || text FROM entry WHERE id = ?", (number,)).fetchone()
    if entry is None:
        return False
    word = _WORD.search(entry[0])
    return word is None or all(
        connection.execute(
            f"SELECT 1 FROM {index} WHERE {index} MATCH ? AND rowid = ?", (f'"{word[0]}"', number)
        ).fetchone()
        for index in SEARCH_INDEXES
    )


def _is_whole(connection: sqlite3.Connection) -> bool:
    sound = all(connection.execute(f"PRAGMA quick_check({table})").fetchone() == ("ok",) for table in _TABLES)
    return sound and _entries_fit(connection) and _is_consistent(connection)


def _entries_fit(connection: sqlite3.Connection) -> bool:
    """Whether there is one entry for each theme and item, and all are text; what is no UTF-8, SQLite refuses."""
    entries = connection.execute("SELECT item, kind, theme, title, text FROM entry").fetchall()
    if any("\0" in title or "\0" in text for *_, title, text in entries):
        return False
    return sorted(entry[:3] for entry in entries) == sorted(connection.execute(_ENTERED).fetchall())


def _is_consistent(connection: sqlite3.Connection) -> bool:
    """Whether FTS5 itself finds that its indexes say what the entries say. For that it must write: so, in a copy."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        copy.deserialize(connection.serialize())
        for index in SEARCH_INDEXES:
            copy.execute(f"INSERT INTO {index}({index}, rank) VALUES('integrity-check', 1)")
    return True
