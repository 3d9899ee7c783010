"""Notes in the window: joins the page, its margin, the editor, the notes view and what is saved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from viewer.errors import ViewerError
from viewer.model import Anchor
from viewer.notes import export
from viewer.notes.notebook import Notebook
from viewer.text import wording
from viewer.ui.notes.carrying import Carrying
from viewer.ui.notes.colour_hint import ColourHint
from viewer.ui.notes.editor import NoteEditor
from viewer.ui.notes.editor_controller import KEPT, NoteWriting
from viewer.ui.notes.margin import Margin
from viewer.ui.notes.page_notes import NotePage
from viewer.ui.notes.review_controller import Reviewing
from viewer.ui.notes.session import NotesSession
from viewer.ui.notes.traffic import NoteTraffic
from viewer.ui.notes.view import RESTORE
from viewer.ui.parts.message_bar import MessageBar
from viewer.ui.search.related_items import RelatedItems

if TYPE_CHECKING:
    from viewer.ui.edition_view import EditionView

WHERE = "Select words on a theme’s page, or step to an item with J and K; then H highlights it and N writes a note."
EMPTY = "No note stands on this page yet. N writes one, on what you select or on the item where you rest."


class NotesController(QObject):
    """What the reader does with notes on one desk."""

    def __init__(self, desk: EditionView) -> None:
        super().__init__(desk)
        self._desk, self._pane, self._look = desk, desk.reading, desk.appearance
        self.session = NotesSession(desk.bundle, desk.home, self)
        self.margin = Margin(desk.appearance, desk.reading)
        self.editor = NoteEditor(desk.reading)
        self.hint = ColourHint(desk.reading, desk)
        self.strip = MessageBar()
        layout = desk.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setSpacing(0)
        layout.insertWidget(0, self.strip)
        self.page = NotePage(desk.reading, self.margin, self.session, desk.bundle, desk.appearance)
        self.writing = NoteWriting(self.editor, self.page, desk.reading, desk.bundle, desk.appearance)
        self.related = RelatedItems(desk, self.margin, lambda: not self.editor.isHidden())
        self.traffic = NoteTraffic(self.session, desk, self.writing.close)
        self.reviewing = Reviewing(desk, self.session, self.traffic)
        self.carrying = Carrying(desk, self.session, self.page, self.strip, self.reviewing.show_unsettled)
        self._hinted: list[str] = []  # the notes that 1 to 5 would colour
        self._wire()
        self._lay_out()

    def _wire(self) -> None:
        self.session.changed.connect(self.refresh)
        self.session.opened.connect(self.carrying.say_carried)
        self.session.troubled.connect(self._show_trouble)
        self.session.told.connect(self._tell)
        self.margin.note_chosen.connect(self.writing.open_note)
        self.page.marks.note_chosen.connect(self.writing.open_note)
        self.margin.left.connect(self._leave_margin)
        self.reviewing.attach_requested.connect(self.carrying.begin_attaching)
        self.reviewing.opened.connect(self.go_to_note)
        self.reviewing.removal_requested.connect(self.remove)
        self.traffic.named.connect(self.restyle)
        self.traffic.told.connect(self.strip.show_message)
        self.writing.opened.connect(self.hint.stop)
        self.writing.closed.connect(self.refresh)
        self.writing.removal_requested.connect(self.remove)
        self.writing.gave_way.connect(self._say_kept)
        self.hint.colour_chosen.connect(self._recolour)
        self._pane.shown.connect(self._page_shown)
        self._pane.resized.connect(self._lay_out)
        self._pane.place_clicked.connect(self._clicked)
        self._pane.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._look.changed.connect(self.restyle)

    # What the keys do

    def highlight(self) -> None:
        """Highlights the selected words, else the present item, in the last colour; 1 to 5 then choose another."""
        anchors = self._chosen()
        known = self.page.same_place(anchors)
        if known:
            self._hinted = known
            self._offer_colours(anchors[0])
            return
        if anchors:
            made = self.session.do(lambda book: book.add(anchors, "highlight", colour=self.writing.colour))
            self._hinted = [note.uuid for note in made or []]
            self.page.clear_selection()
            if made:
                self._offer_colours(anchors[0])

    def write_note(self) -> None:
        """Opens the editor on the selected words, else on the present item; on its note where it has one."""
        anchors = self._chosen()
        if not anchors or not self.writing.close():
            return
        known = self.page.same_place(anchors)
        if known:
            self.writing.open_note(known[0])
            return
        self.writing.open_at(anchors[0])

    def toggle_bookmark(self) -> None:
        """Bookmarks the present item, or takes its bookmark away."""
        item = self._pane.item_of_selection()
        if item:
            self.session.do(lambda book: book.toggle_bookmark(item))

    def step_sentence(self, by: int) -> None:
        """Selects the next or previous sentence of the page's items."""
        self.page.step_sentence(by)

    def undo(self) -> None:
        """Takes the last change to the notes back."""
        if self.writing.close():
            self.session.do(Notebook.undo)

    def redo(self) -> None:
        """Brings it again."""
        if self.writing.close():
            self.session.do(Notebook.redo)

    def toggle_drawer(self) -> None:
        """Moves the keyboard to what stands beside the page; in a narrow window opens or closes its drawer."""
        if not self._pane.column.margin_width:
            self._open_drawer(not self.page.drawer)
            if self.page.drawer and self.margin.is_empty:
                self._open_drawer(False)
                self.strip.show_message(EMPTY)
        if self.margin.isVisible():
            self.margin.take_keyboard()
        else:
            self._pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_drawer(self, on: bool) -> None:
        self.page.drawer = on
        self._lay_out()

    def _leave_margin(self) -> None:
        """Back to the page, which no drawer covers any longer."""
        if self.page.drawer:
            self._open_drawer(False)
        self._pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def may_leave(self) -> bool:
        """Whether nothing would be lost now; the reader is asked where something would."""
        return self.writing.may_leave()

    def export_notes(self) -> None:
        """Writes notes to a file of the reader's choice."""
        self.traffic.export()

    def import_notes(self) -> None:
        """Takes notes in from a file of the reader's choice."""
        self.traffic.import_()

    # The page

    def refresh(self) -> None:
        """Draws highlights, ribbons and margin anew, and the notes view where it is open."""
        self.page.draw()
        self.reviewing.refresh()

    def restyle(self) -> None:
        """The same in changed colours and sizes."""
        self.editor.tint(self._look.palette, self.session.meanings())
        self._lay_out()
        self.page.draw()

    def _lay_out(self) -> None:
        self.page.lay_out()
        self.writing.place_again()

    def _page_shown(self) -> None:
        self.hint.stop()
        self.page.draw()

    def _scrolled(self, to: int) -> None:
        self.margin.scroll_to(to)
        self.hint.stop()

    def _clicked(self, position: int) -> None:
        """A click into a highlight opens its note."""
        uuid = self.page.note_at(position)
        if uuid:
            self.writing.open_note(uuid)

    # Choosing

    def _chosen(self) -> list[Anchor]:
        """Where a new note would sit; nowhere while another view is in sight."""
        if self._desk.views.currentWidget() is not self._desk.split:
            return []
        anchors = self.page.chosen_anchors()
        if not anchors and self.session.book is not None:
            self.strip.show_message(WHERE)
        return anchors

    def _offer_colours(self, anchor: Anchor) -> None:
        top = self.page.level_of(anchor) - self._pane.verticalScrollBar().value()
        line = self._pane.fontMetrics().height() * 2
        at = self._pane.rect().topLeft()
        at.setX(self._pane.column.left)
        at.setY(max(8, top + line))
        self.hint.start(at, self._look.palette, self.session.meanings())

    def _recolour(self, colour: int) -> None:
        self.writing.colour, ids = colour, list(self._hinted)

        def coloured(book: Notebook) -> None:
            for uuid in ids:
                if uuid in book.standings:
                    book.change(uuid, "colour", colour=colour)

        self.session.do(coloured)

    def _opened_book(self) -> Notebook | None:
        self.session.open()
        return self.session.book

    # What the strip says

    def _tell(self, said: str, has_backup: bool) -> None:
        choices = [(RESTORE, self.session.restore_backup), ("Go on without it", self.session.decline_backup)]
        self.strip.show_message(said, *(choices if has_backup else ()))

    def _say_kept(self, ids: list[str]) -> None:
        self.strip.show_message(KEPT, ("Show it", lambda: self.reviewing.show_note(ids[0])))

    def _show_trouble(self, trouble: ViewerError) -> None:
        self.writing.trouble = trouble
        if not self.editor.isVisibleTo(self._pane):
            self.strip.show_message(f"{trouble} {trouble.advice}".strip())

    # The notes view

    def make_view(self) -> QWidget:
        """The notes view with its review beside it."""
        book = self._opened_book()
        if book is None:
            raise self.writing.trouble or ViewerError("The notes could not be opened.")
        both = self.reviewing.make(book)
        self.refresh()
        return both

    def go_to_note(self, uuid: str) -> None:
        """Shows a note's place in the page; Back leads on from there as from any place."""
        book = self.session.book
        standing = book.standings.get(uuid) if book else None
        if standing is None or standing.anchor is None:
            return
        self._desk.go(f"item:{standing.anchor.item}")
        if not standing.anchor.whole:
            bar = self._pane.verticalScrollBar()
            bar.setValue(self.page.level_of(standing.anchor) - self._pane.viewport().height() // 4)

    def hits(self, typed: str) -> list[tuple[str, str, str]]:
        """The notes that hold what was typed into the search, its filters aside: id, place and words of each."""
        book = self.session.book
        if book is None:
            return []
        found = self.session.found(_words(typed))
        return [
            (one.note.uuid, export.short_place_of(book, one), one.note.text or (one.anchor or one.previous).quote)
            for one in found
        ]

    def show_words(self, typed: str) -> None:
        """Opens the notes view at the notes that hold what was typed into the search."""
        self.reviewing.show_words(_words(typed))

    def remove(self, ids: list[str]) -> None:
        """Removes notes, and says how to have them back; one that is being written is saved first."""
        if self.writing.is_on(ids) and not self.writing.close():
            return
        self.session.do(lambda book: book.remove(uuid for uuid in ids if uuid in book.standings))
        self.strip.show_message(f"{wording.count(len(ids), 'note')} removed.", ("Undo", self.undo))


def _words(typed: str) -> str:
    """What was typed into the search without its filters and signs."""
    return " ".join(re.sub(r"[\"“”]|(?:^|\s)-?\w+:\S*|\*", " ", typed).split())
