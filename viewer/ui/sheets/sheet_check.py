"""What checking a sheet found, in a dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLabel, QListWidget, QVBoxLayout, QWidget

from viewer.bundle.bundle import Bundle
from viewer.errors import ViewerError
from viewer.paths import display_name
from viewer.sheets.check import SheetState, SheetVerdict, StaleItem, check
from viewer.text.edition_text import text_plain
from viewer.ui.parts.modal import run_dialog

HEADLINES = {
    SheetState.CURRENT: "This sheet is current",
    SheetState.STALE: "This sheet is stale",
    SheetState.OTHER: "Another series",
}
UNKNOWN = "not in this register"


class CheckDialog(QDialog):
    """Says whether a file is a sheet that this machine issued, and still what the open edition says."""

    def __init__(self, path: Path, bundle: Bundle, home: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Check a sheet")
        self.setMinimumWidth(560)
        self.headline = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.headline.setObjectName("headline")
        self.findings = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.findings.setAccessibleName("What was found")
        self.changes = QListWidget()
        self.changes.setObjectName("entries")
        self.changes.setAccessibleName("What changed since")
        self.changes.setWordWrap(True)
        self.changes.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        name = QLabel(display_name(path), textFormat=Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        for widget in (self.headline, name, self.findings, self.changes, buttons):
            column.addWidget(widget)
        try:
            self._show(check(path, bundle, home))
        except ViewerError as err:
            self.headline.setText("This sheet cannot be relied on")
            self.findings.setText(f"{err}\n\n{err.advice}")

    def _show(self, verdict: SheetVerdict) -> None:
        known = "" if verdict.row else f", but {UNKNOWN}"
        self.headline.setText(f"{HEADLINES[verdict.state]}{known}")
        self.findings.setText("\n\n".join(verdict.sentences))
        self.changes.addItems([_change(change) for change in verdict.stale_items])
        self.changes.setVisible(bool(verdict.stale_items))


def _change(change: StaleItem) -> str:
    if change.vanished:
        return f"{change.id}: vanished"
    return f"{change.place}: now “{text_plain(change.text)}”"


def ask_and_check(bundle: Bundle, home: Path, parent: QWidget) -> None:
    """Ask for a file and show what checking it found."""
    name, _ = QFileDialog.getOpenFileName(parent, "Check a sheet", "", "Sheets (*.pdf)")
    if name:
        run_dialog(CheckDialog(Path(name), bundle, home, parent))
