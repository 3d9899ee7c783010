"""Dated copies of the notes file, setting a damaged file aside, and restoring a copy in its place."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from viewer import clock, leftovers, paths
from viewer.notes import format_1, notes_file, tables
from viewer.notes.sqlite_errors import as_notes_trouble, file_label
from viewer.records import record

MIN_AGE = 3600  # seconds between two backups
MAX_BYTES = 256 * 1024 * 1024  # of all backups of one series; the oldest give way
_ALWAYS_KEPT = 5  # of the newest, however large or old they are: a clock may err
_MOST_LATER = 3  # backups that a clock which ran ahead has dated after the present time
_TIME_IN_NAME = "%Y%m%d-%H%M%S"
_DAY, _MONTH, _YEAR = timedelta(days=1), timedelta(days=31), timedelta(days=366)


@record
class Backup:
    """One backup; `made` is when, in UTC, by its name, of old ones by the file's own time."""

    file: Path
    made: datetime


def folder(path: Path) -> Path:
    """Return where the backups of the notes file at `path` lie: apart from it, so that both are not lost at once."""
    return path.parent.parent / "backups"


def dated(path: Path) -> list[Backup]:
    """Return the backups of the notes file at `path`, the newest first; those of version 0.1.0 lie beside the notes."""
    found = []
    pattern = re.compile(rf"{re.escape(path.stem)}-(\d{{8}}-\d{{6}})(?:-\d+)?")
    for file in folder(path).glob(f"{path.stem}-*.db"):
        if (match := pattern.fullmatch(file.stem)) and file.is_file():
            with suppress(ValueError):
                found.append(Backup(file=file, made=datetime.strptime(match[1], _TIME_IN_NAME).replace(tzinfo=UTC)))
    for number in range(1, 6):
        file = path.parent / "backups" / f"{path.stem}-{number}.db"
        if file.is_file():
            found.append(Backup(file=file, made=datetime.fromtimestamp(file.stat().st_mtime, UTC)))
    return sorted(found, key=lambda backup: (backup.made, backup.file.name), reverse=True)


def backups(path: Path) -> list[Path]:
    """Return the files of the backups of the notes file at `path`, the newest first."""
    return [backup.file for backup in dated(path)]


def back_up(
    path: Path, *, now: float | None = None, keep: Path | None = None, even_if_recent: bool = False
) -> Path | None:
    """Copy the notes file into a new backup, if it changed since the newest one, holds a note, and that is old enough.

    One is kept for each hour of a day, each day of a month, each month of a year; `keep` stays in any case. `now` is in
    seconds since 1970. Return the new backup, None where none was needed. Raise NotesTrouble.
    """
    moment = clock.now() if now is None else datetime.fromtimestamp(now, UTC)
    with as_notes_trouble("No backup of the notes was made"):
        newest = next((one for one in dated(path) if one.made <= moment), None)
        if newest and (moment - newest.made).total_seconds() < MIN_AGE and not even_if_recent:
            return None
        if newest and _is_unchanged(path, newest):
            return None
        copy = _make_copy(path)
        if not count_notes_in(copy):  # counted there, for it takes long enough that others would wait for the file
            copy.unlink()
            return None
        made = _put_in_place(path, copy, moment)
        _thin(path, moment, keep)
        return made


def _is_unchanged(path: Path, newest: Backup) -> bool:
    """Return whether nothing was saved since the newest backup was made."""
    return path.stat().st_mtime <= newest.file.stat().st_mtime


def _put_in_place(path: Path, copy: Path, moment: datetime) -> Path:
    with _deleted_on_failure(copy):
        name = f"{path.stem}-{moment.strftime(_TIME_IN_NAME)}.db"
        return copy.replace(paths.free_path(paths.ensure_private_folder(folder(path)) / name))


def _thin(path: Path, moment: datetime, keep: Path | None) -> None:
    """Let backups go: all but one of each hour, day or month by their age, and the oldest of too many bytes."""
    found = dated(path)
    later = [backup for backup in found if backup.made > moment]
    going = later[_MOST_LATER:]
    kept, seen = [], set()
    for at, backup in enumerate(found[len(later) :]):
        span = _span(backup.made, moment)
        if at >= _ALWAYS_KEPT and (span is None or span in seen):
            going.append(backup)
        else:
            seen.add(span)
            kept.append(backup)
    size = 0
    for at, backup in enumerate(kept):
        size += backup.file.stat().st_size
        if at >= _ALWAYS_KEPT and size > MAX_BYTES:
            going.append(backup)
    for backup in going:
        if backup.file != keep:
            with suppress(OSError):
                backup.file.unlink()


def _span(made: datetime, moment: datetime) -> str | None:
    """Return the hour, day or month for which a backup stands; None where it is over a year old."""
    age = moment - made
    if age < _DAY:
        return made.strftime("hour %Y%m%d%H")
    if age < _MONTH:
        return made.strftime("day %Y%m%d")
    return made.strftime("month %Y%m") if age < _YEAR else None


def remove_leftovers(path: Path, *, now: float | None = None) -> None:
    """Remove half-made copies that a fault left beside the notes file more than an hour ago."""
    for place in (path.parent, path.parent / "backups", folder(path)):
        leftovers.sweep(place, now=now)


def set_aside(path: Path, *, now: datetime | None = None) -> Path:
    """Move a notes file that cannot be read, and its journal, to another name; return that. Raise NotesTrouble."""
    moment = (now or clock.now()).strftime(_TIME_IN_NAME)
    aside = paths.free_path(path.with_name(f"{path.stem}-damaged-{moment}.db"))
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
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=1)
    connection.text_factory = notes_file.lenient_text
    return closing(connection)


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
