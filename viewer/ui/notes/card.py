"""One note as it stands beside the page: what it shows, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextDocument
from PySide6.QtWidgets import QApplication

from viewer.pages.style import page_style_sheet
from viewer.text.edition_text import note_html, note_plain
from viewer.text.safe import NO_HTML, format_html
from viewer.ui.appearance import Appearance

PADDING = 10  # pixels at 100 %
STRIPE = 3  # pixels
BOTH_CHANGED = "Changed on both sides"
MAX_HEIGHT = 300  # pixels at 100 %; the rest is read in the editor


@dataclass(slots=True)
class Card:
    """One note as the margin shows it; `wanted` is the level of its place, in pixels of the document."""

    uuid: str
    place: str
    text: str
    tags: tuple[str, ...]
    colour: int
    wanted: int
    bookmark: bool = False
    both_changed: bool = False
    rect: QRect = field(default_factory=QRect)
    document: QTextDocument | None = None

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        tags = "".join(f", tagged {tag}" for tag in self.tags)
        both = f", {BOTH_CHANGED.lower()}" if self.both_changed else ""
        return f"Note on {self.place}: {note_plain(self.text) or 'bookmark'}{tags}{both}"

    def lay_out(self, width: int, look: Appearance) -> None:
        """Lay its text out for a card of that width, in the colours and sizes of `look`."""
        px = look.scale
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(QApplication.font())
        own = (
            f"p, li {{ font-size: {round(14 * px)}px; line-height: 112%; margin: 0 0 {round(3 * px)}px 0; }}"
            f"p.place {{ font-size: {round(12 * px)}px; color: {look.palette.quiet}; }}"
            f"p.state {{ font-size: {round(13 * px)}px; color: {look.palette.warning}; }}"
            f"p.tags {{ font-size: {round(13 * px)}px; color: {look.palette.accent}; }}"
        )
        document.setDefaultStyleSheet(page_style_sheet(look.palette, px) + own)
        tags = " ".join(f"#{tag}" for tag in self.tags)
        document.setHtml(
            format_html(
                '<body><p class="place">{}</p>{}{}{}{}</body>',
                self.place,
                format_html('<p class="state">{}</p>', BOTH_CHANGED) if self.both_changed else NO_HTML,
                note_html(self.text),
                format_html('<p class="tags">{}</p>', tags) if tags else NO_HTML,
                format_html("<p>Bookmarked</p>") if self.bookmark and not self.text and not tags else NO_HTML,
            )
        )
        document.setTextWidth(max(40, width - 2 * round(PADDING * px) - STRIPE))
        self.document = document

    def height(self, look: Appearance) -> int:
        """Return how tall it is, laid out, in pixels."""
        assert self.document is not None
        wanted = round(self.document.size().height()) + round(1.6 * round(PADDING * look.scale))
        return min(round(MAX_HEIGHT * look.scale), wanted)

    def paint(self, painter: QPainter, rect: QRect, look: Appearance, *, chosen: bool) -> None:
        """Draw it at `rect`."""
        palette, pad = look.palette, round(PADDING * look.scale)
        painter.setPen(QPen(QColor(palette.accent), 2) if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.chrome))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1) if chosen else rect, 4, 4)
        stripe = palette.highlights_strong[self.colour - 1] if self.colour else palette.quiet
        painter.fillRect(QRect(rect.left(), rect.top(), STRIPE, rect.height()), QColor(stripe))
        painter.save()
        painter.setClipRect(rect.adjusted(0, 0, 0, -2))
        painter.translate(QPoint(rect.left() + STRIPE + pad, rect.top() + round(pad * 0.7)))
        assert self.document is not None
        self.document.drawContents(painter)
        painter.restore()
