"""Light or dark, and how large: the one place from which colours and sizes reach the window."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from viewer.design.palette import DARK, LIGHT, Palette
from viewer.design.typefaces import SANS, SERIF, font_file
from viewer.pages.style import page_style_sheet
from viewer.ui.style_sheet import window_style

Mode = Literal["system", "light", "dark"]
MODES: tuple[Mode, ...] = ("system", "light", "dark")
SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0)
STARTUP_FACES = ((SANS, "Regular"), (SANS, "Semibold"), (SANS, "Light"))  # all that the start page has
REMAINING_FACES = ((SANS, "It"), (SERIF, "Regular"), (SERIF, "It"), (SERIF, "Semibold"))


def load_fonts(faces: Iterable[tuple[str, str]] = STARTUP_FACES + REMAINING_FACES) -> None:
    """Make the program's typefaces known to Qt; a missing file leaves the system's own type in place."""
    for family, face in faces:
        QFontDatabase.addApplicationFont(str(font_file(family, face)))


@cache
def load_remaining_fonts() -> None:
    """Load, once, the faces that the start page does without."""
    load_fonts(REMAINING_FACES)


def load_fonts_for(html: str) -> None:
    """Load the further faces where a page has narrative or emphasis."""
    if any(sign in html for sign in ('class="passage"', "<em>", "<strong>")):
        load_remaining_fonts()


class Appearance(QObject):
    """The chosen mode and text size. Signals: `changing` before colours or sizes change, `changed` after.

    Where it is not `dressed` yet, the style sheet waits for `dress()`.
    """

    changing = Signal()
    changed = Signal()

    def __init__(
        self, mode: Mode = "system", scale: float = 1.0, *, system_is_dark: bool = False, dressed: bool = True
    ) -> None:
        super().__init__()
        self._dressed = dressed
        self._system_is_dark = system_is_dark
        self.mode: Mode = mode if mode in MODES else "system"
        self.scale = min(SCALES, key=lambda known: abs(known - scale))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply()

    @property
    def palette(self) -> Palette:
        """The colours in force."""
        if self.mode == "system":
            return DARK if self._system_is_dark else LIGHT
        return DARK if self.mode == "dark" else LIGHT

    @property
    def page_style(self) -> str:
        """The style sheet of the reading page."""
        return page_style_sheet(self.palette, self.scale)

    def set_mode(self, mode: Mode) -> None:
        """Change to light, dark, or whatever the system says."""
        self.mode = mode
        self._apply()

    def toggle(self) -> None:
        """Change to the other of light and dark."""
        self.set_mode("light" if self.palette.dark else "dark")

    def zoom(self, by: int) -> None:
        """Change the text size by `by` steps; 0 goes back to 100 %."""
        at = SCALES.index(self.scale) + by if by else SCALES.index(1.0)
        self.scale = SCALES[min(len(SCALES) - 1, max(0, at))]
        self._apply()

    def _follow_system(self, scheme: QtCore.Qt.ColorScheme) -> None:
        self._system_is_dark = scheme is QtCore.Qt.ColorScheme.Dark
        if self.mode == "system":
            self._apply()

    def _apply(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.changing.emit()
        font = QFont(SANS)
        font.setPixelSize(round(14 * self.scale))
        app.setFont(font)
        app.setPalette(_qt_palette(self.palette))
        if self._dressed:
            self.apply_style_sheet()
        self.changed.emit()

    def apply_style_sheet(self) -> None:
        """Put the style sheet on; before, widgets are made and moved without being styled each time."""
        self._dressed = True
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setStyleSheet(window_style(self.palette, self.scale))


def system_is_dark() -> bool:
    """Tell whether the system's own windows are dark; to be asked before an Appearance gives them our colours."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128


def _qt_palette(palette: Palette) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: palette.chrome, role.WindowText: palette.ink,
        role.Base: palette.page, role.AlternateBase: palette.chrome, role.Text: palette.ink,
        role.Button: palette.chrome, role.ButtonText: palette.ink,
        role.Highlight: palette.accent, role.HighlightedText: palette.on_accent,
        role.PlaceholderText: palette.quiet, role.Link: palette.accent, role.LinkVisited: palette.accent,
        role.ToolTipBase: palette.chrome, role.ToolTipText: palette.ink, role.Accent: palette.accent,
    }  # fmt: skip
    out = QPalette()
    for which, colour in colours.items():
        out.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        out.setColor(QPalette.ColorGroup.Disabled, which, QColor(palette.quiet))
    return out
