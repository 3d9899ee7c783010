"""The sign on a page that it has the keyboard, and on which link."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QTextBrowser

from viewer.ui.appearance import Appearance
from viewer.ui.reading.page_map import holds_link
from viewer.ui.reading.page_paint import paint_edge, paint_link


class KeyboardFocusFrame(QObject):
    """A line down the page's edge and a frame around the link; a reader who clicks sees neither.

    `paint` is to be called whenever the page is painted.
    """

    def __init__(self, pane: QTextBrowser, look: Appearance) -> None:
        super().__init__(pane)
        self._pane, self._look = pane, look
        self._is_wanted = False
        pane.installEventFilter(self)
        pane.viewport().installEventFilter(self)
        pane.selectionChanged.connect(pane.viewport().update)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow where the keyboard is; return False, so that no event is held back."""
        wanted = self._wanted_after(event)
        if wanted is not None:
            self._is_wanted = wanted
            self._pane.viewport().update()
        return False

    def _wanted_after(self, event: QEvent) -> bool | None:
        """Return whether the sign is wanted after an event; None where that makes no difference."""
        why, key = QtCore.Qt.FocusReason, QtCore.Qt.Key
        match event.type():
            case QEvent.Type.FocusIn if isinstance(event, QFocusEvent):
                kept = event.reason() in (why.ActiveWindowFocusReason, why.PopupFocusReason, why.MenuBarFocusReason)
                return self._is_wanted if kept else event.reason() != why.MouseFocusReason
            case QEvent.Type.FocusOut:
                return self._is_wanted
            case QEvent.Type.KeyPress if isinstance(event, QKeyEvent):
                return True if event.key() in (key.Key_Tab, key.Key_Backtab) else None
            case QEvent.Type.MouseButtonPress:
                return False
        return None

    def paint(self, painter: QPainter) -> None:
        """Draw the sign, if it is wanted, with a painter on the page."""
        if not self._is_wanted or not self._pane.hasFocus():
            return
        paint_edge(painter, self._pane.viewport().height(), self._look)
        cursor = self._pane.textCursor()
        if holds_link(cursor):
            paint_link(painter, self._pane, cursor, self._look)
