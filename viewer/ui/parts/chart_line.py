"""Paints a long trend as a line with a dot at each value; what the source leaves open is a pale stroke."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from viewer.design.palette import Palette

WIDTH, HEIGHT = 420, 110  # pixels at 100 %, on a page
EDGE = 4  # pixels at 100 %, around the line, for its dots

PlacedPoint = tuple[
    float, float | None, float, float
]  # how far from the left, how high, from where to where it may lie


def read_line(path: str) -> tuple[list[PlacedPoint], list[float]]:
    """Return the points of a line and the heights of the lines across it, as a page has them, in shares."""
    points, across = path.split("/")
    placed = [point.split(",") for point in points.split(";")]
    return [
        (int(x) / 1000, int(height) / 1000 if height else None, int(low) / 1000, int(high) / 1000)
        for x, height, low, high in placed
    ], [int(height) / 1000 for height in across.split(";")]


def line_image(
    points: Sequence[PlacedPoint], across: Sequence[float], palette: Palette, scale: float, ratio: float
) -> QImage:
    """Return a trend as a picture; all places are shares of its width and height, 0 to 1."""
    width, height, edge = round(WIDTH * scale), round(HEIGHT * scale), EDGE * scale
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_line(painter, QRectF(0, 0, width, height).adjusted(edge, edge, -edge, -edge), points, across, palette, scale)
    painter.end()
    return image


def paint_line(
    painter: QPainter,
    place: QRectF,
    points: Sequence[PlacedPoint],
    across: Sequence[float],
    palette: Palette,
    scale: float,
) -> None:
    """Paint a trend in its `place` over lines `across` at these heights; it is broken where a value is missing."""

    def at(x: float, height: float) -> QPointF:
        return QPointF(place.left() + x * place.width(), place.bottom() - height * place.height())

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(palette.line), scale))
    for height in across:
        painter.drawLine(at(0, height), at(1, height))
    painter.setPen(QPen(QColor(palette.faint), 6 * scale, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    for x, _, low, high in points:
        if high > low:
            painter.drawLine(at(x, low), at(x, high))
    painter.setPen(QPen(QColor(palette.accent), 1.6 * scale))
    painter.setBrush(QColor(palette.accent))
    for is_there, run in groupby(points, key=lambda point: point[1] is not None):
        if is_there:
            places = [at(x, height or 0.0) for x, height, _, _ in run]
            painter.drawPolyline(places)
            for dot in places:
                painter.drawEllipse(dot, 2.2 * scale, 2.2 * scale)
    painter.restore()
