"""A row of dots, one of which is chosen: no colour, or one of the five colours of highlights."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from viewer.design.palette import Palette
from viewer.text.safe import visible
from viewer.ui.parts.plain_text import plain_tip
from viewer.ui.parts.widgets import checkable_button

SIZE = 16  # pixels of a dot


class ColourDots(QWidget):
    """Six buttons, for 0 (no colour) to 5. Signals: `changed` when another one is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.buttons = [_dot_button(number) for number in range(6)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in self.buttons:
            button.toggled.connect(self.changed)
            row.addWidget(button)
        row.addStretch(1)

    @property
    def colour(self) -> int:
        """The chosen colour, 0 to 5."""
        return next((number for number, button in enumerate(self.buttons) if button.isChecked()), 0)

    def choose(self, colour: int) -> None:
        """Choose a colour, 0 to 5."""
        self.buttons[colour].setChecked(True)

    def tint(self, palette: Palette, meanings: Sequence[str]) -> None:
        """Colour the dots and name them by their meanings."""
        for number, button in enumerate(self.buttons):
            button.setIcon(QIcon(_dot(palette, number, self.devicePixelRatioF())))
            name = meanings[number - 1] if number else "No colour"
            button.setToolTip(plain_tip(visible(f"{name} (Alt+{number})")))
            button.setAccessibleName(name)


def _dot_button(number: int) -> QToolButton:
    button = checkable_button()
    button.setAutoExclusive(True)
    button.setIconSize(QSize(SIZE, SIZE))
    button.setObjectName("dot")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setProperty("number", number)
    return button


def _dot(palette: Palette, number: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(QSize(round(SIZE * ratio), round(SIZE * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(ratio)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(palette.quiet))
    painter.setBrush(QColor(palette.highlights_strong[number - 1]) if number else QColor(palette.page))
    painter.drawEllipse(1, 1, SIZE - 3, SIZE - 3)
    if not number:
        painter.drawLine(4, SIZE - 5, SIZE - 5, 4)
    painter.end()
    return pixmap
