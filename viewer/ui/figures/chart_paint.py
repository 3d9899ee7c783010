"""Painting of charts, on screen and as pictures: single values large, bars from zero, rankings without bars."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from viewer.design.palette import Palette
from viewer.design.typefaces import SANS
from viewer.figures.chart import Bar, Chart, ChartRow, Line
from viewer.records import record
from viewer.text.safe import VisibleText, visible
from viewer.ui.parts.chart_bar import paint_bar
from viewer.ui.parts.chart_line import paint_line

MOST_LARGE = 12  # characters of a single value written large
LINE_HEIGHT = 130  # pixels of a line chart at 100 %
PICTURE_WIDTH = 560  # pixels at 100 %

_WRAPPED = int(Qt.TextFlag.TextWordWrap)


@record
class PlacedText:
    """A piece of text in its place."""

    text: VisibleText
    place: QRectF
    font: QFont
    colour: str
    right: bool = False


@record
class PlacedBar:
    """A bar on its rail in its place."""

    place: QRectF
    solid: float
    soft: float


@record
class PlacedLine:
    """A long trend as a line in its place."""

    place: QRectF
    line: Line


Piece = PlacedText | PlacedBar | PlacedLine


@record
class Drawing:
    """A chart laid out for one width: its pieces and how high they are together, in pixels."""

    pieces: tuple[Piece, ...] = ()
    height: float = 0.0


def lay_out(chart: Chart, width: float, palette: Palette, scale: float) -> Drawing:
    """Return the chart laid out within `width` pixels; texts wrap and nothing is cut."""
    layout = _Layout(width, palette, scale)
    if len(chart.rows) == 1 and chart.rows[0].rank is None:
        layout.single(chart.rows[0])
    elif chart.line:
        layout.line(chart.line)
        layout.values(chart.rows)
    else:
        for row in chart.rows:
            layout.row(row)
    if chart.whole is not None and any(row.bar for row in chart.rows):
        layout.axis(chart)
    return layout.drawing


def paint(painter: QPainter, drawing: Drawing, palette: Palette, scale: float) -> None:
    """Paint a laid-out chart with its corner at the painter's origin."""
    for piece in drawing.pieces:
        if isinstance(piece, PlacedBar):
            paint_bar(painter, piece.place, piece.solid, piece.soft, palette, scale)
            continue
        if isinstance(piece, PlacedLine):
            points = [(point.x, point.height, point.low, point.high) for point in piece.line.points]
            across = [height for height, _ in piece.line.lines]
            paint_line(painter, piece.place, points, across, palette, scale)
            continue
        painter.setFont(piece.font)
        painter.setPen(QColor(piece.colour))
        side = Qt.AlignmentFlag.AlignRight if piece.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(piece.place, _WRAPPED | int(side) | int(Qt.AlignmentFlag.AlignTop), piece.text)


def picture(chart: Chart, captions: tuple[str, ...], marking: str, palette: Palette, ratio: float = 2.0) -> QImage:
    """Return the chart as a picture that may travel alone: marking, title, drawing, and `captions` with the source."""
    layout = _Layout(PICTURE_WIDTH, palette, 1.0)
    layout.text(marking, font(11, weight=QFont.Weight.DemiBold, spacing=1.6), palette.quiet, after=10)
    layout.text(chart.title, font(18, weight=QFont.Weight.DemiBold), palette.ink, after=12)
    body = lay_out(chart, PICTURE_WIDTH, palette, 1.0)
    top, layout.y = layout.y, layout.y + body.height + 8
    for caption in captions:
        layout.text(caption, font(13), palette.quiet, after=2)
    size = QSizeF(PICTURE_WIDTH + 48, layout.y + 48) * ratio
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(palette.page))
    painter = QPainter(image)
    painter.translate(24, 24)
    paint(painter, layout.drawing, palette, 1.0)
    painter.translate(0, top)
    paint(painter, body, palette, 1.0)
    painter.end()
    return image


def font(pixels: float, *, weight: QFont.Weight = QFont.Weight.Normal, spacing: float = 0.0) -> QFont:
    """Return the program's typeface in one size."""
    out = QFont(SANS)
    out.setPixelSize(max(1, round(pixels)))
    out.setWeight(weight)
    if spacing:
        out.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
    return out


