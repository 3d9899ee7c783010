"""Brings a notes file of an older version to this one: a copy, checked, then put in its place; the old one stays."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

from viewer import paths
from viewer.errors import NotesTrouble
from viewer.notes import format_1, notes_file, tables
from viewer.notes.sqlite_errors import Damaged, file_label
from viewer.notes.tables import VersionSet


def migrate(path: Path) -> None:
    """Bring the file at `path` to this version. Raise sqlite3.Error, OSError, Damaged or NotesTrouble.

    The old file is kept among the backups. Another window that does the same at the same time waits for this one.
    """
    with closing(notes_file.connect(path)) as old:
        identity = notes_file.identity(path)
        old.execute("BEGIN EXCLUSIVE")  # nobody saves into the old file from here on
        if notes_file.identity(path) != identity or _version(old) != format_1.VERSION:
            return  # another window has done it
        fresh = path.with_name(f".{path.stem}-{os.urandom(6).hex()}.new")
        try:
            os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            with closing(notes_file.connect(fresh)) as connection:
                _fill(connection, old, path)
            _keep(old, path)
            fresh.replace(path)
        finally:
            with suppress(OSError):
                fresh.unlink()


def in_memory(path: Path) -> sqlite3.Connection:
    """Return the file at `path`, which may not be written, as one of this version in memory. Raise as `migrate`."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        with closing(notes_file.connect(path, read_only=True)) as old:
            _fill(connection, old, path)
    except BaseException:
        connection.close()
        raise
    return connection


def kept_files(path: Path) -> list[Path]:
    """Return the files of an older version that are kept beside the notes file at `path`."""
    return sorted((path.parent.parent / "backups").glob(f"{path.stem}-format-*.db"))


def _keep(old: sqlite3.Connection, path: Path) -> None:
    """Keep a copy of the old file beside the backups, under a name of its own."""
    folder = paths.ensure_private_folder(path.parent.parent / "backups")
    kept = paths.free_path(folder / f"{path.stem}-format-{format_1.VERSION}.db")
    paths.write_atomically(kept, old.serialize(), mode=0o600)  # reading the file itself would let go of its locks


def _fill(connection: sqlite3.Connection, old: sqlite3.Connection, path: Path) -> None:
    """Write what the old file holds into an empty one, and compare both."""
    try:
        sets, given = format_1.read(old)
        settings = old.execute("SELECT name, value FROM setting").fetchall()
    except (ValueError, KeyError, TypeError) as err:
        raise Damaged(f"{file_label(path)} was not opened: a note in it cannot be read.") from err
    tables.create(connection)
    connection.execute("BEGIN IMMEDIATE")
    empty = VersionSet(uuid="")
    for found in sets.values():
        tables.write_set(connection, found, empty)
    connection.executemany("UPDATE version SET given = 1 WHERE uuid = ? AND digest = ?", sorted(given))
    connection.executemany("INSERT INTO setting(name, value) VALUES (?, ?)", settings)
    connection.execute("COMMIT")
    _check(connection, sets, path)


def _check(connection: sqlite3.Connection, sets: Mapping[str, VersionSet], path: Path) -> None:
    copied = tables.all_sets(connection)
    same = copied.keys() == sets.keys() and all(
        (copied[uuid].versions, copied[uuid].heads) == (found.versions, found.heads) for uuid, found in sets.items()
    )
    if not same:
        raise NotesTrouble(
            f"{file_label(path)} was not opened: it could not be brought to this version without loss.",
            advice="It stays as it is. Open it with the version of the viewer that wrote it.",
        )


def _version(connection: sqlite3.Connection) -> int:
    found: tuple[int] = connection.execute("PRAGMA user_version").fetchone()
    return found[0]
