"""How much SQLite is asked to do, counted: the same on every machine, however busy, where a clock is not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

GRAIN = 10_000  # steps of SQLite's machine between two counts


@dataclass
class Work:
    """The statements that were run, those of FTS5 included, and the steps of SQLite's machine, in thousands."""

    statements: list[str] = field(default_factory=list)
    kilosteps: int = 0


@contextmanager
def counted_work() -> Iterator[Work]:
    """Count what connections do that are made within; their own watch over long statements stays as it is."""
    work, connect = Work(), sqlite3.connect

    def counting(*args: Any, factory: type[sqlite3.Connection] = sqlite3.Connection, **options: Any) -> Any:
        made = connect(*args, factory=_counting(factory, work), **options)
        made.set_progress_handler(None, 0)
        made.set_trace_callback(work.statements.append)
        return made

    with mock.patch.object(sqlite3, "connect", counting):
        yield work


def _counting(factory: type[sqlite3.Connection], work: Work) -> type[sqlite3.Connection]:
    class Counting(factory):  # type: ignore[valid-type, misc]
        def set_progress_handler(self, handler: Callable[[], Any] | None, steps: int) -> None:
            each, counted = max(1, steps // GRAIN), 0

            def count() -> bool:
                nonlocal counted
                counted += 1
                work.kilosteps += GRAIN // 1000
                return bool(handler and counted % each == 0 and handler())

            super().set_progress_handler(count, GRAIN)

    return Counting
