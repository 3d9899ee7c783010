"""A model of records as rows of a table, whose columns are records themselves; and how wide the columns are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from viewer.records import record
from viewer.text.safe import visible
from viewer.ui.parts.record_table import text_for_role
from viewer.ui.parts.widgets import scaled

ROW_HEIGHT = 30  # pixels at 100 %
_Index = QModelIndex | QPersistentModelIndex
_Row = TypeVar("_Row")


@record
class RecordColumn(Generic[_Row]):
    """A column: its title, what it says of a row, and its width in pixels at 100 %; 0 where it takes what is left."""

    title: str
    cell: Callable[[_Row], str]
    width: int = 0


class RecordRows(QAbstractTableModel, Generic[_Row]):
    """The rows shown now, in their order."""

    def __init__(self, columns: Sequence[RecordColumn[_Row]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.shown: tuple[_Row, ...] = ()

    def show_rows(self, rows: Sequence[_Row]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.shown = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return the text of a cell, which is its tip, too."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return text_for_role(visible(self.columns[index.column()].cell(self.shown[index.row()])), role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        """Return a column's title."""
        is_title = role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal
        return self.columns[section].title if is_title else None

    def chosen_in(self, table: QTableView) -> tuple[_Row, ...]:
        """Return the rows that are chosen in a table of this model, in their order."""
        numbers = sorted(index.row() for index in table.selectionModel().selectedRows())
        return tuple(self.shown[number] for number in numbers)

    def lay_out(self, table: QTableView) -> None:
        """Give each column of a table of this model its width; the one that grows takes what is left."""
        head = table.horizontalHeader()
        for at, column in enumerate(self.columns):
            if not column.width:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
            else:
                table.setColumnWidth(at, scaled(column.width))
        table.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
