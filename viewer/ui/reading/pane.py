"""The reading pane: a page with its items, of which one is the present one, and what is selected or copied of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6 import QtGui
from PySide6.QtCore import QMimeData, QPoint, Signal
from PySide6.QtGui import QCursor, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from viewer.pages.parts import Page
from viewer.ui.appearance import Appearance
from viewer.ui.reading.page_browser import PageBrowser
from viewer.ui.reading.page_map import holds_link

if TYPE_CHECKING:
    from viewer.ui.reading.found_places import FoundPlaces


class ReadingPane(PageBrowser):
    """Shows pages and steps through their items.

    Signals: `link_requested(address)` on a link; `item_chosen(id)` when another item becomes the present one;
    `place_clicked(position)` on a click into the text.
    """

    link_requested = Signal(str)
    item_chosen = Signal(str)
    place_clicked = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._item: str | None = None
        self._ribbons: list[int] = []
        self.marking_label: Callable[[], str] = str  # the marking that goes with what is copied; empty for the lowest
        self.anchorClicked.connect(lambda url: self.link_requested.emit(url.toString()))

    def show_page(self, page: Page, scroll: int = 0) -> None:
        """Show `page` from `scroll` pixels down, without a present item."""
        self._item = None
        self._ribbons.clear()
        super().show_page(page, scroll)

    def restyle(self) -> None:
        """Show the same page again, in changed colours or sizes, with the same present item."""
        item = self._item
        super().restyle()
        if item:
            self.choose(item, scroll=False)

    # Items

    @property
    def item(self) -> str | None:
        """The id of the present item, None while none was chosen."""
        return self._item

    @property
    def item_in_sight(self) -> str | None:
        """The first item whose text is not above the view; None on a page without items."""
        top = self.verticalScrollBar().value()
        layout, document = self.document().documentLayout(), self.document()
        at = bisect_left(
            self._map.starts, top, key=lambda start: int(layout.blockBoundingRect(document.findBlock(start)).bottom())
        )
        return self._map.ids[min(at, len(self._map.ids) - 1)] if self._map.ids else None

    def choose(self, item: str, *, scroll: bool = True) -> bool:
        """Make `item` the present one; return False when the page does not hold it."""
        start = self._map.start_of(item)
        if start is None:
            return False
        self._item = item
        self._mark()
        if scroll:
            self.scroll_to(start)
        self.item_chosen.emit(item)
        return True

    def step(self, by: int) -> None:
        """Go `by` items on from the present one, or to the first one in sight."""
        if not self._map.ids:
            return
        if self._item in self._map.ids:
            at = self._map.ids.index(self._item) + by
        else:
            at = self._map.ids.index(self.item_in_sight or self._map.ids[0])
        self.choose(self._map.ids[max(0, min(at, len(self._map.ids) - 1))])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the item that is clicked the present one."""
        super().mousePressEvent(event)
        position = self.cursorForPosition(event.position().toPoint()).position()
        item = self._map.at(position)
        if item and item != self._item:
            self.choose(item, scroll=False)
        self.place_clicked.emit(position)

    def set_ribbons(self, positions: Iterable[int]) -> None:
        """Draw a bookmark's ribbon beside the text at each document position."""
        self._ribbons = list(positions)
        self.viewport().update()

    def _overlays(self) -> Sequence[Callable[[QPainter], None]]:
        """Return what draws over the page now: the present item's line and ribbons first."""
        return [self._paint_item, *self._edge_painters] if self._item or self._ribbons else self._edge_painters

    def _paint_item(self, painter: QPainter) -> None:
        from viewer.ui.reading import page_paint

        start = self._map.start_of(self._item) if self._item else None
        if start is not None:
            page_paint.paint_present(painter, self._rect_of_block(start), self._appearance)
        for position in self._ribbons:
            page_paint.paint_ribbon(painter, self._rect_of_block(position), self.column.left, self._appearance)

    # Selecting and finding

    @property
    def selection(self) -> QtGui.QTextCursor:
        """What the reader selected; nothing where the keyboard only stands on a link."""
        cursor = self.textCursor()
        if holds_link(cursor):
            cursor.clearSelection()
        return cursor

    def item_of_selection(self) -> str | None:
        """Return the item in which the selection begins, else the present item."""
        chosen = self.selection
        return self._map.at(chosen.selectionStart()) if chosen.hasSelection() else self._item

    def selected_text(self) -> str:
        """Return the selected text with ordinary line ends, without footnotes and markings."""
        from viewer.ui.reading.selected_text import selected_text

        return selected_text(self.textCursor(), self._map)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return what is copied or dragged, as plain text: under its marking where that is above the lowest."""
        label = self.marking_label()
        data = QMimeData()
        data.setText(f"{label}\n{self.selected_text()}" if label else self.selected_text())
        return data

    def link_point(self) -> QPoint:
        """Return where on the screen the link was chosen: under the pointer, or where the keyboard is."""
        by_keyboard = holds_link(self.textCursor())
        return self.viewport().mapToGlobal(self.cursorRect().bottomLeft()) if by_keyboard else QCursor.pos()

    @cached_property
    def found_places(self) -> FoundPlaces:
        """The places found on the page, made when first asked for."""
        from viewer.ui.reading.found_places import FoundPlaces

        found = FoundPlaces(self)
        self.shown.connect(found.clear)
        return found
