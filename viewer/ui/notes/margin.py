"""The margin beside the page: its notes, each level with its place, and one other widget; when narrow, a drawer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, cast

from PySide6.QtCore import QPoint, QRect, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from viewer.ui.appearance import Appearance
from viewer.ui.notes.card import PADDING, Card

GAP = 8  # pixels at 100 %, from card to card

Extent = Callable[[], tuple[int, int] | None]  # from where to where, in pixels of the document; None to hide


class MarginOccupant(Protocol):
    """The widget among the cards. Signals: `passed(by)` when the keyboard goes on over its end, -1 up or 1 down."""

    passed: SignalInstance

    def take_keyboard(self, by: int) -> None:
        """Take the keyboard at the first row for a `by` of 1, at the last for -1."""


class MarginSlot:
    """The room for a widget among the cards: beside which part of the document, and where it stands."""

    def __init__(self, widget: QWidget | None = None, extent: Extent = lambda: None) -> None:
        self.widget, self.extent = widget, extent
        self.rect = QRect()  # empty while nothing stands there

    @property
    def is_taken(self) -> bool:
        """Whether the widget stands there now."""
        return not self.rect.isEmpty()

    def height(self) -> int:
        """Return how much room is wanted, in pixels."""
        return self.widget.sizeHint().height() if self.widget else 0

    def follow(self, scroll: int) -> None:
        """Move the widget along with the page."""
        if self.widget is not None:
            if self.is_taken:
                self.widget.setGeometry(self.rect.translated(0, -scroll))
            self.widget.setVisible(self.is_taken)


class Margin(QWidget):
    """Paints the cards of the page that is open, and leaves room for one widget among them.

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
        self._slot = MarginSlot()
        self._above = 0  # how many cards stand above the slot
        self.is_drawer = False
        self.setAccessibleName("Notes beside the page")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def cards(self) -> Sequence[Card]:
        """The cards from top to bottom."""
        return self._cards

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see in it."""
        return not self._cards and not self._slot.is_taken

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show these cards, each as near to its place as those above let it."""
        self._cards = sorted(cards, key=lambda card: card.wanted)
        self._at = min(self._at, len(self._cards) - 1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if cards else Qt.FocusPolicy.NoFocus)
        if cards:
            QWidget.setTabOrder(cast(QWidget, self.parentWidget()), self)
        self.restyle()

    def place_occupant(self, widget: QWidget, extent: Extent) -> None:
        """Leave room for `widget` beside `extent`, under the cards that stand there too; None hides it."""
        widget.setParent(self)
        self._slot = MarginSlot(widget, extent)
        self.place()

    def take_keyboard(self) -> None:
        """Take the keyboard, at the widget in the slot, else at the first card in sight."""
        if self._slot.is_taken:
            self._pass_on(1)
        else:
            self.setFocus(Qt.FocusReason.TabFocusReason)

    def hide_card(self, uuid: str) -> None:
        """Leave out the card of that note, but keep its room, while the editor stands there; none for an empty id."""
        self._hidden = uuid
        self.place()

    def scroll_to(self, scroll: int) -> None:
        """Follow the page, which was scrolled to `scroll`, in pixels."""
        self._scroll = scroll
        self._slot.follow(scroll)
        self.update()

    def place_of(self, uuid: str) -> QRect | None:
        """Return where a note's card stands in the margin now; None where it has none."""
        card = next((card for card in self._cards if card.uuid == uuid), None)
        return card.rect.translated(0, -self._scroll) if card else None

    def restyle(self) -> None:
        """Lay the cards out anew."""
        for card in self._cards:
            card.lay_out(self._card_width(), self._appearance)
        self.place()

    def _card_width(self) -> int:
        """Return the width of a card, in pixels."""
        return self.width() - (2 * round(PADDING * self._appearance.scale) if self.is_drawer else 0)

    def place(self) -> None:
        """Put every card, and the widget in the slot, as near to its level as what stands above lets it."""
        pad = round(PADDING * self._appearance.scale)
        extent = self._slot.extent()
        self._above = sum(extent is None or card.wanted < extent[1] for card in self._cards)
        top = 0
        for card in self._cards[: self._above]:
            card.rect, top = self._placed(card.wanted - pad, card.height(self._appearance), top)
        self._slot.rect = QRect()
        if extent is not None:
            self._slot.rect, top = self._placed(extent[0], self._slot.height(), top)
        for card in self._cards[self._above :]:
            card.rect, top = self._placed(card.wanted - pad, card.height(self._appearance), top)
        self._slot.follow(self._scroll)
        self.update()

    def _placed(self, wanted: int, height: int, top: int) -> tuple[QRect, int]:
        """Return the place of something of that height near `wanted`, not above `top`; and where the next may begin."""
        scale = self._appearance.scale
        rect = QRect(round(PADDING * scale) if self.is_drawer else 0, max(top, wanted), self._card_width(), height)
        return rect, rect.bottom() + 1 + round(GAP * scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards in sight."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._appearance.palette
        if self.is_drawer:
            painter.fillRect(self.rect(), QColor(palette.page))
            painter.fillRect(QRect(0, 0, 1, self.height()), QColor(palette.line))
        for at, card in enumerate(self._cards):
            rect = card.rect.translated(0, -self._scroll)
            if card.uuid != self._hidden and rect.intersects(event.rect()):
                card.paint(painter, rect, self._appearance, chosen=at == self._at and self.hasFocus())
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the note under the pointer."""
        point = event.position().toPoint() + QPoint(0, self._scroll)
        card = next((card for card in self._cards if card.rect.contains(point) and card.uuid != self._hidden), None)
        if card is not None:
            self.note_chosen.emit(card.uuid)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel turn the page, also over the margin."""
        event.ignore()

    def focusNextPrevChild(self, on: bool) -> bool:
        """Let Tab go on to the next widget, also from the slot; the page behind would take it for its links."""
        return bool(self.window().focusNextPrevChild(on))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose a card that is in sight."""
        super().focusInEvent(event)
        if self._cards and not 0 <= self._at < len(self._cards):
            self._choose(next((at for at, card in enumerate(self._cards) if card.rect.bottom() > self._scroll), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a card with Up and Down, open it with Enter, go back to the page with Escape."""
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down if self._cards:
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if 0 <= self._at < len(self._cards):
                self.note_chosen.emit(self._cards[self._at].uuid)
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        """Go to the next card, or to the widget in the slot where that comes first."""
        if self._slot.is_taken and self._at + (by > 0) == self._above:
            self._pass_on(by)
        else:
            self._choose(self._at + by)

    def _pass_on(self, by: int) -> None:
        """Hand the keyboard to the widget in the slot."""
        self._at = -1
        cast(MarginOccupant, self._slot.widget).take_keyboard(by)
        self.update()

    def take_back(self, by: int) -> None:
        """Take the keyboard from the widget in the slot to the card above (-1) or below it (1), where there is one."""
        at = self._above - 1 if by < 0 else self._above
        if 0 <= at < len(self._cards):
            self._at = at
            self.setFocus(Qt.FocusReason.TabFocusReason)
            self._choose(at)

    def _choose(self, at: int) -> None:
        self._at = max(0, min(at, len(self._cards) - 1))
        self.setAccessibleDescription(self._cards[self._at].spoken)
        self.update()