class _Layout:
    """Pieces from top to bottom; `y` is where the next one goes."""

    def __init__(self, width: float, palette: Palette, scale: float) -> None:
        self.width, self.palette, self.scale = width, palette, scale
        self._pieces: list[Piece] = []
        self.y = 0.0

    @property
    def drawing(self) -> Drawing:
        """All pieces so far."""
        return Drawing(pieces=tuple(self._pieces), height=self.y)

    def single(self, row: ChartRow) -> None:
        """Add one value, as large as it is short, over the bar of its whole."""
        large = len(row.shown) <= MOST_LARGE
        value = font((40 if large else 24) * self.scale, weight=QFont.Weight.Light)
        self.text(row.shown or row.label, value, self.palette.accent, after=0)
        what = " · ".join(part for part in (row.counted, row.label if row.shown else "", row.period) if part)
        if what:
            self.text(what, font(13 * self.scale), self.palette.quiet, after=6)
        if row.bar:
            self._rail(row.bar, 14)

    def row(self, row: ChartRow) -> None:
        """Add one of several values: rank and label at the left, the value at the right, the bar under both."""
        label_font = font(14 * self.scale)
        value_font = font(14 * self.scale, weight=QFont.Weight.DemiBold)
        label = " · ".join(part for part in (row.label, row.period) if part)
        indent = 28 * self.scale if row.rank is not None else 0.0
        if row.rank is not None:
            self._put(str(row.rank), value_font, self.palette.accent, QRectF(0, self.y, indent, 99))
        value_width = (
            QFontMetricsF(value_font).horizontalAdvance(row.measured) + 16 * self.scale if row.measured else 0.0
        )
        under = value_width > 0.5 * self.width
        room = self.width - indent - (0.0 if under else value_width)
        height = self._put(label, label_font, self.palette.ink, QRectF(indent, self.y, room, 9999))
        if row.measured and not under:
            place = QRectF(self.width - value_width, self.y, value_width, 9999)
            height = max(height, self._put(row.measured, value_font, self.palette.accent, place, right=True))
        self.y += height
        if under:
            self.text(row.measured, value_font, self.palette.accent, after=0, indent=indent)
        self.y += 3 * self.scale
        if row.bar:
            self._rail(row.bar, 10)
        self.y += 7 * self.scale

    def line(self, line: Line) -> None:
        """Add a long trend: the values across at the left, the line, and the periods at its ends under it."""
        small = font(11.5 * self.scale)
        metrics = QFontMetricsF(small)
        left = max(metrics.horizontalAdvance(words) for _, words in line.lines) + 10 * self.scale
        high, top = LINE_HEIGHT * self.scale, self.y + metrics.height() / 2
        for at, words in line.lines:
            y = top + (1 - at) * high - metrics.height() / 2
            self._put(words, small, self.palette.quiet, QRectF(0, y, left - 8 * self.scale, 99), right=True)
        self._pieces.append(PlacedLine(place=QRectF(left, top, self.width - left - 4 * self.scale, high), line=line))
        self.y = top + high + 8 * self.scale
        ends = QRectF(left, self.y, self.width - left, 99)
        self._put(line.last, small, self.palette.quiet, QRectF(ends), right=True)
        self.y += self._put(line.first, small, self.palette.quiet, ends) + 10 * self.scale

    def values(self, rows: tuple[ChartRow, ...]) -> None:
        """Add all values of a long trend, in as many columns as they leave room for, to be read row by row."""
        small = font(13 * self.scale)
        shown = [f"{row.period}  {row.measured}" for row in rows]
        widest = max(map(QFontMetricsF(small).horizontalAdvance, shown)) + 18 * self.scale
        across = max(1, int(self.width // widest))
        for at in range(0, len(shown), across):
            places = (QRectF(n * self.width / across, self.y, self.width / across, 9999) for n in range(across))
            cells = zip(shown[at : at + across], places, strict=False)
            self.y += max(self._put(text, small, self.palette.ink, place) for text, place in cells) + 3 * self.scale

    def axis(self, chart: Chart) -> None:
        """Add the values at which the rail begins and ends."""
        small = font(11.5 * self.scale)
        place = QRectF(0, self.y, self.width, 99)
        self._put(chart.end, small, self.palette.quiet, place, right=True)
        self.y += self._put("0", small, self.palette.quiet, place)

    def text(self, text: str, face: QFont, colour: str, *, after: float, indent: float = 0.0) -> None:
        """Add a text over the whole width, wrapped, and some room after it."""
        if text:
            place = QRectF(indent, self.y, self.width - indent, 9999)
            self.y += self._put(text, face, colour, place) + after * self.scale

    def _rail(self, bar: Bar, height: float) -> None:
        place = QRectF(QPointF(0, self.y), QSizeF(self.width, height * self.scale))
        self._pieces.append(PlacedBar(place=place, solid=bar.solid, soft=bar.soft))
        self.y += (height + 3) * self.scale

    def _put(self, text: str, face: QFont, colour: str, place: QRectF, *, right: bool = False) -> float:
        shown = visible(text)
        height = QFontMetricsF(face).boundingRect(place, _WRAPPED, shown).height()
        place.setHeight(height + 1)
        self._pieces.append(PlacedText(text=shown, place=place, font=face, colour=colour, right=right))
        return height
