"""The views of an edition that the top bar leads to, in its order, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viewer.ui.desk import Desk


class Restyled(Protocol):
    """What every view can do besides being a widget."""

    def restyle(self) -> None:
        """Shows itself again after colours or sizes changed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """One view: its action's name, its words, its keys, and how it is made for a desk (None: the page itself)."""

    name: str
    text: str
    key: str
    make: Callable[[Desk], QWidget] | None


VIEWS: tuple[View, ...] = (View(name="read", text="Read", key="Ctrl+1", make=None),)
