"""The places of some words on the page that is open, one of them in sight, and steps between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect
from PySide6.QtGui import QTextCursor, QTextDocument

from viewer.design.palette import Palette
from viewer.ui.reading.page_map import ItemMap

if TYPE_CHECKING:
    from viewer.text.folded import Folded

LAYER = "found"  # of colour, over that of the notes


class SearchablePage(Protocol):
    """What finding needs of the pane that shows a page."""

    @property
    def palette_in_force(self) -> Palette: ...
    @property
    def item_map(self) -> ItemMap: ...
    def document(self) -> QTextDocument: ...
    def wide_text(self) -> str: ...
    def cursorRect(self, cursor: QTextCursor, /) -> QRect: ...
    def scroll_to(self, position: int, *, only_if_hidden: bool = False) -> None: ...
    def set_layer(self, name: str, marks: Iterable[tuple[QTextCursor, str, str]]) -> None: ...


class FoundPlaces:
    """The places found on the page of a pane; `clear` is to be called when another page is shown."""

    def __init__(self, pane: SearchablePage) -> None:
        self._pane = pane
        self._places: list[QTextCursor] = []
        self._at = 0
        self._folded: tuple[str, Folded] | None = None  # the page's text, and as it is compared, from letter to letter

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self._places)

    @property
    def at(self) -> int:
        """Which of them is shown, 1 and up; 0 where there is none."""
        return self._at + 1 if self._places else 0

    def find(self, words: str) -> int:
        """Mark every place of `words`, and show the first in sight; return how many there are."""
        from viewer.text.filter_words import places_of

        document = self._pane.document()
        found = places_of(words, self._folded_page()) if words.strip() else []
        self._places = [_selecting(document, start, end) for start, end in found]
        self._at = self._first_from(None)
        self._show()
        return len(self._places)

    def step(self, by: int) -> int:
        """Show the next or previous place; return which one it is, 1 and up, 0 where there is none."""
        if self._places:
            self._at = (self._at + by) % len(self._places)
            self._show()
        return self.at

    def mark(self, places: Sequence[tuple[int, int]], item: str = "", *, scroll: bool = True) -> int:
        """Mark places of the document, as (start, end), and show the first in `item`, else the first in sight.

        Without `scroll` the page stays where it is. Returns how many there are.
        """
        self._places = [_selecting(self._pane.document(), start, end) for start, end in places]
        self._at = self._first_from(self._pane.item_map.start_of(item) if item else None)
        if scroll:
            self._show()
        else:
            self._paint()
        return len(self._places)

    def clear(self) -> None:
        """Forget the places, which were on another page."""
        self._places = []
        self._folded = None

    def _folded_page(self) -> Folded:
        from viewer.text.filter_words import fold_joined

        text = self._pane.wide_text()
        if self._folded is None or self._folded[0] != text:
            self._folded = text, fold_joined(text)
        return self._folded[1]

    def _first_from(self, start: int | None) -> int:
        """Return the first place found from a position of the document on; without one, the first in sight or below."""
        for at, cursor in enumerate(self._places):
            if self._pane.cursorRect(cursor).bottom() > 0 if start is None else cursor.selectionStart() >= start:
                return at
        return 0

    def _show(self) -> None:
        self._paint()
        if self._places:
            self._pane.scroll_to(self._places[self._at].selectionStart(), only_if_hidden=True)

    def _paint(self) -> None:
        palette = self._pane.palette_in_force
        marks = [(cursor, palette.found, "") for cursor in self._places]
        if marks:
            marks[self._at] = (self._places[self._at], palette.accent, palette.on_accent)
        self._pane.set_layer(LAYER, marks)


def _selecting(document: QTextDocument, start: int, end: int) -> QTextCursor:
    out = QTextCursor(document)
    out.setPosition(start)
    out.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return out
