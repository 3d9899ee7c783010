"""What can still be read of a notes file that is damaged: whole versions alone, each true to its checksum."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing, suppress
from pathlib import Path

from viewer.notes import format_1, notes_file, tables
from viewer.notes.tables import VersionRow, VersionSet
from viewer.notes.validity import fault_of


def readable_sets(path: Path) -> list[VersionSet]:
    """Return the notes that can be read in the file at `path`; none where nothing can. Never raises."""
    with suppress(sqlite3.Error, OSError), closing(notes_file.connect(path, read_only=True)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == format_1.VERSION:
            with suppress(ValueError, KeyError, TypeError):
                return [found for found in format_1.read(connection)[0].values() if _is_usable(found)]
        if version == tables.VERSION:
            return [found for found in _sets(connection) if _is_usable(found)]
    return []


def _sets(connection: sqlite3.Connection) -> list[VersionSet]:
    """Read the table from both of its ends, as far as each goes."""
    rows: dict[str, dict[str, VersionRow]] = defaultdict(dict)
    for order in ("", " DESC"):
        with suppress(sqlite3.Error):
            for uuid, row in tables.rows_by_number(connection, order):
                rows[uuid][row.digest] = row
    return [tables.set_of(uuid, found.values()) for uuid, found in rows.items()]


def _is_usable(found: VersionSet) -> bool:
    return bool(found.versions) and not any(fault_of(version) for version in found.versions.values())
