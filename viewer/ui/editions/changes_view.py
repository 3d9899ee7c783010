"""The view of changes: a headline, every change under its theme, and both sides of the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from viewer.changes.filter import ChangeFilter
from viewer.changes.headline import headlines
from viewer.changes.plain_text import cited_change
from viewer.changes.presented import present_change
from viewer.changes.records import Change, Changes
from viewer.editions.shelf import KeptEdition
from viewer.errors import ViewerError
from viewer.pages.changes import change_html
from viewer.text import wording
from viewer.text.filter_words import FilterWords
from viewer.text.safe import format_html, visible
from viewer.ui.appearance import Appearance
from viewer.ui.editions.changes_controller import ChangesController
from viewer.ui.editions.changes_model import ChangesModel, column_index, touched_words
from viewer.ui.files import EDITION_FILTER
from viewer.ui.parts.clear_button import ClearButton
from viewer.ui.parts.folding_bar import FoldingBar
from viewer.ui.parts.marked_cells import MarkedCells
from viewer.ui.parts.record_table import record_table
from viewer.ui.parts.rich_label import RichLabel
from viewer.ui.parts.widgets import scaled

NONE_KEPT = (
    "No other edition of this series is kept on this machine. Choose the file of an earlier one above. "
    "Editions that are kept on the shelf (Ctrl+Shift+E) are found here by themselves; "
    "an edition whose key counts for one run alone cannot be kept."
)
WIDTHS = {"what": 330, "yours": 90}  # pixels at 100 %; "how" takes the rest
NONE_FOUND = "No change holds all of these words."
CHOOSE = "Choose an edition above to compare with."

Touched = Callable[[], Mapping[str, str]]


class ChangesView(QWidget):
    """What changed since an earlier edition.

    Signals: `address_requested(address)` for a place in this edition; `older_requested(path, address)` for one in
    the earlier edition; `sheet_requested(path, theme)` to put what changed since it on a sheet, in one theme or all.
    """

    address_requested = Signal(str)
    older_requested = Signal(object, str)
    sheet_requested = Signal(object, str)

    def __init__(
        self,
        controller: ChangesController,
        appearance: Appearance,
        touched: Touched = dict,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller, self._appearance, self._touched = controller, appearance, touched
        self._touched_now: Mapping[str, str] = {}
        self._filter = ChangeFilter({})
        self.model = ChangesModel()
        self.editions = QComboBox()
        self.editions.setAccessibleName("Compared with")
        self.editions.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.themes = QComboBox()
        self.themes.setAccessibleName("Theme")
        self.themes.setMaximumWidth(320)
        self.words = QLineEdit(placeholderText="Filter changes")
        self.words.setAccessibleName("Filter changes")
        self._clear_button = ClearButton(self.words)
        self.mine = QCheckBox("Only what touches my notes and sheets")
        self.put = QPushButton("Put on a sheet")
        self.put.setToolTip("Make a sheet of these changes, cut for its readers")
        self.headline = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.headline.setObjectName("headline")
        self.headline.setAccessibleName("Headline")
        self.cautions = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.cautions.setObjectName("cautions")
        self.table = record_table(self.model, "Changes")
        self._cells = MarkedCells(appearance, self)
        self.table.setItemDelegate(self._cells)
        self.table.horizontalHeader().setSectionResizeMode(column_index("how"), QHeaderView.ResizeMode.Stretch)
        self.details = RichLabel(appearance)
        self._lay_out()
        self._wire()
        self._list_editions([])
        self.restyle()
        self.setFocusProxy(self.table)
        self._begin()
        self._controller.list_kept(self._list_editions)

    def _lay_out(self) -> None:
        fields = QWidget()
        row = QHBoxLayout(fields)
        row.setContentsMargins(4, 2, 0, 2)
        row.setSpacing(10)
        row.addWidget(QLabel("Compared with"))
        row.addWidget(self.editions)
        row.addWidget(self.themes)
        row.addWidget(self.words, 1)
        row.addStretch(0)
        bar = FoldingBar("viewBar", fields, (self.mine, self.put))
        head = QWidget()
        head.setObjectName("changesHead")
        words = QVBoxLayout(head)
        words.setContentsMargins(20, 16, 20, 12)
        words.setSpacing(4)
        words.addWidget(self.headline)
        words.addWidget(self.cautions)
        scroll = QScrollArea()
        scroll.setObjectName("figure")
        scroll.setAccessibleName("Chosen change")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setObjectName("figureInner")
        details_column = QVBoxLayout(inner)
        details_column.setContentsMargins(24, 20, 24, 24)
        details_column.addWidget(self.details)
        details_column.addStretch(1)
        scroll.setWidget(inner)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.table)
        self.split.addWidget(scroll)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([760, 480])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (bar, head, self.split):
            column.addWidget(widget)
        column.setStretchFactor(self.split, 1)
        column.addStretch(0)
        for above in (bar, head):
            above.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _wire(self) -> None:
        self._controller.compared.connect(self.show_changes)
        self._controller.failed.connect(self._show_failure)
        self.editions.activated.connect(self._choose_edition)
        self.mine.toggled.connect(self._show_listed)
        self.words.textChanged.connect(self._show_listed)
        self.words.returnPressed.connect(self.table.setFocus)
        self.put.clicked.connect(self._ask_for_sheet)
        self.table.activated.connect(self._open_chosen)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self.themes.activated.connect(self._show_listed)
        self.details.linkActivated.connect(self._follow)

    def _begin(self) -> None:
        """Show what was compared before, else compare with the edition before this one."""
        if self._controller.changes is not None:
            self.show_changes(self._controller.changes)
        elif path := self._controller.path_before():
            self._compare(path)
        else:
            self._show_nothing(NONE_KEPT)

    def _compare(self, path: Path, *, named: bool = False) -> None:
        self._show_nothing("", "Comparing …")
        self._controller.compare(path, named=named)

    def _list_editions(self, others: list[KeptEdition]) -> None:
        self.editions.clear()
        self.editions.addItem("Choose an edition", None)
        for kept in others:
            if kept.edition is not None:
                words = f"{kept.name}, serial {kept.edition.serial}, {wording.day(kept.edition.issued)}"
                self.editions.addItem(visible(words), kept.path)
        self.editions.addItem("From a file …", "file")
        if self._controller.changes is not None:
            self._show_edition(self._controller.changes)
        elif others and self.cautions.text() == NONE_KEPT:
            self._show_nothing(CHOOSE)

    # Comparing

    def _choose_edition(self, at: int) -> None:
        chosen = self.editions.itemData(at)
        if chosen == "file":
            name, _ = QFileDialog.getOpenFileName(self, "Compare with an edition", "", EDITION_FILTER)
            if name:
                self._compare(Path(name), named=True)
        elif chosen is not None:
            self._compare(chosen)

    def show_changes(self, found: Changes) -> None:
        """Show what was found."""
        self._show_edition(found)
        self._filter = ChangeFilter(self._controller.theme_titles)
        self.themes.clear()
        self.themes.addItem("All themes", None)
        for theme in dict.fromkeys(change.theme for change in found.all if change.theme):
            self.themes.addItem(visible(self._controller.theme_titles.get(theme, theme)), theme)
        for widget in (self.themes, self.words, self.mine, self.put, self.split):
            widget.show()
        self._show_listed()

    def _about(self, found: Changes) -> tuple[str, ...]:
        sides = (f"{edition.name}, serial {edition.serial}" for edition in (found.old, found.new))
        return (f"From {' to '.join(sides)}.", *found.cautions)

    def _show_edition(self, found: Changes) -> None:
        paths = [self.editions.itemData(at) for at in range(self.editions.count())]
        at = paths.index(self._controller.path) if self._controller.path in paths else -1
        if at < 0:
            at = self.editions.count() - 1
            self.editions.insertItem(at, visible(f"{found.old.name}, from a file"), self._controller.path)
        self.editions.setCurrentIndex(at)

    def _show_failure(self, error: ViewerError) -> None:
        self._show_nothing(f"{error} {error.advice}".strip())

    def _show_nothing(self, why: str, headline: str = "Nothing to compare with yet") -> None:
        self.headline.setText(headline)
        self.cautions.setText(why)
        for widget in (self.themes, self.words, self.mine, self.put, self.split):
            widget.hide()

    def _show_listed(self) -> None:
        found = self._controller.changes
        if found is None:
            return
        self._touched_now = self._touched()
        theme = self.themes.currentData()
        listed = tuple(c for c in found.all if theme in (None, c.theme))
        if self.mine.isChecked():
            listed = tuple(change for change in listed if touched_words(change, self._touched_now))
        self._cells.words = FilterWords(self.words.text())
        listed = self._filter.passing(listed, self._cells.words)
        self.model.show_changes(listed, self._controller.theme_titles, self._touched_now)
        none_holds_them = not listed and bool(self._cells.words.parts)
        first_words, rest = (NONE_FOUND, "") if none_holds_them else headlines(listed)
        self.headline.setText(first_words)
        self.cautions.setText(visible("\n".join(line for line in (rest, *self._about(found)) if line)))
        first = self.model.first()
        if first is None:
            self._show_chosen()
        else:
            self.table.selectRow(first)

    # Both sides

    def chosen(self) -> Change | None:
        """Return the chosen change."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.change(rows[0].row()) if rows else None

    def present_item(self) -> str:
        """Return the chosen item's id in this edition, empty while none is."""
        change = self.chosen()
        is_item = change is not None and change.new is not None and change.subject not in ("theme", "source")
        return change.id if change is not None and is_item else ""

    def open_find(self) -> None:
        """Put the keyboard where the words to filter by are typed."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def copy_cited(self) -> str:
        """Copy the chosen change in words, with both editions named, to the clipboard, and return the text."""
        change, found = self.chosen(), self._controller.changes
        if change is None or found is None:
            return ""
        presented = present_change(change, self._controller.theme_titles)
        whole = cited_change(presented, found, self._controller.marking_label(change))
        QApplication.clipboard().setText(whole)
        return whole

    def _show_chosen(self) -> None:
        change = self.chosen()
        if change is None:
            self.details.show_html(format_html('<p class="quiet">{}</p>', "Choose a change in the list."))
            return
        mine = touched_words(change, self._touched_now)
        self.details.show_html(
            change_html(change, self._controller.theme_titles, (f"Touches yours: {mine}.",) if mine else ())
        )

    def _ask_for_sheet(self) -> None:
        self.sheet_requested.emit(self._controller.path, self.themes.currentData() or "")

    def _open_chosen(self) -> None:
        change = self.chosen()
        if change is not None and change.new is not None and change.subject != "source":
            self.address_requested.emit(f"{'theme' if change.subject == 'theme' else 'item'}:{change.id}")

    def _follow(self, address: str) -> None:
        if address.startswith("old:"):
            self.older_requested.emit(self._controller.path, address.removeprefix("old:"))
        else:
            self.address_requested.emit(address)

    def showEvent(self, event: QShowEvent) -> None:
        """Update which changes touch the reader's own."""
        super().showEvent(event)
        if self._controller.changes is not None and dict(self._touched()) != dict(self._touched_now):
            self._show_listed()

    def restyle(self) -> None:
        """Adapt to changed colours or sizes."""
        scale = self._appearance.scale
        self.table.verticalHeader().setDefaultSectionSize(round(30 * scale))
        for name, width in WIDTHS.items():
            self.table.setColumnWidth(column_index(name), round(width * scale))
        self._clear_button.tint(self._appearance.palette, self.devicePixelRatioF())
        self.words.setMinimumWidth(scaled(150))
        self.words.setMaximumWidth(scaled(360))
        self.details.restyle()
