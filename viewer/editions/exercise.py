"""Where what belongs to an exercise lies: apart from the real series, within the reader's own folder.

An exercise is an edition whose key was given for one run with `--trust`. Earlier versions of the program kept its notes
among those of the real series; they are taken along once.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from viewer import paths

_NOTES = "notes"
_BACKUPS = "backups"
_UNFINISHED = ("-journal", "-wal", "-shm")


def exercise_home(home: Path, series: str, *, is_real_series: bool) -> Path:
    """Return the folder for an exercise of `series`, once the notes that lie among the others are taken along.

    Nothing is taken along where the series is a real one too, or where such notes are there already. Where files cannot
    be moved, the exercise stays where it is: in `home` itself.
    """
    own = home / paths.EXERCISE_FOLDER
    left = home / _NOTES / f"{series}.db"
    if is_real_series or not left.is_file() or (own / _NOTES / left.name).exists():
        return own
    if any(left.with_name(left.name + end).exists() for end in _UNFINISHED):
        return home  # another window has it open
    return own if _take_along(home, own, series) else home


def _take_along(home: Path, own: Path, series: str) -> bool:
    """Move the notes with their backups and what was set aside; the notes file itself last. Return whether it moved."""
    notes = home / _NOTES
    moved: list[tuple[Path, Path]] = []
    try:
        for folder in (own, own / _NOTES, own / _NOTES / _BACKUPS):
            folder.mkdir(mode=0o700, exist_ok=True)
        for path in (*_of_series(notes / _BACKUPS, series), *_of_series(notes, series), notes / f"{series}.db"):
            target = own / path.relative_to(home)
            path.rename(target)
            moved.append((target, path))
    except OSError:
        for target, path in reversed(moved):
            with suppress(OSError):
                target.rename(path)
        return False
    return True


def _of_series(folder: Path, series: str) -> list[Path]:
    """Return the numbered backups of a series, and its notes files that were set aside as damaged."""
    own = re.compile(rf"{re.escape(series)}-(?:[0-9]+|damaged-[0-9-]+)\.db")
    with suppress(OSError):
        return sorted(path for path in folder.iterdir() if own.fullmatch(path.name))
    return []
