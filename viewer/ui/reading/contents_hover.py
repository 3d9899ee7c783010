"""Group headings of the contents that do not light up under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF
from PySide6.QtGui import QCursor, QHoverEvent
from PySide6.QtWidgets import QApplication, QTreeWidget

_OVER = (QEvent.Type.HoverEnter, QEvent.Type.HoverMove)


class HeadingHoverFilter(QObject):
    """Keeps the group headings of a tree from lighting up: over one of them, the pointer counts as gone."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree
        tree.viewport().installEventFilter(self)
        tree.verticalScrollBar().valueChanged.connect(self._scrolled)  # after Qt's own, which lights up what it finds

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Return whether the event goes no further."""
        if event.type() not in _OVER or not isinstance(event, QHoverEvent):
            return False
        return self._end_hover_on_heading(event.position().toPoint())

    def _scrolled(self) -> None:
        self._end_hover_on_heading(self._tree.viewport().mapFromGlobal(QCursor.pos()))

    def _end_hover_on_heading(self, at: QPoint) -> bool:
        """Return whether a heading is at `at`; then no row is lit any more."""
        row = self._tree.itemAt(at)
        if row is None or row.parent() is not None:
            return False
        away = QPointF(-1, -1)
        QApplication.sendEvent(self._tree.viewport(), QHoverEvent(QEvent.Type.HoverLeave, away, away, QPointF(at)))
        return True
