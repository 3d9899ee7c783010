"""The bar over a view, which folds in a narrow window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

_Direction = QBoxLayout.Direction


class FoldingBar(QWidget):
    """What is asked or told at the left and the tools at the right; where they have no room, one above the other."""

    def __init__(self, name: str, head: QWidget, tools: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._head, self._tools = head, QWidget()
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        for tool in tools:
            row.addWidget(tool)
        self._both = QBoxLayout(_Direction.LeftToRight, self)
        self._both.setContentsMargins(16, 8, 16, 8)
        self._both.setSpacing(8)
        self._both.addWidget(head, 1)
        self._both.addWidget(self._tools)

    @property
    def is_folded(self) -> bool:
        """Whether the tools stand below."""
        return self._both.direction() is _Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold where it must."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fold, too, where what stands on it has become wider."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        edges = self._both.contentsMargins()
        room = self.width() - edges.left() - edges.right() - self._both.spacing()
        least = self._head.minimumSizeHint().expandedTo(self._head.minimumSize()).width()
        fits = least + self._tools.sizeHint().width() <= room
        self._both.setDirection(_Direction.LeftToRight if fits else _Direction.TopToBottom)
