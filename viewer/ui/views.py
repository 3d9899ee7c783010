"""The views of an edition that the top bar leads to, in its order, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from viewer.record import record

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viewer.ui.desk import Desk


class Restyled(Protocol):
    """What every view can do besides being a widget."""

    def restyle(self) -> None:
        """Shows itself again after colours or sizes changed."""


@record
class View:
    """One view: its action's name, its words, its keys, and how it is made for a desk (None: the page itself)."""

    name: str
    text: str
    key: str
    make: Callable[[Desk], QWidget] | None


def _make_figures(desk: Desk) -> QWidget:
    from viewer.ui.figures.statistics import StatisticsView

    view = StatisticsView(desk.bundle, desk.appearance)
    view.address_requested.connect(desk.go)
    return view


def _make_changes(desk: Desk) -> QWidget:
    from viewer.ui.editions import edition_desk
    from viewer.ui.editions.changes_view import ChangesView
    from viewer.ui.sheets import sheet_desk

    view = ChangesView(edition_desk.comparing_of(desk), desk.appearance, lambda: edition_desk.yours(desk))
    view.address_requested.connect(desk.go)
    view.older_requested.connect(desk.edition_requested)
    view.sheet_requested.connect(lambda path, theme: sheet_desk.put_changes(desk, path, theme))
    return view


def _make_sheets(desk: Desk) -> QWidget:
    from viewer.ui.sheets.sheet_desk import show_register
    from viewer.ui.sheets.view import SheetsView

    view = SheetsView(desk.opened, desk.home, desk.tray, desk.appearance)
    view.address_requested.connect(desk.go)
    view.register_requested.connect(lambda: show_register(desk))
    return view


def _make_notes(desk: Desk) -> QWidget:
    return desk.noting.make_view()


VIEWS: tuple[View, ...] = (
    View(name="read", text="Read", key="Ctrl+1", make=None),
    View(name="figures", text="Figures", key="Ctrl+2", make=_make_figures),
    View(name="notes", text="Notes", key="Ctrl+3", make=_make_notes),
    View(name="sheets", text="Sheets", key="Ctrl+4", make=_make_sheets),
    View(name="changes", text="Changes", key="Ctrl+5", make=_make_changes),
)
