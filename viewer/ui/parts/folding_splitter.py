"""Two panes side by side, of which one gives way where there is no room for both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

Shown = Literal["main", "side", "both"]


class FoldingSplitter(QSplitter):
    """A main pane and one beside it, as wide as the text size asks for, or as the reader dragged it.

    `side_width` returns how wide the side pane is where nobody dragged it, `room` how wide both together must be at
    least, both in pixels; in a wide window the side pane has the share `side_share` of it. In a narrower one than
    `room`, `shown_when_narrow` remains. `side_wanted` is false where there is nothing to show in the side pane, or
    where the reader folded it away.

    Signals: `folded(is_narrow)` when there is no room for both any longer, or again.
    """

    folded = Signal(bool)

    def __init__(
        self,
        main: QWidget,
        side: QWidget,
        *,
        side_width: Callable[[], int],
        room: Callable[[], int],
        side_share: float = 0.0,
        side_first: bool = False,
    ) -> None:
        super().__init__()
        self._main, self._side = main, side
        self._side_width, self._room = side_width, room
        self._side_share, self._side_first = side_share, side_first
        self.shown_when_narrow: Shown = "main"
        self.side_wanted, self.is_narrow = True, False
        self.dragged: int | None = None  # the width of the side pane that the reader chose, in pixels
        self._is_laid_out = False  # until then its width is none that it will have
        self._shared_for: tuple[bool, int] | None = None
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for pane in (side, main) if side_first else (main, side):
            self.addWidget(pane)
        self.setStretchFactor(self.indexOf(main), 1)
        self.splitterMoved.connect(self._drag)

    def show_side(self, wanted: bool) -> None:
        """Show the side pane where there is room for it, or fold it away."""
        self.side_wanted = wanted
        self.fit()

    def show_when_narrow(self, shown: Shown) -> None:
        """Choose what remains in a narrow window."""
        self.shown_when_narrow = shown
        self.fit()

    def fit(self) -> None:
        """Show what there is room for, and share the room out anew where the sizes changed."""
        was_narrow = self.is_narrow
        if self._is_laid_out:
            self.is_narrow = self.width() < self._room()
        shown = self.shown_when_narrow if self.is_narrow else "both"
        self._side.setVisible(self.side_wanted and shown != "main")
        self._main.setVisible(not self.side_wanted or shown != "side")
        if self._side.isHidden() or self._main.isHidden():
            self._shared_for = None
            self.setSizes([self.width()] * 2)  # at once, not when Qt next lays out: the one that is shown takes all
        else:
            self._share()
        if self.is_narrow != was_narrow:
            self.folded.emit(self.is_narrow)

    def _share(self) -> None:
        wanted = (self.is_narrow, self.dragged or self._side_width())
        if self._shared_for != wanted:  # else the widths stay as they are
            self._shared_for = wanted if self._is_laid_out else None
            width = self.dragged or max(wanted[1], round(self._side_share * self.width()))
            rest = max(1, self.width() - width - self.handleWidth())
            self.setSizes([width, rest] if self._side_first else [rest, width])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what has no room, before Qt shares it out."""
        self._is_laid_out = True
        self.fit()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Share the room out as the sizes are now, which may have changed out of sight."""
        super().showEvent(event)
        self.fit()

    def _drag(self, to: int) -> None:
        self.dragged = to if self._side_first else self.width() - to - self.handleWidth()
