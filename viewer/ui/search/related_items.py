"""What is related to the item on which the reader rests, and its issues, in the margin of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from viewer.errors import ViewerError
from viewer.model import Hit, Item, Statistic
from viewer.text import wording
from viewer.text.edition_text import text_plain
from viewer.text.safe import visible
from viewer.ui.context import EditionContext
from viewer.ui.notes.margin import Margin
from viewer.ui.parts.timers import make_timer
from viewer.ui.reading.pane import ReadingPane
from viewer.ui.search.hit_delegate import place_of
from viewer.ui.search.related_pane import ALL, RelatedPane, RelatedRow
from viewer.ui.search.search_worker import Question, SearchWorker

MOST_REFERRING = 5  # rows of what refers to an item
REST = 150  # milliseconds on one item, before what is related to it is looked for


class RelatedItems(QObject):
    """Asks the worker once the reader rests, and shows what is still wanted when it comes.

    `gives_way` returns whether something else needs the room now.
    """

    def __init__(
        self,
        context: EditionContext,
        page: ReadingPane,
        margin: Margin,
        worker: SearchWorker,
        gives_way: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._page, self._margin = context, page, margin
        self._worker, self._gives_way = worker, gives_way
        self._shown_item = ""  # the item whose rows the pane holds
        self.pane = RelatedPane(context.appearance, margin)
        margin.place_occupant(self.pane, self._extent)
        self._rest = make_timer(self, REST, single_shot=True)
        self._rest.timeout.connect(self._ask)
        page.item_chosen.connect(self._choose)
        page.shown.connect(self._keep_keyboard)
        worker.related_in_margin.connect(self._show)
        worker.failed.connect(self._show_without_search)
        self.pane.chosen.connect(self._open)
        self.pane.passed.connect(margin.take_back)
        self.pane.left.connect(page.setFocus)
        context.appearance.changed.connect(self.pane.restyle)
        if page.item:
            self._rest.start()

    def _choose(self, item: str) -> None:
        if item != self._shown_item:
            self._keep_keyboard()
            self._shown_item = ""
            self._rest.start()
        self._margin.place()

    def _keep_keyboard(self) -> None:
        """Give the keyboard to the page before the row that has it goes."""
        if any(row.hasFocus() for row in self.pane.rows):
            self._page.setFocus()

    def _ask(self) -> None:
        if self._page.item:
            self._worker.ask_for_margin(self._page.item)

    def _show_without_search(self, question: Question, _fault: ViewerError) -> None:
        """Show the issues of an item alone, where the index cannot be read."""
        if question.margin_item:
            self._show(question.margin_item, ())

    def _show(self, item_id: str, hits: Sequence[Hit]) -> None:
        if item_id != self._page.item:
            return
        item = self._context.bundle.item(item_id)
        groups = [
            ("Refers to", self._reference_rows(item, item.references)),
            ("Referred to by", self._referring_rows(item)),
            ("Related", self._related_rows(item, hits)),
            ("Issues", self._issue_rows(item)),
        ]
        self.pane.show_rows([group for group in groups if group[1]])
        stops = [self._page, *([self._margin] if self._margin.cards else []), *self.pane.rows]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self._shown_item = item_id
        self._margin.place()

    def _related_rows(self, item: Item, hits: Sequence[Hit]) -> list[RelatedRow]:
        bundle = self._context.bundle
        usual = bundle.theme(item.theme).marking
        rows = [
            RelatedRow(
                address=hit.address,
                place=place_of(hit),
                theme="" if hit.theme == item.theme else visible(bundle.theme(hit.theme).short),
                words=visible(hit.title or hit.snippet),
                reason=f"Shares: {hit.reason}",
                marking=None if hit.marking == usual else bundle.marking(hit.marking),
            )
            for hit in hits
        ]
        return [*rows, RelatedRow(address=ALL, place="All related (R)")] if rows else []

    def _referring_rows(self, item: Item) -> list[RelatedRow]:
        """Return a row for each item that refers to this one; of many the first few, and one that leads to all."""
        ids = self._context.bundle.references_to(item.id)
        rows = self._reference_rows(item, ids[:MOST_REFERRING])
        if len(ids) > MOST_REFERRING:
            rows.append(RelatedRow(address=f"references:{item.id}", place=f"All {len(ids):,} that refer to it"))
        return rows

    def _reference_rows(self, item: Item, ids: Iterable[str]) -> list[RelatedRow]:
        """Return a row for each of these items and themes."""
        return [self._item_row(item, id_) if "." in id_ else self._theme_row(id_) for id_ in ids]

    def _theme_row(self, theme_id: str) -> RelatedRow:
        bundle = self._context.bundle
        theme = bundle.theme(theme_id)
        name = visible(bundle.theme_name(theme))
        return RelatedRow(address=f"theme:{theme.id}", place=name, words=visible(theme.title))

    def _item_row(self, item: Item, other_id: str) -> RelatedRow:
        bundle = self._context.bundle
        other = bundle.item(other_id)
        theme = bundle.theme(other.theme)
        return RelatedRow(
            address=f"item:{other.id}",
            place=visible(wording.capitalised(wording.place_in_theme(other))),
            theme="" if other.theme == item.theme else visible(theme.short),
            words=visible(other.title) if isinstance(other, Statistic) else text_plain(other.text),
            marking=None if other.marking == theme.marking else bundle.marking(other.marking),
        )

    def _issue_rows(self, item: Item) -> list[RelatedRow]:
        tags = [self._context.bundle.tag(tag) for tag in item.tags]
        reason = "Everything under this issue, over all themes"
        return [RelatedRow(address=f"tag:{tag.id}", place=visible(tag.label), reason=reason) for tag in tags]

    def _extent(self) -> tuple[int, int] | None:
        """Return from where to where the item stands in the page, in pixels; None while nothing is to be shown."""
        page, item = self._page, self._page.item
        if not item or item != self._shown_item or not self.pane.rows or self._gives_way():
            return None
        starts, at = page.item_map.starts, page.item_map.ids.index(item)
        foot = max(round(page.document().size().height()), page.viewport().height())
        top = self._level(starts[at])
        bottom = self._level(starts[at + 1]) if at + 1 < len(starts) else foot
        return min(top, max(0, foot - self.pane.sizeHint().height())), bottom

    def _level(self, position: int) -> int:
        """Return how far down the page a position in its text stands, in pixels."""
        cursor = QTextCursor(self._page.document())
        cursor.setPosition(position)
        return self._page.cursorRect(cursor).top() + self._page.verticalScrollBar().value()

    def _open(self, address: str) -> None:
        """Open what a row leads to; Back comes back to where it stood, also on the same page."""
        if address == ALL:
            self._context.signals.related_requested.emit()
            return
        self._context.navigator.go(address, new_entry=True)
        self._page.setFocus()
