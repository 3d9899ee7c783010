"""The backups of the notes: when each was made, what it holds, and taking notes back from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from viewer.notes import export
from viewer.notes.backup_notes import BackupNote, SinceThen
from viewer.notes.backups import Backup
from viewer.notes.notebook import Notebook
from viewer.records import record
from viewer.text import wording
from viewer.text.filter_words import FilterWords
from viewer.ui.appearance import Appearance
from viewer.ui.notes.version_html import version_html, version_style
from viewer.ui.notes.version_rows import passing, said_in
from viewer.ui.parts.marked_cells import MarkedCells
from viewer.ui.parts.record_rows import RecordColumn, RecordRows
from viewer.ui.parts.record_table import record_table
from viewer.ui.parts.widgets import named, scaled

EDGE = 18  # pixels at both sides
LIST_WIDTH = 310  # pixels at 100 %, of the list of backups
NO_BACKUPS = "There is no backup of these notes yet: the first is made once there is a note."
READING = "Reading the backup …"
NONE_READ = "No note can be read in this backup."
RESTORE_TIP = "Brings back the notes that are gone or were removed since; those that changed since stay as they are."


@record
class ListedBackup:
    """A backup with how many notes it holds: None where it cannot be read, -1 while they are counted."""

    file: Path
    made: datetime
    notes: int | None = -1


class BackupsDialog(QDialog):
    """The backups at the left, the notes of the chosen one at the right.

    Signals: `backup_chosen(path)`; `return_requested(uuids)` of the chosen notes; `restore_requested` for all that are
    gone.
    """

    backup_chosen = Signal(object)
    return_requested = Signal(list)
    restore_requested = Signal()

    def __init__(self, book: Notebook, found: Sequence[Backup], appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._book, self._appearance = book, appearance
        self._notes: tuple[BackupNote, ...] | None = None  # None while they are read
        self._said = ""  # what was done last
        self.setWindowTitle("Backups of the notes")
        over = parent.window().size()
        self.resize(QSize(scaled(1180), scaled(620)).boundedTo(over - QSize(16, 16)))
        self.backups = RecordRows(BACKUP_COLUMNS)
        self.backups.show_rows([ListedBackup(file=one.file, made=one.made) for one in found])
        self.rows = RecordRows(_note_columns(book))
        self.list = record_table(self.backups, "Backups")
        self.table = record_table(self.rows, "Notes of the backup", many=True)
        self.backups.lay_out(self.list)
        self.rows.lay_out(self.table)
        self._cells = MarkedCells(appearance, self)
        self.table.setItemDelegate(self._cells)
        self.words = QLineEdit(placeholderText="Find in this backup", clearButtonEnabled=True)
        self.words.setAccessibleName("Find in this backup")
        self.text = QTextBrowser()
        self.text.setAccessibleName("The chosen note")
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(scaled(12))
        self.state = named(QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText), "quiet")
        self.state.setAccessibleName("State")
        self.take_button = QPushButton("Take back")
        self.restore_button = QPushButton("Restore all")
        self.restore_button.setToolTip(RESTORE_TIP)
        self.close_button = QPushButton("Close")
        self._lay_out()
        self._wire()
        self._show()

    def _lay_out(self) -> None:
        notes = QWidget()
        right = QVBoxLayout(notes)
        right.setContentsMargins(10, 0, 0, 0)
        panes = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        panes.addWidget(self.table)
        panes.addWidget(self.text)
        panes.setStretchFactor(0, 3)
        panes.setStretchFactor(1, 2)
        right.addWidget(self.words)
        right.addWidget(panes, 1)
        sides = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        sides.addWidget(self.list)
        sides.addWidget(notes)
        sides.setStretchFactor(0, 0)
        sides.setStretchFactor(1, 1)
        wanted = scaled(LIST_WIDTH)
        sides.setSizes([wanted, max(0, self.width() - 2 * EDGE - wanted)])
        buttons = QHBoxLayout()
        for button in (self.take_button, self.restore_button, self.close_button):
            button.setAutoDefault(False)
        buttons.addWidget(self.take_button)
        buttons.addWidget(self.restore_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 16, EDGE, 16)
        column.setSpacing(10)
        column.addWidget(sides, 1)
        column.addWidget(self.state)
        column.addLayout(buttons)

    def _wire(self) -> None:
        self.list.selectionModel().selectionChanged.connect(self._choose_backup)
        self.table.selectionModel().selectionChanged.connect(self._choose)
        self.table.activated.connect(lambda _index: self.take_button.click())
        self.words.textChanged.connect(self._show)
        self.take_button.clicked.connect(lambda: self.return_requested.emit([one.uuid for one in self.chosen()]))
        self.restore_button.clicked.connect(self.restore_requested)
        self.close_button.clicked.connect(self.reject)

    def begin(self) -> None:
        """Choose the newest backup."""
        if self.backups.shown:
            self.list.selectRow(0)
            self.list.setFocus()

    def show_count(self, file: Path, notes: int | None) -> None:
        """Show how many notes a backup holds; None where it cannot be read."""
        chosen = self.chosen_backup
        self.backups.show_rows(
            [
                ListedBackup(file=one.file, made=one.made, notes=notes if one.file == file else one.notes)
                for one in self.backups.shown
            ]
        )
        self.list.selectionModel().blockSignals(True)
        for row, one in enumerate(self.backups.shown):
            if one.file == chosen:
                self.list.selectRow(row)
        self.list.selectionModel().blockSignals(False)

    @property
    def chosen_backup(self) -> Path | None:
        """The file of the backup that is chosen."""
        return next((one.file for one in self.backups.chosen_in(self.list)), None)

    def chosen(self) -> tuple[BackupNote, ...]:
        """Return the notes that are chosen, in the order of the list."""
        return self.rows.chosen_in(self.table)

    def show_notes(self, notes: Sequence[BackupNote]) -> None:
        """Show the notes of the chosen backup; what was chosen stays so where it is still there."""
        self._notes = tuple(notes)
        self._show()

    def say(self, sentence: str) -> None:
        """Show what was done, until something else is."""
        self._said = sentence
        self._tell()

    def _choose_backup(self) -> None:
        self._notes, self._said = None, ""
        self._show()
        if self.chosen_backup is not None:
            self.backup_chosen.emit(self.chosen_backup)

    def _show(self) -> None:
        kept = {one.uuid for one in self.chosen()}
        notes = self._notes or ()
        is_passing = passing([one.note for one in notes], self.words.text())
        shown = [one for one, passes in zip(notes, is_passing, strict=True) if passes]
        self._cells.words = FilterWords(self.words.text())
        self.rows.show_rows(shown)
        at = [row for row, one in enumerate(shown) if one.uuid in kept] or [0] * bool(shown)
        for row in at[:1]:
            self.table.selectRow(row)
        self._choose()
        self._tell()

    def _choose(self) -> None:
        """Show the first chosen note in full, and offer what can be done."""
        chosen, may_write = self.chosen(), not self._book.store.read_only
        self.text.document().setDefaultStyleSheet(version_style(self._appearance))
        self.text.setHtml(version_html(self._book, chosen[0].version) if chosen else "")
        self.take_button.setEnabled(may_write and any(one.since is not SinceThen.SAME for one in chosen))
        missing = (SinceThen.GONE, SinceThen.REMOVED)
        self.restore_button.setEnabled(may_write and any(one.since in missing for one in self._notes or ()))

    def _tell(self) -> None:
        if not self.backups.shown:
            state = NO_BACKUPS
        elif self._notes is None:
            state = READING
        elif not self._notes:
            state = NONE_READ
        else:
            amounts = {kind: sum(one.since is kind for one in self._notes) for kind in SinceThen}
            parts = [f"{amount:,} {kind}" for kind, amount in amounts.items() if amount]
            state = f"{wording.count(len(self._notes), 'note')}: {', '.join(parts)}."
        self.state.setText(" ".join(part for part in (self._said, state) if part))


def _amount(backup: ListedBackup) -> str:
    if backup.notes is None:
        return "cannot be read"
    return wording.count(backup.notes, "note") if backup.notes >= 0 else "…"


BACKUP_COLUMNS: tuple[RecordColumn[ListedBackup], ...] = (
    RecordColumn(title="Made", cell=lambda one: wording.local_time(one.made.isoformat()), width=180),
    RecordColumn(title="Holds", cell=_amount),
)


def _note_columns(book: Notebook) -> tuple[RecordColumn[BackupNote], ...]:
    return (
        RecordColumn(title="Now", cell=lambda one: wording.capitalised(one.since), width=130),
        RecordColumn(title="Words", cell=lambda one: said_in(one.note)),
        RecordColumn(title="Place", cell=lambda one: export.place_of_note(book, one.note), width=110),
    )
