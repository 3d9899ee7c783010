"""Records as rows of a table: what their columns say is shown, letter for letter, and one column takes what is left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from viewer.ui.parts.record_rows import RecordColumn, RecordRows
from viewer.ui.parts.record_table import record_table

COLUMNS = (
    RecordColumn[str](title="First", cell=lambda word: word[:1], width=60),
    RecordColumn[str](title="All", cell=lambda word: word),
)


def test_columns_say_what_a_row_holds_and_never_command_or_mark_up(qtbot: QtBot) -> None:
    rows = RecordRows(COLUMNS)
    table = record_table(rows, "Words", many=True)
    qtbot.addWidget(table)
    rows.show_rows(["one", "<b>two\x1b"])
    assert [rows.headerData(at, Qt.Orientation.Horizontal) for at in (0, 1)] == ["First", "All"]
    assert [rows.index(row, 1).data() for row in (0, 1)] == ["one", "<b>two[U+001B]"]
    assert rows.index(1, 1).data(Qt.ItemDataRole.ToolTipRole) == "<p>&lt;b&gt;two[U+001B]</p>"
    table.selectAll()
    assert rows.chosen_in(table) == ("one", "<b>two\x1b")


def test_one_column_takes_what_the_others_leave(qtbot: QtBot) -> None:
    rows = RecordRows(COLUMNS)
    table = record_table(rows, "Words")
    qtbot.addWidget(table)
    rows.lay_out(table)
    table.resize(500, 200)
    table.show()
    qtbot.waitExposed(table)
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()
    assert table.columnWidth(1) > table.columnWidth(0)
