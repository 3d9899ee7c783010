"""Marks beside the items that bear a note, where there is no room for the notes themselves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractScrollArea, QToolButton

from viewer.records import record
from viewer.text import wording
from viewer.text.safe import visible
from viewer.ui.appearance import Appearance
from viewer.ui.parts.icons import ICON_SIZE, tinted_pixmap
from viewer.ui.parts.plain_text import plain_tip
from viewer.ui.parts.widgets import named


@record
class NoteMark:
    """A note: the level of its place in pixels of the document, and what a screen reader says of it."""

    uuid: str
    level: int
    spoken: str


class NoteMarks(QObject):
    """One small button for each place with notes, which opens the first of them; the page scrolls them along.

    The keyboard has other ways to the notes; a screen reader finds them here. Signals: `note_chosen(uuid)`.
    """

    note_chosen = Signal(str)

    def __init__(self, pane: QAbstractScrollArea, appearance: Appearance) -> None:
        super().__init__(pane)
        self._pane, self._appearance = pane, appearance
        self._places: list[list[NoteMark]] = []
        self._left = 0
        self.buttons: list[QToolButton] = []
        pane.verticalScrollBar().valueChanged.connect(self._place)

    def show_marks(self, notes: Sequence[NoteMark], left: int) -> None:
        """Mark the places of these notes and no others, `left` pixels from the edge of the page."""
        by_place = groupby(sorted(notes, key=_level), key=_level)
        self._places, self._left = [list(group) for _, group in by_place], left
        while len(self.buttons) > len(self._places):
            self.buttons.pop().deleteLater()
        while len(self.buttons) < len(self._places):
            self.buttons.append(self._button(len(self.buttons)))
        for button, here in zip(self.buttons, self._places, strict=True):
            spoken = _spoken(here)
            button.setIcon(QIcon(tinted_pixmap("note", self._appearance.palette.quiet, self._pane.devicePixelRatioF())))
            button.setAccessibleName(spoken)
            button.setToolTip(plain_tip(visible(spoken)))
        count = wording.count(len(notes), "note")
        self._pane.setAccessibleDescription(f"{count} beside this page: Ctrl+M shows them." if notes else "")
        self._place()

    def _button(self, at: int) -> QToolButton:
        button = named(QToolButton(self._pane.viewport()), "noteMark")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        button.resize(ICON_SIZE, ICON_SIZE)
        button.clicked.connect(lambda: self.note_chosen.emit(self._places[at][0].uuid))
        button.show()
        return button

    def _place(self) -> None:
        scroll = self._pane.verticalScrollBar().value()
        for button, here in zip(self.buttons, self._places, strict=True):
            button.move(self._left, here[0].level - scroll)


def _level(note: NoteMark) -> int:
    return note.level


def _spoken(notes: Sequence[NoteMark]) -> str:
    spoken = "; ".join(note.spoken for note in notes)
    return spoken if len(notes) == 1 else f"{wording.count(len(notes), 'note')}: {spoken}"
