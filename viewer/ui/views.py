"""The views of an edition that the top bar leads to, in its order, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from viewer.records import record

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viewer.ui.edition_view import EditionView


@runtime_checkable
class Restylable(Protocol):
    """A view that follows the appearance; every one does."""

    def restyle(self) -> None:
        """Show itself again after colours or sizes changed."""


@runtime_checkable
class HasPresentItem(Protocol):
    """A view, or a part of one, in which an item can be the present one."""

    def present_item(self) -> str:
        """Return the present item's id, empty while there is none."""


@runtime_checkable
class ListsItems(Protocol):
    """A list whose items can all be put on the sheet at once: the hits of a search."""

    def listed_items(self) -> list[str]:
        """Return the ids of what is listed, in its order."""


@runtime_checkable
class Findable(Protocol):
    """A view with a way of its own to find something in it."""

    def open_find(self) -> None:
        """Put the keyboard where the words to find are typed."""


@runtime_checkable
class CopiesCited(Protocol):
    """A view that copies what is chosen in it."""

    def copy_cited(self) -> str:
        """Put what is chosen, with its citation, on the clipboard; return what was put there."""


@record
class ViewSpec:
    """One view: its action's name, its words, its keys, and how it is made for a desk (None: the page itself)."""

    name: str
    text: str
    key: str
    make: Callable[[EditionView], QWidget] | None


def _make_figures(desk: EditionView) -> QWidget:
    from viewer.ui.figures.view import StatisticsView

    view = StatisticsView(desk.bundle, desk.appearance)
    view.address_requested.connect(desk.go)
    return view


def _make_changes(desk: EditionView) -> QWidget:
    from viewer.ui.editions import edition_actions
    from viewer.ui.editions.changes_view import ChangesView
    from viewer.ui.sheets import sheet_actions

    view = ChangesView(edition_actions.comparing_of(desk), desk.appearance, lambda: edition_actions.yours(desk))
    view.address_requested.connect(desk.go)
    view.older_requested.connect(desk.edition_requested)
    view.sheet_requested.connect(lambda path, theme: sheet_actions.put_changes(desk, path, theme))
    return view


def _make_sheets(desk: EditionView) -> QWidget:
    from viewer.ui.sheets.sheet_actions import show_register
    from viewer.ui.sheets.view import SheetsView

    view = SheetsView(desk.opened, desk.home, desk.tray, desk.appearance)
    view.address_requested.connect(desk.go)
    view.register_requested.connect(lambda: show_register(desk))
    return view


def _make_notes(desk: EditionView) -> QWidget:
    return desk.notes.notes_view.make()


VIEWS: tuple[ViewSpec, ...] = (
    ViewSpec(name="read", text="Read", key="Ctrl+1", make=None),
    ViewSpec(name="figures", text="Figures", key="Ctrl+2", make=_make_figures),
    ViewSpec(name="notes", text="Notes", key="Ctrl+3", make=_make_notes),
    ViewSpec(name="sheets", text="Sheets", key="Ctrl+4", make=_make_sheets),
    ViewSpec(name="changes", text="Changes", key="Ctrl+5", make=_make_changes),
)
