"""What stands on a sheet besides paragraphs: figures with their bars, room to write, contents, the check at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph

from viewer.figures.chart import Bar, Line
from viewer.sheets.canvas import OutlineEntry, SheetCanvas
from viewer.sheets.drawing import RAIL, draw_bar, draw_code, draw_line
from viewer.sheets.typography import REGULAR, SEMIBOLD, TypeStyles, colour, line, printable

GUTTER = 12.0  # points between columns at 100 %
_WIDEST_GUTTER = 0.3  # of the column before it
_AXIS = 0.35  # of the width of a line chart, at most, for the values at its left


class OutlinedTitle(Paragraph):
    """A title that tells the outline and the contents where it stands; of one cut in two, the first piece does."""

    def __init__(
        self, text: Any, style: ParagraphStyle, key: str = "", title: str = "", level: int = 0, **pieces: Any
    ) -> None:
        super().__init__(text, style, **pieces)  # `pieces` is what ReportLab makes the halves of a paragraph with
        self._mark = (key, title, level)

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return its two halves, of which the first stands in the outline."""
        pieces = super().split(width, height)
        first, *_ = [*pieces, self]
        assert isinstance(first, OutlinedTitle)
        first._mark = self._mark
        return pieces

    def draw(self) -> None:
        """Note the place, a little above what precedes the title, and draw it."""
        canvas = cast(SheetCanvas, self.canv)
        key, title, level = self._mark
        _, y = canvas.absolutePosition(0, self.height)
        top = min(canvas.page.height, y + 40)
        if key:
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
        self._first = first
        self._bar_begin = bar_at[0] if bar else 0.0  # where columns end that begin before the bar
        self._heights: list[list[float]] = []
        self._spans: list[tuple[float, float]] = []  # the width of each cell, and of what stands clear of the next

    def getSpaceAfter(self) -> float:  # noqa: N802 - ReportLab's name
        """Return the room kept free under it."""
        return self._after

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the width, and the height of the highest column."""
        self.width = width
        rights = [left for left, _ in self._cells[1:]] + [1.0]
        begin = self._bar_begin
        rights = [
            begin if left < begin < right else right for (left, _), right in zip(self._cells, rights, strict=True)
        ]
        self._heights, self._spans = [], []
        for (left, cell), right in zip(self._cells, rights, strict=True):
            span = (right - left) * width
            inner = span - min(GUTTER if right < 1.0 else self.edge, span * _WIDEST_GUTTER)
            self._spans.append((span, inner))
            self._heights.append([_depth(one, _width_of(one, span, inner)) for one in cell])
        bar = self._bar_height + self._bar_drop if self._bar else 0.0
        self.height = max([bar, *(sum(heights) for heights in self._heights)])
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return nothing, so that it moves to the next page whole; where no page is high enough, its two halves."""
        page = getattr(getattr(self, "canv", None), "page", None)
        if self.height <= (page.room if page else height) - 20:
            return []
        self.wrap(width, height)
        halves = [
            _parted(cell, *spans, height) for (_, cell), spans in zip(self._cells, self._spans, strict=True)
        ]  # fmt: skip
        bar = self._bar_height + self._bar_drop if self._bar else 0.0
        if bar > height or not any(upper for upper, _ in halves):
            return []
        return [
            self._half([upper for upper, _ in halves], bar=self._bar, after=0.0),
            self._half([lower for _, lower in halves], bar=None, after=self._after),
        ]

    def _half(self, contents: Sequence[Sequence[Flowable]], *, bar: Bar | None, after: float) -> Columns:
        """Return columns as wide as these, with other contents."""
        cells = [(left, content) for (left, _), content in zip(self._cells, contents, strict=True)]
        half = type(self)(
            cells, bar=bar, after=after, bar_at=self._bar_at, bar_height=self._bar_height, bar_drop=self._bar_drop,
            first=self._first,
        )  # fmt: skip
        half._bar_begin = self._bar_begin
        return half

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


def _width_of(one: Flowable, span: float, inner: float) -> float:
    return span if isinstance(one, NestedColumns) else inner


def _depth(one: Flowable, width: float) -> float:
    return one.wrap(width, 1e6)[1] + one.getSpaceAfter()


def _parted(
    cell: Sequence[Flowable], span: float, inner: float, height: float
) -> tuple[list[Flowable], list[Flowable]]:  # fmt: skip
    """Return what of a cell fits into the height, and the rest."""
    upper: list[Flowable] = []
    for at, one in enumerate(cell):
        width = _width_of(one, span, inner)
        depth = _depth(one, width)
        if depth > height:
            pieces = one.split(width, height - one.getSpaceAfter())
            rest = [*pieces[1:], *cell[at + 1 :]] if pieces else list(cell[at:])
            return [*upper, *pieces[:1]], rest
        upper.append(one)
        height -= depth
    return upper, []


