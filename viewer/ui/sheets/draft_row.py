"""The row that names the sheet being made, with the menu of all of them and whether it is kept."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import (
    QGridLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from viewer.dissemination.file_names import LONGEST
from viewer.text.safe import visible
from viewer.ui.parts.plain_text import plain_tip
from viewer.ui.parts.widgets import plain_label
from viewer.ui.sheets.draft_keeper import SheetDraftKeeper

WIDEST_LABEL = "For readers up to"  # of the fields below
SHOWN = 30  # characters of a name on the button


class SheetDraftRow(QWidget):
    """Shows which sheet is open and whether it is kept; its button opens the menu of sheets."""

    def __init__(self, keeper: SheetDraftKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self.button, self.state = QPushButton(), plain_label(wrapped=True)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self.fill)
        self.button.setMenu(self.menu)
        self.state.setObjectName("quiet")
        self.state.setProperty("trouble", True)
        self._label = QLabel("S&heet")
        self._label.setBuddy(self.button)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.addWidget(self._label, 0, 0)
        grid.addWidget(self.button, 0, 1)
        grid.addWidget(self.state, 1, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        keeper.changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Show the name of the sheet, and why it is not kept if it is not."""
        name = visible(self._keeper.name)
        self.button.setText(_escaped(name if len(name) <= SHOWN else f"{name[: SHOWN - 1]}…"))
        self.button.setToolTip(plain_tip(name))
        self.button.setAccessibleName(f"The sheet being made: {name}")
        self.state.setText(self._keeper.trouble)
        self.state.setVisible(bool(self._keeper.trouble))

    def restyle(self) -> None:
        """Let the button begin where the fields below begin, in the size in force."""
        self._label.setMinimumWidth(self._label.fontMetrics().horizontalAdvance(WIDEST_LABEL))

    def fill(self) -> None:
        """List the sheets that are kept now, and what can be done with the one that is open."""
        self.menu.clear()
        keeper, group = self._keeper, QActionGroup(self.menu)
        for name in keeper.drafts.names():
            action = self.menu.addAction(_escaped(visible(name)), partial(keeper.switch, name))
            action.setCheckable(True)
            action.setChecked(name == keeper.name)
            group.addAction(action)
        self.menu.addSeparator()
        self.menu.addAction("&New sheet", lambda: keeper.begin())
        self.menu.addAction("&Rename …", self.ask_and_rename)
        self.menu.addAction("&Duplicate", keeper.duplicate)
        self.menu.addAction("Re&move", keeper.remove)

    def ask_and_rename(self) -> None:
        """Ask for another name; one that is too long for a file is asked for again."""
        words, chosen = self._ask("Name", self._keeper.name)
        while chosen and len(words) > LONGEST:
            words, chosen = self._ask(f"Name, of at most {LONGEST} characters: here are {len(words):,}", words)
        if chosen and words:
            self._keeper.rename(words)

    def _ask(self, label: str, text: str) -> tuple[str, bool]:
        words, chosen = QInputDialog.getText(self.window(), "Rename the sheet", label, text=text)
        return words.strip(), chosen


def _escaped(text: str) -> str:
    """Return text for a button or menu, where & would mark a letter."""
    return text.replace("&", "&&")
