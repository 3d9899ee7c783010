"""The bin of the notes: what was removed and what gave way, to be read, brought back, or destroyed for good."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from viewer.notes.note_bin import BinEntry, BinKind
from viewer.notes.notebook import Notebook
from viewer.text import wording
from viewer.text.filter_words import FilterWords
from viewer.ui.appearance import Appearance
from viewer.ui.notes.version_html import version_html, version_style
from viewer.ui.notes.version_rows import bin_columns, passing
from viewer.ui.parts.marked_cells import MarkedCells
from viewer.ui.parts.modal import shown_dialog
from viewer.ui.parts.plain_text import plain_box
from viewer.ui.parts.record_rows import RecordRows
from viewer.ui.parts.record_table import record_table
from viewer.ui.parts.widgets import named, scaled

EDGE = 18  # pixels at both sides
READING = "Reading the bin …"
EMPTY = "The bin is empty: no note was removed, and none has a former version."
NONE_FOUND = "Nothing in the bin passes this filter."
ONE_EACH = "Choose one version of each note to bring it back."
_KINDS = (("", "All"), (BinKind.REMOVED, "Removed notes"), (BinKind.FORMER, "Former versions"))


class BinDialog(QDialog):
    """The entries of the bin, and the one that is chosen in full; `uuid` keeps it to one note's, empty for all.

    Signals: `return_requested(entries)` and `destruction_requested(entries)` for the chosen ones.
    """

    return_requested = Signal(object)
    destruction_requested = Signal(object)

    def __init__(self, book: Notebook, appearance: Appearance, parent: QWidget, uuid: str = "") -> None:
        super().__init__(parent)
        self._book, self._appearance, self._uuid = book, appearance, uuid
        self._found: tuple[BinEntry, ...] | None = None  # None while it is read
        self._said = ""  # what was done last
        self.setWindowTitle("Former versions of a note" if uuid else "Bin of notes")
        over = parent.window().size()
        self.resize(QSize(scaled(1080), scaled(620)).boundedTo(over - QSize(16, 16)))
        self.words = QLineEdit(placeholderText="Find in the bin", clearButtonEnabled=True)
        self.words.setAccessibleName("Find in the bin")
        self.kind = QComboBox()
        self.kind.setAccessibleName("Kind")
        for kind, label in _KINDS:
            self.kind.addItem(label, str(kind))
        self.rows = RecordRows(bin_columns(book))
        self.table = record_table(self.rows, "What lies in the bin", many=True)
        self.rows.lay_out(self.table)
        self._cells = MarkedCells(appearance, self)
        self.table.setItemDelegate(self._cells)
        self.text = QTextBrowser()
        self.text.setAccessibleName("The chosen version")
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(scaled(12))
        self.state = named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "quiet")
        self.state.setAccessibleName("State")
        self.back_button = QPushButton("Bring back")
        self.destroy_button = QPushButton("Destroy for good …")
        self.close_button = QPushButton("Close")
        self._lay_out()
        self._wire()
        self._show()
        self.table.setFocus()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.words, 1)
        top.addWidget(self.kind)
        panes = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        panes.addWidget(self.table)
        panes.addWidget(self.text)
        panes.setStretchFactor(0, 3)
        panes.setStretchFactor(1, 2)
        buttons = QHBoxLayout()
        for button in (self.back_button, self.destroy_button, self.close_button):
            button.setAutoDefault(False)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.destroy_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 16, EDGE, 16)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(panes, 1)
        column.addWidget(self.state)
        column.addLayout(buttons)
        self.kind.setVisible(not self._uuid)

    def _wire(self) -> None:
        self.words.textChanged.connect(self._show)
        self.kind.currentIndexChanged.connect(self._show)
        self.table.selectionModel().selectionChanged.connect(self._choose)
        self.table.activated.connect(lambda _index: self.back_button.click())
        self.back_button.clicked.connect(lambda: self.return_requested.emit(self.chosen()))
        self.destroy_button.clicked.connect(lambda: self.destruction_requested.emit(self.chosen()))
        self.close_button.clicked.connect(self.reject)

    def show_entries(self, found: Sequence[BinEntry]) -> None:
        """Show what lies in the bin now; what was chosen stays so where it is still there."""
        self._found = tuple(entry for entry in found if self._uuid in ("", entry.uuid))
        self._show()

    def say(self, sentence: str) -> None:
        """Show what was done, until something else is."""
        self._said = sentence
        self._tell()

    def chosen(self) -> tuple[BinEntry, ...]:
        """Return the entries that are chosen, in the order of the list."""
        return self.rows.chosen_in(self.table)

    def _show(self) -> None:
        kept = {entry.digest for entry in self.chosen()}
        kind = str(self.kind.currentData())
        found = [entry for entry in self._found or () if kind in ("", entry.kind)]
        is_passing = passing([entry.note for entry in found], self.words.text())
        shown = [entry for entry, passes in zip(found, is_passing, strict=True) if passes]
        self._cells.words = FilterWords(self.words.text())
        self.rows.show_rows(shown)
        at = [row for row, entry in enumerate(shown) if entry.digest in kept] or [0] * bool(shown)
        for row in at[:1]:
            self.table.selectRow(row)
        self._choose()
        self._tell()

    def _choose(self) -> None:
        """Show the first chosen entry in full, and offer what can be done with all."""
        chosen = self.chosen()
        self.text.document().setDefaultStyleSheet(version_style(self._appearance))
        self.text.setHtml(version_html(self._book, chosen[0].version) if chosen else "")
        is_one_each = len({entry.uuid for entry in chosen}) == len(chosen)
        may_write = not self._book.store.read_only
        self.back_button.setEnabled(bool(chosen) and is_one_each and may_write)
        self.back_button.setToolTip("" if is_one_each else ONE_EACH)
        self.destroy_button.setEnabled(bool(chosen) and may_write)

    def _tell(self) -> None:
        if self._found is None:
            state = READING
        elif not self._found:
            state = EMPTY
        elif not self.rows.shown:
            state = NONE_FOUND
        else:
            removed = sum(entry.kind is BinKind.REMOVED for entry in self._found)
            amounts = [(removed, "removed note"), (len(self._found) - removed, "former version")]
            state = f"{wording.listed(wording.count(amount, what) for amount, what in amounts if amount)}."
        self.state.setText(" ".join(part for part in (self._said, state) if part))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for destruction on Delete."""
        if event.key() == Qt.Key.Key_Delete:
            self.destroy_button.click()
            return
        super().keyPressEvent(event)


def confirm_destruction(chosen: Sequence[BinEntry], parent: QWidget) -> bool:
    """Ask whether the words of these entries are to be destroyed for good; return the answer."""
    removed = sum(entry.kind is BinKind.REMOVED for entry in chosen)
    amounts = [(removed, "removed note"), (len(chosen) - removed, "former version")]
    what = wording.listed(wording.count(amount, one) for amount, one in amounts if amount)
    box = plain_box(parent, "Destroy for good", f"Destroy the words of {what} for good?")
    box.setInformativeText(
        "They go from the notes and from every backup of them on this machine, and nothing brings them back: "
        "no undo, no backup, no colleague's file. Copies that you passed on are not reached."
    )
    cancel = box.addButton("Keep them", QMessageBox.ButtonRole.RejectRole)
    yes = box.addButton("Destroy for good", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    with shown_dialog(box):
        return box.clickedButton() is yes
