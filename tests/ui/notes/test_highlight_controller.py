"""Highlights and bookmarks are made in the real window, by keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from tests.ui.notes.conftest import book_of, trigger
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.reading.pane import ReadingPane
from viewer.ui.window import Window


def colours_on_page(pane: ReadingPane) -> list[tuple[str, str]]:
    """The marked words and their colours."""
    return [(mark.cursor.selectedText(), mark.format.background().color().name().upper())
            for mark in pane.extraSelections()]  # fmt: skip


def test_h_highlights_the_present_item_and_a_number_gives_it_another_colour(
    window: Window, notes: NotesController, pane: ReadingPane
) -> None:
    trigger(window, "next_item", "highlight")
    (resolved,) = book_of(notes).notes.in_order()
    assert resolved.anchor is not None
    assert (resolved.anchor.item, resolved.note.colour) == (pane.item, 1)
    assert colours_on_page(pane) == [(resolved.anchor.quote, "#FFE7A3")]
    QTest.keyClick(pane, Qt.Key.Key_2)
    assert colours_on_page(pane) == [(resolved.anchor.quote, "#CDE9C6")]
    trigger(window, "undo", "undo")
    assert (colours_on_page(pane), dict(book_of(notes).notes)) == ([], {})
    trigger(window, "redo")
    assert len(colours_on_page(pane)) == 1


def test_sentences_are_chosen_and_highlighted_by_keyboard(
    window: Window, notes: NotesController, pane: ReadingPane
) -> None:
    trigger(window, "next_sentence", "next_sentence")
    chosen = pane.selected_text()
    assert chosen.endswith(".")
    trigger(window, "previous_sentence", "next_sentence", "highlight")
    (resolved,) = book_of(notes).notes.in_order()
    assert resolved.anchor is not None
    assert resolved.anchor.quote == chosen
    assert colours_on_page(pane)[0][0] == chosen


def test_what_is_selected_over_two_items_becomes_a_highlight_in_each(
    window: Window, notes: NotesController, pane: ReadingPane
) -> None:
    cursor = QTextCursor(pane.document())
    cursor.setPosition(pane.item_map.starts[0] + 5)
    cursor.setPosition(pane.item_map.starts[1] + 12, QTextCursor.MoveMode.KeepAnchor)
    pane.setTextCursor(cursor)
    trigger(window, "highlight")
    made = book_of(notes).notes.in_order()
    assert [resolved.item for resolved in made] == pane.item_map.ids[:2]
    trigger(window, "undo")
    assert book_of(notes).notes == {}


def test_b_bookmarks_and_takes_the_bookmark_away(window: Window, notes: NotesController, pane: ReadingPane) -> None:
    trigger(window, "next_item", "bookmark")
    assert book_of(notes).notes.noted_items == {pane.item}
    assert pane._ribbons == [pane.item_map.starts[0]]
    trigger(window, "bookmark")
    assert (book_of(notes).notes.noted_items, pane._ribbons) == (frozenset(), [])


def test_with_nothing_chosen_the_keys_say_what_to_do(window: Window, notes: NotesController) -> None:
    edition_view = window.edition_view
    assert edition_view is not None
    edition_view.go("page:start")
    trigger(window, "highlight")
    assert notes._bar.text.text().startswith("Select words on a theme’s page")
    assert book_of(notes).notes == {}
