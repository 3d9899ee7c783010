"""What the pointer does over the contents."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF
from PySide6.QtGui import QCursor, QHoverEvent
from PySide6.QtWidgets import QApplication, QTreeWidget

_OVER = (QEvent.Type.HoverEnter, QEvent.Type.HoverMove)


class HeadsStayQuiet(QObject):
    """Keeps the group heads of a tree from lighting up: over one of them, the pointer counts as gone."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree
        tree.viewport().installEventFilter(self)
        tree.verticalScrollBar().valueChanged.connect(self._scrolled)  # after Qt's own, which lights up what it finds

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Whether the event goes no further."""
        if event.type() not in _OVER or not isinstance(event, QHoverEvent):
            return False
        return self._quieten(event.position().toPoint())

    def _scrolled(self) -> None:
        self._quieten(self._tree.viewport().mapFromGlobal(QCursor.pos()))

    def _quieten(self, at: QPoint) -> bool:
        """Whether a head is there; then no row is lit any more."""
        row = self._tree.itemAt(at)
        if row is None or row.parent() is not None:
            return False
        away = QPointF(-1, -1)
        QApplication.sendEvent(self._tree.viewport(), QHoverEvent(QEvent.Type.HoverLeave, away, away, QPointF(at)))
        return True
