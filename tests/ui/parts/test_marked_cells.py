"""Cells in which a filter's words stand are painted with these marked, all others as the style paints them."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from viewer.text.filter_words import FilterWords
from viewer.ui.appearance import Appearance
from viewer.ui.parts.marked_cells import MarkedCells


def painted(table: QTableView) -> QImage:
    """What the table shows now."""
    return table.viewport().grab().toImage()


@pytest.mark.parametrize(("words", "marked"), [("on-line gro", True), ("absent", False), ("", False)])
def test_the_words_of_the_filter_are_marked(qtbot: QtBot, words: str, marked: bool) -> None:
    appearance = Appearance("light")
    model = QStandardItemModel(1, 1)
    model.setItem(0, 0, QStandardItem("Grooming online"))
    table = QTableView()
    qtbot.addWidget(table)
    table.setModel(model)
    table.setColumnWidth(0, 200)
    cells = MarkedCells(appearance, table)
    table.setItemDelegate(cells)
    plain = painted(table)
    cells.words = FilterWords(words)
    now = painted(table)
    ground = QColor(appearance.palette.found).rgb()
    on_ground = any(now.pixel(x, y) == ground for x in range(200) for y in range(20))
    assert on_ground is marked
    assert (now == plain) is not marked
