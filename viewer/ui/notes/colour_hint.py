"""The five colours and their meanings, shown for a moment after a highlight: 1 to 5 choose another one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from viewer.design.palette import Palette
from viewer.ui.parts.timers import make_timer

DURATION = 6000  # milliseconds


class ColourHint(QFrame):
    """A row of colours that takes no focus from the page. Signals: `colour_chosen(1 to 5)`."""

    colour_chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pane = parent
        self.setObjectName("popup")
        self.setAccessibleName("Colours of highlights")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(4)
        self.buttons = [QPushButton() for _ in range(5)]
        self._keys = []
        for number, button in enumerate(self.buttons, 1):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setObjectName(f"colour{number}")
            button.clicked.connect(lambda _checked=False, n=number: self._choose(n))
            row.addWidget(button)
            key = QShortcut(QKeySequence(str(number)), parent)
            key.activated.connect(lambda n=number: self._choose(n))
            key.setEnabled(False)
            self._keys.append(key)
        self._timer = make_timer(self, DURATION, single_shot=True)
        self._timer.timeout.connect(self.stop)
        self.hide()

    def start(self, at: QPoint, palette: Palette, meanings: Sequence[str]) -> None:
        """Show the colours at a point of the parent, within it; their keys work for as long."""
        for number, (button, meaning) in enumerate(zip(self.buttons, meanings, strict=True), 1):
            button.setText(f"{number}  {meaning}")
            button.setStyleSheet(
                f"background: {palette.highlights[number - 1]}; color: {palette.ink}; border: none; padding: 4px 8px;"
            )
        for key in self._keys:
            key.setEnabled(True)
        self.adjustSize()
        room = self._pane.rect()
        x = max(8, min(at.x(), room.width() - self.width() - 24))
        y = at.y() + 6 if at.y() + 6 + self.height() < room.height() else at.y() - self.height() - 40
        self.move(x, max(8, y))
        self.show()
        self.raise_()
        self._timer.start()

    def stop(self) -> None:
        """Hide the colours; 1 to 5 mean nothing again."""
        self._timer.stop()
        for key in self._keys:
            key.setEnabled(False)
        self.hide()

    def _choose(self, number: int) -> None:
        self.stop()
        self.colour_chosen.emit(number)
