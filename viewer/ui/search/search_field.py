"""The search field in the middle of the top bar."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from viewer.palette import Palette
from viewer.ui.parts.early import scaled
from viewer.ui.parts.icons import tinted

WIDEST, NARROWEST, SIGN = 460, 140, 18  # pixels at 100 %
HINT = "Search themes, findings, figures and passages"


class SearchField(QLineEdit):
    """What is being looked for.

    Signals: `entered` when the keyboard comes to it, `changed_by_hand(text)` as it is typed, `asked` on Return,
    `list_requested` on Down, `left` on Escape.
    """

    entered = Signal()
    changed_by_hand = Signal(str)
    asked = Signal()
    list_requested = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setAccessibleName("Search")
        self.setPlaceholderText(HINT)
        self.setToolTip("Search the whole edition (/ or Ctrl+K)")
        self.setMaxLength(2000)
        self._sign_colour = ""
        self._ratio = 1.0
        self.textEdited.connect(self.changed_by_hand)
        self.textChanged.connect(self._cleared)
        self.returnPressed.connect(self.asked)

    def tint(self, palette: Palette, ratio: float) -> None:
        """Takes over the colours and the room for the sign at its left."""
        self._sign_colour, self._ratio = palette.quiet, ratio
        self.setMinimumWidth(scaled(NARROWEST))
        self.setMaximumWidth(scaled(WIDEST))
        self._make_room()
        self.update()

    def _make_room(self) -> None:
        """For the signs at both ends; the right one is there while the field is empty."""
        beside = scaled(SIGN + 6)
        self.setTextMargins(beside, 0, 0 if self.text() else beside - 6, 0)

    def begin(self) -> None:
        """Takes the keyboard, with its words selected."""
        self.setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(self.maximumWidth(), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, the sign of search at its left, and, while it is empty, its key at the right."""
        super().paintEvent(event)
        if not self._sign_colour:
            return
        painter = QPainter(self)
        size = scaled(SIGN)
        self._draw(painter, "search", size * 10 // SIGN, size)
        if not self.text() and not self.hasFocus():
            self._draw(painter, "slash", self.width() - size * 28 // SIGN, size)
        painter.end()

    def _draw(self, painter: QPainter, name: str, left: int, size: int) -> None:
        painter.drawPixmap(left, (self.height() - size) // 2, tinted(name, self._sign_colour, self._ratio, SIGN))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Says that the reader is about to search."""
        super().focusInEvent(event)
        if event.reason() in (QtCore.Qt.FocusReason.MouseFocusReason, QtCore.Qt.FocusReason.ShortcutFocusReason):
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes to the list, Escape leaves; the rest is Qt's."""
        if event.key() == QtCore.Qt.Key.Key_Down:
            self.list_requested.emit()
        elif event.key() == QtCore.Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keeps Escape for itself."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == QtCore.Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def _cleared(self, text: str) -> None:
        self.setClearButtonEnabled(bool(text))
        self._make_room()
        if not text and self.hasFocus() and not self.isModified():
            self.changed_by_hand.emit("")
