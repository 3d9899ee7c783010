"""Editor, cards and marks beside the page: in line with each other, whole, and a trace of each note in any window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.notes.conftest import book_of, press, typed
from viewer.errors import NotesTrouble
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.reading.pane import ReadingPane
from viewer.ui.window import Window

SIZES = [(1280, 800), (1920, 1080), (800, 700), (640, 800)]


def written(window: Window, noting: NotesController, words: str, qtbot: QtBot) -> None:
    """Writes a note on the next item and closes it."""
    press(window, "next_item", "note")
    typed(noting, words, qtbot)
    assert noting.writing.close()


@pytest.mark.parametrize("size", SIZES)
def test_in_a_narrow_window_a_mark_stands_for_each_note_and_in_a_wide_one_its_card(
    window: Window, noting: NotesController, pane: ReadingPane, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    written(window, noting, "Ask the unit", qtbot)
    is_narrow = size[0] < 1000
    assert noting.margin.isVisible() is not is_narrow
    marks = noting.page.marks.buttons
    assert len(marks) == is_narrow
    for mark in marks:
        assert mark.isVisible()
        assert "3, finding 1" in mark.accessibleName()
        assert "Ask the unit" in mark.accessibleName()
        assert mark.x() >= pane.viewport().width() - pane.column.right
        assert pane.viewport().rect().contains(mark.geometry())
    assert pane.accessibleDescription() == ("1 note beside this page: Ctrl+M shows them." if is_narrow else "")


def test_a_mark_scrolls_with_its_item_opens_its_note_and_gives_way_to_the_drawer(
    window: Window, noting: NotesController, pane: ReadingPane, qtbot: QtBot
) -> None:
    window.resize(800, 700)
    written(window, noting, "First", qtbot)
    item = pane.item or ""
    noting.session.do(lambda held: held.add([held.anchor_at(item, 0, 4)], text="On its first word"))
    (mark,) = noting.page.marks.buttons
    assert mark.accessibleName().startswith("2 notes: ")
    (card, _) = noting.margin.cards
    bar = pane.verticalScrollBar()
    for to in (0, bar.maximum(), bar.maximum() // 2, 30):
        bar.setValue(to)
        assert mark.y() == card.wanted - to
    QTest.mouseClick(mark, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert noting.editor.words.toPlainText() == "First"
    assert noting.writing.close()
    press(window, "margin")
    assert noting.page.marks.buttons == []
    press(window, "margin")
    assert len(noting.page.marks.buttons) == 1
    window.edition_view.go("page:start")  # type: ignore[union-attr]
    assert noting.page.marks.buttons == []


def test_esc_takes_the_drawer_off_the_page_and_an_empty_one_does_not_come(
    window: Window, noting: NotesController, qtbot: QtBot
) -> None:
    window.resize(800, 700)
    press(window, "margin")
    assert noting.margin.isHidden()
    assert "No note stands on this page yet" in noting.strip.text.text()
    written(window, noting, "First", qtbot)
    press(window, "margin")
    assert noting.margin.isVisible()
    QTest.keyClick(noting.margin, Qt.Key.Key_Escape)
    assert noting.margin.isHidden()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", SIZES)
def test_the_editor_stands_where_its_card_stands(
    window: Window, noting: NotesController, pane: ReadingPane, qtbot: QtBot, size: tuple[int, int], scale: float
) -> None:
    window.resize(*size)
    set_scale(window, scale)
    written(window, noting, "Ask the unit", qtbot)
    if noting.margin.isHidden():
        press(window, "margin")
    card = noting.margin.place_of(noting.margin.cards[0].uuid)
    assert card is not None
    noting.writing.open_note(noting.margin.cards[0].uuid)
    assert noting.editor.x() == noting.margin.x() + card.left()
    assert noting.editor.width() >= card.width()
    assert pane.viewport().rect().contains(noting.editor.geometry())


def set_scale(window: Window, scale: float) -> None:
    while window._appearance.scale < scale:
        window._appearance.zoom(1)


def fail(*_anything: object) -> None:
    raise NotesTrouble("The note was not saved: the notes file or its folder is write-protected.")


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", SIZES)
def test_why_a_note_was_not_saved_is_shown_whole(
    window: Window, noting: NotesController, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], scale: float
) -> None:
    window.resize(*size)
    set_scale(window, scale)
    press(window, "next_item", "note")
    editor = noting.editor
    with monkeypatch.context() as broken:
        broken.setattr(book_of(noting).store, "save", fail)
        QTest.keyClicks(editor.words, "Not to be lost")
        qtbot.waitUntil(lambda: "write-protected" in editor.state.text())

        def is_whole() -> bool:
            return editor.state.height() >= editor.state.heightForWidth(editor.state.width())

        qtbot.waitUntil(is_whole, timeout=2000)
        for part in (editor.words, editor.state, editor.elsewhere, editor.remove, editor.done):
            assert editor.rect().contains(part.geometry())
        lines = editor.words.viewport().height() // editor.words.fontMetrics().lineSpacing()
        assert lines >= 2
    assert noting.writing.close()


def test_what_had_to_give_way_to_a_sentence_comes_back_with_the_room(
    window: Window, noting: NotesController, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_scale(window, 2.0)
    press(window, "next_item", "note")
    assert noting.editor.bookmark.isVisible()
    with monkeypatch.context() as broken:
        broken.setattr(book_of(noting).store, "save", fail)
        QTest.keyClicks(noting.editor.words, "Words")
        qtbot.waitUntil(noting.editor.bookmark.isHidden)
    qtbot.waitUntil(noting.editor.bookmark.isVisible, timeout=6000)
