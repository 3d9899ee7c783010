"""A small frame beside a footnote that shows its source."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from viewer.model import Source
from viewer.pages.parts import source_html
from viewer.text.safe import format_html, visible


class SourcePopup(QFrame):
    """Shows one source until a click elsewhere or Escape."""

    WIDTH = 380  # pixels

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self._text)

    def show_source(self, source: Source, at: QPoint) -> None:
        """Show `source` under the point `at` of the screen, within the screen."""
        self._text.setText(format_html("<b>{}</b>&nbsp; {}", source.number, source_html(source)))
        self.setAccessibleName(visible(f"Source {source.number}: {source.title}"))
        self._text.setFixedWidth(self.WIDTH)
        self.adjustSize()
        space = self.screen().availableGeometry()
        x = min(at.x(), space.right() - self.width() - 8)
        y = at.y() + 14 if at.y() + 14 + self.height() < space.bottom() else at.y() - self.height() - 14
        self.move(max(space.left() + 8, x), y)
        self.show()
