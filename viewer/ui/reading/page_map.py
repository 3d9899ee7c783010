"""Where things stand on a page once Qt has laid it out: items by position, places by words."""

from __future__ import annotations

from bisect import bisect_right

from PySide6 import QtGui


class ItemMap:
    """Where each item of the page stands in its document: positions in ascending order, with their ids."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ids: list[str] = []

    def at(self, position: int) -> str | None:
        """The item that a document position belongs to, None above the first."""
        index = bisect_right(self.starts, position) - 1
        return self.ids[index] if index >= 0 else None

    def between(self, start: int, end: int) -> list[str]:
        """The items of which a stretch may hold anything: the next one too, since its figure stands before its text."""
        first = max(0, bisect_right(self.starts, start) - 1)
        return self.ids[first : bisect_right(self.starts, end) + 1]

    def start_of(self, item: str) -> int | None:
        """The position at which an item's text begins."""
        return self.starts[self.ids.index(item)] if item in self.ids else None


def map_of(document: QtGui.QTextDocument, wanted: frozenset[str]) -> ItemMap:
    """Where the `wanted` items stand in `document`."""
    out = ItemMap()
    block = document.begin()
    while block.isValid():
        _map_block(block, wanted, out)
        block = block.next()
    return out


def _map_block(block: QtGui.QTextBlock, wanted: frozenset[str], out: ItemMap) -> None:
    """Looks at the block's beginning alone: an item's anchor is on the first words of its text."""
    pieces = block.begin()
    if pieces.atEnd():
        return
    fragment = pieces.fragment()
    for name in fragment.charFormat().anchorNames():
        if name in wanted:
            out.starts.append(fragment.position())
            out.ids.append(name)


def places_of(words: str, document: QtGui.QTextDocument) -> list[QtGui.QTextCursor]:
    """Every place of `words`, regardless of case, in order."""
    out = []
    cursor = document.find(words, 0)
    while not cursor.isNull() and cursor.hasSelection():
        out.append(cursor)
        cursor = document.find(words, cursor)
    return out
