"""Compares the edition that is open with an earlier one, once for each, and keeps what was found."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from viewer.bundle.bundle import Bundle
from viewer.changes.records import Changes
from viewer.errors import ViewerError
from viewer.opening import Opener
from viewer.shelf import Kept, Shelf

MOST_UNASKED = 4000  # items; a larger edition is compared only when the reader asks


class Comparing(QObject):
    """What changed since an earlier edition. Signals: `compared(Changes)`, `failed(ViewerError)`."""

    compared = Signal(object)
    failed = Signal(object)

    def __init__(self, bundle: Bundle, opener: Opener, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bundle, self._opener = bundle, opener
        self.shelf = Shelf(opener)
        self.changes: Changes | None = None
        self.path: Path | None = None  # of the earlier edition
        self.themes: dict[str, str] = {}  # of both, by id; the newer name where both have one

    def former(self) -> Path | None:
        """The kept edition that came before this one."""
        return self.shelf.former(self._bundle)

    def others(self) -> list[Kept]:
        """The kept editions of this series, verified, without this one."""
        own = self._bundle.seal
        return [
            kept
            for kept in self.shelf.entries()
            if kept.seal and kept.seal.claims.series == own.claims.series and kept.seal.fingerprint != own.fingerprint
        ]

    def compare_unasked(self) -> None:
        """Compares with the edition before, where one is kept and neither is large."""
        former = self.former()
        if former is not None and sum(self._bundle.totals()) <= MOST_UNASKED:
            self.compare(former)

    def compare(self, path: Path) -> None:
        """Compares with the edition at `path`, which is verified first."""
        if path == self.path and self.changes is not None:
            self.compared.emit(self.changes)
            return
        from viewer.changes.compare import changes

        try:
            former = self._opener.look_at(path).bundle
        except ViewerError as err:
            self.failed.emit(err)
            return
        self.changes, self.path = changes(former, self._bundle), path
        self.themes = {theme.id: theme.title for held in (former, self._bundle) for theme in held.themes()}
        former.close()
        self.compared.emit(self.changes)
