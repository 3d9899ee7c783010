"""The buttons below the list of entries: put on, take off, up, down."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from viewer.text.safe import visible
from viewer.ui.sheets.entries import EntryList
from viewer.ui.sheets.tray import Tray


class EntryButtons(QWidget):
    """Works on the list of entries; `ask_heading` and `empty` are what two lines of the menu do."""

    def __init__(
        self, tray: Tray, entries: EntryList, ask_heading: Callable[[], object], empty: Callable[[], object]
    ) -> None:
        super().__init__()
        self._tray = tray
        self.add = QPushButton("&Add")
        self.add.setMenu(self._menu(ask_heading, empty))
        self._of_entries = self.off, self.up, self.down = map(QPushButton, ("Take off", "Up", "Down"))
        self.off.setToolTip("Take the chosen entries off the sheet (Delete)")
        self.up.setToolTip("Move up (Alt and the up key)")
        self.down.setToolTip("Move down (Alt and the down key)")
        self.off.clicked.connect(entries.take_off)
        self.up.clicked.connect(lambda: entries.shift(-1))
        self.down.clicked.connect(lambda: entries.shift(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for button in (self.add, *self._of_entries):
            row.addWidget(button)
        row.addStretch(1)

    def enable(self, on: bool) -> None:
        """Let entries be taken off and moved, or not."""
        for button in self._of_entries:
            button.setEnabled(on)

    def _menu(self, ask_heading: Callable[[], object], empty: Callable[[], object]) -> QMenu:
        menu, bundle = QMenu(self), self._tray.bundle
        for theme in bundle.themes():
            menu.addAction(visible(theme.short), partial(self._tray.add_theme, theme.id))
        tags = menu.addMenu("All of one issue")
        for tag in bundle.tags():
            tags.addAction(visible(tag.label), partial(self._add_tag, tag.id))
        menu.insertSeparator(tags.menuAction())
        menu.addAction("A heading of my own …", ask_heading)
        menu.addSeparator()
        menu.addAction("Empty the sheet", empty)
        return menu

    def _add_tag(self, tag_id: str) -> None:
        self._tray.add_items(self._tray.bundle.tagged(tag_id))
