"""Line icons from `resources/icons`, tinted with a colour of the palette."""

from __future__ import annotations

from functools import lru_cache

from PySide6 import QtCore
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QToolButton

from viewer import places
from viewer.palette import Palette

SIZE = 20  # pixels at 100 %
_ICONS = places.resources() / "icons"


def icon(name: str, palette: Palette, ratio: float = 2.0, *, fades: bool = False) -> QIcon:
    """The icon `name` in the palette's ink; where it `fades`, faint by design while it can do nothing."""
    out = QIcon(tinted(name, palette.ink, ratio))
    if fades:
        out.addPixmap(tinted(name, palette.faint, ratio), QIcon.Mode.Disabled)
    return out


@lru_cache(maxsize=64)
def tinted(name: str, colour: str, ratio: float = 2.0) -> QPixmap:
    """The icon `name` in one colour, as a picture."""
    side = round(SIZE * ratio)
    drawn = (_ICONS / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    out = QPixmap()  # Qt's own reader of pictures draws it: loading QtSvg's bindings besides would take as long again
    out.loadFromData(drawn.replace("<svg ", f'<svg width="{side}" height="{side}" ', 1).encode(), "svg")
    out.setDevicePixelRatio(ratio)
    return out


def icon_button(tip: str) -> QToolButton:
    """A button for an icon, which the keyboard reaches; its tip says what it does and, in brackets, by which key."""
    button = QToolButton()
    button.setToolTip(tip)
    button.setAccessibleName(tip.split(" (")[0])
    button.setFocusPolicy(QtCore.Qt.FocusPolicy.TabFocus)
    return button
