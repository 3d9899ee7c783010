"""The last steps of the reader as the notes file holds them, so that undo survives a restart; the caller has the lock.

A step names versions by their digests and holds no words: what was destroyed cannot come back by it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from viewer.records import record

MOST = 50  # steps that are remembered over a restart
_PREFIX = "undo-step"


@record
class StepChange:
    """What a step did to one note: the digests of the version before and after; empty where there was none."""

    uuid: str
    before: str
    after: str
    undo_settles: bool = False


@record
class StoredStep:
    """One step: its id, what it is called, whether it was undone, and what it did.

    `is_known` where it is remembered already, and is undone or redone now.
    """

    id: str
    name: str
    is_undone: bool = False
    is_known: bool = False
    changes: tuple[StepChange, ...] = ()


def remember(connection: sqlite3.Connection, step: StoredStep) -> None:
    """Write a step, or what goes on with it; older ones beyond the last 50 go, and what was undone with them."""
    found = connection.execute(
        "SELECT name, value FROM setting WHERE name LIKE ?", (f"{_PREFIX} % {step.id}",)
    ).fetchone()
    connection.execute("DELETE FROM setting WHERE name LIKE ? AND value LIKE '{\"undone\":true%'", (f"{_PREFIX} %",))
    if found:
        name, before = found[0], _parsed(step.id, found[1])
        changes = _joined((*(before.changes if before else ()), *step.changes))
    else:
        (last,) = connection.execute("SELECT max(name) FROM setting WHERE name LIKE ?", (f"{_PREFIX} %",)).fetchone()
        name, changes = f"{_PREFIX} {_number(last) + 1:012d} {step.id}", _joined(step.changes)
    _put(connection, name, step.name, changes, is_undone=False)
    connection.execute(
        "DELETE FROM setting WHERE name LIKE ? AND name NOT IN"
        " (SELECT name FROM setting WHERE name LIKE ? ORDER BY name DESC LIMIT ?)",
        (f"{_PREFIX} %", f"{_PREFIX} %", MOST),
    )


def mark(connection: sqlite3.Connection, step: StoredStep) -> None:
    """Remember whether a step is undone; one that another window let go is let go."""
    for name, value in connection.execute(
        "SELECT name, value FROM setting WHERE name LIKE ?", (f"{_PREFIX} % {step.id}",)
    ).fetchall():
        before = _parsed(step.id, value)
        if before is not None:
            _put(connection, name, before.name, before.changes, is_undone=step.is_undone)


def forget(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Let steps go that cannot be done any more."""
    connection.executemany("DELETE FROM setting WHERE name LIKE ?", [(f"{_PREFIX} % {one}",) for one in ids])


def stored_steps(connection: sqlite3.Connection) -> list[StoredStep]:
    """Return the steps, the oldest first; what is not one is passed over."""
    rows = connection.execute(
        "SELECT name, value FROM setting WHERE name LIKE ? ORDER BY name", (f"{_PREFIX} %",)
    ).fetchall()
    found = (_parsed(str(name).rpartition(" ")[2], value) for name, value in rows)
    return [step for step in found if step is not None]


def _put(
    connection: sqlite3.Connection, name: str, called: str, changes: tuple[StepChange, ...], *, is_undone: bool
) -> None:
    rows = [[one.uuid, one.before, one.after, one.undo_settles] for one in changes]
    value = json.dumps({"undone": is_undone, "name": called, "changes": rows}, separators=(",", ":"))
    connection.execute("INSERT OR REPLACE INTO setting(name, value) VALUES (?, ?)", (name, value))


def _parsed(step_id: str, value: object) -> StoredStep | None:
    try:
        fields: dict[str, Any] = json.loads(str(value))
        changes = tuple(
            StepChange(uuid=str(uuid), before=str(before), after=str(after), undo_settles=settles is True)
            for uuid, before, after, settles in fields["changes"]
        )
        return StoredStep(id=step_id, name=str(fields["name"]), is_undone=fields["undone"] is True, changes=changes)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _joined(changes: Iterable[StepChange]) -> tuple[StepChange, ...]:
    """Return one change for each note: from the first version before to the last one after."""
    found: dict[str, StepChange] = {}
    for change in changes:
        known = found.get(change.uuid, change)
        found[change.uuid] = StepChange(
            uuid=change.uuid,
            before=known.before,
            after=change.after,
            undo_settles=known.undo_settles or change.undo_settles,
        )
    return tuple(found.values())


def _number(name: str | None) -> int:
    digits = (name or "").removeprefix(f"{_PREFIX} ").partition(" ")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 12 else 0
