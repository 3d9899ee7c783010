"""Find in page says where it is without moving."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from viewer.ui.appearance import Appearance
from viewer.ui.reading.find_bar import FindBar


def test_the_field_keeps_its_width_whatever_the_count_says(qtbot: QtBot, appearance: Appearance) -> None:
    bar = FindBar()
    qtbot.addWidget(bar)
    bar.tint(appearance.palette, 1.0)
    bar.resize(800, 40)
    bar.open_bar("words")
    widths = set()
    for at, found in ((0, 0), (1, 9), (10, 15), (1200, 4321)):
        bar.show_count(at, found)
        qtbot.wait(1)
        widths.add(bar.words.width())
    bar.words.clear()
    bar.show_count(0, 0)
    qtbot.wait(1)
    assert {*widths, bar.words.width()} == {bar.words.width()}
