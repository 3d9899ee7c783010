"""The notes of the open edition's series as the window's parts meet them: opened after the first paint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from viewer.bundle.bundle import Bundle
from viewer.errors import NotesTrouble, ViewerError

if TYPE_CHECKING:
    from viewer.notes.carry import ResolvedNote
    from viewer.notes.notebook import Notebook
    from viewer.notes.recovery import BackupOffer

LOOK_AGAIN = 1000  # milliseconds between looks at what another window saved

_Result = TypeVar("_Result")


class NotesSession(QObject):
    """Holds the notebook, None until it is open or where it cannot be, and the backup that is offered, if one is.

    Signals: `opened`; `changed` when notes are others than before; `taken_in` when another window made them so;
    `gave_way(uuids)` when what another window had saved was written over, and kept; `troubled(ViewerError)` when
    something was not saved or read; `told(sentences, can restore a backup)` for what the reader should know on opening.
    """

    opened = Signal()
    changed = Signal()
    taken_in = Signal()
    gave_way = Signal(list)
    troubled = Signal(object)
    told = Signal(str, bool)

    def __init__(self, bundle: Bundle, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bundle, self._home = bundle, home
        self.offer: BackupOffer | None = None
        self.book: Notebook | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_AGAIN)
        self._timer.timeout.connect(self.look_again)

    def open(self) -> None:
        """Opens the notes, once; a failure is told, and the next call tries again."""
        if self.book is not None:
            return
        from viewer.notes.notebook import Notebook
        from viewer.notes.opening import open_notes

        try:
            found = open_notes(self._home, self._bundle.edition.series)
            self.book = Notebook(found.store, self._bundle)
        except NotesTrouble as trouble:
            self.troubled.emit(trouble)
            return
        self.offer = found.offer
        self._timer.start()
        self.opened.emit()
        self.changed.emit()
        if found.messages:
            self.told.emit(" ".join(found.messages), found.offer is not None)

    def close(self) -> None:
        """Lets go of the notes file."""
        self._timer.stop()
        if self.book is not None:
            self.book.store.close()
            self.book = None

    @property
    def noted(self) -> frozenset[str]:
        """The items that have a note, for search and contents; none before the notes are open."""
        return self.book.noted if self.book else frozenset()

    def found(self, words: str) -> list[ResolvedNote]:
        """The notes that hold `words`, in the order of the pages; none before the notes are open."""
        book = self.book
        if book is None or not words.strip():
            return []
        ids = self.attempt(lambda: book.search(words)) or set()
        return [standing for standing in book.in_order() if standing.note.uuid in ids]

    def meanings(self) -> list[str]:
        """What the five colours stand for."""
        from viewer.notes.notebook import MEANINGS

        return [self.book.meaning(number) for number in range(1, 6)] if self.book else list(MEANINGS)

    def attempt(self, do: Callable[[], _Result]) -> _Result | None:
        """Does something with the notebook; what goes wrong is told, and None returned."""
        try:
            return do()
        except ViewerError as trouble:
            self.troubled.emit(trouble)
            return None

    def do(self, do: Callable[[Notebook], _Result]) -> _Result | None:
        """Changes something in the notebook, which is opened if need be, and announces it."""
        self.open()
        book = self.book
        if book is None:
            return None
        done = self.attempt(lambda: do(book))
        self.changed.emit()
        if book.gave_way:
            gave_way, book.gave_way = book.gave_way, []
            self.gave_way.emit([note.uuid for note in gave_way])
        return done

    def look_again(self) -> None:
        """Takes in what another window saved meanwhile."""
        book = self.book
        if book is None:
            return
        try:
            if book.store.changed_elsewhere():
                book.reload()
                self._look_at_offer(book)
                self.taken_in.emit()
                self.changed.emit()
        except NotesTrouble:
            return  # told when the reader next saves: a file held for a moment is no news

    def _look_at_offer(self, book: Notebook) -> None:
        """Another window may have taken or declined the backup."""
        if self.offer is not None:
            from viewer.notes import recovery

            self.offer = recovery.offer(book.store)

    def restore_backup(self) -> None:
        """Puts the backup that is offered in the place of the notes that were begun anew."""
        from viewer.notes import recovery

        if self.book is None:
            return
        if self.offer is None:
            self.told.emit("That was decided in another window meanwhile.", False)
            return
        path, offer = self.book.store.path, self.offer
        self.close()
        try:
            said = recovery.accept(offer, path)
        except NotesTrouble as trouble:
            said = f"{trouble} {trouble.advice}".strip()
        self.open()
        if self.book is not None:
            self.told.emit(said, self.offer is not None)

    def decline_backup(self) -> None:
        """The reader goes on without the backup."""
        from viewer.notes import recovery

        def declined(book: Notebook) -> bool:
            recovery.decline(book.store)
            return True

        if self.do(declined):
            self.offer = None
            self.changed.emit()
