"""Work on every table of an edition, shared between two connections where there are many rows.

SQLite works outside Python's lock, so two threads with a connection each are faster than one, where two cores are
free: opening 35 MB with 120,000 rows takes 134 ms instead of 162, and 100 MB with 340,000 rows 430 instead of 490.
Where no second core is free it takes up to a tenth longer. With fewer rows than MANY_ROWS, as 35 MB of ordinary text
have, the second copy of the body costs what it saves. Both copies are of verified bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from viewer.bundle.rules import ContentTable

MANY_ROWS = 75_000

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection, ContentTable], Result]


class TableWorkers:
    """Holds a connection to an edition, its tables, and how to make a second connection to a copy, if one is wanted.

    The second is made in a thread of its own when there is first something to do for it, and kept until `close`.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        tables: tuple[ContentTable, ...],
        make_second: Callable[[], sqlite3.Connection] | None,
    ) -> None:
        self._connection, self._tables = connection, tables
        self._make_second = make_second
        self._second: sqlite3.Connection | None = None

    def map(self, work: Work[Result]) -> list[Result]:
        """Return what `work` returns for every table, in their order; raise what it raises for the first."""
        if self._make_second is None:
            return [work(self._connection, table) for table in self._tables]
        outcomes: dict[str, Result | BaseException] = {}
        self._share_out(work, outcomes)
        return [_result(outcomes[table.name]) for table in self._tables]

    def close(self) -> None:
        """Close the second connection, without waiting for it."""
        if self._second is not None:
            from threading import Thread

            Thread(target=self._second.close, name="gate").start()

    def _share_out(self, work: Work[Result], outcomes: dict[str, Result | BaseException]) -> None:
        from threading import Thread  # imported here: most editions do without

        tables = iter(self._tables[::-1])  # each thread takes the next; those that may have many rows come first

        def take(connection: sqlite3.Connection) -> None:
            for table in tables:
                try:
                    outcomes[table.name] = work(connection, table)
                except BaseException as err:  # raised again, in the order of the tables, by `map`
                    outcomes[table.name] = err

        def help_out() -> None:
            with suppress(MemoryError):  # then the first connection does all
                self._second = self._second or (self._make_second and self._make_second())
            if self._second is not None:
                take(self._second)

        helper = Thread(target=help_out, name="gate")
        helper.start()
        try:
            take(self._connection)
        finally:
            helper.join()


def _result(outcome: Result | BaseException) -> Result:
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome
