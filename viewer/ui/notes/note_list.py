"""The rows of the notes view: a model of notes under the headings of their themes, and how each row is painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from viewer.model import NoteState
from viewer.notes import export
from viewer.records import record
from viewer.text.edition_text import note_plain
from viewer.text.filter_words import FilterWords
from viewer.text.safe import visible
from viewer.ui.appearance import Appearance
from viewer.ui.parts.text_lines import elided_layout

if TYPE_CHECKING:
    from viewer.notes.carry import ResolvedNote

NOTE_ROLE = int(Qt.ItemDataRole.UserRole)
HEADING_ROLE = NOTE_ROLE + 1
ROW_HEIGHT = 62  # pixels at 100 %
MAX_TEXT = 300  # characters of a text in a row
_Index = QModelIndex | QPersistentModelIndex
_STATES = {NoteState.MOVED: "moved", NoteState.PLACELESS: "without a place"}


@record
class SectionHeading:
    """The heading of a theme's notes; the last one stands above those without a place."""

    title: str
    count: int


class NoteRows(QAbstractListModel):
    """The notes that pass the filters, under their themes; what a row shows is worked out when it is painted."""

    def __init__(self, place: Callable[[ResolvedNote], str], title: Callable[[str], str]) -> None:
        super().__init__()
        self._place, self._title = place, title
        self._rows: list[SectionHeading | ResolvedNote] = []
        self.words = FilterWords("")  # by which the notes were found

    def show_notes(self, notes: Sequence[ResolvedNote], words: str = "") -> None:
        """Show these notes, which are in order and hold all `words`."""
        self.beginResetModel()
        self.words = FilterWords(words)
        self._rows = []
        for theme, group in groupby(notes, key=export.section_of):
            section = list(group)
            title = self._title(theme) if theme else export.PLACELESS
            self._rows += [SectionHeading(title=title, count=len(section)), *section]
        self.endResetModel()

    def row_of(self, uuid: str) -> int:
        """Return the row of a note, -1 where it is not shown."""
        for at, row in enumerate(self._rows):
            if not isinstance(row, SectionHeading) and row.note.uuid == uuid:
                return at
        return -1

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows there are, headings included."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let notes be chosen, but no headings."""
        if isinstance(self._rows[index.row()], SectionHeading):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return the note or the heading, each by its own role; as text what a screen reader says."""
        row = self._rows[index.row()]
        if isinstance(row, SectionHeading):
            return {HEADING_ROLE: row, int(Qt.ItemDataRole.DisplayRole): f"{row.title}, {row.count}"}.get(role)
        if role == NOTE_ROLE:
            return row
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            return ", ".join(part for part in (self.place(row), first_words(row), quote(row), state(row)) if part)
        return None

    def place(self, resolved: ResolvedNote) -> str:
        """Return where the note stands, in short."""
        return self._place(resolved)


def first_words(resolved: ResolvedNote) -> str:
    """Return the beginning of what a note says, in one line."""
    note = resolved.note
    if note.text:
        return note_plain(note.text[: 2 * MAX_TEXT]).replace("\n", " ")[:MAX_TEXT]
    return "Bookmark" if note.bookmark and not note.colour else ""


def quote(resolved: ResolvedNote) -> str:
    """Return the beginning of what it was made on, in one line."""
    return resolved.quote[:MAX_TEXT].replace("\n", " ")


def state(resolved: ResolvedNote) -> str:
    """Return its state in words; empty where it is in its place."""
    return "changed on both sides" if resolved.both_changed else _STATES.get(resolved.state, "")


class NotePainter(QStyledItemDelegate):
    """Paints a row: a stripe of its colour, the place, what the note says, and what it was made on."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return one size for all rows, which keeps ten thousand of them quick."""
        return QSize(200, round(ROW_HEIGHT * self._appearance.scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        heading = index.data(HEADING_ROLE)
        if heading is not None:
            self._paint_heading(painter, rect, heading)
        else:
            model = index.model()
            assert isinstance(model, NoteRows)
            resolved = index.data(NOTE_ROLE)
            self._paint_note(painter, rect, resolved, model.place(resolved), model.words, chosen=chosen)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, heading: SectionHeading) -> None:
        px = self._appearance.scale
        font = _font(15 * px, QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._appearance.palette.ink))
        line = rect.adjusted(round(16 * px), 0, -round(16 * px), -round(8 * px))
        text = f"{visible(heading.title)}  ·  {heading.count:,}"
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignBottom, shown)

    def _paint_note(
        self, painter: QPainter, rect: QRect, resolved: ResolvedNote, place: str, words: FilterWords, *, chosen: bool
    ) -> None:
        px, palette, note = self._appearance.scale, self._appearance.palette, resolved.note
        if chosen:
            painter.fillRect(rect.adjusted(round(8 * px), 1, -round(8 * px), -1), QColor(palette.soft))
        stripe = QColor(palette.highlights_strong[note.colour - 1] if note.colour else palette.line)
        inner = rect.adjusted(round(32 * px), round(8 * px), -round(16 * px), -round(6 * px))
        painter.fillRect(rect.left() + round(16 * px), inner.top(), 4, inner.height(), stripe)
        wide = round(130 * px)
        _line(painter, QRect(inner.left(), inner.top(), wide - 12, inner.height()), place, 13 * px, palette.quiet)
        tail = self._paint_tail(painter, inner, resolved)
        body = QRect(inner.left() + wide, inner.top(), max(40, inner.width() - wide - tail), inner.height() // 2)
        first, second = first_words(resolved), quote(resolved)
        if first:
            self._words_line(painter, body, first, 15 * px, palette.ink, words)
            under = inner.width() - wide - (tail if state(resolved) else 0)
            body = QRect(body.left(), body.top() + inner.height() // 2, max(40, under), body.height())
            self._words_line(painter, body, f"“{second}”", 13 * px, palette.quiet, words)
        else:
            ground = palette.highlights[note.colour - 1] if note.colour else ""
            self._words_line(painter, body, second, 15 * px, palette.ink, words, ground=ground)
        painter.setPen(QPen(QColor(palette.line)))
        painter.drawLine(inner.left(), rect.bottom(), inner.right(), rect.bottom())

    def _words_line(
        self, painter: QPainter, rect: QRect, text: str, size: float, ink: str, words: FilterWords, *, ground: str = ""
    ) -> None:
        """Paint a line with the words marked by which it was found."""
        shown = visible(text)
        spans = words.spans(shown) if words.parts else []
        if not spans:
            _line(painter, rect, text, size, ink, ground=ground)
            return
        layout = elided_layout(shown, _font(size), rect.width(), 1, spans, self._appearance.palette.found)
        painter.setPen(QColor(ink))
        layout.draw(painter, QPointF(rect.left(), rect.top()))

    def _paint_tail(self, painter: QPainter, inner: QRect, resolved: ResolvedNote) -> int:
        """Paint tags, state and bookmark at the right; return how much room they took, in pixels."""
        px, palette, note = self._appearance.scale, self._appearance.palette, resolved.note
        wide = min(inner.width() // 3, round(230 * px))
        place = QRect(inner.right() - wide, inner.top(), wide, inner.height() // 2)
        if note.bookmark:
            top = QPoint(place.right() - round(8 * px), place.top() + 2)
            w, h = round(7 * px), round(14 * px)
            corners = ((0, 0), (w, 0), (w, h), (w // 2, h - w // 2), (0, h))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.accent))
            painter.drawPolygon(QPolygon([top + QPoint(x, y) for x, y in corners]))
        tags = " ".join(f"#{tag}" for tag in note.tags)
        right = place.adjusted(0, 0, -round(16 * px), 0)
        _line(painter, right, tags, 13 * px, palette.accent, right=True)
        _line(painter, right.translated(0, inner.height() // 2), state(resolved), 13 * px, palette.warning, right=True)
        return wide + 12 if tags or state(resolved) else round(24 * px)


def _font(size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont(QApplication.font())
    font.setPixelSize(max(8, round(size)))
    font.setWeight(weight)
    return font


def _line(
    painter: QPainter, rect: QRect, text: str, size: float, colour: str, *, ground: str = "", right: bool = False
) -> None:
    if not text:
        return
    painter.setFont(_font(size))
    shown = painter.fontMetrics().elidedText(visible(text), Qt.TextElideMode.ElideRight, rect.width())
    if ground:
        metrics = painter.fontMetrics()
        width = min(rect.width(), metrics.horizontalAdvance(shown))
        painter.fillRect(QRect(rect.left() - 2, rect.top(), width + 4, metrics.height() + 2), QColor(ground))
    painter.setPen(QColor(colour))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignTop, shown)
