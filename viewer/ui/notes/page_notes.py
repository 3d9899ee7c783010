"""The notes of the page that is shown: drawn in it, and laid out in the margin beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QTextCursor

from viewer import clock
from viewer.model import Anchor, NoteState
from viewer.notes import export
from viewer.notes.carry import ResolvedNote
from viewer.ui.context import EditionContext
from viewer.ui.notes.card import PADDING, Card
from viewer.ui.notes.margin import Margin
from viewer.ui.notes.note_marks import NoteMark, NoteMarks
from viewer.ui.notes.session import NotesSession
from viewer.ui.reading.page_ranges import cursor_of
from viewer.ui.reading.pane import ReadingPane

DRAWER_WIDTH = 280  # pixels at 100 %
MARK_GAP = 4  # pixels from the column to a note's mark


class PageNotes(QObject):
    """Joins the reading pane and its margin; `is_drawer_open` is whether the margin shows where it has no room.

    Signals: `note_chosen(uuid)` on a click at a highlight, mark or card; `laid_out` when the margin has another place;
    `page_left` when the page was scrolled, or another one is shown.
    """

    note_chosen = Signal(str)
    laid_out = Signal()
    page_left = Signal()

    def __init__(self, context: EditionContext, pane: ReadingPane, session: NotesSession) -> None:
        super().__init__(session)
        self._pane, self._session, self._bundle, self._look = pane, session, context.bundle, context.appearance
        self.margin = Margin(context.appearance, pane)
        self.marks = NoteMarks(pane, context.appearance)
        self.is_drawer_open = False
        self.margin.note_chosen.connect(self.note_chosen)
        self.marks.note_chosen.connect(self.note_chosen)
        self.margin.left.connect(self._leave_margin)
        pane.shown.connect(self._show_page)
        pane.resized.connect(self.lay_out)
        pane.place_clicked.connect(self._click)
        pane.verticalScrollBar().valueChanged.connect(self._scroll)

    # What is drawn

    def draw(self) -> None:
        """Draw highlights, ribbons and margin anew, and marks in place of a margin that does not show."""
        marks, ribbons, cards = [], [], []
        palette, scroll = self._look.palette, self._pane.verticalScrollBar().value()
        for resolved in self.notes():
            note, anchor = resolved.note, resolved.anchor
            place = self._cursor(anchor) if anchor else None
            if place is None:
                continue
            if note.colour:
                marks.append((place, palette.highlights[note.colour - 1], ""))
            if note.bookmark:
                ribbons.append(place.selectionStart())
            if note.text or note.tags or resolved.both_changed or resolved.state is NoteState.MOVED:
                cards.append(self._card(resolved, place, scroll))
        self._pane.set_layer("notes", marks)
        self._pane.set_ribbons(ribbons)
        self.margin.show_cards(cards)
        self._show_marks(cards if self.margin.isHidden() else [])
        self.margin.scroll_to(scroll)

    def _show_marks(self, cards: Sequence[Card]) -> None:
        marks = [NoteMark(uuid=card.uuid, level=card.wanted, spoken=card.spoken) for card in cards]
        self.marks.show_marks(marks, self._pane.viewport().width() - self._pane.column.right + MARK_GAP)

    def notes(self) -> list[ResolvedNote]:
        """Return the notes that stand on the items of the page."""
        book = self._session.book
        return [note for item in self._pane.item_map.ids for note in book.notes.on_item(item)] if book else []

    def _card(self, resolved: ResolvedNote, place: QTextCursor, scroll: int) -> Card:
        note, book = resolved.note, self._session.book
        assert book is not None
        start = QTextCursor(place)
        start.setPosition(place.selectionStart())
        moved = "moved, to be confirmed" if resolved.state is NoteState.MOVED else ""
        marking = book.notes.marking_of(resolved)
        differs = marking.code != self._bundle.theme(resolved.theme).marking
        parts = [
            *(export.short_place_of(book, resolved), _day(note.changed), note.author, moved),
            marking.label if differs else "",
        ]
        return Card(
            uuid=note.uuid,
            place=" · ".join(part for part in parts if part),
            text=note.text,
            tags=note.tags,
            colour=note.colour,
            wanted=self._pane.cursorRect(start).top() + scroll,
            bookmark=note.bookmark,
            both_changed=resolved.both_changed,
        )

    # Where the margin stands

    def lay_out(self) -> None:
        """Put the margin in its place beside the column, or as a drawer over the page."""
        column, height = self._pane.column, self._pane.viewport().height()
        self.margin.is_drawer = not column.margin_width
        if column.margin_width:
            self.margin.setGeometry(column.margin_left, 0, column.margin_width, height)
        else:
            width = round(DRAWER_WIDTH * self._look.scale)
            self.margin.setGeometry(self._pane.viewport().width() - width, 0, width, height)
        self.margin.setVisible(bool(column.margin_width) or self.is_drawer_open)
        self.margin.restyle()
        self.draw()
        self.laid_out.emit()

    def toggle_drawer(self) -> bool:
        """Open or close the drawer of a narrow window; return False, and keep it closed, where nothing stands in it."""
        if self._pane.column.margin_width:
            return True
        self._set_drawer_open(not self.is_drawer_open)
        if self.is_drawer_open and self.margin.is_empty:
            self._set_drawer_open(False)
            return False
        return True

    def take_keyboard(self) -> None:
        """Give the keyboard to the margin where it shows, else to the page."""
        if self.margin.isVisible():
            self.margin.take_keyboard()
        else:
            self._pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_drawer_open(self, on: bool) -> None:
        self.is_drawer_open = on
        self.lay_out()

    def _leave_margin(self) -> None:
        """Give the keyboard back to the page, which no drawer covers any longer."""
        if self.is_drawer_open:
            self._set_drawer_open(False)
        self._pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def cards_place(self) -> tuple[int, int]:
        """Return where the cards stand, or would stand: their left edge in the pane and their width, in pixels."""
        padding = round(PADDING * self._look.scale) if self.margin.is_drawer else 0
        return self.margin.x() + padding, self.margin.width() - 2 * padding

    def level_of(self, anchor: Anchor) -> int:
        """Return how far down the document an anchor stands, in pixels."""
        place = self._cursor(anchor)
        if place is None:
            return self._pane.verticalScrollBar().value() + 8
        place.setPosition(place.selectionStart())
        return self._pane.cursorRect(place).top() + self._pane.verticalScrollBar().value()

    def scroll_to(self, anchor: Anchor) -> None:
        """Scroll the page until an anchor stands a quarter down from its top."""
        self._pane.verticalScrollBar().setValue(self.level_of(anchor) - self._pane.viewport().height() // 4)

    def text_of(self, item: str) -> str:
        """Return an item's plain text; empty before the notes are open."""
        book = self._session.book
        return (book.texts.text(item) if book else "") or ""

    def _cursor(self, anchor: Anchor) -> QTextCursor | None:
        wanted = (anchor.item, anchor.start, anchor.end)
        return cursor_of(self._pane.document(), self._pane.item_map, wanted, self.text_of(anchor.item))

    # What happens on the page

    def _show_page(self) -> None:
        self.page_left.emit()
        self.draw()

    def _scroll(self, to: int) -> None:
        self.margin.scroll_to(to)
        self.page_left.emit()

    def _click(self, position: int) -> None:
        """Choose the note of the highlight at a document position; none while words are selected."""
        if self._pane.textCursor().hasSelection():
            return
        for resolved in self.notes():
            anchor = resolved.anchor
            if anchor is None or anchor.whole or not resolved.note.colour:
                continue
            place = self._cursor(anchor)
            if place is not None and place.selectionStart() <= position < place.selectionEnd():
                self.note_chosen.emit(resolved.note.uuid)
                return


def _day(iso: str) -> str:
    """Return when, for a note's head: `today 09:14`, `2 Nov`, `2 Nov 2025`."""
    try:
        moment = datetime.fromisoformat(iso).astimezone()
    except (ValueError, OverflowError):
        return ""
    today = clock.today()
    if moment.date() == today:
        return f"today {moment:%H:%M}"
    year = "" if moment.year == today.year else f" {moment.year}"
    return f"{moment.day} {moment:%b}{year}"
