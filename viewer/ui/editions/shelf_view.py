"""The shelf of editions: what is kept, verified anew, with ways to open, add and remove."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from viewer.editions.shelf import KeptEdition, Shelf
from viewer.errors import ViewerError
from viewer.model import Edition, Seal
from viewer.records import record
from viewer.text import wording
from viewer.text.safe import visible
from viewer.ui.context import EditionContext
from viewer.ui.files import EDITION_FILTER
from viewer.ui.parts.background_runner import BackgroundRunner
from viewer.ui.parts.modal import run_dialog
from viewer.ui.parts.plain_text import plain_tip

PADDING = 26  # pixels that the style sheet puts around a cell's text
CHECKING = "Checking the kept editions …"
EMPTY = "No editions are kept yet. Add the file of an edition: it is verified, and its very bytes are kept."


class ShelfDialog(QDialog):
    """The kept editions. Signals: `open_requested(path, older)` for the chosen one."""

    open_requested = Signal(object, bool)

    def __init__(self, shelf: Shelf, present: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf, self._present = shelf, present
        self._kept: tuple[KeptEdition, ...] = ()
        self._message = ""  # about the reader's last step, while the files are verified and after
        self._runner = BackgroundRunner(self)
        self.end = self._runner.shut_down
        self.destroyed.connect(self.end)
        self.setWindowTitle("Editions on the shelf")
        self.resize(1080, 420)
        self.said = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.said.setAccessibleName("State")
        self.table = QTableWidget(0, len(COLUMNS))
        self.table.setHorizontalHeaderLabels([column.title for column in COLUMNS])
        self.table.setAccessibleName("Kept editions")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(_WIDE, QHeaderView.ResizeMode.Stretch)
        self.open_button = QPushButton("Open", default=True)
        self.add_button = QPushButton("Add a file …")
        self.keep_button = QPushButton("Keep the edition that is open")
        self.remove_button = QPushButton("Remove")
        self.close_button = QPushButton("Close")
        buttons = QHBoxLayout()
        for button in (self.keep_button, self.add_button, self.remove_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self._wire()
        self._enable()
        self.show_kept()

    def _wire(self) -> None:
        self.add_button.clicked.connect(self._ask)
        self.close_button.clicked.connect(self.reject)
        self.keep_button.clicked.connect(self._keep)
        self.open_button.clicked.connect(self._open)
        self.remove_button.clicked.connect(self._ask_removal)
        self.table.itemActivated.connect(self._open)
        self.table.itemSelectionChanged.connect(self._enable)

    def show_kept(self, said: str = "") -> None:
        """Verify every kept file, off the window's thread, and then list them; `said` is shown meanwhile and after."""
        self._message = visible(said)
        self.said.setText(self._message or CHECKING)
        self._runner.run(self._shelf.entries, self._list, self._fail)

    def _list(self, kept_files: object) -> None:
        """List what is kept: by series, the newest first; what is refused last, with the reason."""
        self._kept = cast("tuple[KeptEdition, ...]", kept_files)
        self.table.setRowCount(len(self._kept))
        for row, kept in enumerate(self._kept):
            for column, text in enumerate(cells_of(kept).values()):
                item = QTableWidgetItem(visible(text))
                item.setToolTip(plain_tip(visible(text)))
                self.table.setItem(row, column, item)
        for column in (at for at in range(len(COLUMNS)) if at != _WIDE):
            self.table.resizeColumnToContents(column)
            self.table.setColumnWidth(column, self.table.columnWidth(column) + PADDING)
        amount = wording.count(len(self._kept), "file")
        self.said.setText(self._message or (f"{amount}, checked just now." if self._kept else EMPTY))
        if self._kept:
            self.table.selectRow(0)
        self._enable()

    def add(self, path: Path) -> None:
        """Keep the edition at `path`, or say why not."""
        try:
            kept = self._shelf.add(path)
        except ViewerError as err:
            self._fail(err)
            return
        self.show_kept(f"{kept.name} is kept.")

    def _fail(self, error: object) -> None:
        assert isinstance(error, ViewerError)
        self._message = visible(f"{error} {error.advice}".strip())
        self.said.setText(self._message)

    def _keep(self) -> None:
        if self._present is not None:
            self.add(self._present)

    def remove(self) -> None:
        """Take the chosen edition off the shelf, or say why not."""
        kept = self._chosen()
        if kept is None:
            return
        try:
            self._shelf.remove(kept.path)
        except ViewerError as err:
            self._fail(err)
            return
        self.show_kept(f"{kept.name} is no longer kept.")

    def _chosen(self) -> KeptEdition | None:
        row = self.table.currentRow()
        return self._kept[row] if 0 <= row < len(self._kept) else None

    def _enable(self) -> None:
        kept = self._chosen()
        self.open_button.setEnabled(kept is not None)
        self.remove_button.setEnabled(kept is not None)
        self.keep_button.setEnabled(self._present is not None)

    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Keep an edition", "", EDITION_FILTER)
        if name:
            self.add(Path(name))

    def _ask_removal(self) -> None:
        kept = self._chosen()
        question = "Remove this edition from the shelf? Notes on its series stay. The file cannot be brought back."
        if kept and QMessageBox.question(self, "Remove", question) is QMessageBox.StandardButton.Yes:
            self.remove()

    def _open(self) -> None:
        kept = self._chosen()
        if kept is not None:
            self.accept()
            self.open_requested.emit(kept.path, kept.superseded_by is not None)


