"""What can still be read of a notes file that is damaged: whole versions alone, each true to its checksum."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from viewer.notes import format_1, notes_file, tables
from viewer.notes.memory import Destroyed
from viewer.notes.tables import State, VersionRow, VersionSet
from viewer.notes.validity import fault_of
from viewer.records import record


@record
class Readable:
    """What can be read in a file: its notes, and whose words were destroyed."""

    sets: tuple[VersionSet, ...] = ()
    destroyed: Destroyed = Destroyed()


def readable(path: Path) -> Readable:
    """Return what can be read in the file at `path`; nothing where that is no ordinary file. Never raises."""
    if path.is_symlink() or not path.is_file():
        return Readable()  # SQLite would wait for a pipe without end
    with (
        suppress(sqlite3.Error, OSError, UnicodeDecodeError),
        closing(notes_file.connect(path, read_only=True)) as found,
    ):
        purged: dict[str, str] = {}
        with suppress(sqlite3.Error):
            purged = dict(found.execute("SELECT uuid, at FROM purged"))
        rows = _rows(found)
        sets = [tables.set_of(uuid, some.values()) for uuid, some in rows.items()]
        if not sets:
            with suppress(sqlite3.Error, ValueError, KeyError, TypeError):
                sets = list(format_1.read(found)[0].values())
        gone = {uuid: frozenset(_destroyed(some.values())) for uuid, some in rows.items()}
        destroyed = Destroyed(notes=purged, versions={uuid: digests for uuid, digests in gone.items() if digests})
        return Readable(sets=tuple(one for one in sets if _is_usable(one)), destroyed=destroyed)
    return Readable()


def _rows(connection: sqlite3.Connection) -> dict[str, dict[str, VersionRow]]:
    """Read the table from both of its ends, as far as each goes; return its rows by note and digest."""
    rows: dict[str, dict[str, VersionRow]] = defaultdict(dict)
    for order in ("", " DESC"):
        with suppress(sqlite3.Error):
            for uuid, row in tables.rows_by_number(connection, order):
                rows[uuid][row.digest] = row
    return rows


def _destroyed(rows: Iterable[VersionRow]) -> list[str]:
    return [row.digest for row in rows if row.state == State.PURGED]


def _is_usable(found: VersionSet) -> bool:
    return bool(found.versions) and not any(fault_of(version) for version in found.versions.values())
