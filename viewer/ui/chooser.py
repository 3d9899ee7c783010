"""A list to choose one from, with an arrow in the window's own ink."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox


class Chooser(QComboBox):
    """A combo box whose style sheet leaves the arrow to it."""

    ARROW = 4.0  # pixels, half its width

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, and its arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.6))
        x, y, half = self.width() - 16.0, self.height() / 2, self.ARROW
        painter.drawPolyline(QPolygonF([QPointF(x - half, y - 2), QPointF(x, y + half - 2), QPointF(x + half, y - 2)]))
        painter.end()

    def sizeHint(self) -> QSize:
        """Room for the arrow."""
        hint = super().sizeHint()
        hint.setWidth(hint.width() + 12)
        return hint
