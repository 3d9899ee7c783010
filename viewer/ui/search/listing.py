"""What a search shows: the filters, a sentence, what is offered, the reader's notes, and the list of hits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from viewer.model import Hit, Item
from viewer.search.advice import Advice
from viewer.search.engine import Answer, Facets
from viewer.search.messages import remarks, sentence
from viewer.search.search_history import Searches
from viewer.text import wording
from viewer.ui.edition_view import EditionView
from viewer.ui.notes.note_hits import NoteHits
from viewer.ui.search.facets import FacetPane
from viewer.ui.search.hit_list import HitModel, Rows, hit_rows
from viewer.ui.search.results import ResultsPane
from viewer.ui.search.search_field import SearchField

NARROW = 900  # pixels at 100 %; below, the filters fold away behind a button
FACETS_WIDTH = 272  # pixels at 100 %
HINTS = (
    "All words must be there. “Quotation marks” keep words together, -word leaves one out, OR gives a choice,"
    " word* is a beginning.",
    "Filters: theme: kind: tag: source: year: marking: has:figure has:note",
)


class Listing(QObject):
    """Holds the panes of search; shows a search's hits, past searches, or an item's relatives in them."""

    def __init__(self, desk: EditionView, field: SearchField, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._field = desk, field
        self._themes = {theme.id: theme for theme in desk.bundle.themes()}
        self.model = HitModel(desk.bundle)
        self.results = ResultsPane(self.model, desk.appearance)
        self.notes = NoteHits()
        self.results.seat(self.notes)
        self.facets = FacetPane(desk.bundle)
        self.view = QSplitter(Qt.Orientation.Horizontal)
        self.view.setHandleWidth(1)
        self.view.setChildrenCollapsible(False)
        self.view.addWidget(self.facets)
        self.view.addWidget(self.results)
        self.view.setStretchFactor(1, 1)
        self._scale, self._none_to_filter = 0.0, True
        self.restyle()
        self.view.installEventFilter(self)
        self.results.filters.toggled.connect(self._turn_filters)

    def restyle(self) -> None:
        """Takes over changed colours and sizes; the filters are as wide as the reader left them, until sizes change."""
        self.results.restyle()
        scale = self._desk.appearance.scale
        if scale != self._scale:
            self._scale = scale
            self.view.setSizes([round(FACETS_WIDTH * scale), 1000])
            self._fit()

    def show_past(self, searches: Searches, rows: Rows) -> None:
        """Shows past and saved searches, and how to search."""
        self.results.show_rows(self.model, rows)
        self.results.say("What are you looking for?", HINTS)
        self.results.keeping.setChecked(searches.keeping)
        self.results.clear.setEnabled(bool(searches.past))
        self.results.show_tools("past")
        self._show_beside((), ())
        self._fold_facets(away=True)

    def show_answer(self, answer: Answer, *, is_saved: bool, more: bool) -> None:
        """Shows the hits of a search; `more` where another look would bring further ones."""
        self.results.show_rows(self.model, hit_rows(answer.hits, self._themes))
        self.results.say(sentence(answer), remarks(answer))
        self.results.show_tools("search", more=more)
        if answer.query.live:
            self.results.filters.setChecked(False)
        self.results.save.setChecked(is_saved)
        self._show_beside(self._desk.notes.hits(answer.query.typed), ())

    def show_counts(self, answer: Answer, facets: Facets, advice: Sequence[Advice]) -> None:
        """Shows how many of the hits each filter leaves, and what else to try."""
        self._fold_facets(away=not facets.counts.get("theme") and not answer.query.filters)
        self.facets.show_facets(facets, answer.query.filters)
        chosen = len(answer.query.filters)
        self.results.filters.setText(f"Filters · {chosen}" if chosen else "Filters")
        self.results.filters.setAccessibleName(f"Filters, {chosen} chosen" if chosen else "Filters")
        self.results.show_advice(advice)
        self._order_keyboard()

    def show_relatives(self, item: Item, hits: Sequence[Hit]) -> None:
        """Shows what is nearest to an item, and the way to all that stands under its issues."""
        place = wording.item_place(item, self._themes[item.theme])
        self.results.show_rows(self.model, hit_rows(hits, self._themes))
        self.results.say(f"Nearest to {place}", () if hits else ("Nothing else shares its issues, sources or words.",))
        labels = {tag.id: tag.label for tag in self._desk.bundle.tags()}
        issues = [Advice(text=f"All under “{labels[tag]}”", typed=f"tag:{tag}") for tag in item.tags if tag in labels]
        self.results.show_tools("related")
        self._show_beside((), issues)
        self._fold_facets(away=True)

    def take_keyboard(self) -> None:
        """Takes the keyboard: in the list; where nothing is listed, at what is offered instead."""
        self.results.filters.setChecked(False)
        hits = self.results.list
        if hits.choose(self.model.next_choice(max(0, hits.currentIndex().row()), 1)):
            hits.setFocus()
        else:
            self.results.to_advice()

    def _show_beside(self, notes: Sequence[tuple[str, str, str]], offers: Sequence[Advice]) -> None:
        """Shows the reader's notes and what is offered besides the rows."""
        self.notes.show_notes(notes)
        self.results.show_advice(offers, beside=True)
        self._order_keyboard()

    def _order_keyboard(self) -> None:
        """Tab goes from the field in the order of the eye; where nothing was found, to what is offered first."""
        offers: list[QWidget] = [*self.results.offers]
        around: list[QWidget] = [self.results.filters, self.facets, *self.results.tools]
        stops = [self._field, *(around + offers if self.model.rowCount() else offers + around)]
        stops += [self.notes.all, *self.notes.buttons, self.results.list, self.results.more]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def close_filters(self) -> bool:
        """Shows the hits again where the filters stand in their place; whether they did."""
        button = self.results.filters
        if not (button.isVisible() and button.isChecked()):
            return False
        button.setChecked(False)
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Finds another place for the filters when the room changes."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fold_facets(self, *, away: bool) -> None:
        """Offers the filters where there are some."""
        self._none_to_filter = away
        self._fit()

    def _turn_filters(self, on: bool) -> None:
        self._fit()
        if on:
            self.facets.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        """Shows the filters beside the hits; in a narrow window a button, which shows them in place of the hits."""
        offered, button = not self._none_to_filter, self.results.filters
        narrow = self._desk.width() < NARROW * self._desk.appearance.scale
        if not narrow:
            with QSignalBlocker(button):
                button.setChecked(False)
        button.setVisible(offered and narrow)
        in_place = offered and narrow and button.isChecked()
        if not narrow and self.facets.parentWidget() is not self.view:
            self.view.insertWidget(0, self.facets)
            self.view.setStretchFactor(1, 1)
            self.view.setSizes([round(FACETS_WIDTH * self._scale), 1000])
        self.results.show_filters(self.facets if in_place else None)
        self.facets.setVisible(in_place or (offered and not narrow))
