"""The reader's own notes among the results of a search, as a group of their own above the hits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from viewer.text import wording
from viewer.text.safe import visible
from viewer.ui.parts.widgets import click_on_enter, named

MAX_NOTES = 3  # notes shown; the rest stands in the notes view
MAX_LENGTH = 110  # characters of one


class NoteHits(QWidget):
    """A heading and up to three notes; hidden while there are none.

    Signals: `chosen(uuid)`; `all_requested` for the notes view.
    """

    chosen = Signal(str)
    all_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heading = named(QLabel(), "sidehead")
        self.all = named(QPushButton("Show them all"), "advice")
        self.all.clicked.connect(self.all_requested)
        click_on_enter(self.all)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(self.heading)
        top.addStretch(1)
        top.addWidget(self.all)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 4, 24, 8)
        column.addLayout(top)
        column.addLayout(self._rows)
        self.setAccessibleName("In your notes")
        self.buttons: list[QPushButton] = []
        self.hide()

    def show_notes(self, notes: Sequence[tuple[str, str, str]]) -> None:
        """Show notes, each given as its id, its place and its words."""
        for button in self.buttons:
            self._rows.removeWidget(button)
            button.deleteLater()
        self.buttons = [self._button(*note) for note in notes[:MAX_NOTES]]
        for button in self.buttons:
            self._rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.heading.setText(f"IN YOUR NOTES  ·  {wording.count(len(notes), 'note')}")
        self.all.setVisible(len(notes) > MAX_NOTES)
        self.setVisible(bool(notes))

    def _button(self, uuid: str, place: str, words: str) -> QPushButton:
        shown = visible(f"{place}  ·  {' '.join(words.split())}")
        short = shown if len(shown) <= MAX_LENGTH else f"{shown[: MAX_LENGTH - 1]}…"
        button = named(QPushButton(short.replace("&", "&&")), "advice")
        button.setAccessibleName(f"Note on {shown}")
        button.clicked.connect(partial(self.chosen.emit, uuid))
        click_on_enter(button)
        return button
