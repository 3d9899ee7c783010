"""The search field in the middle of the top bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from viewer.design.palette import Palette
from viewer.ui.parts.icons import tinted_pixmap
from viewer.ui.parts.widgets import scaled

if TYPE_CHECKING:
    from viewer.ui.parts.clear_button import ClearButton

WIDEST, NARROWEST, SIGN = 460, 140, 18  # pixels at 100 %
HINT = "Search themes, findings, figures and passages"


class SearchField(QLineEdit):
    """The words that are being searched for.

    Signals: `entered` when the keyboard comes to it, `edited(text)` as it is typed or cleared, `submitted` on Return,
    `list_requested` on Down, `left` on Escape.
    """

    entered = Signal()
    edited = Signal(str)
    submitted = Signal()
    list_requested = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setAccessibleName("Search")
        self.setPlaceholderText(HINT)
        self.setToolTip("Search the whole edition (/ or Ctrl+K)")
        self.setMaxLength(2000)
        self._palette: Palette | None = None
        self._ratio = 1.0
        self._clear_button: ClearButton | None = None  # made when there is something to clear
        self.textEdited.connect(self.edited)
        self.textChanged.connect(self._cleared)
        self.returnPressed.connect(self.submitted)

    def tint(self, palette: Palette, ratio: float) -> None:
        """Take over the colours and the room for the sign at its left."""
        self._palette, self._ratio = palette, ratio
        self.setMinimumWidth(scaled(NARROWEST))
        self.setMaximumWidth(scaled(WIDEST))
        self._make_room()
        if self._clear_button is not None:
            self._clear_button.tint(palette, ratio)
        self.update()

    def _make_room(self) -> None:
        """Make room for the signs at both ends; where words are typed, the right one is a button that clears them."""
        margin = scaled(SIGN + 6)
        self.setTextMargins(margin, 0, margin - 6, 0)

    def begin(self) -> None:
        """Take the keyboard, with the words selected."""
        self.setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def sizeHint(self) -> QSize:
        """Return a size as wide as it may be."""
        return QSize(self.maximumWidth(), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, the sign of search at its left, and, while it is empty, its key at the right."""
        super().paintEvent(event)
        if self._palette is None:
            return
        painter = QPainter(self)
        size = scaled(SIGN)
        self._draw(painter, "search", self._palette.quiet, size * 10 // SIGN)
        if not self.text() and not self.hasFocus():
            self._draw(painter, "slash", self._palette.quiet, self.width() - size * 28 // SIGN)
        painter.end()

    def _draw(self, painter: QPainter, name: str, colour: str, left: int) -> None:
        painter.drawPixmap(left, (self.height() - scaled(SIGN)) // 2, tinted_pixmap(name, colour, self._ratio, SIGN))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the reader is about to search."""
        super().focusInEvent(event)
        if event.reason() in (QtCore.Qt.FocusReason.MouseFocusReason, QtCore.Qt.FocusReason.ShortcutFocusReason):
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the list on Down, leave on Escape; the rest is Qt's."""
        if event.key() == QtCore.Qt.Key.Key_Down:
            self.list_requested.emit()
        elif event.key() == QtCore.Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Escape from acting as a command."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == QtCore.Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def _cleared(self, text: str) -> None:
        if text and self._clear_button is None and self._palette is not None:
            from viewer.ui.parts.clear_button import ClearButton

            self._clear_button = ClearButton(self)
            self._clear_button.tint(self._palette, self._ratio)
        if not text and self.hasFocus() and not self.isModified():
            self.edited.emit("")
