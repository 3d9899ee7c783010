"""Destroys words for good: in the notes file, in its backups, and in every file that was set aside beside it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from viewer.errors import NotesTrouble
from viewer.notes import backups, format_1, migration, notes_file, tables
from viewer.notes.memory import Destroyed
from viewer.notes.sqlite_errors import as_notes_trouble
from viewer.notes.store import NoteStore
from viewer.notes.tables import State


def destroy(store: NoteStore, wanted: Destroyed) -> list[Path]:
    """Destroy the words of notes in all their versions, and of versions that gave way to others. Raise NotesTrouble.

    Return the files beside the notes file that could not be read or written, and may still hold the words.
    """
    done = store.destroy(wanted)

    def clean(connection: sqlite3.Connection, version: int) -> bool:
        before = connection.total_changes
        is_old = version == format_1.VERSION
        for uuid, at in done.notes.items():
            if is_old:
                format_1.purge(connection, uuid)
            else:
                tables.purge(connection, uuid, at)
        for uuid, digests in done.versions.items():
            if is_old:
                format_1.purge_versions(connection, uuid, digests)
            else:
                tables.empty(connection, uuid, digests, State.PURGED)
        return connection.total_changes > before

    return _clean_all(store.path, clean)


def files_beside(path: Path) -> list[Path]:
    """Return every file that may hold what the notes file at `path` held: backups, files of before, files set aside."""
    return [*backups.backups(path), *migration.kept_files(path), *backups.files_set_aside(path)]


def _clean_all(path: Path, clean: Callable[[sqlite3.Connection, int], bool]) -> list[Path]:
    backups.remove_leftovers(path)
    return [file for file in files_beside(path) if not _clean(file, clean)]


def _clean(file: Path, clean: Callable[[sqlite3.Connection, int], bool]) -> bool:
    """Clean one file, which keeps its date; return whether that could be done."""
    try:
        with as_notes_trouble("The words were not destroyed in a backup"):
            notes_file.check(file)
            state = file.stat()
            with closing(notes_file.connect(file)) as connection:
                (version,) = connection.execute("PRAGMA user_version").fetchone()
                if version > tables.VERSION:
                    return False
                connection.execute("BEGIN IMMEDIATE")
                is_changed = clean(connection, version)
                connection.execute("COMMIT")
                if is_changed:
                    connection.execute("VACUUM")
            os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    except NotesTrouble:
        return False
    return True
