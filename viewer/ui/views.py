"""The views of an edition that the top bar leads to, in its order, and what a view can do."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from viewer.records import record


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
class Copies(Protocol):
    """A view from which words can be copied without their citation: the page."""

    def copy(self) -> None:
        """Copy what is selected."""


@runtime_checkable
class CopiesCited(Protocol):
    """A view that copies what is chosen in it."""

    def copy_cited(self) -> str:
        """Put what is chosen, with its citation, on the clipboard; return what was put there."""


@record
class ViewSpec:
    """One view: its action's name, its words, its key."""

    name: str
    text: str
    key: str


VIEWS = (
    ViewSpec(name="read", text="Read", key="Ctrl+1"),
    ViewSpec(name="figures", text="Figures", key="Ctrl+2"),
    ViewSpec(name="notes", text="Notes", key="Ctrl+3"),
    ViewSpec(name="sheets", text="Sheets", key="Ctrl+4"),
    ViewSpec(name="changes", text="Changes", key="Ctrl+5"),
)
