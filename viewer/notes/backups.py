"""Five rotating copies of the notes file, setting a damaged file aside, and restoring a copy in its place."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from viewer import clock, leftovers, paths
from viewer.errors import NotesTrouble
from viewer.notes import format_1, tables
from viewer.notes.sqlite_errors import as_notes_trouble, file_label
from viewer.notes.store import NoteStore

MAX_BACKUPS = 5
MIN_AGE = 3600  # seconds between two backups, so that five of them reach back over more than one evening


def backups(path: Path) -> list[Path]:
    """Return the backups of the notes file at `path`, the newest first."""
    found = [_numbered(path, number) for number in range(1, MAX_BACKUPS + 1)]
    return [backup for backup in found if backup.is_file()]


def back_up(
    path: Path, *, now: float | None = None, keep: Path | None = None, even_if_recent: bool = False
) -> Path | None:
    """Copy the notes file into a new backup, if it changed since the newest one, holds a note, and that is old enough.

    The oldest of five gives way, the one before it where `keep` is the oldest. `now` is in seconds since 1970. Return
    the new backup, None where none was needed. Raise NotesTrouble.
    """
    now = clock.system_now().timestamp() if now is None else now
    newest = next(iter(backups(path)), None)
    with as_notes_trouble("No backup of the notes was made"):
        made = newest.stat().st_mtime if newest else 0.0
        is_recent = made >= path.stat().st_mtime or (now - made < MIN_AGE and not even_if_recent)
        if newest and made <= now and is_recent:  # one made by a clock that ran ahead tells nothing
            return None
        if not count_notes_in(path):
            return None
        return _rotate(path, _make_copy(path), MAX_BACKUPS - 1 if keep == _numbered(path, MAX_BACKUPS) else MAX_BACKUPS)


def remove_leftovers(path: Path, *, now: float | None = None) -> None:
    """Remove half-made copies that a fault left beside the notes file more than an hour ago."""
    leftovers.sweep(path.parent, now=now)
    leftovers.sweep(path.parent / "backups", now=now)


def set_aside(path: Path, *, now: datetime | None = None) -> Path:
    """Move a notes file that cannot be read, and its journal, to another name; return that. Raise NotesTrouble."""
    moment = (now or clock.now()).strftime("%Y%m%d-%H%M%S")
    for attempt in range(1, 100):
        aside = path.with_name(f"{path.stem}-damaged-{moment}{f'-{attempt}' if attempt > 1 else ''}.db")
        if not aside.exists():
            break
    with as_notes_trouble(f"{file_label(path)} could not be set aside"):
        _move(path, aside)
    return aside


def files_set_aside(path: Path) -> list[Path]:
    """Return the files that were set aside, the newest last."""
    pattern = re.compile(rf"{re.escape(path.stem)}-damaged-\d{{8}}-\d{{6}}(-\d+)?\.db")
    return sorted(file for file in path.parent.glob("*.db") if pattern.fullmatch(file.name))


def count_notes_in(backup: Path) -> int | None:
    """Return how many notes a file holds; None where it cannot be read."""
    try:
        with _open_for_reading(backup) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return None
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version == format_1.VERSION:
                found: tuple[int] = connection.execute("SELECT count(*) FROM note").fetchone()
                return found[0]
            noted = {uuid for uuid, row in tables.head_rows(connection) if row.version and row.version.note}
            return len(noted)
    except sqlite3.Error:
        return None


def setting_in(backup: Path, name: str) -> str | None:
    """Return what is set under that name in a file, empty where nothing is; None where it cannot be read."""
    try:
        with _open_for_reading(backup) as connection:
            found = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
            return found[0] if found else ""
    except sqlite3.Error:
        return None


def _open_for_reading(file: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=1))


def restore(backup: Path, path: Path) -> Path | None:
    """Put a copy of `backup` in the place of the notes file; return where the file that was there is set aside.

    Raise NotesTrouble; the file is then in its place as before.
    """
    with _deleted_on_failure(_make_copy(backup)) as copy:
        aside = set_aside(path) if path.exists() else None
        try:
            with as_notes_trouble("The backup was not put in place"):
                copy.replace(path)
        except NotesTrouble:
            if aside is not None:
                with as_notes_trouble(
                    f"The backup was not put in place, and your notes are now in {paths.display_name(aside)}"
                ):
                    _move(aside, path)
            raise
    NoteStore.open(path).close()
    return aside


def _move(path: Path, to: Path) -> None:
    """Give a notes file, and what SQLite keeps beside it, another name."""
    path.rename(to)
    for end in ("-journal", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).rename(to.with_name(to.name + end))


@contextmanager
def _deleted_on_failure(copy: Path) -> Iterator[Path]:
    try:
        yield copy
    except BaseException:
        with suppress(OSError):
            copy.unlink()
        raise


def _make_copy(path: Path) -> Path:
    """Make a whole copy of a notes file beside it, through SQLite; return it."""
    copy = path.with_name(f".{path.stem}-{os.urandom(6).hex()}.copy")
    with as_notes_trouble("No backup of the notes was made"), _deleted_on_failure(copy):
        os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with _open_for_reading(path) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    return copy


def _rotate(path: Path, copy: Path, last: int) -> Path:
    """Make `copy` the newest backup; the others move on, and the one at the place `last` gives way."""
    with _deleted_on_failure(copy):
        paths.ensure_private_folder(_numbered(path, 1).parent)
        for number in range(last - 1, 0, -1):
            with suppress(FileNotFoundError):
                _numbered(path, number).replace(_numbered(path, number + 1))
        return copy.replace(_numbered(path, 1))


def _numbered(path: Path, number: int) -> Path:
    return path.parent / "backups" / f"{path.stem}-{number}.db"
