"""The notes view with the review of one note beside it, made when it is first wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from viewer.notes.carry import ResolvedNote
from viewer.notes.notebook import Notebook
from viewer.ui.notes.carry_review import CarryReview
from viewer.ui.notes.session import NotesSession
from viewer.ui.notes.traffic import NoteTraffic
from viewer.ui.notes.view import NotesView

if TYPE_CHECKING:
    from viewer.ui.edition_view import EditionView


class Reviewing(QObject):
    """Holds `view` and `review`, None until they are made, and opens them at what the reader is led to.

    Signals: `opened(uuid)` to go to a note's place; `removal_requested(uuids)`; `attach_requested(uuid)` to put it
    elsewhere.
    """

    opened = Signal(str)
    removal_requested = Signal(list)
    attach_requested = Signal(str)

    def __init__(self, desk: EditionView, service: NotesSession, traffic: NoteTraffic) -> None:
        super().__init__(service)
        self._desk, self._service, self._traffic = desk, service, traffic
        self.view: NotesView | None = None
        self.review: CarryReview | None = None
        traffic.shown = self._shown

    def make(self, book: Notebook) -> QWidget:
        """Both, side by side, over the notes of `book`."""
        look, service, traffic = self._desk.appearance, self._service, self._traffic
        self.view, self.review = NotesView(book, look), CarryReview(book, look)
        self.view.note_chosen.connect(self.review.show_note)
        self.view.resized.connect(self.review.fit)
        for pane in (self.view, self.review):
            pane.opened.connect(self.opened)
            pane.removal_requested.connect(self.removal_requested)
        self.view.export_requested.connect(traffic.export)
        self.view.import_requested.connect(traffic.import_)
        self.view.names_requested.connect(traffic.name)
        self.view.restore_requested.connect(service.restore_backup)
        self.review.confirmed.connect(lambda ids: service.do(lambda held: held.confirm(ids)))
        self.review.attach_requested.connect(self.attach_requested)
        return _NotesAndReview(self.view, self.review)

    def refresh(self) -> None:
        """Shows the notes as they are now, where the view is open."""
        book = self._service.book
        if self.view is not None and self.review is not None and book is not None:
            self.review.book = book
            self.view.offer = self._service.offer.message if self._service.offer else ""
            self.view.use_book(book)
            self.review.restyle()

    def show_unsettled(self) -> None:
        """Opens the notes view at what moved or has no place."""
        self._desk.show_view("notes")
        if self.view is not None:
            self.view.show_unsettled()

    def show_note(self, uuid: str) -> None:
        """Opens the notes view at a note, with its former versions beside it."""
        self._desk.show_view("notes")
        if self.view is not None:
            self.view.choose(uuid)

    def show_words(self, words: str) -> None:
        """Opens the notes view at the notes that hold `words`."""
        self._desk.show_view("notes")
        if self.view is not None:
            self.view.words.setText(words)

    def _shown(self) -> Sequence[ResolvedNote] | None:
        return self.view.shown() if self.view is not None and self.view.isVisible() else None


class _NotesAndReview(QSplitter):
    """The notes at the left, the chosen one at the right."""

    def __init__(self, view: NotesView, review: CarryReview) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._view, self._review = view, review
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(view)
        self.addWidget(review)
        self.setSizes([820, 460])
        self.setStretchFactor(0, 2)
        self.setStretchFactor(1, 1)
        self.setFocusProxy(view)

    def restyle(self) -> None:
        """Both in changed colours and sizes."""
        self._view.restyle()
        self._review.restyle()

    def open_find(self) -> None:
        """Finding here is finding in the notes."""
        self._view.words.setFocus()
        self._view.words.selectAll()
