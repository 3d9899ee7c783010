"""Beside the item on which the reader rests: its nearest relatives and its issues, in the margin of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from viewer.model import Hit, Item
from viewer.text.safe import visible
from viewer.ui.edition_view import EditionView
from viewer.ui.notes.margin import Margin
from viewer.ui.search.hit_delegate import place_of
from viewer.ui.search.related_pane import ALL, RelatedPane, RelatedRow
from viewer.ui.search.search_worker import SearchWorker, worker_of

REST = 150  # milliseconds on one item, before its relatives are looked for


class RelatedItems(QObject):
    """Asks the search's thread once the reader rests, and shows what is still wanted when it comes.

    `gives_way` says whether something else needs the room now.
    """

    def __init__(self, desk: EditionView, margin: Margin, gives_way: Callable[[], bool]) -> None:
        super().__init__(desk)
        self._desk, self._page, self._margin, self._gives_way = desk, desk.reading, margin, gives_way
        self._shown = ""  # the item whose relatives the pane holds
        self.pane = RelatedPane(desk.appearance, margin)
        margin.place_occupant(self.pane, self._extent)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._ask)
        self._page.item_chosen.connect(self._chosen)
        self._page.shown.connect(self._keep_keyboard)
        self.pane.chosen.connect(self._open)
        self.pane.passed.connect(margin.take_back)
        self.pane.left.connect(self._page.setFocus)
        desk.appearance.changed.connect(self.pane.restyle)
        if self._page.item:
            self._rest.start()

    @cached_property
    def _worker(self) -> SearchWorker:
        """The search's thread, begun when a reader first rests on an item."""
        worker = worker_of(self._desk, self._desk.bundle)
        worker.beside.connect(self._answered)
        return worker

    def _chosen(self, item: str) -> None:
        if item != self._shown:
            self._keep_keyboard()
            self._shown = ""
            self._rest.start()
        self._margin.place()

    def _keep_keyboard(self) -> None:
        """Gives the keyboard to the page before the row that has it goes."""
        if any(row.hasFocus() for row in self.pane.rows):
            self._page.setFocus()

    def _ask(self) -> None:
        if self._page.item:
            self._worker.ask_beside(self._page.item)

    def _answered(self, item_id: str, hits: Sequence[Hit]) -> None:
        if item_id != self._page.item:
            return
        item = self._desk.bundle.item(item_id)
        groups = [("Related", self._relatives(item, hits)), ("Issues", self._issues(item))]
        self.pane.show_rows([group for group in groups if group[1]])
        stops = [self._page, *([self._margin] if self._margin.cards else []), *self.pane.rows]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self._shown = item_id
        self._margin.place()

    def _relatives(self, item: Item, hits: Sequence[Hit]) -> list[RelatedRow]:
        bundle = self._desk.bundle
        usual = bundle.theme(item.theme).marking
        rows = [
            RelatedRow(
                address=hit.address,
                place=place_of(hit),
                beyond="" if hit.theme == item.theme else visible(bundle.theme(hit.theme).short),
                words=visible(hit.title or hit.snippet),
                why=f"Shares: {hit.reason}",
                marking=None if hit.marking == usual else bundle.marking(hit.marking),
            )
            for hit in hits
        ]
        return [*rows, RelatedRow(address=ALL, place="All related (R)")] if rows else []

    def _issues(self, item: Item) -> list[RelatedRow]:
        tags = [self._desk.bundle.tag(tag) for tag in item.tags]
        why = "Everything under this issue, over all themes"
        return [RelatedRow(address=f"tag:{tag.id}", place=visible(tag.label), why=why) for tag in tags]

    def _extent(self) -> tuple[int, int] | None:
        """From where to where the item stands in the document, in pixels; None while nothing is to be shown."""
        page, item = self._page, self._page.item
        if not item or item != self._shown or not self.pane.rows or self._gives_way():
            return None
        starts, at = page.item_map.starts, page.item_map.ids.index(item)
        foot = max(round(page.document().size().height()), page.viewport().height())
        top = self._level(starts[at])
        bottom = self._level(starts[at + 1]) if at + 1 < len(starts) else foot
        return min(top, max(0, foot - self.pane.sizeHint().height())), bottom

    def _level(self, position: int) -> int:
        """How far down the document a position stands, in pixels."""
        cursor = QTextCursor(self._page.document())
        cursor.setPosition(position)
        return self._page.cursorRect(cursor).top() + self._page.verticalScrollBar().value()

    def _open(self, address: str) -> None:
        """Opens what a row leads to; Back comes back to where it stood, also on the same page."""
        if address == ALL:
            self._desk.related_requested.emit()
            return
        self._desk.navigator.go(address, new_entry=True)
        self._page.setFocus()
