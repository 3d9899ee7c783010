"""A long session makes backups too, in the notes' thread, and says once why it cannot."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from threading import current_thread, main_thread

import pytest

from tests.ui.notes.conftest import THEME, book_of
from viewer.errors import NotesTrouble
from viewer.notes import backups
from viewer.ui.notes.notes_controller import NotesController


@pytest.fixture
def two_hours_on(notes: NotesController) -> Path:
    """The notes file, which was backed up and has been saved again two hours later."""
    notes.session.edit(lambda held: held.add([held.anchor_at(f"{THEME}.f1")], text="First"))
    path = book_of(notes).store.path
    made = backups.back_up(path, even_if_recent=True)
    assert made is not None
    then = made.stat().st_mtime - 7200
    os.utime(made, (then, then))
    made.rename(made.with_name(f"{path.stem}-{datetime.fromtimestamp(then, UTC):%Y%m%d-%H%M%S}.db"))
    return path


def test_a_backup_is_made_in_another_thread_once_an_hour_has_gone(
    notes: NotesController, two_hours_on: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []
    make = backups.back_up

    def watched(path: Path, **options: Path | None) -> Path | None:
        threads.append(current_thread())
        return make(path, keep=options["keep"])

    monkeypatch.setattr(backups, "back_up", watched)
    assert notes.hourly_backup._timer.isActive()
    for _ in range(2):
        notes.hourly_backup._timer.timeout.emit()
        assert notes.session.settle()
    assert len(backups.backups(two_hours_on)) == 2
    assert (len(threads), main_thread() in threads) == (2, False)


def test_a_backup_that_cannot_be_made_is_said_once(notes: NotesController, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_path: Path, **_options: Path | None) -> Path:
        raise NotesTrouble("No backup of the notes was made: the disk is full.", advice="Make room on it.")

    monkeypatch.setattr(backups, "back_up", refuse)
    heard: list[object] = []
    notes.session.troubled.connect(heard.append)
    for _ in range(3):
        notes.hourly_backup.back_up()
        assert notes.session.settle()
    assert len(heard) == 1
    assert notes._bar.text.text() == "No backup of the notes was made: the disk is full. Make room on it."
