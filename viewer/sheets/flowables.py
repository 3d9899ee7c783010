"""What stands on a sheet besides paragraphs: figures with their bars, room to write, contents, the check at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph

from viewer.figures.chart import Bar, Line
from viewer.sheets.canvas import OutlineEntry, SheetCanvas
from viewer.sheets.drawing import RAIL, draw_bar, draw_code, draw_line
from viewer.sheets.typography import REGULAR, SEMIBOLD, TypeStyles, colour, line, printable

GUTTER = 12.0  # points between columns at 100 %


class OutlinedTitle(Paragraph):
    """A title that tells the outline and the contents where it stands."""

    def __init__(self, text: str, style: ParagraphStyle, key: str, title: str, level: int) -> None:
        super().__init__(text, style)
        self._mark = (key, title, level)

    def draw(self) -> None:
        """Note the place, a little above what precedes the title, and draw it."""
        canvas = cast(SheetCanvas, self.canv)
        key, title, level = self._mark
        _, y = canvas.absolutePosition(0, self.height)
        top = min(canvas.page.height, y + 40)
        canvas.outline.append(OutlineEntry(key=key, title=title, level=level, page=canvas.page_count + 1, y=top))
        super().draw()


class Columns(Flowable):
    """Paragraphs side by side, all beginning at the top; falls apart where no page is high enough for it."""

    edge = 0.0  # points that stay free at the right of its last column

    def __init__(
        self, cells: Sequence[tuple[float, Sequence[Flowable]]], *, bar: Bar | None = None, after: float = 0.0,
        bar_at: tuple[float, float] = (0.0, 0.0), bar_height: float = RAIL, bar_drop: float = 0.0, first: int = 0,
    ) -> None:  # fmt: skip
        super().__init__()
        self._cells, self._bar = cells, bar  # each cell: its left edge as a share of the width, what stands in it
        self._reading_order = [*cells[first:], *cells[:first]]  # in the order in which they are read
        self._bar_at, self._bar_height, self._bar_drop = bar_at, bar_height, bar_drop
        self._after = after
        self._heights: list[list[float]] = []

    def getSpaceAfter(self) -> float:  # noqa: N802 - ReportLab's name
        """Return the room kept free under it."""
        return self._after

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the width, and the height of the highest column."""
        self.width = width
        rights = [left for left, _ in self._cells[1:]] + [1.0]
        begin = self._bar_at[0] if self._bar else 0.0
        rights = [
            begin if left < begin < right else right for (left, _), right in zip(self._cells, rights, strict=True)
        ]
        self._heights = []
        for (left, cell), right in zip(self._cells, rights, strict=True):
            span = (right - left) * width
            inner = span - (GUTTER if right < 1.0 else self.edge)
            self._heights.append([_depth(one, span if isinstance(one, NestedColumns) else inner) for one in cell])
        bar = self._bar_height + self._bar_drop if self._bar else 0.0
        self.height = max([bar, *(sum(heights) for heights in self._heights)])
        return width, self.height

    def split(self, _width: float, height: float) -> list[Flowable]:
        """Return nothing, so that it moves to the next page whole; its paragraphs where a whole page is not enough."""
        page = getattr(getattr(self, "canv", None), "page", None)
        if self.height <= (page.room if page else height) - 20:
            return []
        return [one for _, cell in self._reading_order for one in cell]

    def draw(self) -> None:
        """Draw bar and paragraphs."""
        if self._bar is not None:
            left, right = self._bar_at
            y = self.height - self._bar_drop - self._bar_height
            draw_bar(self.canv, self._bar, left * self.width, y, (right - left) * self.width, self._bar_height)
        heights = {left: of_cell for (left, _), of_cell in zip(self._cells, self._heights, strict=True)}
        for left, cell in self._reading_order:
            y = self.height
            for one, height in zip(cell, heights[left], strict=True):
                y -= height
                one.drawOn(self.canv, left * self.width, y + one.getSpaceAfter())


class NestedColumns(Columns):
    """Columns within a column, over the whole of it: only what they hold stays clear of the next column."""

    edge = GUTTER


def _depth(one: Flowable, width: float) -> float:
    return one.wrap(width, 1e6)[1] + one.getSpaceAfter()


