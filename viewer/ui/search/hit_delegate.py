"""Draws a row of the list of hits: the place at the left, title and words beside it, matches marked."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from viewer.model import Hit, Marking
from viewer.text import wording
from viewer.ui.appearance import Appearance
from viewer.ui.parts.text_lines import elided_layout

ROW = int(Qt.ItemDataRole.UserRole) + 1  # a Hit, or a str: the heading of a theme, a past search
MARKING = int(Qt.ItemDataRole.UserRole) + 2  # the Marking to be shown, None where it goes without saying
PLACE = int(Qt.ItemDataRole.UserRole) + 3  # "Finding 2", "3.4"
IS_HEADING = int(Qt.ItemDataRole.UserRole) + 4

COLUMN = 760  # pixels at 100 %, of a row's content
LABEL = 92  # of the place at its left
LINES = 3  # of title, words and reason together
EDGE = 16

_PROSE = "how wide the letters of plain English run, one with another, small and large, in a line or two"


class HitDelegate(QStyledItemDelegate):
    """Draws hits and headings in the colours and sizes of an appearance."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._look = appearance
        self.restyle()

    def restyle(self) -> None:
        """Make the fonts anew."""
        self._heading_font = self._font(12, QFont.Weight.DemiBold)
        self._heading_font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1.2)
        self._title = self._font(15, QFont.Weight.DemiBold)
        self._words = self._font(15)
        self._small = self._font(12.5)
        self._metrics = QFontMetrics(self._words)
        self._line = self._metrics.lineSpacing()
        self._letter = self._metrics.horizontalAdvance(_PROSE) / len(_PROSE)

    def _font(self, size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        from PySide6.QtWidgets import QApplication

        font = QFont(QApplication.font())
        font.setPixelSize(max(8, round(size * self._look.scale)))
        font.setWeight(weight)
        return font

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a row by what it holds."""
        held = index.data(ROW)
        if not isinstance(held, Hit):
            return QSize(200, self._line * 2 if index.data(IS_HEADING) else round(self._line * 1.6))
        width = self._content(option.widget.rect()).width() - round(LABEL * self._look.scale)
        lines = self._lines(held.snippet, width, self._lines_of_words(held)) + bool(held.title) + bool(held.reason)
        if lines < 2 and self._is_marked(index):
            lines = 2
        return QSize(200, round(self._line * (lines + 0.75)))

    @staticmethod
    def _lines_of_words(hit: Hit) -> int:
        """Return how many lines of words fit beside a title and a reason."""
        return LINES - bool(hit.title or hit.reason)

    @staticmethod
    def _is_marked(index: QModelIndex | QPersistentModelIndex) -> bool:
        return index.data(MARKING) is not None

    def _lines(self, text: str, width: int, most: int) -> int:
        """Return how many lines `text` takes, at most `most`; of three, an estimate that is never too low."""
        if 0.85 * len(text) * self._letter >= (most - 1) * width:  # surely: measuring it takes long
            return most
        lines = self._metrics.horizontalAdvance(text) / max(1, width)
        return 1 if lines <= 1 else min(most, 1 + int(lines * 1.05))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        held, palette = index.data(ROW), self._look.palette
        if index.data(IS_HEADING):
            self._draw_heading(painter, rect, str(held))
        else:
            if chosen:
                painter.setPen(QColor(palette.accent) if focused else Qt.PenStyle.NoPen)
                painter.setBrush(QColor(palette.soft))
                painter.drawRoundedRect(self._content(rect).adjusted(-EDGE + 4, 1, EDGE - 4, -2), 7, 7)
            if isinstance(held, Hit):
                self._draw_hit(painter, self._content(rect), held, index.data(PLACE), index.data(MARKING))
            else:
                painter.setPen(QColor(palette.accent if chosen else palette.ink))
                painter.setFont(self._words)
                shown = self._cut(str(held), self._words, rect)
                painter.drawText(self._content(rect), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _content(self, rect: QRect) -> QRect:
        width = min(round(COLUMN * self._look.scale), rect.width() - 2 * EDGE)
        return QRect(rect.left() + 2 * EDGE, rect.top(), width - EDGE, rect.height())

    def _cut(self, text: str, font: QFont, rect: QRect) -> str:
        return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, self._content(rect).width())

    def _draw_heading(self, painter: QPainter, rect: QRect, text: str) -> None:
        painter.setPen(QColor(self._look.palette.quiet))
        painter.setFont(self._heading_font)
        shown = self._cut(text.upper(), self._heading_font, rect)
        painter.drawText(self._content(rect).adjusted(0, 0, 0, -6), Qt.AlignmentFlag.AlignBottom, shown)

    def _draw_hit(self, painter: QPainter, rect: QRect, hit: Hit, place: str, marking: Marking | None) -> None:
        palette = self._look.palette
        label = round(LABEL * self._look.scale)
        top = rect.top() + round(self._line * 0.3)
        painter.setFont(self._small)
        painter.setPen(QColor(palette.accent))
        painter.drawText(QRect(rect.left(), top, label - 8, self._line), Qt.AlignmentFlag.AlignVCenter, place)
        if marking is not None:
            self._draw_marking(painter, QRect(rect.left(), top + self._line, label - 12, self._line), marking)
        left, width = rect.left() + label, rect.width() - label
        if hit.title:
            self._draw_text(painter, hit.title, hit.title_spans, self._title, QRect(left, top, width, 1), 1)
            top += self._line
        room = QRect(left, top, width, 1)
        used = self._draw_text(painter, hit.snippet, hit.spans, self._words, room, self._lines_of_words(hit))
        if hit.reason:
            painter.setFont(self._small)
            painter.setPen(QColor(palette.quiet))
            shown = QFontMetrics(self._small).elidedText(reason_text(hit), Qt.TextElideMode.ElideRight, width)
            room = QRect(left, top + used * self._line, width, self._line)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _draw_marking(self, painter: QPainter, rect: QRect, marking: Marking) -> None:
        metrics = QFontMetrics(self._small)
        shown = metrics.elidedText(marking.label, Qt.TextElideMode.ElideRight, rect.width() - 8)
        ground = QRect(rect.left(), rect.top() + 2, metrics.horizontalAdvance(shown) + 8, rect.height() - 4)
        painter.fillRect(ground, QColor(marking.colour))
        painter.setPen(QColor(marking.ink))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, shown)

    def _draw_text(
        self, painter: QPainter, text: str, spans: tuple[tuple[int, int], ...], font: QFont, place: QRect, most: int
    ) -> int:
        """Draw at most `most` lines with the matches marked; return how many."""
        layout = elided_layout(text, font, place.width(), most, spans, self._look.palette.found)
        painter.setPen(QColor(self._look.palette.ink))
        layout.draw(painter, QPointF(place.left(), place.top()))
        return layout.lineCount()


def reason_text(hit: Hit) -> str:
    """Return why a hit is a hit, where the words as typed do not say it."""
    return f"{'matched' if hit.spans or hit.title_spans else 'shares'}: {hit.reason}"


def place_of(hit: Hit) -> str:
    """Return where a hit stands within its theme: `Finding 2`, `Figure 1`, `3.4`; a theme itself says so."""
    if hit.kind == "theme":
        return "Theme"
    return wording.capitalised(hit.number.rpartition(", ")[2])
