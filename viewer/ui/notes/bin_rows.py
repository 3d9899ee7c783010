"""The rows of the bin: a model of removed notes and former versions, and what each column says of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from viewer.notes import export
from viewer.notes.note_bin import BinEntry
from viewer.notes.notebook import Notebook
from viewer.records import record
from viewer.text import wording
from viewer.text.edition_text import note_plain
from viewer.text.filter_words import FilterWords, comparable
from viewer.text.safe import visible
from viewer.ui.parts.record_table import text_for_role

MAX_TEXT = 300  # characters of a text in a row
_Index = QModelIndex | QPersistentModelIndex


@record
class BinColumn:
    """A column of the bin: its title, what it says of an entry, and its least width in pixels at 100 %."""

    title: str
    cell: Callable[[Notebook, BinEntry], str]
    width: int


def _said(entry: BinEntry) -> str:
    """Return the beginning of what a note says, in one line; of a mere highlight or bookmark its quotation."""
    note = entry.note
    if note.text:
        return note_plain(note.text[: 2 * MAX_TEXT]).replace("\n", " ")[:MAX_TEXT]
    return f"“{' '.join(note.anchor.quote[:MAX_TEXT].split())}”"


COLUMNS = (
    BinColumn(title="When", cell=lambda _book, entry: wording.local_time(entry.at), width=180),
    BinColumn(title="What", cell=lambda _book, entry: wording.capitalised(entry.kind), width=120),
    BinColumn(title="Words", cell=lambda _book, entry: _said(entry), width=260),
    BinColumn(title="Place", cell=lambda book, entry: export.place_of_note(book, entry.note), width=110),
    BinColumn(title="Who", cell=lambda _book, entry: entry.by, width=110),
)
WIDEST = next(at for at, column in enumerate(COLUMNS) if column.title == "Words")  # takes what room the others leave


class BinRows(QAbstractTableModel):
    """The entries that pass the filter, the latest first."""

    def __init__(self, book: Notebook) -> None:
        super().__init__()
        self.book = book
        self.entries: tuple[BinEntry, ...] = ()

    def show_entries(self, shown: Sequence[BinEntry]) -> None:
        """Show these entries."""
        self.beginResetModel()
        self.entries = tuple(shown)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return the text of a cell, which is its tip, too."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = visible(COLUMNS[index.column()].cell(self.book, self.entries[index.row()]))
        return text_for_role(text, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        """Return a column's title."""
        shown = role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal
        return COLUMNS[section].title if shown else None


def passing(found: Sequence[BinEntry], words: str) -> list[BinEntry]:
    """Return the entries that hold all of `words`, in text, quotation or tags."""
    wanted = FilterWords(words)
    if not wanted.parts:
        return list(found)
    return [entry for entry in found if wanted.are_in(comparable(_searched(entry)))]


def _searched(entry: BinEntry) -> str:
    note = entry.note
    return "\n".join((note.text, note.anchor.quote, *(f"#{tag}" for tag in note.tags)))
