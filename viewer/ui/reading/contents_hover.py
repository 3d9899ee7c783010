"""What the pointer does over the contents."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QHoverEvent
from PySide6.QtWidgets import QApplication, QTreeWidget

_OVER = (QEvent.Type.HoverEnter, QEvent.Type.HoverMove)


class HeadsStayQuiet(QObject):
    """Keeps the group heads of a tree from lighting up: over one of them, the pointer counts as gone."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree
        tree.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the event goes no further."""
        if event.type() not in _OVER or not isinstance(event, QHoverEvent):
            return False
        row = self._tree.itemAt(event.position().toPoint())
        if row is None or row.parent() is not None:
            return False
        away = QPointF(-1, -1)
        QApplication.sendEvent(watched, QHoverEvent(QEvent.Type.HoverLeave, away, away, event.position()))
        return True
