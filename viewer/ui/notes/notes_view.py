"""The notes view: every note of the series, by theme, filtered, and a way to each."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from viewer.errors import NotesTrouble
from viewer.model import NoteState
from viewer.notes import export
from viewer.notes.carry import ResolvedNote, summary
from viewer.notes.filter import NoteFilter
from viewer.notes.notebook import Notebook
from viewer.ui.appearance import Appearance
from viewer.ui.notes.note_list import HEAD, ROW, STANDING, NotePainter, NoteRows
from viewer.ui.parts.clear_button import ClearButton
from viewer.ui.parts.named import checkable_button, named
from viewer.ui.parts.widgets import scaled

WORDS = 220  # pixels at 100 % for the words to find; where they have less, they take a line of their own
LEAST = 200  # pixels at 100 % of height for a second line
EMPTY = (
    "No notes yet.\n\nIn a page, select words and press H to highlight them, or N to write a note.\n"
    "J and K step through the items, Shift+J and Shift+K through sentences; B bookmarks an item."
)
NONE_FOUND = "No note passes these filters."
BEGUN_ANEW = "Your notes were begun anew: the file that held them was damaged, and is set aside."
RESTORE = "Put the backup in its place"
_STATES = ((None, "Any state"), (NoteState.PLACED, "In place"), (NoteState.MOVED, "Moved"),
           (NoteState.PLACELESS, "Without a place"))  # fmt: skip


class NotesView(QWidget):
    """A list with its filters.

    Signals: `note_chosen(uuid)` when another row becomes the present one, empty for none; `opened(uuid)` on Enter or
    a double click; `removal_requested(uuids)`; `export_requested`, `import_requested`, `names_requested`;
    `restore_requested` to have the backup that `offer` tells of, empty for none; `resized` when its room changed.
    """

    note_chosen = Signal(str)
    opened = Signal(str)
    removal_requested = Signal(list)
    export_requested = Signal()
    import_requested = Signal()
    names_requested = Signal()
    restore_requested = Signal()
    resized = Signal()

    def __init__(self, book: Notebook, appearance: Appearance) -> None:
        super().__init__()
        self.setObjectName("notes")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.book, self._appearance, self.offer = book, appearance, ""
        self.words = QLineEdit(placeholderText="Find in your notes")
        self.words.setAccessibleName("Find in your notes")
        self._clear_button = ClearButton(self.words)
        self.colour, self.tag, self.state = _box("Colour"), _box("Tag"), _box("State")
        self.bookmark = checkable_button("Bookmarks")
        self.count = named(QLabel(), "quiet")
        self.count.setAccessibleName("Notes shown")
        self.rows = NoteRows(lambda resolved: export.short_place_of(self.book, resolved), self._title)
        self.list = _List()
        self.list.setModel(self.rows)
        self._painter = NotePainter(appearance)
        self.list.setItemDelegate(self._painter)
        self.empty = named(QLabel(EMPTY, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter), "empty")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        self.restore = QPushButton(RESTORE)
        self.pages.addWidget(self._nothing())
        self._buttons = {name: QPushButton(name) for name in ("Export …", "Import …", "Names and colours …")}
        self._fill_boxes()
        self._lay_out()
        self._wire()
        self.setFocusProxy(self.list)
        self._clear_button.tint(appearance.palette, self.devicePixelRatioF())
        self.refresh()

    def _lay_out(self) -> None:
        self._boxes = boxes = QHBoxLayout()
        boxes.setSpacing(8)
        for box in (self.colour, self.tag, self.state, self.bookmark):
            boxes.addWidget(box)
        boxes.addStretch(0)
        self._filters = filters = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        filters.setContentsMargins(16, 10, 16, 8)
        filters.setSpacing(8)
        filters.addWidget(self.words, 1)
        filters.addLayout(boxes)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 10)
        foot.setSpacing(8)
        foot.addWidget(self.count, 1)
        for button in self._buttons.values():
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(filters)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)

    def _nothing(self) -> QWidget:
        """What stands in the place of the list where there is nothing in it."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(40, 0, 40, 0)
        column.addStretch(1)
        column.addWidget(self.empty)
        column.addSpacing(16)
        column.addWidget(self.restore, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _wire(self) -> None:
        self.words.textChanged.connect(self.refresh)
        for box in (self.colour, self.tag, self.state):
            box.currentIndexChanged.connect(self.refresh)
        self.bookmark.toggled.connect(self.refresh)
        self.list.activated.connect(lambda index: self._open(index))
        self.list.selectionModel().currentChanged.connect(lambda index: self.note_chosen.emit(_uuid(index)))
        self.list.removal_requested.connect(self._remove)
        self.restore.clicked.connect(self.restore_requested)
        for button, signal in zip(
            self._buttons.values(), (self.export_requested, self.import_requested, self.names_requested), strict=True
        ):
            button.clicked.connect(signal)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives the words a line of their own where there is no room for them beside the other filters."""
        super().resizeEvent(event)
        beside = self.width() >= self._boxes.sizeHint().width() + scaled(WORDS) or self.height() < scaled(LEAST)
        ways = QBoxLayout.Direction
        self._filters.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self.resized.emit()

    def use_book(self, book: Notebook) -> None:
        """Shows the notes of `book` as they are now."""
        self.book = book
        self._fill_boxes()
        self.refresh()

    @property
    def sieve(self) -> NoteFilter:
        """What the filters ask for."""
        chosen = self.state.currentData()  # Qt hands it back as plain text
        return NoteFilter(
            words=self.words.text(),
            colour=self.colour.currentData(),
            tag=self.tag.currentData() or "",
            state=NoteState(chosen) if chosen else None,
            bookmark=self.bookmark.isChecked(),
        )

    def shown(self) -> list[ResolvedNote]:
        """The notes that pass the filters, in order; none where the file cannot be read."""
        try:
            return self.sieve.apply(self.book)
        except NotesTrouble as trouble:
            self.empty.setText(str(trouble))
            return []

    def refresh(self) -> None:
        """Shows what passes the filters now, at the same note."""
        present = _uuid(self.list.currentIndex())
        self._say_nothing()
        found = self.shown()
        self.rows.show_notes(found)
        self.pages.setCurrentIndex(0 if found else 1)
        every = summary(self.book.notes.values())
        self.count.setText(every if len(found) == len(self.book.notes) else f"{len(found):,} shown of {every}")
        row = self.rows.row_of(present) if present else -1
        self.list.setCurrentIndex(self.rows.index(row if row >= 0 else min(1, self.rows.rowCount() - 1), 0))
        if not found:
            self.note_chosen.emit("")

    def _say_nothing(self) -> None:
        """What is said where no note is shown."""
        is_offered = bool(self.offer) and not self.book.notes
        first = f"{BEGUN_ANEW}\n{self.offer}" if is_offered else EMPTY
        self.empty.setText(NONE_FOUND if self.book.notes else first)
        self.restore.setVisible(is_offered)

    def show_unsettled(self) -> None:
        """Filters to the notes that moved, else to those without a place."""
        states = [resolved.state for resolved in self.book.notes.unsettled()]
        wanted = NoteState.MOVED if NoteState.MOVED in states else NoteState.PLACELESS
        self._clear_filters()
        self.state.setCurrentIndex(next(at for at, (state, _) in enumerate(_STATES) if state is wanted))

    def _clear_filters(self) -> None:
        self.words.clear()
        for box in (self.colour, self.tag, self.state):
            box.setCurrentIndex(0)
        self.bookmark.setChecked(False)

    def choose(self, uuid: str) -> None:
        """Makes a note the present one, whatever the filters let pass."""
        if self.rows.row_of(uuid) < 0:
            self._clear_filters()
        row = self.rows.row_of(uuid)
        if row >= 0:
            self.list.setCurrentIndex(self.rows.index(row, 0))

    def present_item(self) -> str:
        """The id of the item on which the present note stands, empty where it has no place."""
        uuid = _uuid(self.list.currentIndex())
        anchor = self.book.notes[uuid].anchor if uuid in self.book.notes else None
        return anchor.item if anchor else ""

    def restyle(self) -> None:
        """Paints in changed colours and sizes."""
        self.list.setGridSize(QSize(0, round(ROW * self._appearance.scale)))
        self.rows.layoutChanged.emit()
        self._clear_button.tint(self._appearance.palette, self.devicePixelRatioF())

    def _title(self, theme: str) -> str:
        return export.theme_title(self.book, theme)

    def _fill_boxes(self) -> None:
        _fill(self.colour, [(-1, "Any colour"), *((n, self.book.settings.meaning(n)) for n in range(1, 6)), (0, "No colour")])
        _fill(self.tag, [("", "Any tag"), *((tag, f"#{tag}") for tag in self.book.notes.tags())])
        _fill(self.state, list(_STATES))

    def _open(self, index: QModelIndex) -> None:
        if _uuid(index):
            self.opened.emit(_uuid(index))

    def _remove(self) -> None:
        uuid = _uuid(self.list.currentIndex())
        if uuid:
            self.removal_requested.emit([uuid])


class _List(QListView):
    """The list itself. Signals: `removal_requested` on Delete."""

    removal_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Notes")
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes the present note; J and K step like Down and Up, over the heads."""
        if event.key() == Qt.Key.Key_Delete:
            self.removal_requested.emit()
            return
        super().keyPressEvent(event)
        index = self.currentIndex()
        if index.isValid() and index.data(HEAD) is not None:
            super().keyPressEvent(event)


def _uuid(index: QModelIndex) -> str:
    resolved = index.data(STANDING) if index.isValid() else None
    return resolved.note.uuid if resolved is not None else ""


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


def _fill(box: QComboBox, choices: list[tuple[object, str]]) -> None:
    """Fills a box without a signal, keeping what was chosen where it is still there."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for data, text in choices:
        box.addItem(text, data)
    box.setCurrentIndex(max(0, next((at for at, (data, _) in enumerate(choices) if data == chosen), 0)))
    box.blockSignals(False)
