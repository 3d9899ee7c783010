"""The view of figures: a table to filter, sort and group, the chosen figure beside it, and several compared."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from viewer.bundle.bundle import Bundle
from viewer.figures.sums import LEAST_COMPARED, MOST_COMPARED
from viewer.figures.table import COLUMNS, GROUPINGS, Grouping
from viewer.model import Statistic
from viewer.text import wording
from viewer.text.filter_words import FilterWords
from viewer.ui.appearance import Appearance
from viewer.ui.figures import outlets
from viewer.ui.figures.comparison import FigureComparison
from viewer.ui.figures.model import FigureModel
from viewer.ui.figures.pane import FigurePane
from viewer.ui.parts.clear_button import ClearButton
from viewer.ui.parts.folding_bar import FoldingBar
from viewer.ui.parts.folding_splitter import FoldingSplitter
from viewer.ui.parts.marked_cells import MarkedCells
from viewer.ui.parts.record_table import enable_sorting, record_table
from viewer.ui.parts.widgets import scaled

TABLE, PANE = 440, 280  # pixels at 100 %: the least of each, where both are shown
GROUPING_NAMES: dict[Grouping, str] = {
    "": "No groups", "theme": "By theme", "source": "By source", "tag": "By issue", "year": "By year",
}  # fmt: skip
MOST_KEPT_CHOSEN = 20_000  # figures found, among which the chosen one is looked for after each letter


class StatisticsView(QWidget):
    """All figures of an edition. Signals: `address_requested(address)` when the reader wants to see a place."""

    address_requested = Signal(str)

    def __init__(self, bundle: Bundle, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.model = FigureModel(bundle, self)
        self.words = QLineEdit(placeholderText="Filter figures")
        self._clear_button = ClearButton(self.words)
        self.words.setAccessibleName("Filter figures")
        self.grouping = QComboBox()
        for grouping in GROUPINGS:
            self.grouping.addItem(GROUPING_NAMES[grouping], grouping)
        self.grouping.setAccessibleName("Groups")
        self.count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.count.setObjectName("count")
        self.compare = QPushButton("Compare")
        self.compare.setToolTip("Put two to six chosen figures side by side (Ctrl+Return)")
        self.compare.setShortcut("Ctrl+Return")
        self.copy_button = QPushButton("Copy")
        self.copy_button.setMenu(QMenu(self.copy_button))
        self.table = record_table(self.model, "Figures", many=True)
        enable_sorting(self.table)
        self._cells = MarkedCells(appearance, self)
        self.table.setItemDelegate(self._cells)
        self.pane = FigurePane(bundle, appearance)
        self.comparison = FigureComparison(appearance)
        self._lay_out()
        self._wire()
        self.restyle()
        self.setFocusProxy(self.table)
        self.model.read_on()
        self._show_count()
        QTimer.singleShot(0, self, self._read_on)

    def _lay_out(self) -> None:
        self.export = QPushButton("Export CSV …")
        fields = QWidget()
        row = QHBoxLayout(fields)
        row.setContentsMargins(4, 2, 0, 2)
        row.setSpacing(10)
        row.addWidget(self.words, 1)
        row.addWidget(self.grouping)
        row.addWidget(self.count)
        row.addStretch(0)
        self._bar = FoldingBar("viewBar", fields, (self.compare, self.copy_button, self.export))
        # In a narrow window the chosen figure gives way to the table: Enter opens it on its page.
        self.split = FoldingSplitter(
            self.table,
            self.pane,
            side_width=lambda: scaled(PANE),
            room=lambda: scaled(TABLE + PANE),
            side_share=0.3,
        )
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.split, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(whole)
        self.stack.addWidget(self.comparison)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def _wire(self) -> None:
        self.comparison.address_requested.connect(self.address_requested)
        self.comparison.closed.connect(self._end_comparison)
        self.compare.clicked.connect(self._compare)
        self.export.clicked.connect(self._export)
        self.grouping.currentIndexChanged.connect(
            lambda at: self._rearrange(partial(self.model.group, self.grouping.itemData(at)))
        )
        self.pane.address_requested.connect(self.address_requested)
        self.table.activated.connect(self._open_chosen)
        self.table.horizontalHeader().sortIndicatorChanged.connect(
            lambda column, order: self._rearrange(partial(self.model.sort, column, order))
        )
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self.words.textChanged.connect(self._filter)
        self.words.returnPressed.connect(self._focus_table)
        menu = self.copy_button.menu()
        menu.addAction("With citation", self.copy_cited)
        menu.addAction("As a CSV row", self.copy_csv)
        menu.addAction("As a picture", self.copy_picture)

    def restyle(self) -> None:
        """Show everything again after colours or sizes changed."""
        scale = self._appearance.scale
        self.table.verticalHeader().setDefaultSectionSize(round(30 * scale))
        for at, column in enumerate(COLUMNS):
            self.table.setColumnWidth(at, round(column.width * scale))
        self.grouping.setMinimumHeight(self.words.sizeHint().height())
        self._clear_button.tint(self._appearance.palette, self.devicePixelRatioF())
        self.words.setMinimumWidth(scaled(170))
        self.words.setMaximumWidth(scaled(460))
        self.pane.setMinimumWidth(scaled(PANE))
        self.pane.restyle()
        self.comparison.restyle()
        self.split.fit()

    # Choosing

    def choose(self, statistic_id: str) -> bool:
        """Choose a figure by its id; return False where the filter hides it."""
        line = self.model.line_of(statistic_id)
        if line is None:
            return False
        self.table.selectRow(line)
        self.table.scrollTo(self.model.index(line, 0))
        return True

    def chosen(self) -> list[int]:
        """Return the chosen rows of the table of figures, in the order shown, each once."""
        lines = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        rows = (self.model.row_of(line) for line in lines)
        return list(dict.fromkeys(row for row in rows if row is not None))

    def open_find(self) -> None:
        """Put the keyboard into the filter."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def _focus_table(self) -> None:
        self.table.setFocus()
        first = next((line for line in range(self.model.rowCount()) if self.model.row_of(line) is not None), None)
        if not self.chosen() and first is not None:
            self.table.selectRow(first)

    def _statistics(self, rows: list[int]) -> list[Statistic]:
        return [self.model.table.statistics[row] for row in rows]

    def _show_chosen(self) -> None:
        rows = self.chosen()
        current = self.model.statistic(self.table.currentIndex().row())
        shown = current if len(rows) > 1 else next(iter(self._statistics(rows)), None)
        self.pane.show_figure(shown)
        self._show_count()

    def _open_chosen(self) -> None:
        statistic = self.model.statistic(self.table.currentIndex().row())
        if statistic is not None:
            self.address_requested.emit(f"item:{statistic.id}")

    def _filter(self, words: str) -> None:
        self._cells.words = FilterWords(words)
        self._rearrange(partial(self.model.filter, words))

    def _rearrange(self, arrange: Callable[[], None]) -> None:
        """Filter, sort or group by calling `arrange`, and keep the choice where it is still in sight."""
        statistics = self._statistics(self.chosen())
        arrange()
        if len(statistics) == 1 and self.model.found < MOST_KEPT_CHOSEN and self.choose(statistics[0].id):
            return
        self.table.scrollToTop()
        self._show_chosen()

    def present_item(self) -> str:
        """Return the chosen figure's id, empty while none is."""
        rows = self.chosen()
        return self.model.table.statistics[rows[0]].id if rows else ""

    def _show_count(self) -> None:
        table, chosen = self.model.table, len(self.chosen())
        found, whole = self.model.found, wording.count(len(table), "figure")
        shown = whole if found == len(table) else f"{found:,} of {whole}"
        self.count.setText(shown if self.model.is_whole else f"{shown}, reading on …")
        self.compare.setEnabled(LEAST_COMPARED <= chosen <= MOST_COMPARED)
        self.compare.setText(f"Compare {chosen}" if self.compare.isEnabled() else "Compare")
        self.copy_button.setEnabled(chosen > 0)
        self.export.setEnabled(found > 0)

    def _read_on(self) -> None:
        if self.model.is_whole:
            return
        self.model.read_on()
        self._show_count()
        QTimer.singleShot(0, self, self._read_on)

    # Comparing

    def _compare(self) -> None:
        rows = self.chosen()
        if not LEAST_COMPARED <= len(rows) <= MOST_COMPARED:
            return
        table = self.model.table
        self.comparison.show_figures(
            self._statistics(rows), [table.source_line(row) for row in rows], [table.citation(row) for row in rows]
        )
        self.stack.setCurrentWidget(self.comparison)
        self.comparison.setFocus()

    def _end_comparison(self) -> None:
        self.stack.setCurrentIndex(0)
        self.table.setFocus()

    # What leaves

    def copy_cited(self) -> str:
        """Put the chosen figures as text with source and citation on the clipboard; return it."""
        return outlets.copy_cited(self.model.table, self.chosen())

    def copy_csv(self) -> str:
        """Put the chosen figures as CSV rows on the clipboard, each with its source; return them."""
        return outlets.copy_csv(self.model.table, self.chosen())

    def copy_picture(self) -> None:
        """Put the first chosen figure on the clipboard as a picture."""
        for row in self.chosen()[:1]:
            outlets.copy_picture(self.model.table, row)

    def _export(self) -> None:
        written_to = outlets.ask_and_export_csv(self.model.table, self.model.rows(), self)
        if written_to:
            self.count.setText(f"Written to {written_to}")
