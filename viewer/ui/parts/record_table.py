"""A table of records as the views of figures and changes show it: whole rows, no grid, fast with any number."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from viewer.text.safe import VisibleText
from viewer.ui.parts.plain_text import plain_tip

_Mode = QAbstractItemView.SelectionMode


def record_table(model: QAbstractItemModel, name: str, *, many: bool = False) -> QTableView:
    """Return a table over `model`, called `name` by screen readers; `many` lets several rows be chosen."""
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(name)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(_Mode.ExtendedSelection if many else _Mode.SingleSelection)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    head = table.horizontalHeader()
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    head.setHighlightSections(False)
    return table


def enable_sorting(table: QTableView) -> None:
    """Let the column titles sort at a click, the other way at a second one, and no longer at a third."""
    head = table.horizontalHeader()
    head.setSortIndicatorClearable(True)
    head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    head.setSortIndicatorShown(True)
    head.setSectionsClickable(True)
    head.setStretchLastSection(True)


def text_for_role(text: VisibleText, role: int) -> str:
    """Return a cell's text for a role of Qt's: in a tool tip as `plain_tip` gives it, elsewhere as it is."""
    return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
