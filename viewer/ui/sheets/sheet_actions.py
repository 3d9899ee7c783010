"""What the window does with sheets outside their view: puts items on, shows the register, checks a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from viewer.errors import ViewerError
from viewer.sheets.recipe import Form, item_entry
from viewer.text import wording
from viewer.ui.context import EditionContext
from viewer.ui.parts.mistakes import MistakeTeller
from viewer.ui.parts.modal import run_dialog
from viewer.ui.sheets.tray import Tray


def preload(parent: QObject) -> None:
    """Load in a thread of its own what the first preview needs, so that it comes at once when it is wanted."""
    MistakeTeller(parent).start("preload", _load)


def _load() -> None:
    from PySide6 import QtPdf, QtPdfWidgets  # noqa: F401

    from viewer.sheets import pdf

    pdf.load_libraries()


class SheetActions(QObject):
    """Works on the tray of one edition; dialogs open over `parent`."""

    def __init__(self, context: EditionContext, tray: Tray, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._tray, self._over = context, tray, parent

    def put_item(self) -> None:
        """Put the present item on the sheet; where there is none, the theme that is open."""
        item = self._context.views.present_item()
        if item:
            self._tray.add(item)
        elif self._context.views.is_reading():
            self.put_theme()
        else:
            self._context.announce("Choose an item first: then S puts it on the sheet.")

    def put_theme(self) -> None:
        """Put the theme that is open, or all that is listed, on the sheet; on a page without either, say what to do."""
        if not self._context.views.is_reading():
            listed = self._context.views.listed_items()
            if listed is not None:
                self._tray.add_entries(map(item_entry, listed))
            return
        kind, _, name = self._context.navigator.address.partition(":")
        if kind == "theme":
            self._tray.add_theme(name.partition("#")[0].partition("/")[0])
        elif kind == "tag":
            self._tray.add_items(self._context.bundle.tagged(name))
        else:
            self._context.announce("Open a theme or choose an item first: then S puts it on the sheet.")

    def put_changes(self, path: Path, theme: str) -> None:
        """Make the sheet one of what changed since the edition at `path`, after asking where others are on it."""
        tray = self._tray
        try:
            since = tray.earlier.add(path)
        except ViewerError as err:
            self._context.announce(f"{err} {err.advice}".strip())
            return
        if len(tray) and tray.recipe.form is not Form.CHANGES and not self._may_replace():
            return
        tray.tell_changes(since, theme)
        self._context.views.show_view("sheets")

    def _may_replace(self) -> bool:
        held = wording.count(len(self._tray), "entry", "entries")
        asked = f"A sheet of changes takes the place of what is on the sheet now: {held}."
        buttons = QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel
        return QMessageBox.question(self._over, "Put on a sheet", asked, buttons) == QMessageBox.StandardButton.Ok

    def show_register(self) -> None:
        """Open the register in a window of its own."""
        from viewer.ui.sheets.register_view import RegisterWindow

        run_dialog(RegisterWindow(self._context.home, self._over.window()))

    def ask_and_check(self) -> None:
        """Ask for a sheet's file and say what it is worth."""
        from viewer.ui.sheets import sheet_check

        sheet_check.ask_and_check(self._context.bundle, self._context.home, self._over.window())

    def check_file(self, path: Path) -> None:
        """Say what the sheet at `path` is worth."""
        from viewer.ui.sheets.sheet_check import CheckDialog

        run_dialog(CheckDialog(path, self._context.bundle, self._context.home, self._over.window()))
