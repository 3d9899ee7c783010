"""What a kill left half-written is swept once it is old, and nothing that is not the program's own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from viewer import leftovers, paths

ORPHANS = (
    ".briefing-viewer-0123456789ab.tmp",
    ".series-1_A-0123456789ab.copy",
    ".series-0123456789ab.copy-journal",
    ".series-0123456789ab.new",
    ".series-0123456789ab.new-journal",
)
STRANGERS = (
    ".briefing-viewer-x.tmp",
    ".briefing-viewer-0123456789ab.tmp.txt",
    "briefing-viewer-0123456789ab.tmp",
    "series.db-journal",
    "register.db-journal",
    ".my-photos.copy",
    "series.copy-journal",
    ".series-0123456789AB.new",
)
HOUR = leftovers.MIN_AGE


def put(folder: Path, name: str, age: float = 2 * HOUR) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(b"half")
    at = path.stat().st_mtime - age
    os.utime(path, (at, at))
    return path


@pytest.mark.parametrize("where", [".", "notes", "notes/backups", "recipes", "editions", "exercise/notes/backups"])
def test_old_orphans_are_swept_from_every_folder_that_the_program_writes(tmp_path: Path, where: str) -> None:
    orphans = [put(tmp_path / where, name) for name in ORPHANS]
    strangers = [put(tmp_path / where, name) for name in STRANGERS]
    assert leftovers.sweep_home(tmp_path) == len(orphans)
    assert [path for path in orphans if path.exists()] == []
    assert all(path.exists() for path in strangers)


def test_what_may_still_be_written_stays(tmp_path: Path) -> None:
    young = [put(tmp_path, name, HOUR - 60) for name in ORPHANS]
    assert leftovers.sweep_home(tmp_path) == 0
    assert all(path.exists() for path in young)


def test_what_is_no_ordinary_file_stays_and_is_not_followed(tmp_path: Path) -> None:
    elsewhere = put(tmp_path / "elsewhere", ORPHANS[0])
    home = tmp_path / "home"
    (home / ORPHANS[0]).mkdir(parents=True)
    (home / ORPHANS[1]).symlink_to(elsewhere)
    (home / "notes").symlink_to(tmp_path / "elsewhere")
    assert leftovers.sweep_home(home, now=elsewhere.stat().st_mtime + 9 * HOUR) == 0
    assert elsewhere.exists()


def test_folders_of_other_names_are_not_looked_into(tmp_path: Path) -> None:
    there = put(tmp_path / "Documents", ORPHANS[0])
    assert leftovers.sweep_home(tmp_path) == 0
    assert there.exists()


def test_a_folder_that_is_missing_is_no_fault(tmp_path: Path) -> None:
    assert leftovers.sweep_home(tmp_path / "nowhere") == 0


KILLED = """
import os, sys
from pathlib import Path
from viewer import paths
os.fsync = lambda _file: os.kill(os.getpid(), 9)
paths.write_atomically(Path(sys.argv[1]), b"words")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a kill that cannot be caught")
def test_what_a_kill_left_is_swept_when_a_file_is_next_written_beside_it(tmp_path: Path) -> None:
    """A sheet is written to folders of the reader's choice, which nothing else looks into."""
    target = tmp_path / "sheet.md"
    root = Path(__file__).parent.parent
    subprocess.run([sys.executable, "-c", KILLED, str(target)], cwd=root, check=False)
    (orphan,) = tmp_path.iterdir()
    os.utime(orphan, (1, 1))
    paths.write_atomically(target, b"whole")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("sheet.md", b"whole")]
