"""A process killed while it saves loses nothing that it had called saved, and leaves a sound file."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from viewer.notes.store import NoteStore, path_for

ROOT = Path(__file__).parents[2]


def acknowledged_before_a_kill(path: Path, after: float) -> dict[str, int]:
    """Which version of which note was called saved by a writer that was killed `after` so many seconds of saving."""
    command = [sys.executable, "-m", "tests.notes.writer", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(after)
        writer.kill()
        lines = [first, *writer.stdout.readlines()]
    whole = [line.split() for line in lines if line.endswith("\n")]
    return {uuid: int(version) for uuid, version in whole}


def assert_sound(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def kill_many(path: Path, kills: int) -> None:
    chance = random.Random(kills)
    expected: dict[str, int] = {}
    for _ in range(kills):
        expected.update(acknowledged_before_a_kill(path, chance.uniform(0, 0.03)))
        with closing(NoteStore.open(path)) as store:
            versions = {note.uuid: int(note.text.split()[0]) for note in store.contents().current}
        lost = {uuid: version for uuid, version in expected.items() if versions.get(uuid, 0) < version}
        assert lost == {}
        assert_sound(path)
    assert len(expected) >= kills


def test_no_acknowledged_note_is_lost_to_a_kill(tmp_path: Path) -> None:
    kill_many(path_for(tmp_path, "killed"), 36)


@pytest.mark.slow
def test_no_acknowledged_note_is_lost_to_hundreds_of_kills(tmp_path: Path) -> None:
    kill_many(path_for(tmp_path, "killed"), 300)
