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
def noting(window: Window, qtbot: QtBot) -> NotesController:
    """The notes of a window that shows a theme, open."""
    desk = window.edition_view
    assert desk is not None
    desk.go(f"theme:{THEME}")
    qtbot.waitUntil(lambda: desk.notes.session.book is not None)
    return desk.notes


@pytest.fixture
def pane(noting: NotesController) -> ReadingPane:
    """Its page."""
    return noting._pane


def book_of(noting: NotesController) -> Notebook:
    assert noting.session.book is not None
    return noting.session.book


def press(window: Window, *names: str) -> None:
    for name in names:
        window.actions_by_name[name].trigger()


def typed(noting: NotesController, words: str, qtbot: QtBot) -> None:
    """Types into the editor and waits until it is saved."""
    QTest.keyClicks(noting.editor.words, words)
    qtbot.waitUntil(lambda: noting.editor.state.text().startswith("Saved"))
