"""Notes out and in, and the names of colours: the dialogs between the reader and the exchange of notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from viewer import paths
from viewer.notes.carry import ResolvedNote
from viewer.notes.notebook import Notebook
from viewer.text import wording
from viewer.ui.notes.session import NotesSession


class NoteTraffic(QObject):
    """Asks and does. `shown` gives the notes that the notes view shows, None while it is not in sight.

    Signals: `told(sentence)` when something was done; `named` when colours have other names.
    """

    told = Signal(str)
    named = Signal()

    def __init__(self, service: NotesSession, parent: QWidget, may_go: Callable[[], bool]) -> None:
        super().__init__(service)
        self.service, self._parent, self._may_go = service, parent, may_go
        self.shown: Callable[[], Sequence[ResolvedNote] | None] = lambda: None

    def _opened_book(self) -> Notebook | None:
        self.service.open()
        return self.service.book

    def name(self) -> None:
        """Lets the reader name colours, and themselves."""
        from viewer.ui.notes.dialogs import NamesDialog

        book = self._opened_book()
        if book is None:
            return
        dialog = NamesDialog(book.author, self.service.meanings(), self._parent)
        if dialog.exec():
            author, meanings = dialog.author.text(), [line.text() for line in dialog.meanings]
            self.service.do(lambda held: held.keep_names(author, meanings))
            self.named.emit()

    def export(self) -> None:
        """Writes the notes that the view shows, else all, in the form that the reader chooses."""
        from viewer.ui.notes.dialogs import FORMS, ask_where_to

        book = self._opened_book()
        if book is None or not self._may_go():
            return
        path = ask_where_to(self._parent, "Export notes", f"notes-{book.bundle.edition.series}.md", list(FORMS))
        if path:
            self.service.attempt(lambda: self.export_to(Path(path)))

    def export_to(self, path: Path) -> None:
        """Writes the notes to `path`, its ending being the form. Raises ViewerError."""
        from viewer.notes import outgoing

        book = self._opened_book()
        assert book is not None
        shown = self.shown()
        held = book.in_order() if shown is None else shown
        outgoing.write(book, held, path)
        self.told.emit(f"{wording.count(len(held), 'note')} written to {paths.display_name(path)}.")

    def import_(self) -> None:
        """Says what a file of notes would do, and does it if the reader agrees."""
        from viewer.ui.notes.dialogs import ask_which

        path = ask_which(self._parent)
        if path and self._may_go():
            self.service.attempt(lambda: self._import(Path(path)))

    def _import(self, path: Path) -> None:
        from viewer.notes import exchange
        from viewer.ui.notes.dialogs import ImportDialog

        book = self._opened_book()
        assert book is not None
        told = exchange.report(exchange.read_exchange_file(path), book)
        dialog = ImportDialog(paths.display_name(path), told, self._parent)
        if dialog.exec():
            amount = exchange.take_over(told, book, dialog.whose)
            self.service.changed.emit()
            self.told.emit(f"{wording.count(amount, 'note')} taken over from {paths.display_name(path)}.")
