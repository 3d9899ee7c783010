"""Where things stand on a page once Qt has laid it out: items by position, places by words."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument


@dataclass(slots=True)
class ItemMap:
    """Where each item of the page stands in its document: positions in ascending order, with their ids."""

    starts: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def at(self, position: int) -> str | None:
        """The item that a document position belongs to, None above the first."""
        index = bisect_right(self.starts, position) - 1
        return self.ids[index] if index >= 0 else None

    def start_of(self, item: str) -> int | None:
        """The position at which an item's text begins."""
        return self.starts[self.ids.index(item)] if item in self.ids else None


def map_of(document: QTextDocument, wanted: frozenset[str]) -> ItemMap:
    """Where the `wanted` items stand in `document`."""
    out = ItemMap()
    block = document.begin()
    while block.isValid():
        _map_block(block, wanted, out)
        block = block.next()
    return out


def _map_block(block: QTextBlock, wanted: frozenset[str], out: ItemMap) -> None:
    pieces = block.begin()
    while not pieces.atEnd():
        fragment = pieces.fragment()
        for name in fragment.charFormat().anchorNames():
            if name in wanted:
                out.starts.append(fragment.position())
                out.ids.append(name)
        pieces += 1


def places_of(words: str, document: QTextDocument) -> list[QTextCursor]:
    """Every place of `words`, regardless of case, in order."""
    out = []
    cursor = document.find(words, 0)
    while not cursor.isNull() and cursor.hasSelection():
        out.append(cursor)
        cursor = document.find(words, cursor)
    return out
