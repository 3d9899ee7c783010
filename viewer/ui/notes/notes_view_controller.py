"""The notes view with the review of one note, and what is done from them: put notes elsewhere, export, import, name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from viewer import paths
from viewer.errors import ViewerError
from viewer.model import NoteState
from viewer.notes.carry import ResolvedNote, summary
from viewer.notes.notebook import now
from viewer.notes.versions import Version
from viewer.text import wording
from viewer.ui.context import EditionContext
from viewer.ui.notes.highlight_controller import HighlightController
from viewer.ui.notes.note_review import NoteReview
from viewer.ui.notes.notes_view import NotesView
from viewer.ui.notes.session import NotesSession
from viewer.ui.parts.folding_splitter import FoldingSplitter
from viewer.ui.parts.message_bar import MessageBar
from viewer.ui.parts.modal import shown_dialog
from viewer.ui.parts.widgets import scaled

NARROW = 900  # pixels at 100 %; in a narrower window the review is hidden while no note is chosen
REVIEW_SHARE = 0.36  # of the width
MAX_QUOTE = 120  # characters of a note's old words that the message bar quotes


class NotesViewController(QObject):
    """Holds `view` and `review`, None until the view is first shown.

    `close_editor` saves and closes the editor of a note; it returns False where that cannot be saved.

    Signals: `opened(uuid)` to go to a note's place; `removal_requested(uuids)`; `named` when colours have other names;
    `bin_requested(uuid)` for the former versions of a note, for the whole bin with an empty id; `backups_requested`.
    """

    opened = Signal(str)
    removal_requested = Signal(list)
    named = Signal()
    bin_requested = Signal(str)
    backups_requested = Signal()

    def __init__(
        self,
        context: EditionContext,
        bar: MessageBar,
        session: NotesSession,
        highlights: HighlightController,
        close_editor: Callable[[], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(session)
        self._context, self._bar, self._session, self._parent = context, bar, session, parent
        self._highlights, self._close_editor = highlights, close_editor
        self.view: NotesView | None = None
        self.review: NoteReview | None = None
        self._attaching = ""  # the note for which a place is looked for
        session.opened.connect(self.show_carried)

    # The view

    def make(self) -> QWidget:
        """Return the notes view with the review beside it. Raise ViewerError where the notes cannot be opened."""
        book, look = self._session.open(), self._context.appearance
        if book is None:
            raise self._session.trouble or ViewerError("The notes could not be opened.")
        self.view, self.review = NotesView(book, look), NoteReview(book, look)
        self.view.note_chosen.connect(self.review.show_note)
        for pane in (self.view, self.review):
            pane.opened.connect(self.opened)
            pane.removal_requested.connect(self.removal_requested)
        self.view.export_requested.connect(self.export_notes)
        self.view.import_requested.connect(self.import_notes)
        self.view.names_requested.connect(self.ask_names)
        self.view.bin_requested.connect(lambda: self.bin_requested.emit(""))
        self.view.backups_requested.connect(self.backups_requested)
        self.review.versions_requested.connect(self.bin_requested)
        self.view.restore_requested.connect(self._session.restore_backup)
        self.review.confirmed.connect(lambda ids: self._session.edit(lambda book: book.confirm(ids)))
        self.review.version_chosen.connect(self._settle)
        self.review.return_requested.connect(lambda version: self._session.edit(lambda book: book.bring_back(version)))
        self.review.attach_requested.connect(self.begin_attaching)
        self.refresh()
        return _NotesAndReview(self.view, self.review)

    def _settle(self, version: Version) -> None:
        self._session.edit(lambda book: book.settle(version.uuid, version))

    def refresh(self) -> None:
        """Show the notes as they are now, where the view is open."""
        book = self._session.book
        if self.view is not None and self.review is not None and book is not None:
            self.review.book = book
            self.view.offer = self._session.offer.message if self._session.offer else ""
            self.view.use_book(book)
            self.review.restyle()

    def show_unsettled(self) -> None:
        """Open the notes view at what moved or has no place."""
        self._context.views.show_view("notes")
        if self.view is not None:
            self.view.show_unsettled()

    @property
    def is_in_sight(self) -> bool:
        """Whether the notes view is shown."""
        return self.view is not None and self.view.isVisible()

    def show_note(self, uuid: str) -> None:
        """Open the notes view at a note, with its former versions beside it."""
        self._context.views.show_view("notes")
        if self.view is not None:
            self.view.choose(uuid)

    def show_words(self, words: str) -> None:
        """Open the notes view at the notes that hold `words`."""
        self._context.views.show_view("notes")
        if self.view is not None:
            self.view.filters.words.setText(words)

    # Notes of an earlier edition

    def show_carried(self) -> None:
        """Say how notes stand when an edition is opened to which notes of an earlier one come."""
        book = self._session.book
        if book is None:
            return
        serial, setting = book.notes.serial, f"carried-{book.notes.serial}"
        has_earlier = any(resolved.note.serial < serial for resolved in book.notes.values())
        is_first = has_earlier and not book.store.setting(setting)
        unsettled = book.notes.unsettled()
        if is_first and not book.store.read_only:
            self._session.attempt(lambda: book.store.set_setting(setting, now()))
        if is_first or any(resolved.state is NoteState.MOVED or resolved.both_changed for resolved in unsettled):
            choices = [("Look through them", self.show_unsettled)] if unsettled else []
            self._bar.show_message(summary(book.notes.values()), *choices)

    def begin_attaching(self, uuid: str) -> None:
        """Let the reader find another place for a note, by reading or by search, and put it there."""
        resolved = self._session.note(uuid)
        if resolved is None:
            return
        self._attaching = uuid
        self._context.go(f"theme:{resolved.theme}")
        self._ask_for_place()

    def finish_attaching(self) -> None:
        """Put the note at the selected words or the present item."""
        anchors = self._highlights.selected_anchors() if self._context.views.is_reading() else []
        if not anchors:
            self._ask_for_place()
            return
        self._session.edit(lambda book: book.attach(self._attaching, anchors[0]))
        self._highlights.clear_selection()

    def _ask_for_place(self) -> None:
        resolved = self._session.note(self._attaching)
        quote = " ".join(resolved.previous.quote.split()) if resolved else ""
        shown = quote if len(quote) <= MAX_QUOTE else f"{quote[: MAX_QUOTE - 1]}…"
        self._bar.show_message(
            f"“{shown}”: go to where this note belongs, also by search; choose its words or its item.",
            ("Put it here", self.finish_attaching),
        )

    # Names, export, import

    def ask_names(self) -> None:
        """Ask what the colours mean, and for the reader's name."""
        from viewer.ui.notes.dialogs import NamesDialog

        book = self._session.open()
        if book is None:
            return
        dialog = NamesDialog(book.settings.author, book.settings.meanings, self._parent)
        with shown_dialog(dialog) as agreed:
            author, meanings = dialog.author.text(), [line.text() for line in dialog.meanings]
        if agreed:
            self._session.edit(lambda held: held.settings.set_names(author, meanings))
            self.named.emit()

    def export_notes(self) -> None:
        """Write the notes that the view shows, else all, to a file, in the form that the reader chooses."""
        from viewer.ui.notes.dialogs import FORMS, ask_where_to_save

        book = self._session.open()
        if book is None or not self._close_editor():
            return
        name = f"notes-{book.bundle.edition.series}.md"
        path = ask_where_to_save(self._parent, "Export notes", name, list(FORMS))
        if path:
            self._session.attempt(lambda: self.export_to(Path(path)))

    def export_to(self, path: Path) -> None:
        """Write the notes to `path`, its ending being the form. Raise ViewerError."""
        from viewer.notes import export

        book = self._session.open()
        assert book is not None
        notes = self._notes_in_sight()
        if notes is None:
            notes = book.notes.in_order()
        export.write(book, notes, path)
        self._bar.show_message(f"{wording.count(len(notes), 'note')} written to {paths.display_name(path)}.")

    def _notes_in_sight(self) -> Sequence[ResolvedNote] | None:
        return self.view.shown() if self.view is not None and self.view.isVisible() else None

    def import_notes(self) -> None:
        """Show what a file of notes would do, and do it if the reader agrees."""
        from viewer.ui.notes.dialogs import ask_what_to_import

        path = ask_what_to_import(self._parent)
        if path and self._close_editor():
            self._session.attempt(lambda: self._import(Path(path)))

    def _import(self, path: Path) -> None:
        from viewer.notes import exchange
        from viewer.ui.notes.dialogs import ImportDialog

        book = self._session.open()
        assert book is not None
        report = exchange.report(exchange.read_exchange_file(path), book)
        dialog = ImportDialog(paths.display_name(path), report, self._parent)
        with shown_dialog(dialog) as is_wanted:
            winner = dialog.winner
        if not report.changes_anything and report.says_more:
            exchange.take_over(report, book)  # which version went on from which
        elif is_wanted:
            amount = exchange.take_over(report, book, winner)
            self._session.changed.emit()
            message = f"{wording.count(amount, 'note')} taken over from {paths.display_name(path)}."
            both = any(resolved.both_changed for resolved in book.notes.values())
            self._bar.show_message(message, *([("Choose versions", self.show_unsettled)] if both else []))


class _NotesAndReview(FoldingSplitter):
    """The notes at the left, the chosen one at the right; in a narrow window it gives way while none is chosen."""

    def __init__(self, view: NotesView, review: NoteReview) -> None:
        super().__init__(
            view,
            review,
            side_width=lambda: review.minimumSizeHint().width(),
            room=lambda: scaled(NARROW),
            side_share=REVIEW_SHARE,
        )
        self._view, self._review = view, review
        self.setFocusProxy(view)
        review.shown.connect(self._make_room)
        self._make_room()

    def _make_room(self) -> None:
        self.show_when_narrow("both" if self._review.has_note else "main")

    def restyle(self) -> None:
        """Take over changed colours and sizes."""
        self._view.restyle()
        self._review.restyle()

    def open_find(self) -> None:
        """Find in the notes."""
        self._view.filters.words.setFocus()
        self._view.filters.words.selectAll()
