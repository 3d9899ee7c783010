"""A table of a text on paper: over as many pages as it needs, with its head on each; folded where it is too wide."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, cast

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, KeepTogether, Paragraph
from reportlab.platypus import Table as GridTable

from viewer.sheets.flowables import natural_width
from viewer.sheets.typography import colour, printable

_NARROWEST = 4.0  # of the size: a column that would get less makes the table fold, a line for each of its cells
_SPLIT_AT = (1.0, 0.9, 0.75)  # of the room that is left
_HIGHEST_HEAD = 10.0  # of the size: a higher head stands on the first page alone


class KeptWithStart(KeepTogether):
    """Keeps what stands before a table with its first rows, where ReportLab would ask for a page that holds all."""

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 - ReportLab's name
        """Return what it holds, after the end of the page where the table cannot begin on this one."""
        *before, last = vars(self)["_content"]
        used = sum(one.wrap(aW, aH)[1] + one.getSpaceBefore() + one.getSpaceAfter() for one in before)
        if isinstance(last, TextTable) and used < aH and last.split(aW, aH - used):
            return [*before, last]
        return super().split(aW, aH)


class TextTable(Flowable):
    """A table of a text: as wide as its words ask for, its head again on every page that it goes on to.

    `number` is that of an item that begins with the table, and stands at its left. Where its columns would be too
    narrow to read, each cell has a line of its own with the column's head before it, and a rule ends each row.
    """

    def __init__(self, grid: list[list[Paragraph]], style: ParagraphStyle, indent: float, number: str) -> None:
        super().__init__()
        self._style, self._number = style, number
        self._grid, self._pad = grid, style.fontSize * 0.42
        columns = list(zip(*grid, strict=True))
        around = 2 * self._pad + 0.5  # half a point, so that no word is broken for a rounding
        self._least = [max(cell.minWidth() for cell in column) + around for column in columns]
        self._natural = [max(map(natural_width, column)) + around for column in columns]
        self._indent = style.leftIndent + indent
        self._after = style.spaceAfter + style.fontSize * 0.3
        self._table: GridTable | None = None
        self._laid_out_for = -1.0

    def _part(self, table: GridTable, width: float, *, is_first: bool) -> TextTable:
        """Return a part of the table as it was laid out and split."""
        part = TextTable.__new__(TextTable)
        Flowable.__init__(part)
        part._style, part._number = self._style, self._number if is_first else ""
        part._indent, part._after = self._indent, self._after
        part._table, part._laid_out_for = table, width
        return part

    def getSpaceAfter(self) -> float:  # noqa: N802 - ReportLab's name
        """Return the room kept free under it."""
        return self._after

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the width, and the height of its rows."""
        if self._table is None or self._laid_out_for != width:
            self._table, self._laid_out_for = self._laid_out(width - self._indent), width
        _, self.height = self._table.wrap(width - self._indent, height)
        self.width = width
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return it in two parts, of which the second has the head again."""
        self.wrap(width, height)
        assert self._table is not None
        parts: list[GridTable] = []
        for share in _SPLIT_AT:  # ReportLab 5.1.0 gives up where only the padding of a row is too much for the page
            parts = parts or cast(list[GridTable], self._table.split(width - self._indent, height * share))
        return [self._part(part, width, is_first=at == 0) for at, part in enumerate(parts)]

    def draw(self) -> None:
        """Draw the rows, and the number at the left of the first."""
        assert self._table is not None
        style = self._style
        if self._number:
            self.canv.setFont(style.bulletFontName, style.bulletFontSize)
            self.canv.setFillColor(style.bulletColor or style.textColor)
            self.canv.drawString(style.bulletIndent, self.height - style.fontSize * 1.15, printable(self._number))
        self._table.drawOn(self.canv, self._indent, 0)

    def _laid_out(self, width: float) -> GridTable:
        readable = self._style.fontSize * _NARROWEST + 2 * self._pad
        narrowest = [min(least, readable) for least in self._least]
        if len(narrowest) > 2 and sum(narrowest) > width:
            return self._folded(width)
        widths = _column_widths(narrowest, self._least, self._natural, width)
        grid = self._made(self._grid, widths, [("LINEBELOW", (0, 1), (-1, -1), 0.4, colour("line"))])
        grid.setStyle([("LINEBELOW", (0, 0), (-1, 0), 0.9, colour("quiet"))])
        grid.wrap(width, 1e6)
        if vars(grid)["_rowHeights"][0] <= self._style.fontSize * _HIGHEST_HEAD:
            grid.repeatRows = 1
        return grid

    def _folded(self, width: float) -> GridTable:
        head, *rows = self._grid
        across = len(head)
        cells = [[name, cell] for row in rows for name, cell in zip(head, row, strict=True)] or [[n, n] for n in head]
        ends = [("LINEBELOW", (0, at), (-1, at), 0.9, colour("line")) for at in range(across - 1, len(cells), across)]
        return self._made(cells, [width * 0.38, width * 0.62], ends)

    def _made(self, cells: list[list[Paragraph]], widths: list[float], rules: Sequence[Any]) -> GridTable:
        grid = GridTable(cells, colWidths=widths, hAlign="LEFT", splitInRow=1)
        grid.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), self._pad),
                ("RIGHTPADDING", (0, 0), (-1, -1), self._pad),
                ("TOPPADDING", (0, 0), (-1, -1), self._pad * 0.43),
                ("BOTTOMPADDING", (0, 0), (-1, -1), self._pad * 0.7),
                *rules,
            ]
        )
        return grid


def _column_widths(
    narrowest: Sequence[float], least: Sequence[float], natural: Sequence[float], width: float
) -> list[float]:
    """Return how wide columns are: as their words ask for; where these ask too much, none less than its longest word.

    Where even that is too much, words are broken, in the columns with the longest ones, down to what can be read.
    """
    steps = [narrowest, least, list(map(max, natural, least))]
    for lower, upper in pairwise(steps):
        if sum(upper) > width:
            share = max(0.0, width - sum(lower)) / (sum(upper) - sum(lower))
            return [low + (most - low) * share for low, most in zip(lower, upper, strict=True)]
    return list(steps[-1])
