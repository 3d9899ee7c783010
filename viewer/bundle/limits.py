"""How much an edition may hold: rows of a table, rows that belong to one thing, and text.

They keep every page and list of the program quick: what no genuine assessment needs freezes nothing.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import Any

from viewer.bundle.rules import MAX_ROWS, ContentTable, Format, RowLimit
from viewer.errors import TooLarge

_ADVICE = "The fault was made when the file was published. Report it to the publisher."


def count_rows(connection: sqlite3.Connection, rules_of: Format) -> dict[str, int]:
    """Return how many rows each table has, and raise TooLarge for too many of one or of all.

    Ends soon where there are far too many, or pages that lead in circles.
    """
    counts: dict[str, int] = {}
    limits = {limit.table: limit for limit in rules_of.limits if not limit.by}
    for table in rules_of.tables:
        limit = limits.get(table.name)
        counts[table.name] = 0
        with suppress(sqlite3.DatabaseError):  # such damage is found, and named, when the pages are checked
            most = min(limit.most, MAX_ROWS) if limit else MAX_ROWS
            bounded = f"SELECT 1 FROM {table.name} NOT INDEXED LIMIT {most + 1}"
            counts[table.name] = _first_row(connection, f"SELECT count(*) FROM ({bounded})")[0]
        if limit and counts[table.name] > limit.most:
            raise _too_many(limit)
        if sum(counts.values()) > MAX_ROWS:
            raise _too_many_rows()
    with suppress(sqlite3.DatabaseError, MemoryError):  # nothing of the search index is checked here but its size
        (entries,) = _first_row(connection, "SELECT max(id) FROM entry")
        if (entries or 0) > MAX_ROWS:
            raise _too_many_rows()
    return counts


def check_limits(connection: sqlite3.Connection, rules_of: Format, table: ContentTable, rows: int) -> None:
    """Raise TooLarge where more rows of a table, which has so many in all, belong to one thing than may."""
    for limit in rules_of.limits:
        if limit.table == table.name and limit.by and rows > limit.most:
            counted = f"SELECT CAST({limit.by} AS BLOB) FROM {table.name} GROUP BY {limit.by}"
            if found := _first_row(connection, f"{counted} HAVING count(*) > {limit.most} LIMIT 1"):
                raise _too_many(limit, found[0].decode(errors="replace"))


def too_much_text() -> TooLarge:
    """Return the refusal of more than MAX_TOTAL bytes of text, in one value or in all."""
    return TooLarge("The edition has more than 64 MiB of text, more than the format allows.", advice=_ADVICE)


def _too_many_rows() -> TooLarge:
    return TooLarge(f"The edition has more than {MAX_ROWS:,} rows, more than the format allows.", advice=_ADVICE)


def _too_many(limit: RowLimit, parent: str = "") -> TooLarge:
    """Return the refusal of more rows than a limit allows, of `parent` where they belong to something."""
    shown = "".join(char if char.isprintable() else "\ufffd" for char in parent[:60])
    what = f"{limit.what} of {limit.whose} '{shown}'" if limit.by else limit.what
    return TooLarge(f"The edition has more than {limit.most:,} {what}, more than the format allows.", advice=_ADVICE)


def _first_row(connection: sqlite3.Connection, sql: str) -> Any:
    return connection.execute(sql).fetchone()
