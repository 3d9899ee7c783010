"""A banner that stays: what the reader must know about the file that is open."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QWidget

from viewer.design.palette import Palette
from viewer.ui.parts.icons import ICON_SIZE, tinted_pixmap
from viewer.ui.parts.widgets import plain_label, scaled, set_enum


class Banner(QFrame):
    """Sentences of warning, one line each; hidden while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._sign = QLabel()
        set_enum(self._sign, "alignment", "AlignTop")
        self._text = plain_label(wrapped=True, selectable=True)
        self._text.setAccessibleName("Warning")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        set_enum(self._text, "alignment", "AlignTop")
        self.hide()

    def show_warnings(self, warnings: tuple[str, ...]) -> None:
        """Show `warnings`; hide for none."""
        self._text.setText("\n".join(warnings))
        self.setVisible(bool(warnings))

    def tint(self, palette: Palette, ratio: float) -> None:
        """Draw the sign anew in the palette's warning colour, level with the middle of the first line."""
        self._sign.setPixmap(tinted_pixmap("warning", palette.warning, ratio))
        lower = scaled(ICON_SIZE) - QFontMetrics(QApplication.font()).height()
        self._sign.setContentsMargins(0, max(0, -lower // 2), 0, 0)
        self._text.setContentsMargins(0, max(0, lower // 2), 0, 0)