class LineDrawing(Flowable):
    """A long trend as a line, with the values across and the periods at its ends."""

    def __init__(self, line_: Line, style: ParagraphStyle, height: float) -> None:
        super().__init__()
        self._line, self._size, self._high = line_, style.fontSize * 0.85, height
        self._words = [printable(words) for _, words in line_.lines]

    def getSpaceAfter(self) -> float:  # noqa: N802 - ReportLab's name
        """Return the room kept free under it."""
        return self._size * 0.6

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the width, and the height of the line with the words around it."""
        self.width, self.height = width, self._high + self._size * 2.4
        return self.width, self.height

    def draw(self) -> None:
        """Draw the values across, the line, and the periods under it."""
        left = max(stringWidth(words, REGULAR, self._size) for words in self._words) + self._size * 0.8
        bottom = self._size * 1.5
        self.canv.setFillColor(colour("quiet"))
        self.canv.setFont(REGULAR, self._size)
        for (at, _), words in zip(self._line.lines, self._words, strict=True):
            self.canv.drawRightString(left - self._size * 0.5, bottom + at * self._high - self._size * 0.32, words)
        self.canv.drawString(left, self._size * 0.2, printable(self._line.first))
        self.canv.drawRightString(self.width, self._size * 0.2, printable(self._line.last))
        draw_line(self.canv, self._line, left, bottom, self.width - left - self._size * 0.3, self._high)


class ValueTable(Flowable):
    """Short paragraphs in as many columns as they leave room for, to be read row by row."""

    def __init__(self, values: Sequence[Paragraph], style: ParagraphStyle) -> None:
        super().__init__()
        self._values, self._gap = values, style.fontSize * 1.6
        self._widest = max(map(natural_width, values))
        self._rows: list[Columns] = []

    def getSpaceAfter(self) -> float:  # noqa: N802 - ReportLab's name
        """Return the room kept free under it."""
        return self._gap

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the width, and the height of all rows."""
        across = max(1, int((width + GUTTER) // (self._widest + GUTTER + self._gap * 0.3)))
        rows = [self._values[at : at + across] for at in range(0, len(self._values), across)]
        self._rows = [Columns([(place / across, [one]) for place, one in enumerate(row)]) for row in rows]
        self.width, self.height = width, sum(row.wrap(width, 1e6)[1] for row in self._rows)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return its rows, each whole; nothing where not even the first one fits."""
        self.wrap(width, height)
        return [] if self._rows[0].height > height else list(self._rows)

    def draw(self) -> None:
        """Draw the rows."""
        y = self.height
        for row in self._rows:
            y -= row.height
            row.drawOn(self.canv, 0, y)


def natural_width(paragraph: Paragraph) -> float:
    """Return how wide a paragraph would be in one line, in points; ask before it is laid out, which changes it."""
    return sum(stringWidth(frag.text, frag.fontName, frag.fontSize) for frag in paragraph.frags)


class WritingRoom(Flowable):
    """Faint lines to write on."""

    def __init__(self, lines: int, gap: float, indent: float) -> None:
        super().__init__()
        self._lines, self._gap, self._indent = lines, gap, indent

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the lines' height and a little more."""
        self.width, self.height = width, self._lines * self._gap + self._gap * 0.5
        return self.width, self.height

    def draw(self) -> None:
        """Draw the lines."""
        self.canv.setStrokeColor(colour("faint"))
        self.canv.setLineWidth(0.5)
        for at in range(1, self._lines + 1):
            y = self.height - at * self._gap
            self.canv.line(self._indent, y, self.width, y)


class ContentsLine(Flowable):
    """One line of the contents; its page number is filled in when all pages are known."""

    def __init__(self, key: str, title: str, styles: TypeStyles) -> None:
        super().__init__()
        self._key, self._kit = key, styles
        self._title = Paragraph(title, styles.contents)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the width, and the height of its title."""
        self.width = width
        _, self.height = self._title.wrap(width - self._kit.pt(40), height)
        return width, self.height

    def draw(self) -> None:
        """Draw the title and a link over the line, and note where its page number goes."""
        canvas = cast(SheetCanvas, self.canv)
        self._title.drawOn(canvas, 0, 0)
        x, y = canvas.absolutePosition(self.width, 0)
        canvas.pending_page_numbers.append((canvas.page_count + 1, x, y + self._kit.pt(4), self._key))
        canvas.linkRect("", self._key, (0, 0, self.width, self.height), relative=1, thickness=0)


class CheckBlock(Flowable):
    """The end of a sheet: a QR code, and in words what it was made from and how to check it."""

    def __init__(self, code: str, words: str, styles: TypeStyles, size: float = 46.0) -> None:
        super().__init__()
        self._code, self._size = code, styles.pt(size)
        self._words = Paragraph(words, styles.small)

    def getSpaceBefore(self) -> float:  # noqa: N802 - ReportLab's name
        """Return the room kept free above it."""
        return self._size * 0.35

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the width, and the height of the code or the words."""
        self.width = width
        _, words = self._words.wrap(width - self._size * 1.35, height)
        self.height = max(self._size, words)
        return width, self.height

    def draw(self) -> None:
        """Draw the code at the left, and the words beside it."""
        draw_code(self.canv, self._code, 0, self.height - self._size, self._size)
        top = self.height - max(0.0, (self._size - self._words.height) / 2)
        self._words.drawOn(self.canv, self._size * 1.35, top - self._words.height)


class NoteBox(Flowable):
    """A note of the reader's own: a quiet box with a bar of amber at its left, one paragraph or table of it a piece."""

    def __init__(self, paragraph: Flowable, *, first: bool, last: bool, pad: float) -> None:
        super().__init__()
        self._paragraph, self._pad = paragraph, pad
        self._first, self._last = first, last

    def getSpaceAfter(self) -> float:  # noqa: N802 - ReportLab's name
        """Return the room under the last piece."""
        return self._pad if self._last else 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the width, and the height of the paragraph with its padding."""
        self.width = width
        _, inner = self._paragraph.wrap(width - 2 * self._pad, 1e6)
        self.height = inner + self._pad * (0.55 * self._first + 0.75 * self._last + 0.1)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return its paragraph cut in two, each half in a box of its own."""
        pieces = self._paragraph.split(width - 2 * self._pad, height - self._pad)
        if len(pieces) != 2:
            return []
        return [
            NoteBox(pieces[0], first=self._first, last=False, pad=self._pad),
            NoteBox(pieces[1], first=False, last=self._last, pad=self._pad),
        ]

    def draw(self) -> None:
        """Draw ground, bar and words."""
        self.canv.setFillColor(colour("#F6F3EA"))
        self.canv.rect(0, 0, self.width, self.height + 0.3, stroke=0, fill=1)
        self.canv.setFillColor(colour("#C79A2B"))
        self.canv.rect(0, 0, 2.2, self.height + 0.3, stroke=0, fill=1)
        self._paragraph.drawOn(self.canv, self._pad, self._pad * (0.75 * self._last + 0.05))


def marking_suffix(text: str, size: float) -> str:
    """Return a marking's label as it stands behind an item; nothing for none."""
    return f' <font name="{SEMIBOLD}" size="{size * 0.7:.1f}">&nbsp;[{line(text)}]</font>' if text else ""
