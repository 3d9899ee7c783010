"""Line icons from `resources/icons`, tinted with a colour of the palette, as large as the text wants them."""

from __future__ import annotations

from functools import lru_cache

from PySide6 import QtCore
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QToolButton

from viewer import paths
from viewer.design.palette import Palette
from viewer.ui.parts.widgets import scaled

ICON_SIZE = 20  # pixels at 100 %, where the type has 14; a button's own size is in the style sheet
_ICONS = paths.resources() / "icons"


def icon(name: str, palette: Palette, ratio: float = 2.0, *, fades: bool = False) -> QIcon:
    """Return the icon `name` in the palette's ink; where it `fades`, faint by design while it can do nothing."""
    out = QIcon(tinted_pixmap(name, palette.ink, ratio))
    if fades:
        out.addPixmap(tinted_pixmap(name, palette.faint, ratio), QIcon.Mode.Disabled)
    return out


def tinted_pixmap(name: str, colour: str, ratio: float = 2.0, at_100: float = ICON_SIZE) -> QPixmap:
    """Return the icon `name` in one colour, as a picture."""
    return _drawn(name, colour, scaled(at_100), ratio)


def seal_pixmap(palette: Palette, ratio: float = 2.0, at_100: float = ICON_SIZE, *, vouched: bool) -> QPixmap:
    """Return the sign of the seal: the tick only where somebody vouches for who signed."""
    name, colour = ("verified", palette.good) if vouched else ("warning", palette.warning)
    return tinted_pixmap(name, colour, ratio, at_100)


@lru_cache(maxsize=64)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    side = round(size * ratio)
    drawn = (_ICONS / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    out = QPixmap()  # Qt's own reader of pictures draws it: loading QtSvg's bindings besides would take as long again
    out.loadFromData(drawn.replace("<svg ", f'<svg width="{side}" height="{side}" ', 1).encode(), "svg")
    out.setDevicePixelRatio(ratio)
    return out


def icon_button(tip: str) -> QToolButton:
    """Return a button for an icon, which the keyboard reaches; `tip` says what it does and, in brackets, its key."""
    button = QToolButton()
    button.setToolTip(tip)
    button.setAccessibleName(tip.split(" (")[0])
    button.setFocusPolicy(QtCore.Qt.FocusPolicy.TabFocus)
    return button
