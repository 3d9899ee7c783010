"""The bin of the notes as the reader opens it: reads it, brings back what is chosen, or destroys it for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from viewer.errors import ViewerError
from viewer.notes.notebook import Notebook, now
from viewer.text import wording
from viewer.ui.context import EditionContext
from viewer.ui.notes.session import NotesSession
from viewer.ui.parts.modal import run_dialog

if TYPE_CHECKING:
    from viewer.notes.note_bin import BinEntry
    from viewer.ui.notes.bin_dialog import BinDialog

DESTROYING = "Destroying the words in the notes and in every backup …"
DESTROYED = "The words are destroyed."


class BinController(QObject):
    """Holds `dialog`, None while the bin is not open.

    `close_editor` saves and closes the editor of a note; it returns False where that cannot be saved.
    """

    def __init__(
        self, context: EditionContext, session: NotesSession, close_editor: Callable[[], bool], parent: QWidget
    ) -> None:
        super().__init__(session)
        self._look, self._session, self._parent = context.appearance, session, parent
        self._close_editor = close_editor
        self.dialog: BinDialog | None = None
        session.changed.connect(self._read)

    def show_bin(self, uuid: str = "") -> None:
        """Open the bin, for one note alone where an id is given."""
        from viewer.ui.notes.bin_dialog import BinDialog

        book = self._session.open()
        if book is None or self.dialog is not None or not self._close_editor():
            return
        dialog = self.dialog = BinDialog(book, self._look, self._parent, uuid)
        dialog.return_requested.connect(self._bring_back)
        dialog.destruction_requested.connect(self._ask_and_destroy)
        self._read()
        try:
            run_dialog(dialog)
        finally:
            self.dialog = None

    def _read(self) -> None:
        """Read the bin outside the window's thread, and show it."""
        from viewer.notes import note_bin

        dialog, book = self.dialog, self._session.book
        if dialog is None or book is None:
            return

        def show(found: object) -> None:
            if dialog is self.dialog:
                dialog.show_entries(cast("Sequence[BinEntry]", found))

        self._session.run(partial(note_bin.entries, book.store), show, self._say)

    def _say(self, trouble: ViewerError) -> None:
        if self.dialog is not None:
            self.dialog.say(f"{trouble} {trouble.advice}".strip())

    def _bring_back(self, chosen: Sequence[BinEntry]) -> None:
        """Make the chosen versions stand, as one step."""

        def bring_back(book: Notebook) -> bool:
            book.bring_back(*(entry.version for entry in chosen))
            return True

        is_done, trouble = self._session.edit(bring_back), self._session.trouble
        if is_done and self.dialog is not None:
            many = f"{wording.count(len(chosen), 'note')} {'is' if len(chosen) == 1 else 'are'}"
            self.dialog.say(f"{many} brought back; Ctrl+Z takes that back.")
        elif trouble is not None:
            self._say(trouble)

    def _ask_and_destroy(self, chosen: Sequence[BinEntry]) -> None:
        """Destroy the words of what is chosen, once that was confirmed, outside the window's thread."""
        from viewer.notes import note_bin, purge
        from viewer.ui.notes.bin_dialog import confirm_destruction

        dialog, book = self.dialog, self._session.book
        if dialog is None or book is None or not confirm_destruction(chosen, dialog):
            return
        dialog.setEnabled(False)
        dialog.say(DESTROYING)
        work = partial(purge.destroy, book.store, note_bin.words_of(chosen, now()))
        self._session.run(work, partial(self._end_destruction, book), self._fail)

    def _end_destruction(self, book: Notebook, left: object) -> None:
        names = [path.name for path in cast("list[Path]", left)]
        if book is self._session.book:
            self._session.attempt(book.reload)
            self._session.changed.emit()
        if self.dialog is not None:
            self.dialog.setEnabled(True)
            self.dialog.say(" ".join((DESTROYED, *map(_still_in, names))))

    def _fail(self, trouble: ViewerError) -> None:
        if self.dialog is not None:
            self.dialog.setEnabled(True)
        self._say(trouble)


def _still_in(name: str) -> str:
    return f"{name} could not be cleaned and may still hold them: delete it yourself."
