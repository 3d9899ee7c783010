"""Undo and redo say what they did and show it, wherever the reader is, and in the next window too."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.notes.conftest import THEME, book_of, trigger
from viewer.notes.notebook import Notebook
from viewer.notes.store import NoteStore
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.reading.pane import ReadingPane
from viewer.ui.window import Window

OTHER_THEME = "hidden-internet"


def picture(widget: QWidget) -> QImage:
    """What a widget shows now."""
    return widget.grab().toImage()


def theme_in_sight(window: Window) -> str:
    """The address of the page that is open, without its place."""
    assert window.edition_view is not None
    return window.edition_view.navigator.address.partition("#")[0]


@pytest.fixture
def quote(window: Window, notes: NotesController) -> str:
    """The words of a highlight in the theme, after which the reader went to another theme."""
    trigger(window, "next_item", "highlight")
    (resolved,) = book_of(notes).notes.in_order()
    assert window.edition_view is not None
    window.edition_view.go(f"theme:{OTHER_THEME}")
    return resolved.quote


def test_undo_in_another_theme_says_what_and_shows_where(
    window: Window, notes: NotesController, pane: ReadingPane, quote: str
) -> None:
    before = picture(pane)
    trigger(window, "undo")
    said = notes._bar.text.text()
    assert said.startswith("Undone: highlight in ")
    assert quote[:30] in said
    assert (theme_in_sight(window), dict(book_of(notes).notes)) == (f"theme:{THEME}", {})
    assert picture(pane) != before


def test_redo_in_another_theme_says_what_and_shows_where(
    window: Window, notes: NotesController, pane: ReadingPane, quote: str
) -> None:
    trigger(window, "undo")
    assert window.edition_view is not None
    window.edition_view.go(f"theme:{OTHER_THEME}")
    before = picture(pane)
    trigger(window, "redo")
    assert notes._bar.text.text().startswith("Done again: highlight in ")
    assert theme_in_sight(window) == f"theme:{THEME}"
    assert picture(pane) != before
    assert [one.quote for one in book_of(notes).notes.values()] == [quote]


def test_undo_of_a_removal_in_the_view_of_notes_shows_the_note_there(
    window: Window, notes: NotesController, quote: str
) -> None:
    assert window.edition_view is not None
    (uuid,) = book_of(notes).notes
    view = window.edition_view.show_view("notes")
    notes.remove([uuid])
    before = picture(view)
    trigger(window, "undo")
    assert window.edition_view.views.name == "notes"
    assert notes._bar.text.text().startswith("Undone: removal in ")
    assert quote[:30] in notes._bar.text.text()
    assert picture(view) != before


@pytest.mark.usefixtures("quote")
def test_the_sentence_leads_back(window: Window, notes: NotesController) -> None:
    trigger(window, "undo")
    assert [button.text() for button in notes._bar.buttons] == ["Redo", "Close"]
    notes._bar.buttons[0].click()
    assert [button.text() for button in notes._bar.buttons] == ["Undo", "Close"]
    assert len(book_of(notes).notes) == 1


@pytest.mark.usefixtures("quote")
def test_menu_and_tip_name_the_step(window: Window, notes: NotesController) -> None:
    actions = window.actions_by_name
    assert (actions["undo"].text(), actions["redo"].text()) == ("Undo highlight", "Redo")
    assert actions["undo"].toolTip() == "Undo highlight (Ctrl+Z)"
    notes.undo()
    assert (actions["undo"].text(), actions["redo"].text()) == ("Undo", "Redo highlight")


@pytest.mark.usefixtures("quote")
def test_undo_goes_on_in_the_next_window(
    window: Window, open_window: Callable[..., Window], sample_file: Path, qtbot: QtBot
) -> None:
    assert window.close()
    second = open_window(sample_file)
    view = second.edition_view
    assert view is not None
    qtbot.waitUntil(lambda: view.notes.session.book is not None)
    assert second.actions_by_name["undo"].text() == "Undo highlight"
    trigger(second, "undo")
    assert view.message_bar.text.text().startswith("Undone: highlight in ")
    assert theme_in_sight(second) == f"theme:{THEME}"
    assert dict(book_of(view.notes).notes) == {}


def test_a_step_over_which_another_window_wrote_is_left_and_said(
    window: Window, notes: NotesController, quote: str
) -> None:
    book = book_of(notes)
    (uuid,) = book.notes
    with closing(NoteStore.open(book.store.path)) as store:
        Notebook(store, book.bundle).change(uuid, text="Theirs")
    notes.session.check_file()
    trigger(window, "undo")
    assert notes._bar.text.text() == (
        "Nothing was done for “highlight”: 1 note was changed elsewhere since, or its words are gone, "
        "and stays as it is now."
    )
    (resolved,) = book.notes.values()
    assert (resolved.note.text, resolved.quote) == ("Theirs", quote)


def test_with_nothing_left_it_says_so(window: Window, notes: NotesController) -> None:
    said: list[str] = []
    notes._context.signals.announced.connect(said.append)
    trigger(window, "undo", "redo")
    assert said == ["Nothing is left to undo.", "Nothing is left to redo."]
