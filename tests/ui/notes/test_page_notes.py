"""Editor, cards and marks beside the page: in line with each other, whole, and a trace of each note in any window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.notes.conftest import book_of, trigger, typed
from viewer.errors import NotesTrouble
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.reading.pane import ReadingPane
from viewer.ui.window import Window

SIZES = [(1280, 800), (1920, 1080), (800, 700), (640, 800)]


def write_note(window: Window, notes: NotesController, words: str, qtbot: QtBot) -> None:
    """Writes a note on the next item and closes it."""
    trigger(window, "next_item", "note")
    typed(notes, words, qtbot)
    assert notes.editing.close()


@pytest.mark.parametrize("size", SIZES)
def test_in_a_narrow_window_a_mark_stands_for_each_note_and_in_a_wide_one_its_card(
    window: Window, notes: NotesController, pane: ReadingPane, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    write_note(window, notes, "Ask the unit", qtbot)
    is_narrow = size[0] < 1000
    assert notes.page.margin.isVisible() is not is_narrow
    marks = notes.page.marks.buttons
    assert len(marks) == is_narrow
    for mark in marks:
        assert mark.isVisible()
        assert "3, finding 1" in mark.accessibleName()
        assert "Ask the unit" in mark.accessibleName()
        assert mark.x() >= pane.viewport().width() - pane.column.right
        assert pane.viewport().rect().contains(mark.geometry())
    assert pane.accessibleDescription() == ("1 note beside this page: Ctrl+M shows them." if is_narrow else "")


def test_a_mark_scrolls_with_its_item_opens_its_note_and_gives_way_to_the_drawer(
    window: Window, notes: NotesController, pane: ReadingPane, qtbot: QtBot
) -> None:
    window.resize(800, 700)
    write_note(window, notes, "First", qtbot)
    item = pane.item or ""
    notes.session.edit(lambda held: held.add([held.anchor_at(item, 0, 4)], text="On its first word"))
    (mark,) = notes.page.marks.buttons
    assert mark.accessibleName().startswith("2 notes: ")
    (card, _) = notes.page.margin.cards
    bar = pane.verticalScrollBar()
    for to in (0, bar.maximum(), bar.maximum() // 2, 30):
        bar.setValue(to)
        assert mark.y() == card.wanted - to
    QTest.mouseClick(mark, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert notes.editing.editor.words.toPlainText() == "First"
    assert notes.editing.close()
    trigger(window, "margin")
    assert notes.page.marks.buttons == []
    trigger(window, "margin")
    assert len(notes.page.marks.buttons) == 1
    window.edition_view.go("page:start")  # type: ignore[union-attr]
    assert notes.page.marks.buttons == []


def test_esc_takes_the_drawer_off_the_page_and_an_empty_one_does_not_come(
    window: Window, notes: NotesController, qtbot: QtBot
) -> None:
    window.resize(800, 700)
    trigger(window, "margin")
    assert notes.page.margin.isHidden()
    assert "No note stands on this page yet" in notes._bar.text.text()
    write_note(window, notes, "First", qtbot)
    trigger(window, "margin")
    assert notes.page.margin.isVisible()
    QTest.keyClick(notes.page.margin, Qt.Key.Key_Escape)
    assert notes.page.margin.isHidden()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", SIZES)
def test_the_editor_stands_where_its_card_stands(
    window: Window, notes: NotesController, pane: ReadingPane, qtbot: QtBot, size: tuple[int, int], scale: float
) -> None:
    window.resize(*size)
    set_scale(window, scale)
    write_note(window, notes, "Ask the unit", qtbot)
    if notes.page.margin.isHidden():
        trigger(window, "margin")
    card = notes.page.margin.place_of(notes.page.margin.cards[0].uuid)
    assert card is not None
    notes.editing.open_note(notes.page.margin.cards[0].uuid)
    assert notes.editing.editor.x() == notes.page.margin.x() + card.left()
    assert notes.editing.editor.width() >= card.width()
    assert pane.viewport().rect().contains(notes.editing.editor.geometry())


def set_scale(window: Window, scale: float) -> None:
    while window._appearance.scale < scale:
        window._appearance.zoom(1)


def fail(*_anything: object) -> None:
    raise NotesTrouble("The note was not saved: the notes file or its folder is write-protected.")


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", SIZES)
def test_why_a_note_was_not_saved_is_shown_whole(
    window: Window,
    notes: NotesController,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    scale: float,
) -> None:
    window.resize(*size)
    set_scale(window, scale)
    trigger(window, "next_item", "note")
    editor = notes.editing.editor
    with monkeypatch.context() as broken:
        broken.setattr(book_of(notes).store, "save", fail)
        QTest.keyClicks(editor.words, "Not to be lost")
        qtbot.waitUntil(lambda: "write-protected" in editor.state.text())

        def is_whole() -> bool:
            return editor.state.height() >= editor.state.heightForWidth(editor.state.width())

        qtbot.waitUntil(is_whole, timeout=2000)
        for part in (editor.words, editor.state, editor.elsewhere, editor.remove, editor.done):
            assert editor.rect().contains(part.geometry())
        lines = editor.words.viewport().height() // editor.words.fontMetrics().lineSpacing()
        assert lines >= 2
    assert notes.editing.close()


def test_what_had_to_give_way_to_a_sentence_comes_back_with_the_room(
    window: Window, notes: NotesController, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_scale(window, 2.0)
    trigger(window, "next_item", "note")
    assert notes.editing.editor.bookmark.isVisible()
    with monkeypatch.context() as broken:
        broken.setattr(book_of(notes).store, "save", fail)
        QTest.keyClicks(notes.editing.editor.words, "Words")
        qtbot.waitUntil(notes.editing.editor.bookmark.isHidden)
    qtbot.waitUntil(notes.editing.editor.bookmark.isVisible, timeout=6000)


def test_a_note_stands_level_with_its_place(window: Window, notes: NotesController, pane: ReadingPane) -> None:
    trigger(window, "next_item", "next_item")
    book = book_of(notes)
    item = pane.item or ""
    notes.session.edit(lambda held: held.add([held.anchor_at(item)], text="Words"))
    cursor = QTextCursor(pane.document())
    cursor.setPosition(pane.item_map.start_of(item) or 0)
    place = notes.page.margin.place_of(book.notes.in_order()[0].note.uuid)
    assert place is not None
    assert abs(place.top() - pane.cursorRect(cursor).top()) <= 12


def test_notes_of_hostile_words_show_them_letter_for_letter(
    window: Window, notes: NotesController, pane: ReadingPane
) -> None:
    text = "\u202eabc <img src=file:///etc/passwd> a & b < c\n\n![x](//server/x) " + "z" * 3000
    notes.session.edit(lambda held: held.add([held.anchor_at(pane.item_map.ids[0])], text=text, tags=("x",)))
    (card,) = notes.page.margin.cards
    assert card.document is not None
    shown = card.document.toPlainText()
    assert "[U+202E]abc <img src=file:///etc/passwd> a & b < c" in shown
    assert "\u202e" not in shown
    window.grab()
    trigger(window, "view_notes")
    window.grab()


def test_the_card_of_the_note_that_is_being_written_is_not_shown(
    window: Window, notes: NotesController, pane: ReadingPane, qtbot: QtBot
) -> None:
    trigger(window, "next_item", "note")
    typed(notes, "First", qtbot)
    stripe = QColor(window._appearance.palette.highlights_strong[0])
    notes.editing.editor.colours.buttons[1].click()
    assert notes.editing.save()

    def is_painted() -> bool:
        (card,) = notes.page.margin.cards
        at = card.rect.topLeft() - QPoint(0, pane.verticalScrollBar().value()) + QPoint(1, 8)
        return notes.page.margin.grab().toImage().pixelColor(at) == stripe

    assert not is_painted()
    assert notes.editing.close()
    assert is_painted()


def test_a_margin_without_notes_is_no_stop_for_the_keyboard(notes: NotesController) -> None:
    assert notes.page.margin.focusPolicy() is Qt.FocusPolicy.NoFocus
    item = notes._pane.item_map.ids[0]
    notes.session.edit(lambda held: held.add([held.anchor_at(item)], text="To be seen"))
    assert notes.page.margin.focusPolicy() is Qt.FocusPolicy.TabFocus
