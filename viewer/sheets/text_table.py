"""A table of a text on paper: over as many pages as it needs, with its head on each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, KeepTogether, Paragraph
from reportlab.platypus import Table as GridTable

from viewer.sheets.flowables import natural_width
from viewer.sheets.typography import colour, printable


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

    `number` is that of an item that begins with the table, and stands at its left.
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
        parts = cast(list[GridTable], self._table.split(width - self._indent, height))
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
        widths = _column_widths(self._least, self._natural, width)
        grid = GridTable(self._grid, colWidths=widths, repeatRows=1, hAlign="LEFT", splitInRow=1)
        grid.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), self._pad),
                ("RIGHTPADDING", (0, 0), (-1, -1), self._pad),
                ("TOPPADDING", (0, 0), (-1, -1), self._pad * 0.43),
                ("BOTTOMPADDING", (0, 0), (-1, -1), self._pad * 0.7),
                ("LINEBELOW", (0, 0), (-1, 0), 0.9, colour("quiet")),
                ("LINEBELOW", (0, 1), (-1, -1), 0.4, colour("line")),
            ]
        )
        return grid


def _column_widths(least: Sequence[float], natural: Sequence[float], width: float) -> list[float]:
    """Return how wide columns are: as their words ask for; where these ask too much, none less than its longest word.

    Where even that is too much, words are broken, and each column gives way by the same share.
    """
    wanted = list(map(max, natural, least))
    if sum(wanted) <= width:
        return wanted
    if sum(least) >= width:
        return [width * low / sum(least) for low in least]
    share = (width - sum(least)) / (sum(wanted) - sum(least))
    return [low + (most - low) * share for low, most in zip(least, wanted, strict=True)]
