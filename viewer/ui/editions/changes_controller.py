"""What changed in the open edition since another one: compared off the window's thread, and kept."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal

from viewer.bundle.bundle import Bundle
from viewer.changes.records import Change, Changes
from viewer.editions.earlier import EarlierEditions
from viewer.editions.opening import ReaderSession
from viewer.editions.shelf import KeptEdition, Shelf
from viewer.errors import ViewerError
from viewer.model import Source
from viewer.records import record
from viewer.ui.parts.background_runner import BackgroundRunner

MOST_UNASKED = 4000  # items; a larger edition is compared only when the reader asks


@record
class ComparedFile:
    """The file of another edition, and what changed since it."""

    path: Path
    changes: Changes
    theme_titles: dict[str, str]


class ChangesController(QObject):
    """Compares the open edition with another, and holds what was found last.

    Signals: `compared(Changes)`, `failed(ViewerError)` for the newest comparison that was asked for.
    """

    compared = Signal(object)
    failed = Signal(object)

    def __init__(self, bundle: Bundle, session: ReaderSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bundle, self._session = bundle, session
        self._earlier = EarlierEditions(bundle, session)
        self.changes: Changes | None = None
        self.path: Path | None = None  # of the other edition
        self.theme_titles: dict[str, str] = {}  # of both, by id; the newer title where both have one
        self._runner = BackgroundRunner(self)
        self._requested: Path | None = None
        self._runner.newest_done.connect(self._keep)
        self._runner.newest_failed.connect(self._fail)
        self.end = self._runner.shut_down
        self.destroyed.connect(self.end)

    def path_before(self) -> Path | None:
        """Return the file of the edition that came before this one; None where none is at hand."""
        found = self._earlier.before()
        return found.path if found else None

    def list_kept(self, then: Callable[[list[KeptEdition]], object]) -> None:
        """Call `then` with the other kept editions of this series, once each was verified."""
        self._runner.run(self._kept, lambda found: then(cast("list[KeptEdition]", found)), self.failed.emit)

    def _kept(self) -> list[KeptEdition]:
        own = self._bundle.seal
        return [
            kept
            for kept in Shelf(self._session).entries()
            if kept.seal and kept.seal.claims.series == own.claims.series and kept.seal.fingerprint != own.fingerprint
        ]

    def marking_label(self, change: Change) -> str:
        """Return the label of the higher marking of both sides with their caveats; empty for the lowest without any."""
        sides = [side for side in (change.old, change.new) if side is not None and not isinstance(side, Source)]
        labels = {caveat.code: caveat.label for caveat in self._bundle.caveats}
        borne = (code for side in sides for code in side.caveats)
        around = self._bundle.caveats_of(change.new) if change.new in sides else ()
        caveats = (*(labels.get(code, code.upper()) for code in borne), *around)
        return self._bundle.marking_label((side.marking for side in sides), caveats)

    def compare_unasked(self) -> None:
        """Compare with the edition before, where one is at hand and this one is not large."""
        path = self.path_before()
        if path is not None and sum(self._bundle.totals()) <= MOST_UNASKED:
            self.compare(path)

    def compare(self, path: Path, *, named: bool = False) -> None:
        """Compare with the edition at `path`, which is verified first.

        `named` says that the reader named the file: then it is at hand for sheets too, if it is an earlier edition.
        """
        if path == self.path and self.changes is not None:
            self.compared.emit(self.changes)
            return
        if path != self._requested:
            self._requested = path
            self._runner.run_newest(partial(self._compare, path, named))

    def _compare(self, path: Path, named: bool) -> ComparedFile:
        from viewer.changes.compare import compare_editions

        with closing(self._session.inspect(path).bundle) as other:
            if named:
                self._earlier.remember_if_earlier(other, path)
            titles = {theme.id: theme.title for bundle in (other, self._bundle) for theme in bundle.themes()}
            return ComparedFile(path=path, changes=compare_editions(other, self._bundle), theme_titles=titles)

    def _fail(self, error: ViewerError) -> None:
        self._requested = None
        self.failed.emit(error)

    def _keep(self, found: ComparedFile) -> None:
        self._requested = None
        self.changes, self.path, self.theme_titles = found.changes, found.path, found.theme_titles
        self.compared.emit(self.changes)
