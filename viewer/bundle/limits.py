"""How much an edition may hold: rows of a table, rows that belong to one thing, and text.

They keep every page and list of the program quick: what no genuine assessment needs freezes nothing.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from operator import eq
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


def exceedable_limits(rules_of: Format, table: ContentTable, rows: int) -> list[RowLimit]:
    """Return the limits for what belongs together in a table, but for those that so many rows cannot exceed."""
    return [limit for limit in rules_of.limits if limit.by and limit.table == table.name and rows > limit.most]


def count_in_groups(connection: sqlite3.Connection, limits: Iterable[RowLimit]) -> None:
    """Raise TooLarge where more rows belong to one thing than a limit allows."""
    for limit in limits:
        counted = f"SELECT CAST({limit.by} AS BLOB) FROM {limit.table} GROUP BY {limit.by}"
        if found := _first_row(connection, f"{counted} HAVING count(*) > {limit.most} LIMIT 1"):
            raise _too_many(limit, found[0])


def check_groups(joined: bytes, limits: Iterable[RowLimit], first_of_key: str) -> None:
    """Raise TooLarge where a value stands more often than a limit allows; `joined` are a column's values in order.

    Where the table stands in the order of the column, as the first of its key, a value stands too often if it is
    found so many places further on, too. To compare takes a third of what SQLite's own count would.
    """
    for limit in limits:
        values = joined.split(b",")
        if limit.by == first_of_key and not any(map(eq, values, islice(values, limit.most, None))):
            continue
        found = next((one for one, times in Counter(values).items() if times > limit.most), None)
        if found is not None:
            raise _too_many(limit, found)


def too_much_text() -> TooLarge:
    """Return the refusal of more than MAX_TOTAL bytes of text, in one value or in all."""
    return TooLarge("The edition has more than 64 MiB of text, more than the format allows.", advice=_ADVICE)


def _too_many_rows() -> TooLarge:
    return TooLarge(f"The edition has more than {MAX_ROWS:,} rows, more than the format allows.", advice=_ADVICE)


def _too_many(limit: RowLimit, parent: bytes = b"") -> TooLarge:
    """Return the refusal of more rows than a limit allows, of `parent` where they belong to something."""
    shown = "".join(char if char.isprintable() else "\ufffd" for char in parent.decode(errors="replace")[:60])
    what = f"{limit.what} of {limit.whose} '{shown}'" if limit.by else limit.what
    return TooLarge(f"The edition has more than {limit.most:,} {what}, more than the format allows.", advice=_ADVICE)


def _first_row(connection: sqlite3.Connection, sql: str) -> Any:
    return connection.execute(sql).fetchone()
