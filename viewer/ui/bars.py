"""Paints the bar of a chart: sharp where the figure is, fading where it is not."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from viewer.page import RAIL_WIDTH
from viewer.palette import Palette

BAR_HEIGHT = 8  # pixels at 100 %


def bar_image(solid: float, soft: float, palette: Palette, scale: float, ratio: float) -> QImage:
    """A bar on its rail: full up to `solid`, fading until `soft`, both 0 to 1."""
    width, height = round(RAIL_WIDTH * scale), round(BAR_HEIGHT * scale)
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(palette.rail))
    accent, clear = QColor(palette.accent), QColor(palette.accent)
    clear.setAlpha(0)
    painter = QPainter(image)
    painter.fillRect(0, 0, round(width * solid), height, accent)
    if soft > solid:
        fade = QLinearGradient(width * solid, 0, width * soft, 0)
        fade.setColorAt(0, accent)
        fade.setColorAt(1, clear)
        painter.fillRect(round(width * solid), 0, round(width * (soft - solid)), height, fade)
    painter.end()
    return image
