"""Highlights and bookmarks, made on what is selected or on the present item, and given another colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor

from viewer.model import Anchor
from viewer.notes.notebook import Notebook
from viewer.ui.context import EditionContext
from viewer.ui.notes.colour_hint import ColourHint
from viewer.ui.notes.page_notes import PageNotes
from viewer.ui.notes.session import NotesSession
from viewer.ui.parts.message_bar import MessageBar
from viewer.ui.reading.page_ranges import Range, cursor_of, ranges_of, sentence_steps
from viewer.ui.reading.pane import ReadingPane

HOW_TO_SELECT = (
    "Select words on a theme’s page, or step to an item with J and K; then H highlights it and N writes a note."
)


class HighlightController(QObject):
    """Knows where a new note would sit; `hint` shows the five colours after a highlight was made."""

    def __init__(
        self, context: EditionContext, pane: ReadingPane, bar: MessageBar, page: PageNotes, session: NotesSession
    ) -> None:
        super().__init__(session)
        self._pane, self._bar, self._page, self._session = pane, bar, page, session
        self._look, self._views = context.appearance, context.views
        self.hint = ColourHint(pane)
        self._hinted: list[str] = []  # the notes that 1 to 5 would colour
        self.hint.colour_chosen.connect(self._recolour)
        page.page_left.connect(self.hint.stop)

    # What the keys do

    def highlight(self) -> None:
        """Highlight the selected words, else the present item, in the last colour; 1 to 5 then choose another."""
        anchors = self.anchors_for_note()
        if not anchors:
            return
        self._hinted = self.notes_at(anchors)
        if not self._hinted:
            made = self._session.edit(lambda book: book.add(anchors, "highlight", colour=self._session.colour))
            self._hinted = [note.uuid for note in made or []]
            self.clear_selection()
        if self._hinted:
            self._offer_colours(anchors[0])

    def toggle_bookmark(self) -> None:
        """Bookmark the present item, or take its bookmark away."""
        item = self._pane.item_of_selection()
        if item:
            self._session.edit(lambda book: book.toggle_bookmark(item))

    def step_sentence(self, by: int) -> None:
        """Select the next sentence of the page's items, or the previous one for a negative `by`."""
        self._session.open()
        cursor, document = self._pane.textCursor(), self._pane.document()
        start, end = self._present_item_start(), self._present_item_start()
        if cursor.hasSelection():
            start, end = cursor.selectionStart(), cursor.selectionEnd()
        found: list[tuple[Range, QTextCursor]] = []
        for wanted in sentence_steps(self._pane.item_map, self._page.text_of):
            place = cursor_of(document, self._pane.item_map, wanted, self._page.text_of(wanted[0]))
            if place is not None:
                found.append((wanted, place))
        after = [pair for pair in found if pair[1].selectionStart() >= end] if by > 0 else []
        before = [pair for pair in found if pair[1].selectionEnd() <= start] if by < 0 else []
        if after or before:
            wanted, place = after[0] if after else before[-1]
            self._pane.choose(wanted[0], scroll=False)
            self._pane.setTextCursor(place)
            self._pane.ensureCursorVisible()

    # Where a new note would sit

    def anchors_for_note(self) -> list[Anchor]:
        """Return the anchors for a new note, or say how to select something; none while the page is not in sight."""
        if not self._views.is_reading():
            return []
        anchors = self.selected_anchors()
        if not anchors and self._session.book is not None:
            self._bar.show_message(HOW_TO_SELECT)
        return anchors

    def selected_anchors(self) -> list[Anchor]:
        """Return the anchors of the selected words of each item, else of the whole present item."""
        book = self._session.open()
        if book is None:
            return []
        cursor = self._pane.textCursor()
        if cursor.hasSelection():
            ranges = ranges_of(cursor, self._pane.item_map, self._page.text_of)
            if ranges:
                return [book.anchor_at(*wanted) for wanted in ranges]
        item = self._pane.item
        return [book.anchor_at(item)] if item else []

    def notes_at(self, anchors: Sequence[Anchor]) -> list[str]:
        """Return the ids of the notes that sit exactly there."""
        book = self._session.book
        wanted = {(anchor.item, anchor.start, anchor.end) for anchor in anchors}
        return [
            resolved.note.uuid
            for item in dict.fromkeys(anchor.item for anchor in anchors)
            for resolved in (book.notes.on_item(item) if book else [])
            if resolved.anchor and (item, resolved.anchor.start, resolved.anchor.end) in wanted
        ]

    def clear_selection(self) -> None:
        """Deselect the selected words."""
        cursor = self._pane.textCursor()
        cursor.clearSelection()
        self._pane.setTextCursor(cursor)

    def _present_item_start(self) -> int:
        """Return the position before the present item's text, or before the first one in sight."""
        start = self._pane.item_map.start_of(self._pane.item or "")
        if start is None:
            start = self._pane.cursorForPosition(self._pane.viewport().rect().topLeft()).position()
        return start

    # Colours

    def _offer_colours(self, anchor: Anchor) -> None:
        top = self._page.level_of(anchor) - self._pane.verticalScrollBar().value()
        at = self._pane.rect().topLeft()
        at.setX(self._pane.column.left)
        at.setY(max(8, top + self._pane.fontMetrics().height() * 2))
        self.hint.start(at, self._look.palette, self._session.meanings)

    def _recolour(self, colour: int) -> None:
        self._session.colour, ids = colour, list(self._hinted)

        def recolour(book: Notebook) -> None:
            for uuid in ids:
                if uuid in book.notes:
                    book.change(uuid, "colour", colour=colour)

        self._session.edit(recolour)
