"""The selection on a page as text that may be quoted, for each item apart.

Left out are the numbers of footnotes, the markings that stand in the text, and, where more than one cell is
selected, what stands beside an item's text: its number and the figures behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from PySide6.QtGui import QTextBlock, QTextCursor, QTextFormat, QTextFragment, QTextTable

from viewer.records import record
from viewer.ui.reading.page_map import ItemMap, Stretch
from viewer.ui.reading.text_places import is_footnote_mark

BETWEEN_ITEMS = "\n\n"
_SIGNS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\ufffc": None})


@record
class SelectedText:
    """Selected words, and the item that they are of; None for what belongs to the page itself."""

    item: str | None
    text: str


def selected_texts(cursor: QTextCursor, items: ItemMap, *, with_headings: bool = False) -> list[SelectedText]:
    """Return the selection in the order of the eye, one piece for each item; empty if nothing of it can be quoted."""
    lines = (
        (items.at(block.position()), line)
        for block, line in _lines(cursor, items)
        if with_headings or not _is_heading(block, items)
    )
    grouped = groupby(lines, key=lambda line: line[0])
    return [SelectedText(item=item, text="".join(line for _, line in held).strip()) for item, held in grouped]


def selected_text(cursor: QTextCursor, items: ItemMap) -> str:
    """Return the selection as plain text, its items apart; to the letter where all of it would be left out."""
    joined = BETWEEN_ITEMS.join(piece.text for piece in selected_texts(cursor, items, with_headings=True))
    return joined or cursor.selectedText().translate(_SIGNS)


def _lines(cursor: QTextCursor, items: ItemMap) -> Iterator[tuple[QTextBlock, str]]:
    """Yield every block with its selected words, after the sign that parts it from the block before."""
    start, end = reach = _reach(cursor)
    block, before = cursor.document().findBlock(start), QTextBlock()
    while block.isValid() and block.position() <= end:
        line = _words(block, start, end).strip()
        if line and _is_chosen(block, cursor) and not _is_outside_text(block, items, reach):
            yield block, ("\t" if _share_row(before, block) else "\n") + line
            before = block
        block = block.next()


def _reach(cursor: QTextCursor) -> Stretch:
    """Return where the selection begins and ends; of one over cells, from the first cell's start to the last's end."""
    if not cursor.hasComplexSelection():
        return cursor.selectionStart(), cursor.selectionEnd()
    table = cursor.currentTable()
    row, rows, column, columns = _cells(cursor)
    return table.cellAt(row, column).firstPosition(), table.cellAt(row + rows - 1, column + columns - 1).lastPosition()


def _cells(cursor: QTextCursor) -> tuple[int, int, int, int]:
    """Return the first selected row and how many, the first selected column and how many."""
    cells: tuple[int, int, int, int] = cursor.selectedTableCells()  # type: ignore[assignment]
    return cells


def _is_chosen(block: QTextBlock, cursor: QTextCursor) -> bool:
    """Return whether a block is in the columns that a selection over cells takes in; any other takes in all."""
    if not cursor.hasComplexSelection():
        return True
    _, _, first, columns = _cells(cursor)
    return first <= cursor.currentTable().cellAt(block.position()).column() < first + columns


def _is_outside_text(block: QTextBlock, items: ItemMap, reach: Stretch) -> bool:
    """Return whether a block is in an item's row, yet not in the cell of its text, and not all that was selected."""
    item = items.at(block.position())
    if item is None:
        return False
    first, last = items.cell_of(item)
    if first <= block.position() <= last:
        return False
    own = QTextCursor(block).currentTable().cellAt(block.position())
    return not own.firstPosition() <= reach[0] <= reach[1] <= own.lastPosition()


def _is_heading(block: QTextBlock, items: ItemMap) -> bool:
    """Return whether a block is the heading of a section, which the contents reach by its name."""
    pieces = block.begin()
    names = [] if pieces.atEnd() else pieces.fragment().charFormat().anchorNames()
    return bool(names) and not names[0].startswith("source:") and items.at(block.position()) is None


def _share_row(one: QTextBlock, other: QTextBlock) -> bool:
    """Return whether two blocks are cells of one row of a table within an item, such as a label and its value."""
    if not one.isValid():
        return False
    table = QTextCursor(other).currentFrame()
    if not isinstance(table, QTextTable) or not isinstance(table.parentFrame(), QTextTable):
        return False
    here, there = table.cellAt(other.position()), table.cellAt(one.position())
    return there.isValid() and here.row() == there.row() and here.column() != there.column()


def _words(block: QTextBlock, start: int, end: int) -> str:
    """Return the words of a block between two positions, without footnotes and markings."""
    out, at = [], block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        if not _is_note_or_marking(fragment):
            first, last = max(0, start - fragment.position()), max(0, end - fragment.position())
            out.append(_cut(fragment.text(), first, last))
        at += 1
    return "".join(out).translate(_SIGNS)


def _cut(text: str, first: int, last: int) -> str:
    """Return a part of `text` by document positions, which count UTF-16 units."""
    wide = text.encode("utf-16-le", "surrogatepass")
    return wide[2 * first : 2 * last].decode("utf-16-le", "replace")


def _is_note_or_marking(fragment: QTextFragment) -> bool:
    """Return whether it is a footnote's number, or a marking, which alone has a ground of its own."""
    form = fragment.charFormat()
    return is_footnote_mark(fragment) or form.hasProperty(QTextFormat.Property.BackgroundBrush)
