"""Backups of the notes while a long session lasts; others are made when the notes are opened."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from viewer.errors import ViewerError
from viewer.ui.notes.session import NotesSession
from viewer.ui.parts.timers import make_timer

INTERVAL = 300_000  # milliseconds between looks at whether one is due


class HourlyBackup(QObject):
    """Has a backup made in the notes' thread once the newest is an hour old and something was saved since.

    Why none could be made is said once.
    """

    def __init__(self, session: NotesSession) -> None:
        super().__init__(session)
        self._session = session
        self._said = ""
        self._timer = make_timer(self, INTERVAL)
        self._timer.timeout.connect(self.back_up)
        session.opened.connect(self._timer.start)

    def back_up(self) -> None:
        """Make a backup where one is due."""
        from viewer.notes import backups

        book, offer = self._session.book, self._session.offer
        if book is not None and not book.store.read_only:
            work = partial(backups.back_up, book.store.path, keep=offer.backup if offer else None)
            self._session.run(work, self._forget, self._say)

    def _forget(self, _made: object) -> None:
        self._said = ""

    def _say(self, trouble: ViewerError) -> None:
        if str(trouble) != self._said:
            self._said = str(trouble)
            self._session.report(trouble)
