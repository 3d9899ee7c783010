"""What the parts of an edition's view share: the edition that is open, and how to move in it; no widget."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from viewer.bundle.bundle import Bundle
from viewer.editions.opening import Opened, ReaderSession
from viewer.records import record
from viewer.ui.appearance import Appearance
from viewer.ui.reading.navigator import FOOTNOTES, Navigator


class EditionSignals(QObject):
    """What the parts of an edition's view tell the window and one another.

    Signals: `announced(sentence)` to be shown for a moment; `closing` before the edition is closed, when every thread
    that reads it must end; `edition_requested(path, address)` for a place in an older edition; `related_requested` for
    all relatives of the present item; `sheet_changed(entries)` when something was put on the sheet or taken off;
    `steps_changed(undo, redo)` with the names of the steps that undo and redo would do, empty where there is none;
    `view_changed(name)` when another view is shown.
    """

    announced = Signal(str)
    closing = Signal()
    edition_requested = Signal(object, str)
    related_requested = Signal()
    sheet_changed = Signal(int)
    steps_changed = Signal(str, str)
    view_changed = Signal(str)


class Views(Protocol):
    """The views of an edition as its parts ask for them."""

    def show_view(self, name: str) -> object:
        """Show the view `name`: "read", "figures", "notes", "sheets" or "changes"."""

    def is_reading(self) -> bool:
        """Tell whether the page is in sight."""

    def present_item(self) -> str:
        """Return the id of the present item in the view in sight, empty while there is none."""

    def listed_items(self) -> list[str] | None:
        """Return the ids of what the view in sight lists, in its order; None where it lists no items."""


class _Connectable:
    """Something whose methods can be slots: Qt keeps a weak reference to it."""

    __slots__ = ("__weakref__",)


@record
class EditionContext(_Connectable):
    """One opened edition in the window: what every part of its view may use."""

    opened: Opened
    navigator: Navigator
    appearance: Appearance
    home: Path
    signals: EditionSignals
    views: Views

    @property
    def bundle(self) -> Bundle:
        """The content of the edition."""
        return self.opened.bundle

    @property
    def session(self) -> ReaderSession:
        """Who opened the edition, with a key that is trusted for this run where one was given."""
        return self.opened.session or ReaderSession.start(self.home)

    def go(self, address: str) -> None:
        """Open the page or place at `address` in the reading view; a footnote over the view in sight."""
        if not address.startswith(FOOTNOTES):
            self.views.show_view("read")
        self.navigator.go(address)

    def announce(self, sentence: str) -> None:
        """Show a sentence for a moment."""
        self.signals.announced.emit(sentence)