class LineDrawing(Flowable):
    """A long trend as a line, with the values across and the periods at its ends.

    Both are shortened where they would leave no room for the line: all of them stand whole in the values under it.
    """

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
        shown = [_shortened(words, self._size, self.width * _AXIS) for words in self._words]
        left = max(stringWidth(words, REGULAR, self._size) for words in shown) + self._size * 0.8
        bottom = self._size * 1.5
        self.canv.setFillColor(colour("quiet"))
        self.canv.setFont(REGULAR, self._size)
        for (at, _), words in zip(self._line.lines, shown, strict=True):
            self.canv.drawRightString(left - self._size * 0.5, bottom + at * self._high - self._size * 0.32, words)
        half = (self.width - left) / 2 - self._size
        first, last = (_shortened(printable(end), self._size, half) for end in (self._line.first, self._line.last))
        self.canv.drawString(left, self._size * 0.2, first)
        self.canv.drawRightString(self.width, self._size * 0.2, last)
        draw_line(self.canv, self._line, left, bottom, self.width - left - self._size * 0.3, self._high)


def _shortened(text: str, size: float, room: float) -> str:
    if stringWidth(text, REGULAR, size) <= room:
        return text
    while text and stringWidth(f"{text}…", REGULAR, size) > room:
        text = text[:-1]
    return f"{text}…"


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
        """Return its rows, each whole if a page can hold it; nothing where not even the first one begins here."""
        self.wrap(width, height)
        first, *more = self._rows
        if first.height > height:
            first.canv = self.canv  # which says how high a page is
            pieces = first.split(width, height)
            return [*pieces, *more] if pieces else []
        return [first, *more]

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
    """A title in the contents; its page number is filled in when all pages are known."""

    def __init__(self, key: str, title: Paragraph, styles: TypeStyles) -> None:
        super().__init__()
        self._key, self._kit, self._title = key, styles, title

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the width, and the height of its title."""
        self.width = width
        _, self.height = self._title.wrap(width - self._kit.pt(40), 1e6)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return the beginning of its title without a number, and the rest with it."""
        pieces = cast(list[Paragraph], self._title.split(width - self._kit.pt(40), height))
        if len(pieces) < 2:
            return []
        return [ContentsLine(key, piece, self._kit) for key, piece in zip(("", self._key), pieces, strict=True)]

    def draw(self) -> None:
        """Draw the title and a link over the line, and note where its page number goes."""
        canvas = cast(SheetCanvas, self.canv)
        self._title.drawOn(canvas, 0, 0)
        if not self._key:
            return
        size = self._title.style.fontSize
        x, y = canvas.absolutePosition(self.width, 0)
        canvas.pending_page_numbers.append((canvas.page_count + 1, x, y + self._kit.pt(4), self._key, size))
        canvas.linkRect("", self._key, (0, 0, self.width, self.height), relative=1, thickness=0)


class CheckBlock(Flowable):
    """The end of a sheet: a QR code, and in words what it was made from and how to check it."""

    def __init__(self, code: str, words: Paragraph, size: float) -> None:
        super().__init__()
        self._code, self._size, self._words = code, size, words

    def getSpaceBefore(self) -> float:  # noqa: N802 - ReportLab's name
        """Return the room kept free above it."""
        return self._size * 0.35

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the width, and the height of the code or the words."""
        self.width = width
        _, words = self._words.wrap(width - self._size * 1.35, 1e6)
        self.height = max(self._size, words)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return the code with as many words as fit, and the rest of the words, where no page holds all of it."""
        page = getattr(getattr(self, "canv", None), "page", None)
        if height < self._size or self.height <= (page.room if page else height) - self._size * 0.35:
            return []
        pieces = cast(list[Paragraph], self._words.split(width - self._size * 1.35, height))
        return [CheckBlock(self._code, pieces[0], self._size), *pieces[1:]] if len(pieces) > 1 else []

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
        """Return the pieces of its paragraph or table, each in a box of its own."""
        pieces = self._paragraph.split(width - 2 * self._pad, height - self._pad * (0.55 * self._first + 0.1))
        if len(pieces) < 2:
            return []
        end = len(pieces) - 1
        return [
            NoteBox(piece, first=self._first and not at, last=self._last and at == end, pad=self._pad)
            for at, piece in enumerate(pieces)
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
