"""The register as the reader sees it: what left this machine, filtered, verified, exported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, QSortFilterProxyModel, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from viewer import paths
from viewer.dissemination.register import NO_REGISTER, Register, RegisterRow, register_csv
from viewer.errors import ViewerError
from viewer.records import record
from viewer.sheets.formats import FORMAT_NAMES
from viewer.sheets.sheet import FORM_NAMES
from viewer.text import wording
from viewer.text.filter_words import FilterWords, comparable
from viewer.text.safe import visible
from viewer.ui.parts.plain_text import plain_tip
from viewer.ui.parts.widgets import scaled

EDGE = 18  # pixels at both sides
_Index = QModelIndex | QPersistentModelIndex
_FORMS = {str(form): name for form, name in (*FORM_NAMES.items(), *FORMAT_NAMES.items())}
_EVENTS = {"export": "saved", "print": "printed", "copy": "copied", "void": "may have left in part"}
_NONE = f"{NO_REGISTER} Only the foot of a sheet can tell which: the guide says how, under “The register”."


@record
class RegisterColumn:
    """A column of the register: its title, what it says of a row, and its least width in pixels at 100 %."""

    title: str
    cell: Callable[[RegisterRow], str]
    width: int


COLUMNS = (
    RegisterColumn(title="Row", cell=lambda row: str(row.number), width=50),
    RegisterColumn(title="When (UTC)", cell=lambda row: _when(row.issue.at), width=140),
    RegisterColumn(title="Sheet", cell=lambda row: row.issue.sheet, width=96),
    RegisterColumn(title="What", cell=lambda row: _EVENTS.get(row.issue.event, row.issue.event), width=142),
    RegisterColumn(title="Form", cell=lambda row: _FORMS.get(row.issue.form, row.issue.form), width=118),
    RegisterColumn(title="Title", cell=lambda row: row.issue.title, width=240),
    RegisterColumn(title="Recipient", cell=lambda row: row.issue.recipient, width=140),
    RegisterColumn(title="Copies", cell=lambda row: str(row.issue.copies), width=66),
    RegisterColumn(title="Marking", cell=lambda row: row.issue.marking, width=190),
)
WIDEST = "Title"  # takes what room the others leave


def _when(iso: str) -> str:
    return iso.replace("T", " ").removesuffix("Z")


class RegisterModel(QAbstractTableModel):
    """The rows, the newest first."""

    def __init__(self, rows: tuple[RegisterRow, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows[::-1]
        self._compared: dict[int, str] = {}

    def compared(self, row: int) -> str:
        """Return what all cells of a row say, as a filter compares it."""
        if row not in self._compared:
            self._compared[row] = comparable("\n".join(column.cell(self._rows[row]) for column in COLUMNS))
        return self._compared[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return the text of a cell, which is its tip, too."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = visible(COLUMNS[index.column()].cell(self._rows[index.row()]))
        return text if role == Qt.ItemDataRole.DisplayRole else plain_tip(text)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        """Return a column's title."""
        shown = role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal
        return COLUMNS[section].title if shown else None


class RegisterFilter(QSortFilterProxyModel):
    """The rows that hold all the words typed, in whatever columns."""

    def __init__(self, model: RegisterModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._words = model, FilterWords("")
        self.setSourceModel(model)

    def filter(self, words: str) -> None:
        """Show only the rows that hold all of `words`."""
        self._words = FilterWords(words)
        self.invalidate()

    def filterAcceptsRow(self, row: int, _parent: _Index) -> bool:
        """Return whether a row is shown."""
        return self._words.are_in(self._model.compared(row))


class RegisterWindow(QDialog):
    """Lists the register of one reader's folder."""

    def __init__(self, home: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Register of sheets")
        over = parent.window().size() if parent is not None else self.screen().availableSize()
        self.resize(QSize(scaled(1240), scaled(560)).boundedTo(over - QSize(16, 16)))
        found = _read(home)
        self._rows, faults = found or ((), ())
        self.words = QLineEdit(placeholderText="Filter: sheet id, recipient, title …", clearButtonEnabled=True)
        self.words.setAccessibleName("Filter")
        sentence = _state_sentence(*found) if found else _NONE
        self.state = QLabel(sentence, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.state.setObjectName("registerfault" if faults else "registerstate")
        self.state.setAccessibleName("State of the register")
        self._filter = RegisterFilter(RegisterModel(self._rows, self), self)
        self.words.textChanged.connect(self._filter.filter)
        self.table = self._table()
        self._lay_out()

    def _table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName("Sheets that left this machine")
        table.setModel(self._filter)
        table.setShowGrid(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for at, column in enumerate(COLUMNS):
            table.setColumnWidth(at, scaled(column.width))
        table.verticalHeader().setDefaultSectionSize(scaled(30))
        return table

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the title what room the other columns do not take, and never less than it needs."""
        super().resizeEvent(event)
        others = sum(scaled(column.width) for column in COLUMNS if column.title != WIDEST)
        room = self.width() - 2 * EDGE - others - scaled(16)
        at, widest = next((at, column) for at, column in enumerate(COLUMNS) if column.title == WIDEST)
        self.table.setColumnWidth(at, max(scaled(widest.width), room))

    def _lay_out(self) -> None:
        export = QPushButton("Export …")
        export.setEnabled(bool(self._rows))
        export.clicked.connect(self._ask_and_export)
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        for button in (export, close):
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        row.addWidget(export)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 16, EDGE, 16)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addWidget(self.state)

    def _ask_and_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Export the register", "register.csv", "CSV (*.csv)")
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write all rows as CSV, and say so."""
        try:
            paths.write_atomically(path, register_csv(self._rows).encode("utf-8-sig"))
        except ViewerError as err:
            self.state.setText(f"{err} {err.advice}")
            return
        self.state.setText(f"Written: {paths.display_name(path)}.")


def _read(home: Path) -> tuple[tuple[RegisterRow, ...], tuple[str, ...]] | None:
    """Return all rows, and what is wrong with them or with the register itself; None where there is no register."""
    try:
        register = Register.open_for_reading(home)
        if register is None:
            return None
        with register:
            return register.rows(), register.verify()
    except ViewerError as err:
        return (), (str(err),)


def _state_sentence(rows: tuple[RegisterRow, ...], faults: tuple[str, ...]) -> str:
    if faults:
        return " ".join(faults[:5])
    if not rows:
        return "No sheet stands in this register yet."
    return f"{wording.count(len(rows), 'row')}, the chain is whole. Its head is {rows[-1].hash[:12]}."
