"""Notes of an earlier edition in the window: how they came along is said, and what lost its place is put somewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from viewer.model import NoteState
from viewer.notes import notebook as book_module
from viewer.notes.carry import ResolvedNote, summary

if TYPE_CHECKING:
    from viewer.ui.edition_view import EditionView
    from viewer.ui.notes.page_notes import NotePage
    from viewer.ui.notes.session import NotesSession
    from viewer.ui.parts.message_bar import MessageBar

LONGEST = 120  # characters of a note's old words that the strip quotes


class Carrying:
    """Says on the desk's strip how notes were carried, and lets the reader attach one anew."""

    def __init__(
        self,
        desk: EditionView,
        service: NotesSession,
        page: NotePage,
        strip: MessageBar,
        show_unsettled: Callable[[], None],
    ) -> None:
        self._desk, self._service, self._page, self._strip = desk, service, page, strip
        self._show_unsettled = show_unsettled
        self._attaching = ""  # the note for which a place is looked for

    def say_carried(self) -> None:
        """On opening an edition to which notes of another one come: one sentence on how they stand."""
        book = self._service.book
        if book is None:
            return
        earlier = [standing for standing in book.standings.values() if standing.note.serial < book.serial]
        first = bool(earlier) and not book.store.setting(f"carried-{book.serial}")
        unsettled = book.unsettled()
        if first and not book.store.read_only:
            self._service.attempt(lambda: book.store.set_setting(f"carried-{book.serial}", book_module.now()))
        if first or any(standing.state is NoteState.MOVED for standing in unsettled):
            choices = [("Look through them", self._show_unsettled)] if unsettled else []
            self._strip.show_message(summary(book.standings.values()), *choices)

    def begin_attaching(self, uuid: str) -> None:
        """Lets the reader find another place for a note, by reading or by search, and put it there."""
        standing = self._standing(uuid)
        if standing is None:
            return
        self._attaching = uuid
        self._desk.go(f"theme:{standing.theme}")
        self._ask_for_place()

    def finish_attaching(self) -> None:
        """Puts the note at the chosen words or item."""
        in_sight = self._desk.views.currentWidget() is self._desk.split
        anchors = self._page.chosen_anchors() if in_sight else []
        if not anchors:
            self._ask_for_place()
            return
        self._service.do(lambda book: book.attach(self._attaching, anchors[0]))
        self._page.clear_selection()

    def _ask_for_place(self) -> None:
        standing = self._standing(self._attaching)
        quote = " ".join(standing.previous.quote.split()) if standing else ""
        shown = quote if len(quote) <= LONGEST else f"{quote[: LONGEST - 1]}…"
        self._strip.show_message(
            f"“{shown}”: go to where this note belongs, also by search; choose its words or its item.",
            ("Put it here", self.finish_attaching),
        )

    def _standing(self, uuid: str) -> ResolvedNote | None:
        book = self._service.book
        return book.standings.get(uuid) if book else None
