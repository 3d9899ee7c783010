"""What ends the program from outside ends it as closing does: with nothing lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from viewer.notes.store import NoteStore

ROOT = Path(__file__).parents[2]
WORDS = "Ask the unit before Friday"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as Windows has none")
WRITING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from viewer import paths
from viewer.ui import app

home, then = Path(sys.argv[1]), sys.argv[2]
finish = app._finish

def write(window):
    view = window.edition_view
    if view.notes.session.book is None:
        QTimer.singleShot(50, lambda: write(window))
        return
    view.go("theme:indecent-images")
    for name in ("next_item", "note"):
        window.actions_by_name[name].trigger()
    editor = view.notes.editing.editor
    editor._save_timer.setInterval(3_600_000)
    editor._latest_timer.setInterval(3_600_000)
    QTest.keyClicks(editor.words, sys.argv[3])
    if then == "a dialog":
        from PySide6.QtWidgets import QMessageBox
        QTimer.singleShot(0, QMessageBox(window).exec)
    if then == "no answer":
        window.keep = lambda: [None for _ in iter(int, 1)]
    if then == "logout":
        from PySide6.QtCore import SIGNAL
        from PySide6.QtWidgets import QApplication
        assert QApplication.instance().receivers(SIGNAL("commitDataRequest(QSessionManager&)")) == 1
        window.keep()
    QTimer.singleShot(0, lambda: print("typed", view.notes.session.book.store.path, flush=True))

def finish_and_write(window, *rest):
    finish(window, *rest)
    QTimer.singleShot(0, lambda: write(window))

app._finish = finish_and_write
sys.exit(app.run(paths.sample(), home=home))
"""


@contextmanager
def writing(home: Path, then: str = "") -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A window in which words were just typed, and its notes file."""
    command = [sys.executable, "-c", WRITING, str(home), then, WORDS]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            said, path = program.stdout.readline().split(maxsplit=1)
            assert said == "typed"
            yield program, Path(path.strip())
        finally:
            program.kill()


def texts_in(path: Path) -> list[str]:
    with closing(NoteStore.open(path)) as store:
        return [note.text for note in store.contents().current]


def kept_state(home: Path) -> str:
    """What the window remembers, as it stands in its file."""
    settings = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
    return " ".join(str(settings.value(key)) for key in settings.allKeys())


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
@pytest.mark.parametrize("then", ["", "a dialog"])
def test_a_signal_ends_the_program_and_keeps_what_was_just_typed_and_the_place(
    tmp_path: Path, name: str, then: str
) -> None:
    with writing(tmp_path, then) as (program, path):
        assert then or texts_in(path) == []
        program.send_signal(signal.Signals[name])
        assert program.wait(timeout=60) == 0
    assert texts_in(path) == [WORDS]
    assert "theme:indecent-images" in kept_state(tmp_path)


def test_the_end_of_the_session_keeps_it_too_and_the_window_stays(tmp_path: Path) -> None:
    with writing(tmp_path, "logout") as (program, path):
        assert texts_in(path) == [WORDS]
        assert program.poll() is None
    assert "theme:indecent-images" in kept_state(tmp_path)


def test_words_that_cannot_be_saved_then_are_written_to_a_file_that_the_next_start_names(tmp_path: Path) -> None:
    with writing(tmp_path) as (program, path):
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            program.send_signal(signal.SIGTERM)
            assert program.wait(timeout=60) == 0
        assert texts_in(path) == []
    (kept,) = tmp_path.glob("unsaved-*.md")
    assert WORDS in kept.read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_second_signal_ends_the_program_at_once(tmp_path: Path) -> None:
    with writing(tmp_path, "no answer") as (program, _):
        program.send_signal(signal.SIGTERM)
        while program.poll() is None:
            program.send_signal(signal.SIGTERM)
        assert program.returncode == -signal.SIGTERM
