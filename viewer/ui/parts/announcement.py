"""A sentence that stands for a moment at the foot of a view, over nothing that must be seen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QWidget

from viewer.ui.parts.timers import make_timer
from viewer.ui.parts.widgets import scaled

SHOWN = 2500  # ms for which a sentence stands
_EDGE = 16  # pixels at 100 % between it and the view's left and lower edges


class Announcement(QLabel):
    """The sentence said last in a view; lets every click through to what is under it."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view, textFormat=Qt.TextFormat.PlainText)
        self._view = view
        self.setObjectName("announced")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._until = make_timer(self, SHOWN, single_shot=True)
        self._until.timeout.connect(self.hide)

    def announce(self, sentence: str) -> None:
        """Show `sentence` in one line, or in more where the view is too narrow; say it to those who listen."""
        view, edge = self._view, scaled(_EDGE)
        room = view.width() - 2 * edge
        self.setWordWrap(False)
        self.setText(sentence)
        size = self.sizeHint()
        if size.width() > room:
            self.setWordWrap(True)
            size.setWidth(room)
            size.setHeight(self.heightForWidth(room))
        self.setGeometry(edge, view.height() - size.height() - edge, size.width(), size.height())
        self.show()
        self.raise_()
        self._until.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view, sentence))
