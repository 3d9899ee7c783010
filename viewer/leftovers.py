"""Half-written files that a kill or a power cut left behind, swept from where the program writes its own."""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

MIN_AGE = 3600  # seconds: no writing takes so long, so that nobody is still at a file as old as that
MOST_FOLDERS = 200  # of the reader's own that are looked into
_OWN = re.compile(
    r"\.briefing-viewer-[0-9a-f]{12}\.tmp"  # a file that was being written
    r"|\.[A-Za-z0-9_-]{1,64}-[0-9a-f]{12}\.(?:copy|new)(?:-journal|-wal|-shm)?"  # a notes file, with SQLite's beside it
)
_FOLDERS = ("editions", "exercise", "memory", "notes", "recipes", "trays", "backups")  # within the reader's own


def sweep(folder: Path, *, now: float | None = None) -> int:
    """Remove what was left half-written in `folder` over an hour ago, and return how many files that were.

    Only ordinary files of the program's own names, of the same owner: nothing that anyone else put there. `now` is in
    seconds since 1970. What cannot be removed stays.
    """
    now = time.time() if now is None else now
    swept = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _OWN.fullmatch(entry.name):
                with suppress(OSError):
                    if _is_orphan(entry.stat(follow_symlinks=False), now):
                        Path(entry.path).unlink()
                        swept += 1
    return swept


def sweep_home(home: Path, *, now: float | None = None) -> int:
    """Sweep the reader's folder and those that the program made in it; return how many files were removed."""
    return sum(sweep(folder, now=now) for folder in _own_folders(home))


def _own_folders(home: Path) -> Iterator[Path]:
    """Give the folder and those in it that bear names of the program's; of `exercise` also what lies in it."""
    waiting, seen = [home], 0
    while waiting and seen < MOST_FOLDERS:
        folder, seen = waiting.pop(0), seen + 1
        yield folder
        with suppress(OSError), os.scandir(folder) as entries:
            inner = [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
            waiting += [Path(entry.path) for entry in inner if entry.name in _FOLDERS or folder.name in _FOLDERS]


def _is_orphan(state: os.stat_result, now: float) -> bool:
    is_mine = not hasattr(os, "getuid") or state.st_uid == os.getuid()
    return stat.S_ISREG(state.st_mode) and is_mine and now - state.st_mtime > MIN_AGE
