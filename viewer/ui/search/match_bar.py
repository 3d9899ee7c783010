"""The bar under a page that was opened from a hit: which match is shown, and the way on and back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from viewer.design.palette import Palette
from viewer.ui.parts.icons import icon, icon_button


class MatchBar(QWidget):
    """Signals: `step_requested(+1 or -1)`, `back_requested` to the list, `closed`."""

    step_requested = Signal(int)
    back_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.back = icon_button("Back to the results (Ctrl+K)")
        self.back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.back.setText("Results")
        self.position = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.position.setAccessibleName("Matches")
        self.previous = icon_button("Previous match (Shift+F3)")
        self.next = icon_button("Next match (F3)")
        self.close_button = icon_button("Clear the marks")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.addWidget(self.back)
        row.addWidget(self.position, 1)
        for button in (self.previous, self.next, self.close_button):
            row.addWidget(button)
        self.back.clicked.connect(self.back_requested)
        self.previous.clicked.connect(lambda: self.step_requested.emit(-1))
        self.next.clicked.connect(lambda: self.step_requested.emit(1))
        self.close_button.clicked.connect(self.closed)
        self.hide()

    def show_position(self, at: int, found: int, hit: int, hits: int) -> None:
        """Show which match of the page, and which hit of the list, is in sight; all count from 1."""
        here = f"Match {at} of {found} on this page" if found else "The words are not on this page"
        self.position.setText(f"{here}   ·   hit {hit} of {hits}" if hit else here)
        self.show()

    def tint(self, palette: Palette, ratio: float) -> None:
        """Draw the icons anew in the palette's ink."""
        for button, name in (
            (self.back, "back"), (self.previous, "up"), (self.next, "down"), (self.close_button, "close"),
        ):  # fmt: skip
            button.setIcon(icon(name, palette, ratio))
