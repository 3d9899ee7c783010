"""The notes of the open edition's series for the window's parts: opened after the first paint, kept up to date."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject, QTimer, Signal

from viewer.errors import NotesTrouble, ViewerError
from viewer.ui.context import EditionContext
from viewer.ui.notes.note_writer import NoteWriter

if TYPE_CHECKING:
    from viewer.notes.carry import ResolvedNote
    from viewer.notes.memory import Destroyed
    from viewer.notes.note_changes import StoredNote
    from viewer.notes.notebook import Notebook
    from viewer.notes.opening import BackupOffer
    from viewer.notes.store import FileContents, NoteStore
    from viewer.notes.undo import UndoStep

FILE_PATIENCE = 0.25  # seconds that a change waits for another program to let go of the notes file
BUSY = "The notes were not changed: what was written before is still being saved."
CHECK_INTERVAL = 1000  # milliseconds between looks at what another window saved

_Result = TypeVar("_Result")


class NotesSession(QObject):
    """Holds the notebook, None until it is open or where it cannot be, and the backup that is offered, if one is.

    `colour` is the colour used last, 1 to 5. `trouble` is what went wrong last.

    Signals: `opened`; `changed` when notes are others than before; `taken_in` when another window made them so;
    `clashed(uuids)` when another window has changed notes too, so that two versions of each stand;
    `troubled(ViewerError)` when something was not saved or read; `message(sentences, is a backup offered)` for what the
    reader should know on opening.
    """

    opened = Signal()
    changed = Signal()
    taken_in = Signal()
    clashed = Signal(list)
    troubled = Signal(object)
    message = Signal(str, bool)

    def __init__(self, context: EditionContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bundle, self._home = context.bundle, context.home
        self.offer: BackupOffer | None = None
        self.book: Notebook | None = None
        self.trouble: ViewerError | None = None
        self.colour = 1
        self._timer = QTimer(self)
        self._timer.setInterval(CHECK_INTERVAL)
        self._timer.timeout.connect(self.look_at_file)
        self._writer = NoteWriter(self)

    def open(self) -> Notebook | None:
        """Open the notes, once, and return them; None, and `troubled`, where that fails: the next call tries again."""
        if self.book is not None:
            return self.book
        from viewer.notes import unsaved
        from viewer.notes.notebook import Notebook
        from viewer.notes.opening import open_notes

        try:
            found = open_notes(self._home, self._bundle.edition.series)
            found.store.wait_at_most(FILE_PATIENCE)
            self.book = Notebook(found.store, self._bundle, found.contents)
        except NotesTrouble as trouble:
            self.report(trouble)
            return None
        self.offer = found.offer
        self._timer.start()
        self.opened.emit()
        self.changed.emit()
        messages = [one for one in (*found.messages, unsaved.sentence(self._home)) if one]
        if messages:
            self.message.emit(" ".join(messages), found.offer is not None)
        return self.book

    def close(self) -> None:
        """Close the notes file, once what was under way is done."""
        self._timer.stop()
        if self.book is not None:
            self.settle()
            self.book.store.close()
            self.book = None

    @property
    def noted_items(self) -> frozenset[str]:
        """The ids of the items that have a note, for search and contents; none before the notes are open."""
        return self.book.notes.noted_items if self.book else frozenset()

    @property
    def meanings(self) -> list[str]:
        """What the five colours stand for."""
        from viewer.notes.note_settings import MEANINGS

        return self.book.settings.meanings if self.book else list(MEANINGS)

    def note(self, uuid: str) -> ResolvedNote | None:
        """Return a note; None where there is none of that id, and before the notes are open."""
        return self.book.notes.get(uuid) if self.book else None

    def search(self, words: str) -> list[ResolvedNote]:
        """Return the notes that hold `words`, in the order of the pages; none before the notes are open."""
        book = self.book
        if book is None or not words.strip():
            return []
        ids = self._attempt(lambda: book.search(words)) or set()
        return [resolved for resolved in book.notes.in_order() if resolved.note.uuid in ids]

    def settle(self) -> bool:
        """Wait, for some seconds at most, for what is being saved, and follow it; return whether all is."""
        return self._writer.settle()

    def write(
        self,
        prepare: Callable[[Notebook], UndoStep | None],
        then: Callable[[], object],
        otherwise: Callable[[ViewerError], object],
    ) -> bool:
        """Save a step outside the window's thread; then follow it, call `then` and announce it.

        Where it was not saved, nothing is followed, and `otherwise` is called. Return whether there was a step to save.
        """
        book = self.open()
        step = self._attempt(lambda: prepare(book)) if book is not None else None
        if book is None or step is None:
            return False
        author = book.settings.author

        def follow(stored: object) -> None:
            book.finish(step, cast("list[StoredNote]", stored))
            then()
            self._announce(book)

        def fail(trouble: ViewerError) -> None:
            self.report(trouble)
            otherwise(trouble)

        self._writer.run(partial(book.store.save, step.changes, author, step.to_store), follow, fail)
        return True

    def run(
        self,
        work: Callable[[], object],
        then: Callable[[object], object],
        otherwise: Callable[[ViewerError], object] | None = None,
    ) -> None:
        """Do `work`, which holds on to nothing of the window's, in the notes' thread after all that is under way there.

        Then call `then` with its result, or `otherwise`, else report, with what went wrong.
        """
        self._writer.run(work, then, otherwise or self.report)

    def attempt(self, action: Callable[[], _Result]) -> _Result | None:
        """Return what `action` returns, once all is saved; None, and a signal, where it raises a ViewerError."""
        self.settle()
        return self._attempt(action)

    def _attempt(self, action: Callable[[], _Result]) -> _Result | None:
        try:
            return action()
        except ViewerError as trouble:
            self.report(trouble)
            return None

    def edit(self, action: Callable[[Notebook], _Result]) -> _Result | None:
        """Change something in the notebook, which is opened if need be, and announce it; return as `attempt` does."""
        book = self.open()
        if book is None:
            return None
        if not self.settle():
            self.report(NotesTrouble(BUSY, advice="Try again in a moment."))
            return None
        result = self._attempt(lambda: action(book))
        self._announce(book)
        return result

    def _announce(self, book: Notebook) -> None:
        self.changed.emit()
        if book.clashed:
            clashed, book.clashed = book.clashed, []
            self.clashed.emit(clashed)

    def check_file(self) -> None:
        """Take in at once what another window saved meanwhile."""
        self.look_at_file()
        self.settle()

    def look_at_file(self) -> None:
        """Take in what another window saved meanwhile, as soon as it is read outside the window's thread."""
        book = self.book
        if book is None or self._writer.is_busy:
            return

        def take_in(found: object) -> None:
            if found is not None and book is self.book:
                book.take_over(*cast("tuple[FileContents, dict[str, str], Destroyed]", found))
                self._check_offer(book)
                self.taken_in.emit()
                self.changed.emit()

        # A file held for a moment is no news: it is said when the reader next saves.
        self._writer.run(partial(_read_if_changed, book.store), take_in, lambda _trouble: None)

    def _check_offer(self, book: Notebook) -> None:
        """Follow another window that took or declined the backup."""
        if self.offer is not None:
            from viewer.notes import opening

            self.offer = opening.find_offer(book.store)

    def restore_backup(self) -> None:
        """Put the backup that is offered in the place of the notes that were begun anew."""
        from viewer.notes import opening

        if self.book is None:
            return
        if self.offer is None:
            self.message.emit("That was decided in another window meanwhile.", False)
            return
        path, offer = self.book.store.path, self.offer
        self.close()
        try:
            result = opening.accept_offer(offer, path)
        except NotesTrouble as trouble:
            result = f"{trouble} {trouble.advice}".strip()
        if self.open() is not None:
            self.message.emit(result, self.offer is not None)

    def decline_backup(self) -> None:
        """Go on without the backup, which is offered no more."""
        from viewer.notes import opening

        def decline(book: Notebook) -> bool:
            opening.decline_offer(book.store)
            return True

        if self.edit(decline):
            self.offer = None
            self.changed.emit()

    def report(self, trouble: ViewerError) -> None:
        """Keep what went wrong last, and tell whoever shows it."""
        self.trouble = trouble
        self.troubled.emit(trouble)


def _read_if_changed(store: NoteStore) -> tuple[FileContents, dict[str, str], Destroyed] | None:
    """Return what the file holds if another window saved something; run outside the window's thread."""
    return (store.contents(), store.settings(), store.destroyed()) if store.changed_elsewhere() else None
