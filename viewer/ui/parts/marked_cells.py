"""Cells of a table in which the words are marked that a filter was given."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from viewer.text.filter_words import FilterWords
from viewer.ui.appearance import Appearance
from viewer.ui.parts.text_lines import elided_layout


class MarkedCells(QStyledItemDelegate):
    """Paints a cell as the style does, and marks in it what is sought; `words` are of the filter in force."""

    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.words = FilterWords("")

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        text = index.data() if self.words.parts else None
        spans = self.words.spans(text) if isinstance(text, str) else []
        if not spans:
            super().paint(painter, option, index)
            return
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        style = cell.widget.style() if cell.widget else QApplication.style()
        rect = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, cell, cell.widget)
        rect.adjust(margin := style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1, 0, -margin, 0)
        cell.text = ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, cell.widget)
        painter.save()
        painter.setPen(cell.palette.color(QPalette.ColorRole.Text))
        layout = elided_layout(str(text), cell.font, rect.width(), 1, spans, self._appearance.palette.found)
        top = rect.top() + (rect.height() - QFontMetrics(cell.font).height()) / 2
        layout.draw(painter, QPointF(rect.left(), top))
        painter.restore()
