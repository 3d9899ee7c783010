"""The view of sheets: what is on it and how at the left, the pages themselves at the right, and what lets it leave."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from viewer import clock
from viewer.dissemination.issuing import PREVIEW
from viewer.editions.opening import Opened
from viewer.errors import ViewerError
from viewer.sheets import compose
from viewer.sheets.recipe import Form, Recipe, SheetPart
from viewer.sheets.sheet import Sheet
from viewer.ui.appearance import Appearance
from viewer.ui.parts.background_runner import BackgroundRunner
from viewer.ui.parts.folding_bar import FoldingBar
from viewer.ui.parts.folding_splitter import FoldingSplitter
from viewer.ui.parts.timers import make_timer
from viewer.ui.parts.widgets import plain_label, scaled
from viewer.ui.sheets.draft_keeper import SheetDraftKeeper
from viewer.ui.sheets.draft_row import SheetDraftRow
from viewer.ui.sheets.earlier_edition_chooser import EarlierEditionChooser
from viewer.ui.sheets.entries import EntryList
from viewer.ui.sheets.entry_buttons import EntryButtons
from viewer.ui.sheets.options import SheetOptions
from viewer.ui.sheets.outputs import SheetOutputs
from viewer.ui.sheets.preview import SheetPreview
from viewer.ui.sheets.recipes import RecipeMenu
from viewer.ui.sheets.sheet_summary import parts_left_out, sheet_facts
from viewer.ui.sheets.tray import Tray

LEFT, RIGHT = 388, 372  # pixels at 100 %: the least of each side, where both are shown


class SheetsView(QWidget):
    """Shows the tray's sheet as it will leave, live.

    Signals: `address_requested(address)`; `register_requested` to see what has left.
    """

    address_requested = Signal(str)
    register_requested = Signal()

    def __init__(
        self, opened: Opened, home: Path, tray: Tray, drafts: SheetDraftKeeper, appearance: Appearance
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self.setObjectName("sheets")
        self._opened, self._home, self.tray = opened, home, tray
        self.runner = BackgroundRunner(self)
        self.entries = EntryList(tray)
        self.since = EarlierEditionChooser(tray)
        self.options = SheetOptions(tray, self.since)
        self.narrow = QLabel(NARROW, wordWrap=True)
        self.narrow.setObjectName("sheethint")
        self.preview = SheetPreview()
        self.outputs = SheetOutputs(self, self.runner, home, tray, self.variants)
        self.recipes = RecipeMenu(tray, home, drafts.begin, self)
        self.draft = SheetDraftRow(drafts)
        self.entry_buttons = EntryButtons(tray, self.entries, self.recipes.ask_heading, drafts.empty)
        self.state, self.message = plain_label(wrapped=True), plain_label(wrapped=True)
        self._pause = make_timer(self, 0, single_shot=True)  # several changes at once print once
        self._bar = self._make_bar()
        self._lay_out()
        self._wire()
        self.restyle()
        self._refresh()

    # Laying out

    def _lay_out(self) -> None:
        self._side = self._left()
        self._split = split = FoldingSplitter(
            self.preview,
            self._side,
            side_width=self._side_width,
            room=lambda: self._side_width() + scaled(RIGHT),
            side_first=True,
        )
        self.message.setObjectName("sheetmessage")
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setAccessibleName("Message")
        self.message.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for widget in (self._bar, self.message, split):
            whole.addWidget(widget)
        whole.setStretchFactor(split, 1)
        self.setFocusProxy(self.entries)

    def _left(self) -> QScrollArea:
        self._inner = inner = QWidget()
        inner.setObjectName("sheetside")
        column = QVBoxLayout(inner)
        column.setContentsMargins(18, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.draft)
        column.addSpacing(8)
        column.addWidget(_head("On the sheet"))
        column.addWidget(self.narrow)
        column.addWidget(self.entries)
        column.addWidget(self.entry_buttons)
        column.addSpacing(8)
        column.addWidget(_head("How and for whom"))
        column.addWidget(self.options)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setObjectName("sheetscroll")
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        return area

    def _make_bar(self) -> FoldingBar:
        self.state.setObjectName("sheetstate")
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setAccessibleName("What the sheet holds")
        self.look, self.wide, kept, register = map(_tool, ("Preview", "Page width", "Recipes", "Register"))
        self.look.setToolTip("Show the pages, or the list and the choices")
        self.look.setCheckable(True)
        self.wide.setCheckable(True)
        kept.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        kept.setMenu(self.recipes)
        register.setToolTip("What has left this machine")
        register.clicked.connect(self.register_requested)
        return FoldingBar("sheetbar", self.state, (self.look, self.wide, kept, register, *self.outputs.buttons))

    def _wire(self) -> None:
        self.entries.address_chosen.connect(self.address_requested)
        self.since.message.connect(self.show_message)
        self.outputs.message.connect(self.show_message)
        self.outputs.started.connect(self.show_message)
        self.recipes.message.connect(self.show_message)
        self.runner.newest_failed.connect(self._show_failure)
        self.runner.newest_done.connect(self._show_preview)
        self.tray.changed.connect(self._pause.start)
        self.look.toggled.connect(self._fit)
        self._split.folded.connect(self._fit)
        self.wide.toggled.connect(self._fit)
        self._pause.timeout.connect(self._refresh)
        self.destroyed.connect(self.runner.shut_down)

    # What is shown

    def restyle(self) -> None:
        """Lay the pages on another ground, and all else in other sizes; paper itself always looks the same."""
        self.preview.tint(self._appearance.palette)
        self.state.setMinimumWidth(scaled(220))
        self.options.restyle()
        self.draft.restyle()
        self._fit()
        QTimer.singleShot(0, self, self._fit)  # once the new sizes count

    def _side_width(self) -> int:
        return max(scaled(LEFT), self._inner.minimumSizeHint().width() + scaled(14))

    def _fit(self) -> None:
        """Show both sides where there is room for them, else the one that the reader looks at, over all of it."""
        self._split.show_when_narrow("main" if self.look.isChecked() else "side")
        narrow = self._split.is_narrow
        self.look.setVisible(narrow)
        self.wide.setVisible(not narrow)
        self.entries.setFixedHeight(scaled(76 if narrow else 150))
        self._side.setMinimumWidth(0 if narrow else self._side_width())
        self.preview.fit_width(narrow or self.wide.isChecked())
        self._hint()

    def _hint(self) -> None:
        """Say below the list what the pages would, where they are out of sight."""
        recipe = self.tray.recipe
        changes = recipe.form is Form.CHANGES
        self.narrow.setText(NARROW if changes else EMPTY)
        self.narrow.setVisible(changes or (recipe.is_empty and self.look.isVisibleTo(self)))

    def show_message(self, sentence: str) -> None:
        """Show a sentence above the preview until something changes."""
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))

    def showEvent(self, event: QShowEvent) -> None:
        """Print what changed while the view was out of sight: notes, too."""
        super().showEvent(event)
        self.restyle()
        self._pause.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop waiting to print what nobody sees."""
        super().hideEvent(event)
        self._pause.stop()

    def variants(self, recipe: Recipe) -> tuple[Sheet, ...]:
        """Return the sheet of a recipe, as `compose.variants` gives it. Raises ViewerError."""
        opened = self._opened
        notes = compose.notes_for(recipe, opened.bundle, self._home)
        today = clock.today()
        superseded, earlier = opened.superseded_by, self.tray.earlier
        return compose.variants(
            recipe, opened.bundle, today=today, superseded_by=superseded, notes=notes, earlier=earlier
        )

    def _refresh(self) -> None:
        recipe = self.tray.recipe
        self.entry_buttons.enable(bool(recipe.entries))
        self._hint()
        if recipe.is_empty:
            self.runner.run_newest(lambda: None)
            self._show_state("")
            self.outputs.enable(False)
            self.preview.show_sentence("No theme and no item is on the sheet yet.", EMPTY)
            return
        self.runner.run_newest(partial(self._preview, recipe))

    def _preview(self, recipe: Recipe) -> object:
        """Run in the background thread."""
        from viewer.sheets import pdf

        return pdf.render(self.variants(recipe), PREVIEW)

    def _show_preview(self, rendered: object) -> None:
        from viewer.sheets.sheet import RenderedSheet

        if not isinstance(rendered, RenderedSheet):
            return
        self.preview.show_pdf(rendered.data)
        recipe, sheet = self.tray.recipe, rendered.sheet
        self._show_state(" · ".join(sheet_facts(sheet, rendered.pages)), parts_left_out(sheet, recipe.parts))
        self.outputs.enable(True, rendered.pages * recipe.copies)
        self.message.hide()

    def _show_failure(self, err: object) -> None:
        assert isinstance(err, ViewerError)
        self._show_state("")
        self.outputs.enable(False)
        self.preview.show_sentence(str(err), err.advice)

    def _show_state(self, holds: str, without: Sequence[SheetPart] = ()) -> None:
        """Say what the sheet holds, and which parts that were asked for it is without."""
        self.state.setText(holds)
        self.state.setVisible(bool(holds) or not self.look.isVisibleTo(self))
        self.options.show_parts_left_out(without)


NARROW = "The sheet tells all that changed. Put themes or items on it to tell of these alone."
EMPTY = (
    "Choose a theme, an issue or a heading under Add. While reading, S puts the present item on the sheet, "
    "and Shift+S the whole theme."
)


def _head(text: str) -> QLabel:
    out = QLabel(text.upper())
    out.setObjectName("sidehead")
    out.setAccessibleName(text)
    return out


def _tool(text: str) -> QToolButton:
    out = QToolButton()
    out.setText(text)
    return out
