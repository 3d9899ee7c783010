"""Positions in a page's document: of items, of words, of anchors and of links."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6 import QtGui

from viewer.ui.reading.text_places import TextPlaces

Stretch = tuple[int, int]  # first and last position


class ItemMap:
    """Where each item of the page stands in its document: four lists with an entry for each item, in ascending order.

    `ids` are the items, `starts` the positions at which their texts begin, `rows` the stretches of their table rows,
    `cells` those of the cells that hold their texts. `text_places` keeps for an item where its text stands.
    """

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ids: list[str] = []
        self.rows: list[Stretch] = []
        self.cells: list[Stretch] = []
        self.text_places: dict[str, tuple[str, TextPlaces]] = {}

    def at(self, position: int) -> str | None:
        """Return the item in whose row a document position is; None where no item stands."""
        index = bisect_right(self.rows, (position, position), key=lambda row: (row[0], row[0])) - 1
        return self.ids[index] if index >= 0 and position <= self.rows[index][1] else None

    def between(self, start: int, end: int) -> list[str]:
        """Return the items whose rows the stretch from `start` to `end` touches."""
        first = bisect_left(self.rows, start, key=lambda row: row[1])
        return self.ids[first : bisect_right(self.rows, end, key=lambda row: row[0])]

    def start_of(self, item: str) -> int | None:
        """Return the position at which an item's text begins; None for an item that is not on the page."""
        return self.starts[self.ids.index(item)] if item in self.ids else None

    def cell_of(self, item: str) -> Stretch:
        """Return the first and last position of the cell in which an item's text stands."""
        return self.cells[self.ids.index(item)]


def map_of(document: QtGui.QTextDocument, wanted: frozenset[str]) -> ItemMap:
    """Return where the `wanted` items stand in `document`."""
    out = ItemMap()
    block = document.begin()
    while block.isValid():
        _map_block(block, wanted, out)
        block = block.next()
    return out


def _map_block(block: QtGui.QTextBlock, wanted: frozenset[str], out: ItemMap) -> None:
    """Add the item that begins in a block, if any: its anchor is on the first words of its text."""
    pieces = block.begin()
    if pieces.atEnd():
        return
    fragment = pieces.fragment()
    for name in fragment.charFormat().anchorNames():
        if name in wanted:
            row, cell = _row_and_cell(block)
            out.starts.append(fragment.position())
            out.ids.append(name)
            out.rows.append(row)
            out.cells.append(cell)


def _row_and_cell(block: QtGui.QTextBlock) -> tuple[Stretch, Stretch]:
    """Return the row of the page's table and the cell in which a block stands; the block alone where there is none."""
    table = QtGui.QTextCursor(block).currentFrame()
    while isinstance(table.parentFrame(), QtGui.QTextTable):  # an item may begin with a table of its own
        table = table.parentFrame()
    if not isinstance(table, QtGui.QTextTable):
        alone = (block.position(), block.position() + block.length() - 1)
        return alone, alone
    cell = table.cellAt(block.position())
    first, last = table.cellAt(cell.row(), 0), table.cellAt(cell.row(), table.columns() - 1)
    return (first.firstPosition(), last.lastPosition()), (cell.firstPosition(), cell.lastPosition())


def position_of(name: str, document: QtGui.QTextDocument) -> int | None:
    """Return where the anchor `name` stands, at the beginning of its block; None where there is none."""
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        if not pieces.atEnd() and name in pieces.fragment().charFormat().anchorNames():
            return int(block.position())
        block = block.next()
    return None


def holds_link(cursor: QtGui.QTextCursor) -> bool:
    """Return whether a link, whole and alone, is selected: that is how Qt puts the keyboard on one."""
    if not cursor.hasSelection():
        return False
    first, last = (_fragment_at(cursor.document(), at) for at in (cursor.selectionStart(), cursor.selectionEnd() - 1))
    if first is None or last is None or not first.charFormat().anchorHref():
        return False
    ends = (first.position(), last.position() + last.length())
    same = first.charFormat().anchorHref() == last.charFormat().anchorHref()
    return same and ends == (cursor.selectionStart(), cursor.selectionEnd())


def _fragment_at(document: QtGui.QTextDocument, position: int) -> QtGui.QTextFragment | None:
    pieces = document.findBlock(position).begin()
    while not pieces.atEnd():
        fragment = pieces.fragment()
        if fragment.contains(position):
            return fragment
        pieces += 1
    return None
