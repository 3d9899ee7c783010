"""The filters above the list of notes: words to find, colour, tag, state and bookmark."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QWidget

from viewer.design.palette import Palette
from viewer.model import NoteState
from viewer.notes.filter import ANY_COLOUR, NoteFilter
from viewer.notes.notebook import Notebook
from viewer.text.safe import visible
from viewer.ui.parts.clear_button import ClearButton
from viewer.ui.parts.widgets import checkable_button, scaled

MIN_WORDS_WIDTH = 220  # pixels at 100 %; where the words have less, they take a line of their own
MIN_HEIGHT = 200  # pixels at 100 % of the view, for a second line
_STATES = (
    (None, "Any state"),
    (NoteState.PLACED, "In place"),
    (NoteState.MOVED, "Moved"),
    (NoteState.PLACELESS, "Without a place"),
)


class NoteFilterBar(QWidget):
    """A line to type in, and what else can be chosen. Signals: `changed` when the filter is another one."""

    changed = Signal()

    def __init__(self, book: Notebook) -> None:
        super().__init__()
        self.words = QLineEdit(placeholderText="Find in your notes")
        self.words.setAccessibleName("Find in your notes")
        self._clear_button = ClearButton(self.words)
        self.colour, self.tag, self.state = _box("Colour"), _box("Tag"), _box("State")
        self.bookmark = checkable_button("Bookmarks")
        self._boxes = QHBoxLayout()
        self._boxes.setSpacing(8)
        for box in (self.colour, self.tag, self.state, self.bookmark):
            self._boxes.addWidget(box)
        self._boxes.addStretch(0)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(16, 10, 16, 8)
        self._line.setSpacing(8)
        self._line.addWidget(self.words, 1)
        self._line.addLayout(self._boxes)
        self.use_book(book)
        self.words.textChanged.connect(self.changed)
        for choice in (self.colour, self.tag, self.state):
            choice.currentIndexChanged.connect(self.changed)
        self.bookmark.toggled.connect(self.changed)

    @property
    def filter(self) -> NoteFilter:
        """What is asked for."""
        state = self.state.currentData()  # Qt hands it back as plain text
        return NoteFilter(
            words=self.words.text(),
            colour=self.colour.currentData(),
            tag=self.tag.currentData() or "",
            state=NoteState(state) if state else None,
            bookmark=self.bookmark.isChecked(),
        )

    def use_book(self, book: Notebook) -> None:
        """Offer the colours and tags of `book`; what was chosen stays where it is still there."""
        colours = list(enumerate(book.settings.meanings, 1))
        _fill(self.colour, [(ANY_COLOUR, "Any colour"), *colours, (0, "No colour")])
        _fill(self.tag, [("", "Any tag"), *((tag, visible(f"#{tag}")) for tag in book.notes.tags())])
        _fill(self.state, _STATES)

    def clear(self) -> None:
        """Ask for nothing, so that every note passes."""
        self.words.clear()
        for box in (self.colour, self.tag, self.state):
            box.setCurrentIndex(0)
        self.bookmark.setChecked(False)

    def choose_state(self, wanted: NoteState) -> None:
        """Ask for the notes in one state alone."""
        self.clear()
        self.state.setCurrentIndex(next(at for at, (state, _) in enumerate(_STATES) if state is wanted))

    def fit(self, width: int, height: int) -> None:
        """Give the words a line of their own where a view of that size has no room for them beside the rest."""
        has_room = width >= self._boxes.sizeHint().width() + scaled(MIN_WORDS_WIDTH) or height < scaled(MIN_HEIGHT)
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.LeftToRight if has_room else direction.TopToBottom)

    def tint(self, palette: Palette) -> None:
        """Take over changed colours."""
        self._clear_button.tint(palette, self.devicePixelRatioF())


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


def _fill(box: QComboBox, choices: Sequence[tuple[object, str]]) -> None:
    """Fill a box without a signal, and keep what was chosen where it is still there."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for data, text in choices:
        box.addItem(text, data)
    box.setCurrentIndex(max(0, next((at for at, (data, _) in enumerate(choices) if data == chosen), 0)))
    box.blockSignals(False)
