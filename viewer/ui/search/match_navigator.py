"""The matches on the page that was opened from a hit: marked, counted, and stepped through from hit to hit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from viewer.model import Hit
from viewer.search.page_matches import page_matches
from viewer.search.plan import Plan
from viewer.text.folded import fold_text
from viewer.ui.context import EditionContext
from viewer.ui.reading.view import ReadingView
from viewer.ui.search.hit_list import HitModel
from viewer.ui.search.match_bar import MatchBar
from viewer.ui.search.results import HitView


class MatchNavigator(QObject):
    """Opens hits at their matches, and steps through these. Signals: `marked` when other matches are marked."""

    marked = Signal()

    def __init__(
        self, context: EditionContext, reading: ReadingView, model: HitModel, hits: HitView, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._page, self._page_find = context, reading.pane, reading.page_find
        self._model, self._hits = model, hits
        self._plan: Plan | None = None  # of the search from which the page was opened
        self.row = -1  # the hit whose page is shown; -1 where it is not among those listed
        self.bar = MatchBar()
        reading.column.addWidget(self.bar)
        self.bar.closed.connect(self.clear)
        self.bar.step_requested.connect(self.step)
        model.modelReset.connect(self._forget_row)
        context.navigator.page_opened.connect(lambda *_: self.mark_again())
        self._page_find.ended.connect(self.mark_again)

    def open(self, row: int, hit: Hit, plan: Plan | None) -> None:
        """Open a hit at its first match, with all matches of the page marked."""
        self._hits.choose(row)
        self.row, self._plan = row, None  # none while the page opens: it would be marked twice
        self._context.go(hit.address)
        self._plan = plan
        self._mark(hit.id if hit.kind != "theme" else "")
        self._page.setFocus()

    def step(self, by: int) -> None:
        """Go to the next match on the page, and after the last to the next hit; or on with find in page."""
        places = self._page.found_places
        if self._page_find.is_open:
            self._page_find.step(by)
        elif places and 0 < places.at + by <= len(places):
            places.step(by)
            self._show_position()
        elif self._plan is not None and self.row >= 0:
            row = self._model.next_choice(self.row + by, by)
            _, hit = self._model.row(row)
            if isinstance(hit, Hit):
                self.open(row, hit, self._plan)

    def clear(self) -> None:
        """Take the marks off the page."""
        self.row, self._plan = -1, None
        self._page.removeEventFilter(self)
        self.bar.hide()
        self._page.found_places.mark([])
        self._page.setFocus()

    def mark_again(self) -> None:
        """Mark the page, which was made anew or is another."""
        if self._plan is not None:
            self._mark("", scroll=False)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the marks off by Esc on the page, where find in page does not want it."""
        if event.type() != QEvent.Type.KeyPress or self._page_find.is_open:
            return False
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape:
            self.clear()
        return is_escape

    def _mark(self, item: str, *, scroll: bool = True) -> None:
        wanted = self._plan.wanted if self._plan else ()
        folded = fold_text(self._page.wide_text() if wanted else "")
        places = [folded.original_span(*place) for place in page_matches(wanted, folded.text)]
        self._page.found_places.mark(places, item, scroll=scroll)
        if wanted:
            self._show_position()
            self._page.installEventFilter(self)
        else:
            self.bar.hide()
        self.marked.emit()

    def _show_position(self) -> None:
        hits = [row for row in range(self._model.rowCount()) if self._model.row(row)[0] == "hit"]
        at = hits.index(self.row) + 1 if self.row in hits and self._is_page_of_hit() else 0
        self.bar.show_position(self._page.found_places.at, len(self._page.found_places), at, len(hits))

    def _is_page_of_hit(self) -> bool:
        """Return whether the page that is open is that of the hit from which the reader came."""
        _, hit = self._model.row(self.row)
        page = self._page.page
        return isinstance(hit, Hit) and (
            (page is not None and hit.id in page.items) or self._context.navigator.address.startswith(hit.address)
        )

    def _forget_row(self) -> None:
        """Forget the row: other hits are listed, and the page that is shown is of none of them."""
        self.row = -1
