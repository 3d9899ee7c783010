"""What the window does with sheets outside their view: puts items on, shows the register, checks a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from viewer.errors import ViewerError
from viewer.sheets.recipe import Form, item_entry
from viewer.text import wording
from viewer.ui.parts.announcement import announce
from viewer.ui.sheets.tray import Tray

if TYPE_CHECKING:
    from viewer.ui.edition_view import EditionView


@runtime_checkable
class ListsItems(Protocol):
    """A list whose items can all be put on the sheet at once: the hits of a search."""

    def listed_items(self) -> list[str]:
        """The ids of what is listed, in its order."""


@runtime_checkable
class HoldsItem(Protocol):
    """A view in which an item can be the present one."""

    def present_item(self) -> str:
        """The present item's id, empty while there is none."""


def make_tray(desk: EditionView) -> Tray:
    """The desk's tray, which says aloud what is put on it."""
    from viewer.editions.earlier import EarlierEditions
    from viewer.ui.editions.edition_actions import opener_of

    tray = Tray(desk.bundle, EarlierEditions(desk.bundle, opener_of(desk)), desk)
    tray.announced.connect(lambda sentence: announce(desk, sentence))
    tray.changed.connect(lambda: desk.sheet_changed.emit(len(tray)))
    return tray


def warm() -> None:
    """Loads in a thread of its own what the first preview needs, so that it comes at once when it is wanted."""
    Thread(target=_load, name="warm", daemon=True).start()


def _load() -> None:
    from PySide6 import QtPdf, QtPdfWidgets  # noqa: F401

    from viewer.sheets import pdf

    pdf.load_libraries()


def put_item(desk: EditionView) -> None:
    """Puts the present item on the sheet; where there is none, the theme that is open."""
    reading = desk.views.currentWidget() is desk.split
    holds = next((one for one in _from_focus(desk) if isinstance(one, HoldsItem)), None)
    item = (desk.reading.item_of_selection() if reading else holds.present_item() if holds else "") or ""
    if item:
        desk.tray.add(item)
    elif reading:
        put_theme(desk)
    else:
        announce(desk, "Choose an item first: then S puts it on the sheet.")


def _from_focus(desk: EditionView) -> Iterator[QWidget]:
    """The widget that has the keyboard and those around it, up to the view that is shown."""
    view = desk.views.currentWidget()
    at = QApplication.focusWidget()
    while at is not None and at is not view:
        yield at
        at = at.parentWidget()
    if view is not None:
        yield view


def put_theme(desk: EditionView) -> None:
    """Puts the theme that is open, or all that is listed, on the sheet; on a page without either, says what to do."""
    if desk.views.currentWidget() is not desk.split:
        listed = next((one for one in _from_focus(desk) if isinstance(one, ListsItems)), None)
        if listed is not None:
            desk.tray.add_entries(map(item_entry, listed.listed_items()))
        return
    kind, _, name = desk.navigator.address.partition(":")
    if kind == "theme":
        desk.tray.add_theme(name.partition("#")[0].partition("/")[0])
    elif kind == "tag":
        desk.tray.add_items(desk.bundle.tagged(name))
    else:
        announce(desk, "Open a theme or choose an item first: then S puts it on the sheet.")


def put_changes(desk: EditionView, path: Path, theme: str) -> None:
    """Makes the sheet one of what changed since the edition at `path`, after asking where others are on it."""
    tray = desk.tray
    try:
        since = tray.earlier.add(path)
    except ViewerError as err:
        announce(desk, f"{err} {err.advice}".strip())
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
