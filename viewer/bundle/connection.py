"""A connection that the window and a search may use at once: each statement is run and read whole before the next.

SQLite would serialise them by itself, but its authorizer calls back into Python: one thread would then hold
SQLite's lock and wait for Python's, the other the reverse.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from threading import RLock
from typing import Any, Self


class WholeCursor(sqlite3.Cursor):
    """The rows of one statement, all of them read already."""

    def __init__(self, connection: SharedConnection) -> None:
        super().__init__(connection)
        self._lock = connection.lock
        self._rows: Iterator[Any] = iter(())

    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        """Run `sql` once no other thread runs anything, and read its rows."""
        with self._lock:
            super().execute(sql, parameters)
            self._rows = iter(super().fetchall())
        return self

    def fetchone(self) -> Any:
        """Return the next row, None after the last."""
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        return list(self._rows)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Any:
        return next(self._rows)


class SharedConnection(sqlite3.Connection):
    """A connection for several threads; holds the `lock` that keeps their statements apart."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.lock = RLock()
        super().__init__(*args, **kwargs | {"check_same_thread": False})

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run `sql` and return its rows, all of them read already."""
        return WholeCursor(self).execute(sql, parameters)

    def close(self) -> None:
        """Close the connection once no statement runs."""
        with self.lock:
            super().close()

    def __del__(self) -> None:
        """Free the memory of an edition that nobody holds any more, without a ResourceWarning."""
        super().close()
