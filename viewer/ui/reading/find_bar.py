"""Find in page: a bar under the reading pane."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from viewer.design.palette import Palette
from viewer.ui.parts.clear_button import ClearButton
from viewer.ui.parts.icons import icon, icon_button

NOWHERE = "Not on this page"
WIDEST = "8,888 of 8,888"


class FindBar(QWidget):
    """The words to find and how many times they stand here.

    Signals: `words_changed(text)` as they are typed, `step_requested(+1 or -1)`, `closed`, and
    `visibility_changed(whether it can be seen)`.
    """

    words_changed = Signal(str)
    step_requested = Signal(int)
    closed = Signal()
    visibility_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = QLineEdit(placeholderText="Find in this page")
        self.words.setAccessibleName("Find in this page")
        self._clear_button = ClearButton(self.words)
        self.count = QLabel()
        self.count.setAccessibleName("Places found")
        self._previous = icon_button("Previous place (Shift+F3)")
        self._next = icon_button("Next place (F3)")
        self.close_button = icon_button("Close find (Esc)")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 10, 6)
        row.addWidget(self.words, 1)
        for widget in (self.count, self._previous, self._next, self.close_button):
            row.addWidget(widget)
        self.stops = (self.words, self._previous, self._next, self.close_button)  # of the keyboard, in its order
        self.words.textChanged.connect(self.words_changed)
        self.words.returnPressed.connect(lambda: self.step_requested.emit(1))
        self._previous.clicked.connect(lambda: self.step_requested.emit(-1))
        self._next.clicked.connect(lambda: self.step_requested.emit(1))
        self.close_button.clicked.connect(self.close_bar)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=within).activated.connect(self.close_bar)
        self.hide()

    def open_bar(self, chosen: str = "") -> None:
        """Show the bar with the keyboard in it, starting from the chosen words if there are any."""
        self.show()
        self.visibility_changed.emit(True)
        if chosen:
            self.words.setText(chosen)
        self.words.setFocus()
        self.words.selectAll()
        self.words_changed.emit(self.words.text())

    def close_bar(self) -> None:
        """Hide the bar and emit `closed`."""
        self.hide()
        self.visibility_changed.emit(False)
        self.closed.emit()

    def show_count(self, at: int, found: int) -> None:
        """Show which of how many places is in sight; `at` is 1 and up."""
        if not self.words.text():
            self.count.setText("")
        else:
            self.count.setText(f"{at:,} of {found:,}" if found else NOWHERE)

    def tint(self, palette: Palette, ratio: float) -> None:
        """Draw the icons in the palette's ink, and keep room for all that the count may say."""
        metrics = self.count.fontMetrics()
        self.count.setMinimumWidth(max(metrics.horizontalAdvance(said) for said in (NOWHERE, WIDEST)))
        for button, name in ((self._previous, "up"), (self._next, "down"), (self.close_button, "close")):
            button.setIcon(icon(name, palette, ratio))
        self._clear_button.tint(palette, ratio)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step on with F3 and Shift+F3; leave the rest to Qt."""
        if event.key() == Qt.Key.Key_F3:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step_requested.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)
