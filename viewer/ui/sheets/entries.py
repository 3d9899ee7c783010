"""The list of what is on the sheet: drag to order, or Alt and the arrow keys; Delete takes off."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from viewer.sheets.recipe import EntryKind, RecipeEntry
from viewer.text.safe import visible
from viewer.ui.parts.plain_text import plain_tip
from viewer.ui.sheets.tray import Tray

_ENTRY = int(Qt.ItemDataRole.UserRole)


class EntryList(QListWidget):
    """The tray's entries in order. Signals: `address_chosen(address)` when one is activated."""

    address_chosen = Signal(str)

    def __init__(self, tray: Tray, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tray = tray
        self.setObjectName("entries")
        self.setAccessibleName("On the sheet, in order")
        self.setToolTip("Drag to order, or Alt with the arrow keys; Delete takes off")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.model().rowsMoved.connect(self._moved)
        self.itemActivated.connect(self._announce)
        tray.changed.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """Show the tray's entries, unless they are the ones shown."""
        entries = self._tray.recipe.entries
        if tuple(self._entries()) == entries:
            return
        at = self.currentRow()
        self.clear()
        for entry in entries:
            row = QListWidgetItem(self._tray.name_of(entry))
            row.setData(_ENTRY, entry)
            row.setToolTip(plain_tip(visible(row.text())))
            if entry.kind is not EntryKind.ITEM:
                font = QFont(self.font())
                font.setWeight(QFont.Weight.DemiBold)
                row.setFont(font)
            self.addItem(row)
        if entries:
            self.setCurrentRow(max(0, min(at, len(entries) - 1)))

    def take_off(self) -> None:
        """Take the chosen entries off the sheet."""
        chosen = {self.row(item) for item in self.selectedItems()}
        self._tray.arrange(entry for at, entry in enumerate(self._entries()) if at not in chosen)

    def shift(self, by: int) -> None:
        """Move the present entry up (-1) or down (1)."""
        at, entries = self.currentRow(), self._entries()
        to = at + by
        if 0 <= at < len(entries) and 0 <= to < len(entries):
            entries.insert(to, entries.pop(at))
            self._tray.arrange(entries)
            self.setCurrentRow(to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the chosen entries off at Delete, move the present one at Alt and an arrow."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.take_off()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _entries(self) -> list[RecipeEntry]:
        return [self.item(row).data(_ENTRY) for row in range(self.count())]

    def _moved(self) -> None:
        self._tray.arrange(self._entries())

    def _announce(self, row: QListWidgetItem) -> None:
        entry = row.data(_ENTRY)
        if entry.kind is not EntryKind.HEADING:
            self.address_chosen.emit(f"{entry.kind}:{entry.value}")
