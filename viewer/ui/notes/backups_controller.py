"""The backups of the notes as the reader opens them: listed, counted, read, and notes taken back from one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from viewer.errors import ViewerError
from viewer.text import wording
from viewer.ui.context import EditionContext
from viewer.ui.notes.session import NotesSession
from viewer.ui.parts.modal import run_dialog

if TYPE_CHECKING:
    from viewer.notes.backup_notes import BackupNote
    from viewer.notes.backups import Backup
    from viewer.notes.joining import JoinedNote
    from viewer.ui.notes.backups_dialog import BackupsDialog

STEP = "return from a backup"
NOTHING_CHANGED = "They stand as they did then already."


class BackupsController(QObject):
    """Holds `dialog`, None while the backups are not open.

    `close_editor` saves and closes the editor of a note; it returns False where that cannot be saved.
    """

    def __init__(
        self, context: EditionContext, session: NotesSession, close_editor: Callable[[], bool], parent: QWidget
    ) -> None:
        super().__init__(session)
        self._look, self._session, self._parent = context.appearance, session, parent
        self._close_editor = close_editor
        self.dialog: BackupsDialog | None = None

    def show_backups(self) -> None:
        """Open the list of backups."""
        from viewer.notes import backups
        from viewer.ui.notes.backups_dialog import BackupsDialog

        book = self._session.open()
        if book is None or self.dialog is not None or not self._close_editor():
            return
        found = backups.dated(book.store.path)
        dialog = self.dialog = BackupsDialog(book, found, self._look, self._parent)
        dialog.backup_chosen.connect(self._read)
        dialog.return_requested.connect(self._take_back)
        dialog.restore_requested.connect(self._restore)
        self._count(found)
        dialog.begin()
        try:
            run_dialog(dialog)
        finally:
            self.dialog = None

    def _count(self, left: Sequence[Backup]) -> None:
        """Count the notes of one backup after the other, outside the window's thread, while the list is open."""
        from viewer.notes import backups

        dialog = self.dialog
        if dialog is None or not left:
            return
        file = left[0].file

        def show(notes: object) -> None:
            if dialog is self.dialog:
                dialog.show_count(file, cast("int | None", notes))
                self._count(left[1:])

        self._session.run(partial(backups.count_notes_in, file), show, self._say)

    def _read(self, file: Path) -> None:
        """Read a backup outside the window's thread, and show it if it is still the chosen one."""
        from viewer.notes import backup_notes

        dialog, book = self.dialog, self._session.book
        if dialog is None or book is None:
            return

        def show(notes: object) -> None:
            if dialog is self.dialog and dialog.chosen_backup == file:
                dialog.show_notes(cast("Sequence[BackupNote]", notes))

        self._session.run(partial(backup_notes.notes_in, book.store, file), show, self._say)

    def _take_back(self, uuids: Sequence[str]) -> None:
        """Make the chosen notes stand as they do in the chosen backup, as one step."""
        from viewer.notes import backup_notes

        self._join(lambda path: partial(backup_notes.take_back, path=path, uuids=tuple(uuids)))

    def _restore(self) -> None:
        """Bring back all that is gone, as one step."""
        from viewer.notes import backup_notes

        self._join(lambda path: partial(backup_notes.restore, path=path))

    def _join(self, work_on: Callable[[Path], Callable[..., object]]) -> None:
        """Join with the chosen backup outside the window's thread, then show it and remember it for undo."""
        from viewer.notes.notebook import now

        dialog, book = self.dialog, self._session.book
        file = dialog.chosen_backup if dialog is not None else None
        if dialog is None or book is None or file is None:
            return

        def follow(changed: object) -> None:
            from viewer.notes import joining

            notes = cast("list[JoinedNote]", changed)
            if book is self._session.book:
                self._session.attempt(lambda: joining.follow(book, notes, STEP))
                self._session.changed.emit()
            if dialog is self.dialog:
                dialog.setEnabled(True)
                self._read(file)
                dialog.say(_done(len(notes)))

        dialog.setEnabled(False)
        work = work_on(file)
        self._session.run(partial(work, book.store, author=book.settings.author, moment=now()), follow, self._fail)

    def _fail(self, trouble: ViewerError) -> None:
        if self.dialog is not None:
            self.dialog.setEnabled(True)
        self._say(trouble)

    def _say(self, trouble: ViewerError) -> None:
        if self.dialog is not None:
            self.dialog.say(f"{trouble} {trouble.advice}".strip())


def _done(amount: int) -> str:
    if not amount:
        return NOTHING_CHANGED
    return f"{wording.count(amount, 'note')} {'is' if amount == 1 else 'are'} back; Ctrl+Z takes that back."
