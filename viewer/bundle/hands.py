"""Work on every table of an edition: by one connection, or shared out between two where there are many rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TypeVar

from viewer.bundle.rules import TABLES, ContentTable

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection, ContentTable], Result]


class Hands:
    """Holds a `connection`, and how to make a second one to a copy of the same bytes.

    The second is made when there is first something to do for it, in a thread of its own: SQLite works outside
    Python's lock, so both work at once.
    """

    def __init__(self, connection: sqlite3.Connection, second: Callable[[], sqlite3.Connection] | None = None) -> None:
        self.connection = connection
        self._make_second = second
        self._second: sqlite3.Connection | None = None

    def each(self, work: Work[Result]) -> Iterator[Result]:
        """What `work` gives for every table, in order; what it raises for one is raised when its turn comes."""
        if self._make_second is None:
            yield from (work(self.connection, table) for table in TABLES)
            return
        outcomes: dict[str, Result | BaseException] = {}
        self._share_out(work, outcomes)
        for table in TABLES:
            outcome = outcomes[table.name]
            if isinstance(outcome, BaseException):
                raise outcome
            yield outcome

    def close(self) -> None:
        """Gives the memory of the second copy back, without waiting for it."""
        if self._second is not None:
            from threading import Thread

            Thread(target=self._second.close, name="gate").start()

    def _share_out(self, work: Work[Result], outcomes: dict[str, Result | BaseException]) -> None:
        from threading import Thread  # here: most editions do without

        tables = iter(TABLES[::-1])  # each takes the next; those that may have many rows come first

        def take(connection: sqlite3.Connection) -> None:
            for table in tables:
                try:
                    outcomes[table.name] = work(connection, table)
                except BaseException as err:
                    outcomes[table.name] = err

        def help_out() -> None:
            with suppress(MemoryError):  # then one does all
                self._second = self._second or (self._make_second and self._make_second())
            if self._second is not None:
                take(self._second)

        helper = Thread(target=help_out, name="gate")
        helper.start()
        try:
            take(self.connection)
        finally:
            helper.join()
