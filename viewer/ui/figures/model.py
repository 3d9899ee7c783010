"""Qt's model of the table of figures: which rows stand under which headings, and what each cell says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from viewer.bundle.bundle import Bundle
from viewer.figures.table import COLUMNS, FigureColumn, FigureTable, Grouping
from viewer.model import Statistic
from viewer.text import wording
from viewer.text.safe import VisibleText, visible
from viewer.ui.parts.record_table import text_for_role

_Index = QModelIndex | QPersistentModelIndex
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


MOST_READ = 1000  # figures at once
MOST_VALUES = 2000  # of them


class FigureModel(QAbstractTableModel):
    """Filtered, sorted and grouped rows of a FigureTable."""

    def __init__(self, bundle: Bundle, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = FigureTable(bundle)
        self._bundle = bundle
        self._unread = [theme.id for theme in bundle.themes()]
        self._portions: list[tuple[str, int, int]] = []  # of a theme that was begun: its id, first and last position
        self._lines: list[int | VisibleText] = []  # a row of the table, or a heading
        self._words = ""
        self._grouping: Grouping = ""
        self._column: FigureColumn | None = None  # None: in reading order
        self._down = False
        self.found = 0  # figures that the filter leaves

    # Filling

    @property
    def is_whole(self) -> bool:
        """Whether all figures have been read."""
        return not self._unread and not self._portions

    def read_on(self) -> None:
        """Read some more figures, of one theme at most and with few thousand values, and show them below."""
        before = len(self.table)
        if not self._portions:
            theme = self._unread.pop(0)
            self._portions = [(theme, first, last) for first, last in _portions(self._bundle.value_counts(theme))]
        if self._portions:
            self.table.add(self._bundle.statistics_between(*self._portions.pop(0)))
        added = range(before, len(self.table))
        if self._words or self._grouping or self._column:
            if self.is_whole:
                self._arrange()
        elif added:
            self.beginInsertRows(QModelIndex(), len(self._lines), len(self._lines) + len(added) - 1)
            self._lines.extend(added)
            self.found = len(self._lines)
            self.endInsertRows()

    # Arranging

    def filter(self, words: str) -> None:
        """Show only figures that hold all of `words`."""
        self._words = words
        self._arrange()

    def group(self, by: Grouping) -> None:
        """Put the figures under headings, or under none."""
        self._grouping = by
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by the column that is Qt's number `column`; -1 goes back to reading order."""
        self._column = COLUMNS[column] if column >= 0 else None
        self._down = order is Qt.SortOrder.DescendingOrder
        self._arrange()

    def _arrange(self) -> None:
        rows = self.table.filtered(self._words)
        if self._column:
            rows = self.table.ordered(rows, self._column, down=self._down)
        self.beginResetModel()
        self.found = len(rows)
        if self._grouping:
            self._lines = []
            for group in self.table.grouped(rows, self._grouping):
                self._lines.append(visible(f"{group.title}  ·  {wording.count(len(group.rows), 'figure')}"))
                self._lines.extend(group.rows)
        else:
            self._lines = list(rows)
        self.endResetModel()

    # What is on a line
    def row_of(self, line: int) -> int | None:
        """Return the row of the table on a line; None for a heading."""
        found = self._lines[line] if 0 <= line < len(self._lines) else ""
        return found if isinstance(found, int) else None

    def line_of(self, statistic_id: str) -> int | None:
        """Return the first line on which a figure stands; None where the filter hides it."""
        for line, row in enumerate(self._lines):
            if isinstance(row, int) and self.table.statistics[row].id == statistic_id:
                return line
        return None

    def statistic(self, line: int) -> Statistic | None:
        """Return the figure on a line; None for a heading."""
        row = self.row_of(line)
        return None if row is None else self.table.statistics[row]

    def rows(self) -> list[int]:
        """Return the rows of the figures shown, each once, in their order."""
        return list(dict.fromkeys(row for row in self._lines if isinstance(row, int)))

    # What Qt asks

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many lines are shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns the table has."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title
        return None

    def data(self, index: _Index, role: int = 0) -> Any:
        """Return a cell's text; a heading stands in the first column, in bold."""
        line = self._lines[index.row()]
        if isinstance(line, str):
            return self._heading(line, index.column(), role)
        return text_for_role(self.table.cell(line, COLUMNS[index.column()]), role) if role in _SHOWN else None

    def _heading(self, text: VisibleText, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.FontRole:
            face = QFont()
            face.setWeight(QFont.Weight.DemiBold)
            return face
        return text_for_role(text, role) if role in _SHOWN and column == 0 else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return what can be done with a cell: headings cannot be chosen."""
        if isinstance(self._lines[index.row()], str):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _portions(counts: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the first and last position of figures read at once; `counts` gives positions and numbers of values."""
    portion: list[int] = []
    values = 0
    for position, count in counts:
        if portion and (len(portion) == MOST_READ or values + count > MOST_VALUES):
            yield portion[0], portion[-1]
            portion, values = [], 0
        portion.append(position)
        values += count
    if portion:
        yield portion[0], portion[-1]
