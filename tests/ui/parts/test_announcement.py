"""What is said for a moment covers neither the seal nor a marking."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from viewer.ui.parts.announcement import Announcement
from viewer.ui.window import Window


@pytest.mark.parametrize("size", [(1280, 800), (700, 500)])
def test_what_was_put_on_the_sheet_is_said_above_the_seal(window: Window, qtbot: QtBot, size: tuple[int, int]) -> None:
    window.resize(*size)
    view = window.edition_view
    assert view is not None
    qtbot.waitUntil(lambda: view.width() <= size[0])
    view.tray.add_theme("indecent-images")
    (said,) = view.findChildren(Announcement)
    assert said.isVisible()
    assert said.text().startswith("Put on the sheet: ")
    assert view.rect().contains(said.geometry())
    assert not _on_window(said, window).intersects(_on_window(window.findChild(QWidget, "state"), window))


def _on_window(widget: object, window: Window) -> QRect:
    assert isinstance(widget, QWidget)
    return QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())


def test_a_view_says_one_sentence_at_a_time_whole_within_its_width(qtbot: QtBot) -> None:
    view = QWidget()
    qtbot.addWidget(view)
    view.resize(260, 300)
    view.show()
    said = Announcement(view)
    said.announce("Short.")
    one_line = said.height()
    said.announce("A sentence that is far longer than such a narrow view has room for in one line.")
    assert said.height() > one_line
    assert view.rect().contains(said.geometry())
