"""The notes view: every note of the series, by theme, filtered, and a way to each."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
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
from viewer.notes.notebook import Notebook
from viewer.ui.appearance import Appearance
from viewer.ui.notes.filter_bar import NoteFilterBar
from viewer.ui.notes.note_list import HEADING_ROLE, NOTE_ROLE, ROW_HEIGHT, NotePainter, NoteRows
from viewer.ui.parts.widgets import named

NO_NOTES = (
    "No notes yet.\n\nIn a page, select words and press H to highlight them, or N to write a note.\n"
    "J and K step through the items, Shift+J and Shift+K through sentences; B bookmarks an item."
)
NONE_FOUND = "No note passes these filters."
BEGUN_ANEW = "Your notes were begun anew: the file that held them was damaged, and is set aside."
_BUTTONS = ("Bin …", "Backups …", "Export …", "Import …", "Names …")
RESTORE = "Put the backup in its place"


class NotesView(QWidget):
    """A list with its filters; `offer` is what is said of a backup on offer, empty for none.

    Signals: `note_chosen(uuid)` when another row becomes the present one, empty for none; `opened(uuid)` on Enter or
    a double click; `removal_requested(uuids)`; `export_requested`, `import_requested`, `names_requested`;
    `bin_requested`; `backups_requested`; `restore_requested` for the backup.
    """

    note_chosen = Signal(str)
    opened = Signal(str)
    removal_requested = Signal(list)
    export_requested = Signal()
    import_requested = Signal()
    names_requested = Signal()
    bin_requested = Signal()
    backups_requested = Signal()
    restore_requested = Signal()

    def __init__(self, book: Notebook, appearance: Appearance) -> None:
        super().__init__()
        self.setObjectName("notes")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.book, self._appearance, self.offer = book, appearance, ""
        self.filters = NoteFilterBar(book)
        self.count = named(QLabel(), "quiet")
        self.count.setAccessibleName("Notes shown")
        self.rows = NoteRows(
            lambda resolved: export.short_place_of(self.book, resolved),
            lambda theme: export.theme_title(self.book, theme),
        )
        self.list = _List()
        self.list.setModel(self.rows)
        self._painter = NotePainter(appearance)
        self.list.setItemDelegate(self._painter)
        self.empty = named(QLabel(NO_NOTES, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter), "empty")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        self.restore = QPushButton(RESTORE)
        self.pages.addWidget(self._make_empty_page())
        self._buttons = {name: QPushButton(name) for name in _BUTTONS}
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._wire()
        self.setFocusProxy(self.list)
        self.filters.tint(appearance.palette)
        self.refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in self._buttons.values():
            row.addWidget(button)
        self._foot.setContentsMargins(16, 8, 16, 10)
        self._foot.setSpacing(8)
        self._foot.addWidget(self.count, 1)
        self._foot.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.pages, 1)
        column.addLayout(self._foot)

    def _make_empty_page(self) -> QWidget:
        """Return what takes the place of the list while nothing is listed."""
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
        self.filters.changed.connect(self.refresh)
        self.list.activated.connect(lambda index: self._open(index))
        self.list.selectionModel().currentChanged.connect(lambda index: self.note_chosen.emit(_uuid(index)))
        self.list.removal_requested.connect(self._remove)
        self.restore.clicked.connect(self.restore_requested)
        signals = (self.bin_requested, self.backups_requested, self.export_requested, self.import_requested)
        for button, signal in zip(self._buttons.values(), (*signals, self.names_requested), strict=True):
            button.clicked.connect(signal)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the filters and the foot to the room."""
        super().resizeEvent(event)
        self.filters.fit(self.width(), self.height())
        self._fit_foot()

    def _fit_foot(self) -> None:
        """Give the count a line of its own where it has no room beside the buttons."""
        wanted = sum(one.sizeHint().width() + 8 for one in (self.count, *self._buttons.values())) + 32
        direction = QBoxLayout.Direction
        self._foot.setDirection(direction.LeftToRight if wanted <= self.width() else direction.TopToBottom)

    def use_book(self, book: Notebook) -> None:
        """Show the notes of `book` as they are now."""
        self.book = book
        self.filters.use_book(book)
        self.refresh()

    def shown(self) -> list[ResolvedNote]:
        """Return the notes that pass the filters, in order; none where the file cannot be read."""
        try:
            return self.filters.filter.apply(self.book)
        except NotesTrouble as trouble:
            self.empty.setText(str(trouble))
            return []

    def refresh(self) -> None:
        """Show what passes the filters now, at the same note."""
        present = _uuid(self.list.currentIndex())
        self._prepare_empty_page()
        found = self.shown()
        self.rows.show_notes(found, self.filters.words.text())
        self.pages.setCurrentIndex(0 if found else 1)
        every = summary(self.book.notes.values())
        self.count.setText(every if len(found) == len(self.book.notes) else f"{len(found):,} shown of {every}")
        self._fit_foot()
        row = self.rows.row_of(present) if present else -1
        self.list.setCurrentIndex(self.rows.index(row if row >= 0 else min(1, self.rows.rowCount() - 1), 0))
        if not found:
            self.note_chosen.emit("")

    def _prepare_empty_page(self) -> None:
        is_offered = bool(self.offer) and not self.book.notes
        no_notes = f"{BEGUN_ANEW}\n{self.offer}" if is_offered else NO_NOTES
        self.empty.setText(NONE_FOUND if self.book.notes else no_notes)
        self.restore.setVisible(is_offered)

    def show_unsettled(self) -> None:
        """Filter to the notes that moved, else to those without a place."""
        states = [resolved.state for resolved in self.book.notes.unsettled()]
        self.filters.choose_state(NoteState.MOVED if NoteState.MOVED in states else NoteState.PLACELESS)

    def choose(self, uuid: str) -> None:
        """Make a note the present one, whatever the filters let pass."""
        if self.rows.row_of(uuid) < 0:
            self.filters.clear()
        row = self.rows.row_of(uuid)
        if row >= 0:
            self.list.setCurrentIndex(self.rows.index(row, 0))

    def present_item(self) -> str:
        """Return the id of the item on which the present note stands, empty where it has no place."""
        resolved = self.book.notes.get(_uuid(self.list.currentIndex()))
        return resolved.anchor.item if resolved and resolved.anchor else ""

    def restyle(self) -> None:
        """Take over changed colours and sizes."""
        self.list.setGridSize(QSize(0, round(ROW_HEIGHT * self._appearance.scale)))
        self.rows.layoutChanged.emit()
        self.filters.tint(self._appearance.palette)

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
        """Remove the present note on Delete; step over headings with J and K as with Down and Up."""
        if event.key() == Qt.Key.Key_Delete:
            self.removal_requested.emit()
            return
        super().keyPressEvent(event)
        index = self.currentIndex()
        if index.isValid() and index.data(HEADING_ROLE) is not None:
            super().keyPressEvent(event)


def _uuid(index: QModelIndex) -> str:
    resolved = index.data(NOTE_ROLE) if index.isValid() else None
    return resolved.note.uuid if resolved is not None else ""
