"""Line icons from `resources/icons`, tinted with a colour of the palette."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from viewer import places
from viewer.palette import Palette

SIZE = 20  # pixels at 100 %


def icon(name: str, palette: Palette, ratio: float = 2.0, *, fades: bool = False) -> QIcon:
    """The icon `name` in the palette's ink; where it `fades`, faint by design while it can do nothing."""
    out = QIcon(tinted(name, palette.ink, ratio))
    if fades:
        out.addPixmap(tinted(name, palette.faint, ratio), QIcon.Mode.Disabled)
    return out


@lru_cache(maxsize=64)
def tinted(name: str, colour: str, ratio: float = 2.0) -> QPixmap:
    """The icon `name` in one colour, as a picture."""
    drawn = (places.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawn.replace("currentColor", colour).encode()))
    out = QPixmap(QSize(round(SIZE * ratio), round(SIZE * ratio)))
    out.fill(QColor(0, 0, 0, 0))
    painter = QPainter(out)
    renderer.render(painter, QRectF(0, 0, SIZE * ratio, SIZE * ratio))
    painter.end()
    out.setDevicePixelRatio(ratio)
    return out
