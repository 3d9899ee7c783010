"""Past and saved searches in the window: kept, listed while nothing is typed, forgotten when the reader wishes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from viewer.errors import ViewerError
from viewer.search.search_history import SearchHistory
from viewer.ui.search.hit_list import Rows


class PastSearches(QObject):
    """What the reader searched for before. Signals: `changed`; `troubled(sentence)` where it could not be written."""

    changed = Signal()
    troubled = Signal(str)

    def __init__(self, home: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.remembered = SearchHistory(home)

    @property
    def rows(self) -> Rows:
        """Saved and past searches as rows under their heads."""
        now = self.remembered.now
        groups = (("Saved searches", now.saved), ("Past searches", now.past))
        return [row for head, group in groups if group for row in (("head", head), *(("past", one) for one in group))]

    def note(self, words: str) -> None:
        """Keeps a search that was done and found something."""
        self._change(lambda: self.remembered.note(words))

    def save(self, words: str, on: bool) -> None:
        """Keeps a search for good, or no longer."""
        self._change(lambda: (self.remembered.save if on else self.remembered.forget)(words))

    def keep(self, on: bool) -> None:
        """Keeps past searches from now on, or none."""
        self._change(lambda: self.remembered.keep(on))

    def clear(self) -> None:
        """Forgets the past searches."""
        self._change(self.remembered.clear)

    def _change(self, change: Callable[[], None]) -> None:
        """Changes what is kept; where it cannot be written, that is said and the search goes on."""
        try:
            change()
        except ViewerError as err:
            self.troubled.emit(f"Your searches were not kept. {err}")
            return
        self.changed.emit()