@record
class ShelfColumn:
    """A column of the shelf: its name, its title, and its cells for files that were verified and for others."""

    name: str
    title: str
    verified: Callable[[KeptEdition, Edition, Seal], str]
    refused: Callable[[KeptEdition], str] = lambda _: ""


def _state(kept: KeptEdition, _edition: Edition, _seal: Seal) -> str:
    states = {
        "Newest": kept.newest,
        "Superseded": kept.superseded_by is not None,
        "Review date past": kept.review_past,
    }
    return ", ".join(state for state, holds in states.items() if holds)


COLUMNS = (
    ShelfColumn(name="series", title="Series", verified=lambda _, edition, __: edition.series),
    ShelfColumn(
        name="edition",
        title="Edition",
        verified=lambda _, edition, __: f"{edition.label} · {edition.title}",
        refused=lambda kept: f"{kept.path.name}: {kept.refused}",
    ),
    ShelfColumn(name="issued", title="Issued", verified=lambda _, edition, __: wording.day(edition.issued)),
    ShelfColumn(name="serial", title="Serial", verified=lambda _, edition, __: str(edition.serial)),
    ShelfColumn(name="signed_by", title="Signed by", verified=lambda _, __, seal: seal.publisher),
    ShelfColumn(name="review", title="Review date", verified=lambda _, edition, __: wording.day(edition.review)),
    ShelfColumn(name="state", title="State", verified=_state, refused=lambda _: "Refused"),
)
_WIDE = [column.name for column in COLUMNS].index("edition")  # the column that takes the room that is left


def cells_of(kept: KeptEdition) -> dict[str, str]:
    """Return what the list says of a kept file, by the names of the columns."""
    edition, seal = kept.edition, kept.seal
    if edition is None or seal is None:
        return {column.name: column.refused(kept) for column in COLUMNS}
    return {column.name: column.verified(kept, edition, seal) for column in COLUMNS}


def show_shelf(context: EditionContext, parent: QWidget, open_file: Callable[[Path, bool], object]) -> None:
    """Open the shelf over `parent`; `open_file(path, older)` opens what is chosen there."""
    dialog = ShelfDialog(Shelf(context.session), context.opened.path, parent)
    dialog.open_requested.connect(open_file)
    context.signals.closing.connect(dialog.end)
    run_dialog(dialog)
