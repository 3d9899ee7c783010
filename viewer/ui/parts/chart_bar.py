"""Paints the bar of a chart: sharp where the figure is, fading and hatched where it is not."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen

from viewer.design.palette import Palette

RAIL_WIDTH = 150  # pixels at 100 %, beside a label and a value
BAR_HEIGHT = 8  # pixels at 100 %
HATCH = 5  # pixels from line to line at 100 %


def bar_image(solid: float, soft: float, palette: Palette, scale: float, ratio: float) -> QImage:
    """Return a bar on its rail: full up to `solid`, fading until `soft`, both 0 to 1."""
    width, height = round(RAIL_WIDTH * scale), round(BAR_HEIGHT * scale)
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    paint_bar(painter, QRectF(0, 0, width, height), solid, soft, palette, scale)
    painter.end()
    return image


def paint_bar(painter: QPainter, rail: QRectF, solid: float, soft: float, palette: Palette, scale: float) -> None:
    """Paint a bar on its `rail`; what is not sure is shown by lines as well as by its colour."""
    painter.fillRect(rail, QColor(palette.rail))
    accent, clear = QColor(palette.accent), QColor(palette.accent)
    clear.setAlpha(0)
    full = rail.width() * solid
    painter.fillRect(QRectF(rail.left(), rail.top(), full, rail.height()), accent)
    if soft > solid:
        unsure = QRectF(rail.left() + full, rail.top(), rail.width() * (soft - solid), rail.height())
        fade = QLinearGradient(unsure.topLeft(), unsure.topRight())
        fade.setColorAt(0, accent)
        fade.setColorAt(1, clear)
        painter.fillRect(unsure, fade)
        _hatch(painter, unsure, accent, palette, scale)


def _hatch(painter: QPainter, area: QRectF, accent: QColor, palette: Palette, scale: float) -> None:
    """Paint slanting lines over `area`: dark on its pale end, light on its full one."""
    painter.save()
    painter.setClipRect(area)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    lines = QLinearGradient(area.topLeft(), area.topRight())
    lines.setColorAt(0, QColor(palette.page))
    lines.setColorAt(0.5, accent)
    lines.setColorAt(1, accent)
    painter.setPen(QPen(lines, max(1.0, scale)))
    x = area.left() - area.height()
    while x < area.right():
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
        x += HATCH * scale
    painter.restore()
