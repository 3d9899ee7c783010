"""What the tests of notes in the window are handed: a window on a theme, its notes open, and how they are typed."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.notes.notebook import Notebook
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.reading.pane import ReadingPane
from viewer.ui.window import Window

THEME = "indecent-images"


@pytest.fixture
def notes(window: Window, qtbot: QtBot) -> NotesController:
    """The notes of a window that shows a theme, open."""
    edition_view = window.edition_view
    assert edition_view is not None
    edition_view.go(f"theme:{THEME}")
    qtbot.waitUntil(lambda: edition_view.notes.session.book is not None)
    return edition_view.notes


@pytest.fixture
def pane(notes: NotesController) -> ReadingPane:
    """Its page."""
    return notes._pane


def book_of(notes: NotesController) -> Notebook:
    assert notes.session.book is not None
    return notes.session.book


def trigger(window: Window, *names: str) -> None:
    for name in names:
        window.actions_by_name[name].trigger()


def typed(notes: NotesController, words: str, qtbot: QtBot) -> None:
    """Types into the editor and waits until it is saved."""
    QTest.keyClicks(notes.editing.editor.words, words)
    qtbot.waitUntil(lambda: notes.editing.editor.state.text().startswith("Saved"))
