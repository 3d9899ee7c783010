"""The view of a search: filters, a sentence, what is offered, the reader's notes, and the list of hits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QWidget

from viewer.bundle.bundle import Bundle
from viewer.errors import ViewerError
from viewer.model import Hit, Item
from viewer.search.engine import Answer, Facets
from viewer.search.messages import Advice, remarks, summary
from viewer.search.search_history import Searches
from viewer.text import wording
from viewer.ui.appearance import Appearance
from viewer.ui.notes.note_hits import NoteHits
from viewer.ui.parts.folding_splitter import FoldingSplitter
from viewer.ui.search.facets import FacetPane
from viewer.ui.search.hit_list import HitModel, history_rows, hit_rows
from viewer.ui.search.results import ResultsPane

NARROW = 900  # pixels at 100 %; below, the filters fold away behind a button
FACETS_WIDTH = 272  # pixels at 100 %
HINTS = (
    "All words must be there. “Quotation marks” keep words together, -word leaves one out, OR gives a choice,"
    " word* is a beginning.",
    "Filters: theme: kind: tag: source: year: marking: has:figure has:note",
)

NoteRows = Sequence[tuple[str, str, str]]  # id, place and words of each of the reader's notes


class SearchView(FoldingSplitter):
    """Filters beside results; shows a search's hits, past searches, or what is related to an item.

    In a narrow window a button shows the filters in place of the hits. `field` is where Tab leads on from.
    """

    def __init__(self, bundle: Bundle, appearance: Appearance, field: QWidget) -> None:
        model = HitModel(bundle)
        results, facets = ResultsPane(model, appearance), FacetPane(bundle)
        super().__init__(
            results,
            facets,
            side_width=lambda: round(FACETS_WIDTH * appearance.scale),
            room=lambda: round(NARROW * appearance.scale),
            side_first=True,
        )
        self.model, self.results, self.facets = model, results, facets
        self._bundle, self._appearance, self._field = bundle, appearance, field
        self._themes = {theme.id: theme for theme in bundle.themes()}
        self.note_hits = NoteHits()
        self.results.add_group(self.note_hits)
        self.results.filters.toggled.connect(self._show_filters)
        self.show_side(False)

    def restyle(self) -> None:
        """Take over changed colours and sizes."""
        self.results.restyle()
        self.fit()

    # What is shown

    def show_history(self, searches: Searches) -> None:
        """Show past and saved searches, and how to search."""
        self.results.show_rows(self.model, history_rows(searches))
        self.results.show_sentence("What are you looking for?", HINTS)
        self.results.keeping.setChecked(searches.keeping)
        self.results.clear.setEnabled(bool(searches.past))
        self.results.show_tools("history")
        self._show_notes_and_offers((), ())
        self.show_side(False)

    def show_answer(self, answer: Answer, notes: NoteRows, *, is_saved: bool, more: bool) -> None:
        """Show the hits of a search, and the reader's notes; `more` where another look would bring further hits."""
        self.results.show_rows(self.model, hit_rows(answer.listed, self._bundle))
        self.results.show_sentence(summary(answer), remarks(answer, self._bundle))
        self.results.show_tools("search", more=more)
        if answer.query.live:
            self.results.filters.setChecked(False)
        self.results.save.setChecked(is_saved)
        self._show_notes_and_offers(notes, ())

    def show_counts(self, answer: Answer, facets: Facets, advice: Sequence[Advice]) -> None:
        """Show how many of the hits each filter leaves, and what else to try."""
        self.show_side(bool(facets.counts.get("theme") or answer.query.filters))
        self.facets.show_facets(facets, answer.query.filters)
        chosen = len(answer.query.filters)
        self.results.filters.setText(f"Filters · {chosen}" if chosen else "Filters")
        self.results.filters.setAccessibleName(f"Filters, {chosen} chosen" if chosen else "Filters")
        self.results.show_advice(advice)
        self._order_keyboard()

    def show_related(self, item: Item, hits: Sequence[Hit]) -> None:
        """Show what is nearest to an item, and what leads to all that stands under its issues."""
        place = wording.item_place(item, self._themes[item.theme])
        self.results.show_rows(self.model, hit_rows(hits, self._bundle))
        remark = () if hits else ("Nothing else shares its issues, sources or words.",)
        self.results.show_sentence(f"Nearest to {place}", remark)
        labels = {tag.id: tag.label for tag in self._bundle.tags()}
        issues = [Advice(text=f"All under “{labels[tag]}”", typed=f"tag:{tag}") for tag in item.tags if tag in labels]
        self.results.show_tools("related")
        self._show_notes_and_offers((), issues)
        self.show_side(False)

    def show_fault(self, fault: ViewerError, notes: NoteRows) -> None:
        """Show why nothing of the edition can be searched for, and the reader's own notes."""
        self.results.show_rows(self.model, ())
        self.results.show_sentence(str(fault), (fault.advice,))
        self.results.show_tools("fault")
        self._show_notes_and_offers(notes, ())
        self.show_side(False)

    def _show_notes_and_offers(self, notes: NoteRows, offers: Sequence[Advice]) -> None:
        self.note_hits.show_notes(notes)
        self.results.show_advice(offers, in_a_row=True)
        self._order_keyboard()

    # The keyboard

    def take_keyboard(self) -> None:
        """Take the keyboard: in the list; where nothing is listed, at what is offered instead."""
        self.results.filters.setChecked(False)
        hits = self.results.list
        if hits.choose(self.model.next_choice(max(0, hits.currentIndex().row()), 1)):
            hits.setFocus()
        else:
            self.results.focus_advice()

    def _order_keyboard(self) -> None:
        """Let Tab go from the field in the order of the eye; where nothing was found, to what is offered first."""
        offers: list[QWidget] = [*self.results.offers]
        around: list[QWidget] = [self.results.filters, self.facets, *self.results.tools]
        stops = [self._field, *(around + offers if self.model.rowCount() else offers + around)]
        stops += [self.note_hits.all, *self.note_hits.buttons, self.results.list, self.results.more]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    # The filters

    def close_filters(self) -> bool:
        """Show the hits again where the filters stand in their place; return whether they did."""
        button = self.results.filters
        if not (button.isVisible() and button.isChecked()):
            return False
        button.setChecked(False)
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def fit(self) -> None:
        """Show the filters beside the hits; in a narrow window a button, which shows them in place of the hits."""
        super().fit()
        wanted, button = self.side_wanted, self.results.filters
        if not self.is_narrow:
            with QSignalBlocker(button):
                button.setChecked(False)
            if self.facets.parentWidget() is not self:
                self.insertWidget(0, self.facets)
                self.setStretchFactor(1, 1)
                width = self.dragged or round(FACETS_WIDTH * self._appearance.scale)
                self.setSizes([width, max(1, self.width() - width)])
        button.setVisible(wanted and self.is_narrow)
        in_place = wanted and self.is_narrow and button.isChecked()
        self.results.show_in_place_of_hits(self.facets if in_place else None)
        self.facets.setVisible(in_place or (wanted and not self.is_narrow))

    def _show_filters(self, on: bool) -> None:
        self.fit()
        if on:
            self.facets.setFocus(Qt.FocusReason.OtherFocusReason)
