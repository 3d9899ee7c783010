"""Chooses the earlier edition of a sheet of changes: one on the shelf, or a file that is verified first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QSizePolicy, QWidget

from viewer.editions.earlier import EarlierEdition
from viewer.errors import ViewerError
from viewer.paths import display_name
from viewer.text.safe import visible
from viewer.ui.files import EDITION_FILTER
from viewer.ui.sheets.tray import Tray

FILE = "file"


class EarlierEditionChooser(QComboBox):
    """Writes the earlier edition into the tray's recipe. Signals: `message(sentence)` why a file was not taken."""

    message = Signal(str)

    def __init__(self, tray: Tray, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tray = tray
        self.setAccessibleName("Since which edition")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(self._choose)
        tray.changed.connect(self._follow)

    def fill(self) -> None:
        """List the earlier editions that are at hand, and show the recipe's."""
        earlier, since = self._tray.earlier, self._tray.recipe.since
        names = earlier.choices()
        self.clear()
        self.addItem(_words_for_default(earlier.before()), "")
        for name, words in names.items():
            self.addItem(visible(words), name)
        if since and since not in names:
            self.addItem(f"{visible(since)}, not at hand", since)
        self.addItem("From a file …", FILE)
        self.setCurrentIndex(self.findData(since))
        self.setToolTip(self.currentText())

    def take_file(self, path: Path) -> None:
        """Take the edition in a file, once it is verified; say why where it is refused."""
        try:
            since = self._tray.earlier.add(path)
        except ViewerError as err:
            self.message.emit(f"{err} {err.advice}".strip())
        else:
            self._tray.set(since=since)
        self.fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the shelf each time it comes into sight."""
        super().showEvent(event)
        self.fill()

    def _choose(self, at: int) -> None:
        chosen = self.itemData(at)
        if chosen != FILE:
            self._tray.set(since=chosen)
            return
        name, _ = QFileDialog.getOpenFileName(self, "Changes since an edition", "", EDITION_FILTER)
        if name:
            self.take_file(Path(name))
        else:
            self.fill()

    def _follow(self) -> None:
        if self.isVisible() and self.currentData() != self._tray.recipe.since:
            self.fill()


def _words_for_default(before: EarlierEdition | None) -> str:
    """Return the words for the edition that is meant where none is chosen."""
    if before is None:
        return "Choose an edition"
    return "The one before on the shelf" if before.is_kept else f"The one before, from {display_name(before.path)}"
