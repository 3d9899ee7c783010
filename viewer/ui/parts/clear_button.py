"""The button at the end of a field that clears it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit, QToolButton

from viewer.design.palette import Palette
from viewer.ui.parts.icons import tinted_pixmap
from viewer.ui.parts.widgets import scaled

SIDE, FROM_EDGE, SIGN, ROOM = 22, 6, 16, 18  # pixels at 100 %; `ROOM` is what the text leaves it


class ClearButton(QToolButton):
    """Stands in its field while there is something to clear; for the pointer alone, as the keyboard has its own ways.

    Qt's own is a filled disc that does not grow with the text.
    """

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self.setObjectName("clear")
        self.setAccessibleName("Clear")
        self.setToolTip("Clear")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setVisible(bool(field.text()))
        field.installEventFilter(self)
        field.textChanged.connect(lambda text: self.setVisible(bool(text)))
        self.clicked.connect(self._clear)

    def tint(self, palette: Palette, ratio: float) -> None:
        """Take over colour and size."""
        self.setIcon(QIcon(tinted_pixmap("close", palette.quiet, ratio, SIGN)))
        margins = self._field.textMargins()
        margins.setRight(scaled(ROOM))
        self._field.setTextMargins(margins)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the end of the field."""
        if watched is self._field and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        side = scaled(SIDE)
        left = self._field.width() - side - scaled(FROM_EDGE)
        self.setGeometry(left, (self._field.height() - side) // 2, side, side)

    def _clear(self) -> None:
        self._field.clear()
        self._field.textEdited.emit("")  # by hand, as Qt's own says too
