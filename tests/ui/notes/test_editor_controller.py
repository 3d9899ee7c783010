"""What is typed into the editor is saved, and kept where it cannot be."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.notes.conftest import book_of, trigger, typed
from viewer.errors import NotesTrouble
from viewer.notes.limits import MAX_TEXT
from viewer.notes.note_changes import NoteChange
from viewer.notes.notebook import now
from viewer.notes.store import NoteStore
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.window import Window


def test_n_opens_the_editor_and_what_is_typed_is_saved_and_only_then_said_to_be(
    window: Window, notes: NotesController, qtbot: QtBot
) -> None:
    trigger(window, "next_item", "note")
    assert book_of(notes).notes == {}
    QTest.keyClicks(notes.editing.editor.words, "Ask the unit")
    assert notes.editing.editor.state.text() == "Saving …"
    qtbot.waitUntil(lambda: notes.editing.editor.state.text().startswith("Saved"))
    with_store = NoteStore.open(book_of(notes).store.path)
    assert [note.text for note in with_store.contents().current] == ["Ask the unit"]
    with_store.close()
    QTest.keyClicks(notes.editing.editor.tags, "#p2p")
    QTest.keyClick(notes.editing.editor.words, Qt.Key.Key_Escape)
    assert notes.editing.editor.isHidden()
    (card,) = notes.page.margin.cards
    assert (card.text, card.tags) == ("Ask the unit", ("p2p",))


def test_an_editor_left_empty_leaves_no_note(window: Window, notes: NotesController) -> None:
    trigger(window, "next_item", "note")
    assert notes.editing.close()
    assert book_of(notes).notes == {}


def test_the_words_stay_where_they_cannot_be_saved_and_can_be_saved_elsewhere(
    window: Window, notes: NotesController, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    trigger(window, "next_item", "note")
    with monkeypatch.context() as broken:

        def fail(*_anything: object) -> None:
            raise NotesTrouble("The note was not saved: there is no room left on the disk.")

        broken.setattr(book_of(notes).store, "save", fail)
        QTest.keyClicks(notes.editing.editor.words, "Not to be lost")
        qtbot.waitUntil(lambda: "no room left" in notes.editing.editor.state.text())
        assert not notes.editing.close()
        assert notes.editing.editor.words.toPlainText() == "Not to be lost"
        elsewhere = tmp_path / "elsewhere.md"
        broken.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(elsewhere), ""))
        notes.editing.editor.elsewhere.click()
        assert "Not to be lost" in elsewhere.read_text(encoding="utf-8")
        broken.setattr(QMessageBox, "exec", lambda _box: 0)
        assert not window.close()
    qtbot.waitUntil(lambda: notes.editing.editor.state.text().startswith("Saved"), timeout=6000)
    assert notes.editing.close()
    assert [resolved.note.text for resolved in book_of(notes).notes.in_order()] == ["Not to be lost"]


def removed_elsewhere(notes: NotesController, uuid: str) -> None:
    """What another window does, and what this one sees of it."""
    book = book_of(notes)
    with closing(NoteStore.open(book.store.path)) as other:
        other.save([NoteChange(uuid=uuid, before=book.notes[uuid].note, after=None, at=now())])
    notes.session.check_file()


def test_words_for_a_note_that_another_window_removed_become_a_new_note(
    window: Window, notes: NotesController, qtbot: QtBot
) -> None:
    trigger(window, "next_item", "note")
    typed(notes, "First", qtbot)
    (uuid,) = book_of(notes).notes
    removed_elsewhere(notes, uuid)
    assert book_of(notes).notes == {}
    QTest.keyClicks(notes.editing.editor.words, " and more")
    assert notes.editing.close()
    (kept,) = book_of(notes).notes.values()
    assert (kept.note.text, kept.note.uuid != uuid) == ("First and more", True)
    notes.page.margin.note_chosen.emit(kept.note.uuid)
    removed_elsewhere(notes, kept.note.uuid)
    notes.editing.editor.words.setPlainText("Other words")
    assert notes.editing.can_close()
    assert [resolved.note.text for resolved in book_of(notes).notes.in_order()] == ["Other words"]


def test_what_is_too_much_is_said_while_it_is_typed_and_stays_in_the_editor(
    window: Window, notes: NotesController, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    trigger(window, "next_item", "note")
    editor = notes.editing.editor
    editor.words.setPlainText("a" * (MAX_TEXT + 5))
    assert editor.state.text().startswith("64,005 of 64,000 characters: the last 5 characters are not kept.")
    qtbot.waitUntil(lambda: [len(one.note.text) for one in book_of(notes).notes.values()] == [MAX_TEXT])
    assert "Saved" not in editor.state.text()
    assert not notes.editing.close()
    asked: list[str] = []

    def stay(box: QMessageBox) -> int:
        asked.append(box.informativeText())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", stay)
    assert not window.close()
    assert "the last 5 characters are not kept" in asked[0]
    assert len(editor.words.toPlainText()) == MAX_TEXT + 5
    editor.words.setPlainText("a" * (MAX_TEXT - 5))
    qtbot.waitUntil(lambda: editor.state.text().startswith("Saved"))
    assert "63,995 of 64,000 characters" in editor.state.text()
    assert notes.editing.close()


def test_tags_are_kept_as_they_are_typed_and_too_many_or_too_long_ones_are_named(
    window: Window, notes: NotesController, qtbot: QtBot
) -> None:
    trigger(window, "next_item", "note")
    editor = notes.editing.editor
    editor.tags.setText("#R&D on-line, ελλάδα " + "x" * 41)
    assert f"The tag “{'x' * 20}…” of over 40 characters is not kept." in editor.state.text()
    qtbot.waitUntil(lambda: [one.note.tags for one in book_of(notes).notes.values()] == [("R&D", "on-line", "ελλάδα")])
    assert not notes.editing.close()
    editor.tags.setText(" ".join(f"t{n}" for n in range(40_000)))
    assert "40,000 of 100 tags: those after “t99” are not kept." in editor.state.text()
    editor.tags.setText("#R&D")
    assert notes.editing.close()
    assert [one.note.tags for one in book_of(notes).notes.values()] == [("R&D",)]


def test_typing_without_a_pause_is_saved_all_the_same(window: Window, notes: NotesController) -> None:
    trigger(window, "next_item", "note")
    editor = notes.editing.editor
    saved_while_typing = 0
    for _ in range(30):
        QTest.keyClicks(editor.words, "a", delay=120)
        saved_while_typing = max(saved_while_typing, *(len(one.note.text) for one in book_of(notes).notes.values()), 0)
    assert saved_while_typing >= 20
