"""Five rotating copies of the notes file, and what is done with a file that cannot be read."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from viewer import paths
from viewer.errors import NotesTrouble
from viewer.notes.sqlite_errors import as_notes_trouble, shown
from viewer.notes.store import NoteStore

MOST = 5
LEAST_AGE = 3600  # seconds between two backups, so that five of them reach back over more than one evening


def backups(path: Path) -> list[Path]:
    """The backups of the notes file at `path`, the newest first."""
    found = [_numbered(path, number) for number in range(1, MOST + 1)]
    return [backup for backup in found if backup.is_file()]


def back_up(path: Path, *, now: float | None = None, keep: Path | None = None) -> Path | None:
    """Copies the notes file into the newest backup, if it changed since, holds a note, and that is old enough.

    The oldest of five gives way, the one before it where `keep` is the oldest. Returns the new backup, None where none
    was needed. Raises NotesTrouble.
    """
    now = datetime.now(UTC).timestamp() if now is None else now
    newest = next(iter(backups(path)), None)
    with as_notes_trouble("No backup of the notes was made"):
        if newest and (now - newest.stat().st_mtime < LEAST_AGE or newest.stat().st_mtime >= path.stat().st_mtime):
            return None
        if not count_in(path):
            return None
        return _rotate(path, _copied(path), MOST - 1 if keep == _numbered(path, MOST) else MOST)


def sweep(path: Path, *, now: float | None = None) -> None:
    """Removes half-made copies that a fault left beside the notes file more than an hour ago."""
    now = datetime.now(UTC).timestamp() if now is None else now
    for left in (*path.parent.glob(f".{path.stem}-*.copy"), *path.parent.glob(f".{path.stem}-*.new")):
        with suppress(OSError):
            if now - left.stat().st_mtime > LEAST_AGE:
                left.unlink()


def set_aside(path: Path, *, now: datetime | None = None) -> Path:
    """Moves a notes file that cannot be read, and its journal, to another name; returns that. Raises NotesTrouble."""
    moment = (now or datetime.now(UTC)).strftime("%Y%m%d-%H%M%S")
    for attempt in range(1, 100):
        aside = path.with_name(f"{path.stem}-damaged-{moment}{f'-{attempt}' if attempt > 1 else ''}.db")
        if not aside.exists():
            break
    with as_notes_trouble(f"{shown(path)} could not be set aside"):
        _move(path, aside)
    return aside


def asides(path: Path) -> list[Path]:
    """The files that were set aside, the last one last."""
    form = re.compile(rf"{re.escape(path.stem)}-damaged-\d{{8}}-\d{{6}}(-\d+)?\.db")
    return sorted(file for file in path.parent.glob("*.db") if form.fullmatch(file.name))


def count_in(backup: Path) -> int | None:
    """How many notes a file holds; None where it cannot be read."""
    try:
        with _reading(backup) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return None
            found: tuple[int] = connection.execute("SELECT count(*) FROM note").fetchone()
            return found[0]
    except sqlite3.Error:
        return None


def setting_in(backup: Path, name: str) -> str | None:
    """What is set under that name in a file, empty where nothing is; None where it cannot be read."""
    try:
        with _reading(backup) as connection:
            found = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
            return found[0] if found else ""
    except sqlite3.Error:
        return None


def _reading(file: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=1))


def restore(backup: Path, path: Path) -> Path | None:
    """Puts a copy of `backup` in the place of the notes file; returns where the file that was there is set aside.

    Raises NotesTrouble; the file is then in its place as before.
    """
    with _dropped_on_failure(_copied(backup)) as copy:
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
    """Gives a notes file, and what SQLite keeps beside it, another name."""
    path.rename(to)
    for end in ("-journal", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).rename(to.with_name(to.name + end))


@contextmanager
def _dropped_on_failure(copy: Path) -> Iterator[Path]:
    try:
        yield copy
    except BaseException:
        with suppress(OSError):
            copy.unlink()
        raise


def _copied(path: Path) -> Path:
    """A whole copy of a notes file beside it, under a name of its own, through SQLite."""
    copy = path.with_name(f".{path.stem}-{os.urandom(6).hex()}.copy")
    with as_notes_trouble("No backup of the notes was made"), _dropped_on_failure(copy):
        os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with _reading(path) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    return copy


def _rotate(path: Path, copy: Path, last: int) -> Path:
    """Makes `copy` the newest backup; the others move on, and the one at the place `last` gives way."""
    with _dropped_on_failure(copy):
        paths.ensure_private_folder(_numbered(path, 1).parent)
        for number in range(last - 1, 0, -1):
            with suppress(FileNotFoundError):
                _numbered(path, number).replace(_numbered(path, number + 1))
        return copy.replace(_numbered(path, 1))


def _numbered(path: Path, number: int) -> Path:
    return path.parent / "backups" / f"{path.stem}-{number}.db"
