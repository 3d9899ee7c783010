"""The matches on the page that was opened from a hit: marked, counted, and stepped through from hit to hit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from viewer.model import Hit
from viewer.search.page_matches import matches_in
from viewer.search.plan import Plan
from viewer.text.folding import fold
from viewer.ui.edition_view import EditionView
from viewer.ui.search.hit_list import HitModel
from viewer.ui.search.match_bar import MatchBar
from viewer.ui.search.results import HitView


class MatchMarks(QObject):
    """Opens hits at their matches. Signals: `marked` when the matches shown on the page changed."""

    marked = Signal()

    def __init__(self, desk: EditionView, model: HitModel, hits: HitView, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._page, self._model, self._list = desk, desk.reading, model, hits
        self._plan: Plan | None = None  # of the search from which the page was opened
        self.row = -1  # the hit whose page is shown; -1 where it is not among those listed
        self.bar = MatchBar()
        desk.column.addWidget(self.bar)
        self.bar.closed.connect(self.clear)
        self.bar.step_requested.connect(self.step)
        model.modelReset.connect(self._forget_row)
        desk.navigator.page_opened.connect(lambda *_: self.mark_again())
        desk.find_ended.connect(self.mark_again)

    def open(self, row: int, hit: Hit, plan: Plan | None) -> None:
        """Opens a hit at its first match, with all matches of the page marked."""
        self._list.choose(row)
        self.row, self._plan = row, None  # none while the page opens: it would be marked twice
        self._desk.go(hit.address)
        self._plan = plan
        self._mark(hit.id if hit.kind != "theme" else "")
        self._page.setFocus()

    def step(self, by: int) -> None:
        """Goes to the next match on the page, and after the last to the next hit; or on with find in page."""
        if self._desk.find_bar.isVisible():
            self._desk.find_bar.step_requested.emit(by)
        elif self._page.found_places and 0 < self._page.found_places.at + by <= len(self._page.found_places):
            self._page.found_places.step(by)
            self._say_place()
        elif self._plan is not None and self.row >= 0:
            row = self._model.next_choice(self.row + by, by)
            _, hit = self._model.row(row)
            if isinstance(hit, Hit):
                self.open(row, hit, self._plan)

    def clear(self) -> None:
        """Takes the marks off the page."""
        self.row, self._plan = -1, None
        self._page.removeEventFilter(self)
        self.bar.hide()
        self._page.found_places.mark([])
        self._page.setFocus()

    def mark_again(self) -> None:
        """Marks the page anew, which was made anew or is another."""
        if self._plan is not None:
            self._mark("", scroll=False)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Takes the marks off by Esc on the page, where find in page does not want it."""
        if event.type() != QEvent.Type.KeyPress or self._desk.find_bar.isVisible():
            return False
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape:
            self.clear()
        return is_escape

    def _mark(self, item: str, *, scroll: bool = True) -> None:
        wishes = self._plan.wanted if self._plan else ()
        places = matches_in(wishes, fold(self._page.wide_text())) if wishes else []
        self._page.found_places.mark(places, item, scroll=scroll)
        if wishes:
            self._say_place()
            self._page.installEventFilter(self)
        else:
            self.bar.hide()
        self.marked.emit()

    def _say_place(self) -> None:
        hits = [row for row in range(self._model.rowCount()) if self._model.row(row)[0] == "hit"]
        at = hits.index(self.row) + 1 if self.row in hits and self._is_before_reader() else 0
        self.bar.show_place(self._page.found_places.at, len(self._page.found_places), at, len(hits))

    def _is_before_reader(self) -> bool:
        """Whether the page that is open is that of the hit from which the reader came."""
        _, hit = self._model.row(self.row)
        page = self._page.page
        return isinstance(hit, Hit) and (
            (page is not None and hit.id in page.items) or self._desk.navigator.address.startswith(hit.address)
        )

    def _forget_row(self) -> None:
        """Other hits are listed: the page that is shown is none of them."""
        self.row = -1
