"""Compares the edition that is open with an earlier one, once for each, and keeps what was found."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
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
from viewer.ui.parts.background_runner import BackgroundRunner

MOST_UNASKED = 4000  # items; a larger edition is compared only when the reader asks


@dataclass(frozen=True, slots=True)
class _Compared:
    path: Path
    changes: Changes
    themes: dict[str, str]


class ChangesController(QObject):
    """What changed since an earlier edition, found out off the window's thread.

    Signals: `compared(Changes)`, `failed(ViewerError)` for the newest comparison that was asked for.
    """

    compared = Signal(object)
    failed = Signal(object)

    def __init__(self, bundle: Bundle, opener: ReaderSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bundle, self._opener = bundle, opener
        self.shelf = Shelf(opener)
        self.earlier = EarlierEditions(bundle, opener)
        self.changes: Changes | None = None
        self.path: Path | None = None  # of the earlier edition
        self.themes: dict[str, str] = {}  # of both, by id; the newer name where both have one
        self._press = BackgroundRunner(self)
        self._asked: Path | None = None
        self._press.newest_done.connect(self._keep)
        self._press.newest_failed.connect(self._fail)
        self.end = self._press.shut_down
        self.destroyed.connect(self.end)

    def former(self) -> Path | None:
        """Return the edition that came before this one: kept, or opened earlier in this run."""
        found = self.earlier.before()
        return found.path if found else None

    def list_others(self, then: Callable[[list[KeptEdition]], object]) -> None:
        """Call `then` with the kept editions of this series, once each was verified."""
        self._press.run(self.others, lambda found: then(cast("list[KeptEdition]", found)), self.failed.emit)

    def others(self) -> list[KeptEdition]:
        """Return the kept editions of this series, verified, without this one."""
        own = self._bundle.seal
        return [
            kept
            for kept in self.shelf.entries()
            if kept.seal and kept.seal.claims.series == own.claims.series and kept.seal.fingerprint != own.fingerprint
        ]

    def stamp(self, change: Change) -> str:
        """Return the higher marking of both sides where it lies above the lowest, to stand with what is copied."""
        sides = (getattr(side, "marking", "") for side in (change.old, change.new))
        return self._bundle.marking_label(code for code in sides if code)

    def compare_unasked(self) -> None:
        """Compare with the edition before, where one is at hand and neither is large."""
        former = self.former()
        if former is not None and sum(self._bundle.totals()) <= MOST_UNASKED:
            self.compare(former)

    def compare(self, path: Path) -> None:
        """Compare with the edition at `path`, which is verified first."""
        if path == self.path and self.changes is not None:
            self.compared.emit(self.changes)
            return
        if path != self._asked:
            self._asked = path
            self._press.run_newest(partial(self._compare, path))

    def _compare(self, path: Path) -> _Compared:
        from viewer.changes.compare import compare_editions

        with closing(self._opener.inspect(path).bundle) as former:
            themes = {theme.id: theme.title for held in (former, self._bundle) for theme in held.themes()}
            return _Compared(path, compare_editions(former, self._bundle), themes)

    def _fail(self, error: ViewerError) -> None:
        self._asked = None
        self.failed.emit(error)

    def _keep(self, found: _Compared) -> None:
        self._asked = None
        self.changes, self.path, self.themes = found.changes, found.path, found.themes
        self.compared.emit(self.changes)
