"""The contents are as wide as the text asks for, or as the reader wants them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from viewer.ui.appearance import SCALES, Appearance
from viewer.ui.edition_view import EditionView
from viewer.ui.parts.widgets import scaled
from viewer.ui.reading.view import CONTENTS, LEAST
from viewer.ui.window import Window


def _view(window: Window) -> EditionView:
    assert window.stack.view is not None
    return window.stack.view


def _grow(appearance: Appearance, scale: float) -> None:
    appearance.zoom(0)
    appearance.zoom(SCALES.index(scale) - SCALES.index(1.0))


def _drag(window: Window, to: int, qtbot: QtBot) -> None:
    """Drags the edge of the contents to `to` pixels, with the mouse."""
    handle = _view(window).reading_view.handle(1)
    start = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(handle, start + QPoint(to - _view(window).contents.width(), 0))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=handle.mapFromParent(QPoint(to, start.y())))
    qtbot.waitUntil(lambda: abs(_view(window).contents.width() - to) <= 2)


@pytest.mark.parametrize("scale", [0.8, 1.25, 2.0])
def test_the_contents_grow_with_the_text(window: Window, appearance: Appearance, scale: float, qtbot: QtBot) -> None:
    contents = _view(window).contents
    window.resize(1920, 1000)
    qtbot.waitUntil(lambda: window.width() == 1920 and contents.width() == CONTENTS)
    _grow(appearance, scale)
    qtbot.waitUntil(lambda: contents.width() == scaled(CONTENTS))
    _grow(appearance, 1.0)
    qtbot.waitUntil(lambda: contents.width() == CONTENTS)


def test_text_that_leaves_no_room_for_the_contents_folds_them_away(window: Window, appearance: Appearance) -> None:
    _grow(appearance, 2.0)
    assert not _view(window).contents.isVisible()
    _grow(appearance, 1.0)
    assert _view(window).contents.isVisible()


def test_a_width_that_the_reader_dragged_stays_the_readers(
    open_window: Callable[[Path], Window], sample_file: Path, appearance: Appearance, qtbot: QtBot
) -> None:
    window = open_window(sample_file)
    _drag(window, 340, qtbot)
    dragged = _view(window).contents.width()
    _grow(appearance, 1.4)
    assert _view(window).contents.width() == dragged
    window.close()
    assert _view(open_window(sample_file)).contents.width() == dragged


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_count_is_cut_off_in_the_narrowest_contents(
    window: Window, appearance: Appearance, scale: float, qtbot: QtBot
) -> None:
    contents = _view(window).contents
    window.resize(1920, 1000)
    _grow(appearance, scale)
    _drag(window, round(LEAST * scale), qtbot)
    _view(window).go("theme:indecent-images")
    (theme,) = contents.selectedItems()
    here = contents.indexFromItem(theme)
    rows = [contents.model().index(at, 0, here) for at in range(theme.childCount())]
    assert len(rows) == 4
    for row in rows:
        assert contents.visualRect(row).width() >= contents.sizeHintForIndex(row).width(), row.data()
