"""The bin in the window: what was removed or gave way is read there, brought back, or destroyed for good."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.notes.conftest import THEME, book_of, trigger
from viewer.errors import NotesTrouble
from viewer.notes import backups, purge
from viewer.notes.note_bin import BinKind
from viewer.notes.notebook import Notebook
from viewer.ui.notes import bin_controller, bin_dialog
from viewer.ui.notes.bin_dialog import BinDialog
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.window import Window

WORDS = "zebrafinch"
OpenBin = Callable[[], BinDialog]


@pytest.fixture
def uuids(notes: NotesController) -> list[str]:
    """Three notes: one removed, one with two former versions, one as it was made."""
    made: list[str] = []
    for at in (1, 2, 3):
        notes.session.edit(partial(_add, made, at))
    notes.session.edit(lambda held: held.remove([made[0]]))
    notes.session.edit(lambda held: held.change(made[1], text="reworded"))
    notes.session.edit(lambda held: held.change(made[1], text="once more"))
    return made


def _add(made: list[str], at: int, book: Notebook) -> None:
    made.extend(note.uuid for note in book.add([book.anchor_at(f"{THEME}.f{at}")], text=f"{WORDS} {at}"))


@pytest.fixture
def open_bin(window: Window, notes: NotesController, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> OpenBin:
    """Opens the bin as its key does, and reads it; it stays open, and is not waited for."""
    opened: list[BinDialog] = []
    monkeypatch.setattr(bin_controller, "run_dialog", opened.append)

    def make() -> BinDialog:
        trigger(window, "note_bin")
        (dialog,) = opened
        qtbot.addWidget(dialog)
        dialog.show()
        notes.note_bin.dialog = dialog
        notes.note_bin._read()
        assert notes.session.settle()
        return dialog

    return make


def listed(dialog: BinDialog) -> list[tuple[str, str]]:
    return [(str(entry.kind), entry.note.text) for entry in dialog.rows.shown]


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> list[str]:
    """Answers the next question with the button of that text; gives what was asked."""
    asked: list[str] = []

    def click(box: QMessageBox) -> int:
        asked.append(f"{box.text()} {box.informativeText()}")
        next(button for button in box.buttons() if button.text() == text).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", click)
    return asked


def files_with(words: str, folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes())


def test_it_shows_what_was_removed_and_what_gave_way_each_in_full(uuids: list[str], open_bin: OpenBin) -> None:
    dialog = open_bin()
    assert listed(dialog) == [
        ("former version", "reworded"),
        ("removed note", f"{WORDS} 1"),
        ("former version", f"{WORDS} 2"),
    ]
    assert dialog.state.text() == "1 removed note and 2 former versions."
    dialog.table.selectRow(1)
    assert f"{WORDS} 1" in dialog.text.toPlainText()
    dialog.kind.setCurrentIndex(dialog.kind.findData(str(BinKind.REMOVED)))
    assert listed(dialog) == [("removed note", f"{WORDS} 1")]
    dialog.words.setText("nowhere")
    assert (listed(dialog), dialog.state.text()) == ([], bin_dialog.NONE_FOUND)
    dialog.kind.setCurrentIndex(0)
    dialog.words.setText("2 finch")
    assert listed(dialog) == [("former version", f"{WORDS} 2")]
    assert uuids


def test_several_are_brought_back_at_once_and_that_is_one_step(
    window: Window, notes: NotesController, uuids: list[str], open_bin: OpenBin
) -> None:
    dialog = open_bin()
    dialog.table.selectAll()
    assert (dialog.back_button.isEnabled(), dialog.back_button.toolTip()) == (False, bin_dialog.ONE_EACH)
    dialog.words.setText(WORDS)
    dialog.table.selectAll()
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert notes.session.settle()
    texts = {uuid: resolved.note.text for uuid, resolved in book_of(notes).notes.items()}
    assert texts == {uuids[0]: f"{WORDS} 1", uuids[1]: f"{WORDS} 2", uuids[2]: f"{WORDS} 3"}
    assert dialog.state.text().startswith("2 notes are brought back; Ctrl+Z takes that back.")
    dialog.words.clear()
    assert listed(dialog)[0] == ("former version", "once more")
    trigger(window, "undo")
    assert (uuids[0] in book_of(notes).notes, book_of(notes).notes[uuids[1]].note.text) == (False, "once more")


def test_what_is_destroyed_is_in_no_file_any_more_and_no_step_brings_it_back(
    window: Window,
    notes: NotesController,
    uuids: list[str],
    open_bin: OpenBin,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    assert len(uuids) == 3
    assert backups.back_up(book_of(notes).store.path, even_if_recent=True) is not None
    assert len(files_with(f"{WORDS} 1", tmp_path)) == 2
    dialog = open_bin()
    dialog.words.setText(WORDS)
    dialog.table.selectAll()
    asked = answer(monkeypatch, "Destroy for good")
    QTest.keyPress(dialog.table, Qt.Key.Key_Delete)
    assert notes.session.settle()
    assert "Destroy the words of 1 removed note and 1 former version for good?" in asked[0]
    assert "every backup" in asked[0]
    assert (files_with(f"{WORDS} 1", tmp_path), files_with(f"{WORDS} 2", tmp_path)) == ([], [])
    assert len(files_with(f"{WORDS} 3", tmp_path)) == 2
    dialog.words.clear()
    assert listed(dialog) == [("former version", "reworded")]
    assert dialog.state.text().startswith(bin_controller.DESTROYED)
    for _ in range(4):
        trigger(window, "undo")
    assert all(WORDS not in resolved.note.text for resolved in book_of(notes).notes.values())


def test_nothing_is_destroyed_without_a_yes(
    notes: NotesController, uuids: list[str], open_bin: OpenBin, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = open_bin()
    answer(monkeypatch, "Keep them")
    dialog.destroy_button.click()
    assert notes.session.settle()
    assert len(listed(dialog)) == 3
    assert uuids


def test_what_could_not_be_destroyed_is_said(
    notes: NotesController, uuids: list[str], open_bin: OpenBin, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert uuids
    dialog = open_bin()
    answer(monkeypatch, "Destroy for good")
    monkeypatch.setattr(purge, "destroy", lambda *_: [tmp_path / "old.db"])
    dialog.destroy_button.click()
    assert notes.session.settle()
    assert "old.db could not be cleaned and may still hold them: delete it yourself." in dialog.state.text()

    def refuse(*_: object) -> list[Path]:
        raise NotesTrouble("The words were not destroyed: the disk is full.", advice="Make room on it.")

    monkeypatch.setattr(purge, "destroy", refuse)
    dialog.destroy_button.click()
    assert notes.session.settle()
    assert dialog.state.text().startswith("The words were not destroyed: the disk is full. Make room on it.")
    assert dialog.isEnabled()


def test_an_empty_bin_says_so(open_bin: OpenBin) -> None:
    dialog = open_bin()
    assert (dialog.state.text(), dialog.back_button.isEnabled()) == (bin_dialog.EMPTY, False)


def test_the_versions_beside_a_note_lead_to_them_in_the_bin(
    window: Window, notes: NotesController, uuids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.notes_view.show_note(uuids[1])
    review = notes.notes_view.review
    assert review is not None
    assert "reworded" in review.text.toPlainText()
    asked: list[BinDialog] = []
    monkeypatch.setattr(bin_controller, "run_dialog", asked.append)
    review._follow_link("versions")
    assert (asked[0].windowTitle(), asked[0].kind.isVisibleTo(asked[0])) == ("Former versions of a note", False)
    trigger(window, "view_read")
