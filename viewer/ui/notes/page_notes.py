"""The notes of the page that is shown: drawn in it, laid beside it, and the places that new ones would take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor

from viewer.bundle.bundle import Bundle
from viewer.model import Anchor, NoteState
from viewer.notes import export
from viewer.notes.carry import ResolvedNote
from viewer.ui.appearance import Appearance
from viewer.ui.notes.card import PADDING, Card
from viewer.ui.notes.margin import Margin
from viewer.ui.notes.note_marks import NoteMark, NoteMarks
from viewer.ui.notes.session import NotesSession
from viewer.ui.reading.page_ranges import Range, cursor_of, ranges_of, sentence_steps
from viewer.ui.reading.pane import ReadingPane

DRAWER = 280  # pixels at 100 %
TO_MARK = 4  # pixels from the column to a note's mark


class NotePage(QObject):
    """Joins the reading pane and its margin; `drawer` is whether the margin shows where there is no room for it."""

    def __init__(
        self, pane: ReadingPane, margin: Margin, service: NotesSession, bundle: Bundle, look: Appearance
    ) -> None:
        super().__init__(service)
        self._pane, self.margin, self.service = pane, margin, service
        self._bundle, self._look = bundle, look
        self.marks = NoteMarks(pane, look)
        self.drawer = False

    def draw(self) -> None:
        """Draws highlights, ribbons and margin anew, and marks in place of a margin that does not show."""
        marks, ribbons, cards = [], [], []
        palette, scroll = self._look.palette, self._pane.verticalScrollBar().value()
        for standing in self.on_page():
            note, anchor = standing.note, standing.anchor
            assert anchor is not None
            text = self.text_of(anchor.item)
            place = cursor_of(self._pane.document(), self._pane.item_map, (anchor.item, anchor.start, anchor.end), text)
            if place is None:
                continue
            if note.colour:
                marks.append((place, palette.highlights[note.colour - 1], ""))
            if note.bookmark:
                ribbons.append(place.selectionStart())
            if note.text or note.tags or standing.state is NoteState.MOVED:
                cards.append(self._card(standing, place, scroll))
        self._pane.set_layer("notes", marks)
        self._pane.set_ribbons(ribbons)
        self.margin.show_cards(cards)
        self._mark(cards if self.margin.isHidden() else [])
        self.margin.scroll_to(scroll)

    def _mark(self, cards: Sequence[Card]) -> None:
        marked = [NoteMark(uuid=card.uuid, level=card.wanted, spoken=card.spoken) for card in cards]
        self.marks.show_marks(marked, self._pane.viewport().width() - self._pane.column.right + TO_MARK)

    def on_page(self) -> list[ResolvedNote]:
        """The notes that stand on the items of the page."""
        book = self.service.book
        return [standing for item in self._pane.item_map.ids for standing in book.on_item(item)] if book else []

    def _card(self, standing: ResolvedNote, place: QTextCursor, scroll: int) -> Card:
        note, book = standing.note, self.service.book
        assert book is not None
        start = QTextCursor(place)
        start.setPosition(place.selectionStart())
        moved = "moved, to be confirmed" if standing.state is NoteState.MOVED else ""
        parts = [export.short_place_of(book, standing), _day(note.changed), note.author, moved]
        above = self._bundle.theme(standing.theme).marking
        marking = book.marking_of(note, standing.item)
        if marking.code != above:
            parts.append(marking.label)
        return Card(
            uuid=note.uuid,
            place=" · ".join(part for part in parts if part),
            text=note.text,
            tags=note.tags,
            colour=note.colour,
            wanted=self._pane.cursorRect(start).top() + scroll,
            bookmark=note.bookmark,
        )

    def lay_out(self) -> None:
        """Puts the margin in its place beside the column, or as a drawer over the page."""
        column, height = self._pane.column, self._pane.viewport().height()
        self.margin.is_drawer = not column.margin_width
        if column.margin_width:
            self.margin.setGeometry(column.margin_left, 0, column.margin_width, height)
        else:
            width = round(DRAWER * self._look.scale)
            self.margin.setGeometry(self._pane.viewport().width() - width, 0, width, height)
        self.margin.setVisible(bool(column.margin_width) or self.drawer)
        self.margin.restyle()
        self.draw()

    def cards_place(self) -> tuple[int, int]:
        """Where the cards stand, or would stand: their left edge in the pane and their width, in pixels."""
        edge = round(PADDING * self._look.scale) if self.margin.is_drawer else 0
        return self.margin.x() + edge, self.margin.width() - 2 * edge

    def level_of(self, anchor: Anchor) -> int:
        """How far down the document an anchor stands, in pixels."""
        place = self._cursor(anchor)
        if place is None:
            return self._pane.verticalScrollBar().value() + 8
        place.setPosition(place.selectionStart())
        return self._pane.cursorRect(place).top() + self._pane.verticalScrollBar().value()

    def chosen_anchors(self) -> list[Anchor]:
        """Where a new note would sit: the selected words of each item, else the whole present item."""
        self.service.open()
        book = self.service.book
        if book is None:
            return []
        cursor = self._pane.textCursor()
        if cursor.hasSelection():
            ranges = ranges_of(cursor, self._pane.item_map, self.text_of)
            if ranges:
                return [book.anchor_at(*wanted) for wanted in ranges]
        item = self._pane.item
        return [book.anchor_at(item)] if item else []

    def same_place(self, anchors: list[Anchor]) -> list[str]:
        """The notes that sit exactly there."""
        book = self.service.book
        wanted = {(anchor.item, anchor.start, anchor.end) for anchor in anchors}
        return [
            standing.note.uuid
            for item in dict.fromkeys(anchor.item for anchor in anchors)
            for standing in (book.on_item(item) if book else [])
            if standing.anchor and (item, standing.anchor.start, standing.anchor.end) in wanted
        ]

    def clear_selection(self) -> None:
        """Lets go of the selected words."""
        cursor = self._pane.textCursor()
        cursor.clearSelection()
        self._pane.setTextCursor(cursor)

    def item_start(self) -> tuple[int, int]:
        """Before the present item's text, or before the first one in sight."""
        start = self._pane.item_map.start_of(self._pane.item or "")
        if start is None:
            start = self._pane.cursorForPosition(self._pane.viewport().rect().topLeft()).position()
        return start, start

    def text_of(self, item: str) -> str:
        """An item's plain text; empty before the notes are open."""
        book = self.service.book
        return (book.texts.text(item) if book else "") or ""

    def note_at(self, position: int) -> str:
        """The highlight at a document position; empty for none, and while words are selected."""
        if self._pane.textCursor().hasSelection():
            return ""
        for standing in self.on_page():
            anchor = standing.anchor
            if anchor is None or anchor.whole or not standing.note.colour:
                continue
            place = self._cursor(anchor)
            if place is not None and place.selectionStart() <= position < place.selectionEnd():
                return standing.note.uuid
        return ""

    def _cursor(self, anchor: Anchor) -> QTextCursor | None:
        wanted = (anchor.item, anchor.start, anchor.end)
        return cursor_of(self._pane.document(), self._pane.item_map, wanted, self.text_of(anchor.item))

    def step_sentence(self, by: int) -> None:
        """Selects the next or previous sentence of the page's items."""
        self.service.open()
        cursor, text_of = self._pane.textCursor(), self.text_of
        here = (cursor.selectionStart(), cursor.selectionEnd()) if cursor.hasSelection() else self.item_start()
        found: list[tuple[Range, QTextCursor]] = []
        for wanted in sentence_steps(self._pane.item_map, text_of):
            place = cursor_of(self._pane.document(), self._pane.item_map, wanted, text_of(wanted[0]))
            if place is not None:
                found.append((wanted, place))
        ahead = [pair for pair in found if pair[1].selectionStart() >= here[1]] if by > 0 else []
        behind = [pair for pair in found if pair[1].selectionEnd() <= here[0]] if by < 0 else []
        if ahead or behind:
            wanted, place = ahead[0] if ahead else behind[-1]
            self._pane.choose(wanted[0], scroll=False)
            self._pane.setTextCursor(place)
            self._pane.ensureCursorVisible()


def _day(iso: str) -> str:
    """When, for a note's head: `today 09:14`, `2 Nov`, `2 Nov 2025`."""
    try:
        moment = datetime.fromisoformat(iso).astimezone()
    except ValueError:
        return ""
    today = datetime.now().astimezone().date()
    if moment.date() == today:
        return f"today {moment:%H:%M}"
    year = "" if moment.year == today.year else f" {moment.year}"
    return f"{moment.day} {moment:%b}{year}"
