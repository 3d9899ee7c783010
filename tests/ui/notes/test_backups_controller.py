"""The backups in the window: when each was made and what it holds, and notes taken back from one, as one step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.notes.conftest import THEME, book_of, trigger
from viewer.notes import backups
from viewer.notes.notebook import Notebook
from viewer.text import wording
from viewer.ui.notes import backups_controller, backups_dialog
from viewer.ui.notes.backups_dialog import BackupsDialog
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.window import Window

OpenBackups = Callable[[], BackupsDialog]


@pytest.fixture
def uuids(notes: NotesController) -> list[str]:
    """Three notes that a backup holds; then one is removed and one changed."""
    made: list[str] = []
    for at in (1, 2, 3):
        notes.session.edit(partial(_add, made, at))
    path = book_of(notes).store.path
    backup = backups.back_up(path, even_if_recent=True)
    assert backup is not None
    backup.rename(backup.with_name(f"{path.stem}-20261101-100000.db"))
    notes.session.edit(lambda held: held.remove([made[0]]))
    notes.session.edit(lambda held: held.change(made[1], text="changed"))
    return made


def _add(made: list[str], at: int, book: Notebook) -> None:
    made.extend(note.uuid for note in book.add([book.anchor_at(f"{THEME}.f{at}")], text=f"words {at}"))


@pytest.fixture
def open_backups(window: Window, notes: NotesController, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> OpenBackups:
    """Opens the backups from the menu, and reads them; the list stays open, and is not waited for."""
    opened: list[BackupsDialog] = []
    controller = notes.note_backups

    def show(dialog: BackupsDialog) -> None:
        opened.append(dialog)
        assert notes.session.settle()

    monkeypatch.setattr(backups_controller, "run_dialog", show)

    def make() -> BackupsDialog:
        trigger(window, "note_backups")
        (dialog,) = opened
        qtbot.addWidget(dialog)
        dialog.show()
        controller.dialog = dialog
        return dialog

    return make


def listed(dialog: BackupsDialog) -> list[tuple[str, str]]:
    return [(one.note.text, str(one.since)) for one in dialog.rows.shown]


def texts(notes: NotesController) -> list[str]:
    return sorted(resolved.note.text for resolved in book_of(notes).notes.values())


def test_it_lists_backups_with_date_and_count_and_what_became_of_each_note(
    notes: NotesController, uuids: list[str], open_backups: OpenBackups
) -> None:
    broken = backups.folder(book_of(notes).store.path) / "tacsea-20261001-100000.db"
    broken.write_bytes(b"garbage")
    dialog = open_backups()
    assert uuids
    cells = [[dialog.backups.index(row, at).data() for at in (0, 1)] for row in (0, 1)]
    assert cells == [
        [wording.local_time("2026-11-01T10:00:00+00:00"), "3 notes"],
        [wording.local_time("2026-10-01T10:00:00+00:00"), "cannot be read"],
    ]
    assert listed(dialog) == [("words 1", "removed since"), ("words 2", "changed since"), ("words 3", "unchanged")]
    assert dialog.state.text() == "3 notes: 1 removed since, 1 changed since, 1 unchanged."
    assert "words 1" in dialog.text.toPlainText()
    dialog.words.setText("ords 3")
    assert (listed(dialog), dialog.take_button.isEnabled()) == ([("words 3", "unchanged")], False)
    dialog.list.selectRow(1)
    assert notes.session.settle()
    assert (dialog.state.text(), dialog.restore_button.isEnabled()) == (backups_dialog.NONE_READ, False)


def test_the_chosen_notes_are_taken_back_as_one_step(
    window: Window, notes: NotesController, uuids: list[str], open_backups: OpenBackups
) -> None:
    dialog = open_backups()
    dialog.table.selectAll()
    dialog.table.activated.emit(dialog.rows.index(0, 0))  # Enter
    assert notes.session.settle()
    assert texts(notes) == ["words 1", "words 2", "words 3"]
    assert dialog.isEnabled()
    assert dialog.state.text() == "2 notes are back; Ctrl+Z takes that back. 3 notes: 3 unchanged."
    former = [version.note.text for version in book_of(notes).store.former(uuids[1]) if version.note]
    assert "changed" in former
    trigger(window, "undo")
    assert texts(notes) == ["changed", "words 3"]


def test_all_that_is_gone_is_restored_and_what_changed_since_stays(
    window: Window, notes: NotesController, uuids: list[str], open_backups: OpenBackups
) -> None:
    dialog = open_backups()
    dialog.restore_button.click()
    assert notes.session.settle()
    assert texts(notes) == ["changed", "words 1", "words 3"]
    assert uuids[0] in book_of(notes).notes
    assert not dialog.restore_button.isEnabled()
    trigger(window, "undo")
    assert texts(notes) == ["changed", "words 3"]


def test_a_backup_that_has_gone_meanwhile_is_said(
    notes: NotesController, uuids: list[str], open_backups: OpenBackups
) -> None:
    assert uuids
    dialog = open_backups()
    file: Path | None = dialog.chosen_backup
    assert file is not None
    file.unlink()
    dialog.restore_button.click()
    assert notes.session.settle()
    assert dialog.state.text().startswith("No note can be read in this backup. Choose another backup.")
    assert dialog.isEnabled()


def test_without_a_backup_that_is_said(open_backups: OpenBackups) -> None:
    dialog = open_backups()
    assert dialog.state.text() == backups_dialog.NO_BACKUPS
    assert not dialog.take_button.isEnabled()
