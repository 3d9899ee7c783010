"""The dialogs of notes: out, in, and the names of colours."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox

from tests.ui.notes.conftest import book_of, trigger
from viewer.notes.note_settings import MEANINGS
from viewer.ui.notes.dialogs import ImportDialog, NamesDialog
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.reading.pane import ReadingPane
from viewer.ui.window import Window


def test_notes_go_out_and_come_in_through_the_window(
    window: Window, notes: NotesController, pane: ReadingPane, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    notes.session.edit(lambda held: held.add([held.anchor_at(pane.item_map.ids[0])], text="To be passed on"))
    out = tmp_path / "passed.json"
    form = "Notes to exchange (*.json)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(out.with_suffix("")), form))
    trigger(window, "export_notes")
    assert notes._bar.text.text() == "1 note written to passed.json."
    book = book_of(notes)
    (uuid,) = book.notes
    notes.session.edit(lambda held: held.change(uuid, text="Changed since"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(out), ""))
    shown: list[str] = []

    def accept(dialog: ImportDialog) -> int:
        shown.extend(label.text() for label in dialog.findChildren(QLabel))
        return 1

    monkeypatch.setattr(ImportDialog, "exec", accept)
    trigger(window, "import_notes")
    assert any("1 note: older than yours, left alone." in text for text in shown)
    assert book.notes[uuid].note.text == "Changed since"
    out.write_text("[" * 100_000, encoding="utf-8")
    trigger(window, "import_notes")
    assert "nested too deeply" in notes._bar.text.text()


def test_colours_are_named_by_the_reader(
    window: Window, notes: NotesController, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: NamesDialog) -> int:
        dialog.author.setText("A. Reader")
        dialog.meanings[0].setText("For the court")
        return 1

    monkeypatch.setattr(NamesDialog, "exec", fill)
    notes.notes_view.ask_names()
    assert book_of(notes).settings.author == "A. Reader"
    trigger(window, "next_item", "highlight")
    assert notes.highlights.hint.buttons[0].text() == "1  For the court"
    assert book_of(notes).notes.in_order()[0].note.author == "A. Reader"


def test_a_name_that_is_too_long_is_said_while_it_is_typed_and_is_not_cut(notes: NotesController) -> None:
    dialog = NamesDialog("", MEANINGS, notes._pane)
    (keep,) = (button for button in dialog.buttons.buttons() if button.text() == "Keep")
    assert keep.isEnabled()
    dialog.meanings[2].setText("m" * 50)
    assert dialog.too_long.text() == f"“{'m' * 20}…” has 50 of 40 characters: shorten it to keep it."
    assert (dialog.meanings[2].text(), keep.isEnabled()) == ("m" * 50, False)
    dialog.meanings[2].setText("m")
    assert (dialog.too_long.text(), keep.isEnabled()) == ("", True)


@pytest.mark.parametrize(("answer", "kept"), [("Replace it", "1 note"), ("Cancel", "mine")])
def test_a_name_typed_without_its_ending_replaces_a_file_only_once_that_was_agreed(
    window: Window, notes: NotesController, pane: ReadingPane, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    answer: str, kept: str,
) -> None:  # fmt: skip
    notes.session.edit(lambda held: held.add([held.anchor_at(pane.item_map.ids[0])], text="To be passed on"))
    there = tmp_path / "notes.md"
    there.write_text("mine", encoding="utf-8")
    chosen = (str(tmp_path / "notes"), "Markdown, to read (*.md)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: chosen)
    asked: list[str] = []

    def choose(box: QMessageBox) -> int:
        asked.append(box.text())
        next(button for button in box.buttons() if button.text().replace("&", "") == answer).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", choose)
    trigger(window, "export_notes")
    assert asked == ["notes.md is there already."]
    assert kept in there.read_text(encoding="utf-8")
