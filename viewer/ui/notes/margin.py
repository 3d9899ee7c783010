"""The notes beside the page, each level with its place; in a narrow window a drawer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from viewer import texts
from viewer.page_style import style
from viewer.ui.appearance import Appearance

PADDING = 10  # pixels at 100 %
BETWEEN = 8
STRIPE = 3
TALLEST = 300  # of one card; the rest is read in the editor


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
    rect: QRect = field(default_factory=QRect)
    document: QTextDocument | None = None

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        tags = "".join(f", tagged {tag}" for tag in self.tags)
        return f"Note on {self.place}: {texts.plain(self.text) or 'bookmark'}{tags}"


class Margin(QWidget):
    """Paints the cards of the page that is open.

    Signals: `note_chosen(uuid)` on a click or Enter; `left` when the keyboard goes back to the page.
    """

    note_chosen = Signal(str)
    left = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._cards: list[Card] = []
        self._scroll = 0
        self._at = -1
        self._hidden = ""
        self.is_drawer = False
        self.setAccessibleName("Notes beside the page")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def cards(self) -> Sequence[Card]:
        """The cards from top to bottom."""
        return self._cards

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Shows these cards, each as near to its place as those above let it."""
        self._cards = sorted(cards, key=lambda card: card.wanted)
        self._at = min(self._at, len(self._cards) - 1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if cards else Qt.FocusPolicy.NoFocus)  # nothing to see, no stop
        self._lay_out()
        self.update()

    def hide_card(self, uuid: str) -> None:
        """Leaves the card of that note out, its room kept, while the editor stands there; none for an empty id."""
        self._hidden = uuid
        self.update()

    def scroll_to(self, scroll: int) -> None:
        """Follows the page."""
        self._scroll = scroll
        self.update()

    def place_of(self, uuid: str) -> QRect | None:
        """Where a note's card stands in the margin now."""
        card = next((card for card in self._cards if card.uuid == uuid), None)
        return card.rect.translated(0, -self._scroll) if card else None

    def restyle(self) -> None:
        """Lays the cards out anew."""
        self._lay_out()
        self.update()

    def _lay_out(self) -> None:
        scale = self._appearance.scale
        pad, between = round(PADDING * scale), round(BETWEEN * scale)
        width = self.width() - (2 * pad if self.is_drawer else 0)
        top = 0
        for card in self._cards:
            card.document = self._document(card, width - 2 * pad - STRIPE)
            height = min(round(TALLEST * scale), round(card.document.size().height()) + round(1.6 * pad))
            top = max(top, card.wanted - pad)
            card.rect = QRect(pad if self.is_drawer else 0, top, width, height)
            top += height + between

    def _document(self, card: Card, width: int) -> QTextDocument:
        look = self._appearance
        px = look.scale
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(QApplication.font())
        own = (
            f"p, li {{ font-size: {round(14 * px)}px; line-height: 112%; margin: 0 0 {round(3 * px)}px 0; }}"
            f"p.place {{ font-size: {round(12 * px)}px; color: {look.palette.quiet}; }}"
            f"p.tags {{ font-size: {round(13 * px)}px; color: {look.palette.accent}; }}"
        )
        document.setDefaultStyleSheet(style(look.palette, px) + own)
        tags = " ".join(f"#{tag}" for tag in card.tags)
        document.setHtml(
            f'<body><p class="place">{escape(card.place)}</p>{texts.html(card.text)}'
            + (f'<p class="tags">{escape(texts.visible(tags))}</p>' if tags else "")
            + ("<p>Bookmarked</p>" if card.bookmark and not card.text and not tags else "")
            + "</body>"
        )
        document.setTextWidth(max(40, width))
        return document

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cards in sight."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._appearance.palette
        if self.is_drawer:
            painter.fillRect(self.rect(), QColor(palette.page))
            painter.fillRect(QRect(0, 0, 1, self.height()), QColor(palette.line))
        for at, card in enumerate(self._cards):
            rect = card.rect.translated(0, -self._scroll)
            if card.uuid != self._hidden and rect.intersects(event.rect()):
                self._paint_card(painter, card, rect, chosen=at == self._at and self.hasFocus())
        painter.end()

    def _paint_card(self, painter: QPainter, card: Card, rect: QRect, *, chosen: bool) -> None:
        palette, pad = self._appearance.palette, round(PADDING * self._appearance.scale)
        painter.setPen(QPen(QColor(palette.accent), 2) if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.chrome))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1) if chosen else rect, 4, 4)
        stripe = palette.highlights_strong[card.colour - 1] if card.colour else palette.quiet
        painter.fillRect(QRect(rect.left(), rect.top(), STRIPE, rect.height()), QColor(stripe))
        painter.save()
        painter.setClipRect(rect.adjusted(0, 0, 0, -2))
        painter.translate(QPoint(rect.left() + STRIPE + pad, rect.top() + round(pad * 0.7)))
        assert card.document is not None
        card.document.drawContents(painter)
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Opens the note under the pointer."""
        point = event.position().toPoint() + QPoint(0, self._scroll)
        card = next((card for card in self._cards if card.rect.contains(point) and card.uuid != self._hidden), None)
        if card is not None:
            self.note_chosen.emit(card.uuid)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel turns the page, also over the margin."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down choose a card, Enter opens it, Escape goes back to the page."""
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down if self._cards:
                self._choose(self._at + (1 if event.key() == Qt.Key.Key_Down else -1))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if 0 <= self._at < len(self._cards):
                self.note_chosen.emit(self._cards[self._at].uuid)
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def _choose(self, at: int) -> None:
        self._at = max(0, min(at, len(self._cards) - 1))
        self.setAccessibleDescription(self._cards[self._at].spoken)
        self.update()
