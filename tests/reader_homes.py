"""Copies readers' homes that version 0.1.0 of the program wrote; `homes/README.md` says what is in them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from viewer import paths

HOMES = Path(__file__).parent / "homes"
EDITIONS = HOMES / "editions"
SAMPLE = EDITIONS / "briefings.db"
EXERCISE = (EDITIONS / "exercise-1.db", EDITIONS / "exercise-2.db")
EXERCISE_KEY = EDITIONS / "publisher.pub"

# Where the homes and the editions lay when they were written.
WRITTEN_AT = "/home/reader/.local/share/briefing-viewer"
STICK = "/media/stick"
WRITTEN_ON = 1_795_980_000  # Unix time, some hours after the last change in any of them


def copy_home(name: str, to: Path) -> Path:
    """Copy the home `name` into the folder `to` and return its path.

    What the home says of where things lie follows the copy. Its files get times in the order in which they were
    written, five hours apart, since a checkout keeps none.
    """
    home = to / "briefing-viewer"
    shutil.copytree(HOMES / name, home)
    for path in (home / "opened-last.txt", home / "window.ini"):
        if path.exists():
            text = path.read_text("utf-8").replace(WRITTEN_AT, home.as_posix()).replace(STICK, EDITIONS.as_posix())
            path.write_text(text, "utf-8", newline="\n")
    for path in home.rglob("*"):
        age = int(path.stem[-1]) if path.parent.name == "backups" else 0
        moment = WRITTEN_ON - 5 * 3600 * age
        os.utime(path, (moment, moment))
        path.chmod(0o700 if path.is_dir() else 0o600)
    return home


@contextmanager
def organisation(folder: Path) -> Iterator[None]:
    """Run the program as an organisation installs it that has a trust root of its own: that of the home `exercise`.

    `folder` is empty; it gets resources that are the program's but for the trust files.
    """
    for resource in paths.resources().iterdir():
        if resource.name != "trust":
            (folder / resource.name).symlink_to(resource)
    shutil.copytree(HOMES / "trust", folder / "trust")
    with mock.patch.object(paths, "resources", return_value=folder):
        yield
