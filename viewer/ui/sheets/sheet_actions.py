"""What the window does with sheets outside their view: puts items on, shows the register, checks a file."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from viewer.errors import ViewerError
from viewer.sheets.recipe import Form, item_entry
from viewer.text import wording
from viewer.ui.sheets.tray import Tray

if TYPE_CHECKING:
    from viewer.ui.edition_view import EditionView


def make_tray(desk: EditionView) -> Tray:
    """The desk's tray, which says aloud what is put on it."""
    from viewer.editions.earlier import EarlierEditions
    from viewer.ui.editions.edition_actions import opener_of

    tray = Tray(desk.bundle, EarlierEditions(desk.bundle, opener_of(desk)), desk)
    tray.announced.connect(lambda sentence: desk.context.announce(sentence))
    tray.changed.connect(lambda: desk.context.signals.sheet_changed.emit(len(tray)))
    return tray


def warm() -> None:
    """Loads in a thread of its own what the first preview needs, so that it comes at once when it is wanted."""
    Thread(target=_load, name="warm", daemon=True).start()


def _load() -> None:
    from PySide6 import QtPdf, QtPdfWidgets  # noqa: F401

    from viewer.sheets import pdf

    pdf.load_libraries()


def put_item(desk: EditionView) -> None:
    """Put the present item on the sheet; where there is none, the theme that is open."""
    views = desk.context.views
    item = views.present_item()
    if item:
        desk.tray.add(item)
    elif views.is_reading():
        put_theme(desk)
    else:
        desk.context.announce("Choose an item first: then S puts it on the sheet.")


def put_theme(desk: EditionView) -> None:
    """Put the theme that is open, or all that is listed, on the sheet; on a page without either, say what to do."""
    if not desk.context.views.is_reading():
        listed = desk.context.views.listed_items()
        if listed is not None:
            desk.tray.add_entries(map(item_entry, listed))
        return
    kind, _, name = desk.navigator.address.partition(":")
    if kind == "theme":
        desk.tray.add_theme(name.partition("#")[0].partition("/")[0])
    elif kind == "tag":
        desk.tray.add_items(desk.bundle.tagged(name))
    else:
        desk.context.announce("Open a theme or choose an item first: then S puts it on the sheet.")


def put_changes(desk: EditionView, path: Path, theme: str) -> None:
    """Makes the sheet one of what changed since the edition at `path`, after asking where others are on it."""
    tray = desk.tray
    try:
        since = tray.earlier.add(path)
    except ViewerError as err:
        desk.context.announce(f"{err} {err.advice}".strip())
        return
    if len(tray) and tray.recipe.form is not Form.CHANGES and not _may_replace(desk):
        return
    tray.tell_changes(since, theme)
    desk.show_view("sheets")


def _may_replace(desk: EditionView) -> bool:
    held = wording.count(len(desk.tray), "entry", "entries")
    asked = f"A sheet of changes takes the place of what is on the sheet now: {held}."
    buttons = QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel
    return QMessageBox.question(desk, "Put on a sheet", asked, buttons) == QMessageBox.StandardButton.Ok


def show_register(desk: EditionView) -> None:
    """Opens the register in a window of its own."""
    from viewer.ui.sheets.register_view import RegisterWindow

    RegisterWindow(desk.home, desk.window()).exec()


def ask_and_check(desk: EditionView) -> None:
    """Asks for a sheet's file and says what it is worth."""
    from viewer.ui.sheets import sheet_check

    sheet_check.ask_and_check(desk.bundle, desk.home, desk.window())


def check_file(desk: EditionView, path: Path) -> None:
    """Says what the sheet at `path` is worth."""
    from viewer.ui.sheets.sheet_check import CheckDialog

    CheckDialog(path, desk.bundle, desk.home, desk.window()).exec()
