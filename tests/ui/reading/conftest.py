"""The pane that the tests of reading look at."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from viewer.ui.appearance import Appearance
from viewer.ui.reading.keyboard_focus import KeyboardFocusFrame
from viewer.ui.reading.pane import ReadingPane


@pytest.fixture
def pane(qtbot: QtBot, appearance: Appearance) -> ReadingPane:
    """An empty reading pane, 1000 by 700."""
    pane = ReadingPane(appearance)
    qtbot.addWidget(pane)
    pane.add_edge_painter(KeyboardFocusFrame(pane, appearance).paint)
    pane.resize(1000, 700)
    pane.show()
    return pane
