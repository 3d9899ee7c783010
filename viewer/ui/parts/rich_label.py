"""A piece of HTML in the page's own style, with links that the keyboard reaches."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from viewer.text.safe import NO_HTML, Html
from viewer.ui.appearance import Appearance


class RichLabel(QLabel):
    """Wrapped text as high as it needs; opens nothing by itself."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._html = NO_HTML
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.setOpenExternalLinks(False)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_html(self, html: Html) -> None:
        """Show `html`, the inside of a body."""
        self._html = html
        self.restyle()

    def restyle(self) -> None:
        """Show the same again in changed colours or sizes."""
        style = self._appearance.page_style
        self.setText(f"<html><head><style>{style}</style></head><body>{self._html}</body></html>" if self._html else "")
