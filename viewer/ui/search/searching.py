"""Search in the window: from the words in the field to the hits that are shown, and back to where the reader was."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from viewer import wording
from viewer.model import Hit
from viewer.search.advice import Advice
from viewer.search.engine import MOST_RANKED, Answer, Facets
from viewer.search.query import Filter, with_filter
from viewer.search.telling import remarks, sentence
from viewer.ui.desk import Desk
from viewer.ui.notes.hits import NoteHits
from viewer.ui.search.facets import FacetPane
from viewer.ui.search.hit_list import HitModel, hit_rows
from viewer.ui.search.match_marks import MatchMarks
from viewer.ui.search.past_searches import PastSearches
from viewer.ui.search.results import ResultsPane
from viewer.ui.search.search_field import SearchField
from viewer.ui.search.search_worker import FULL_LIMIT, LIVE_LIMIT, Question, worker_of

SHORTEST = 2  # letters from which hits are shown while they are typed
NARROW = 900  # pixels at 100 %; below, the filters fold away
FACETS_WIDTH = 272
HINTS = (
    "All words must be there. “Quotation marks” keep words together, -word leaves one out, OR gives a choice,"
    " word* is a beginning.",
    "Filters: theme: kind: tag: source: year: marking: has:figure has:note",
)


class Searching(QObject):
    """Search on one desk: joins the field, the worker, and the list of hits."""

    def __init__(self, desk: Desk, field: SearchField) -> None:
        super().__init__(desk)
        self._desk, self._field = desk, field
        self._themes = {theme.id: theme for theme in desk.bundle.themes()}
        self.worker = worker_of(desk, desk.bundle)
        self.past = PastSearches(desk.home, self)
        self.model = HitModel(desk.bundle)
        self.results = ResultsPane(self.model, desk.appearance)
        self.note_hits = NoteHits()
        self.results.seat(self.note_hits)
        self.facets = FacetPane(desk.bundle)
        self.marks = MatchMarks(desk, self.model, self.results.list, self)
        self.view = QSplitter(Qt.Orientation.Horizontal)
        self.view.setHandleWidth(1)
        self.view.setChildrenCollapsible(False)
        self.view.addWidget(self.facets)
        self.view.addWidget(self.results)
        self.view.setStretchFactor(1, 1)
        self.view.setSizes([FACETS_WIDTH, 1000])
        desk.views.addWidget(self.view)
        self._question = Question()
        self._answer: Answer | None = None
        self._take_keyboard = False
        self._came_from: tuple[str, QWidget, QWidget | None] = ("read", desk.split, None)
        self._wire()
        self.restyle()

    def _wire(self) -> None:
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self.view, context=within).activated.connect(self.leave)
        self.worker.answered.connect(self._show_answer)
        self.worker.counted.connect(self._show_counts)
        self.worker.related.connect(self._show_relatives)
        self.results.advice_taken.connect(self._take_advice)
        self.results.clear_requested.connect(self.past.clear)
        self.results.exact_turned.connect(lambda _on: self.search())
        self.results.keeping_turned.connect(self.past.keep)
        self.results.list.chosen.connect(self.open_row)
        self.results.list.passed.connect(self._back_to_field)
        self.results.more_requested.connect(lambda: self._ask(limit=MOST_RANKED))
        self.results.save_turned.connect(lambda on: self.past.save(self._field.text(), on))
        self.past.changed.connect(self._show_past_again)
        self.past.troubled.connect(self.results.say)
        self.note_hits.all_requested.connect(lambda: self._desk.noting.show_words(self._question.typed))
        self.note_hits.chosen.connect(lambda uuid: self._desk.noting.go_to_note(uuid))
        self.facets.filter_chosen.connect(self._turn_filter)
        self.marks.bar.back_requested.connect(self._field.begin)
        self._desk.appearance.changed.connect(self.restyle)

    # From the field

    def open(self) -> None:
        """Shows the results as they were left."""
        self._show_view()
        if not self._field.text().strip():
            self.show_past()
        elif self._answer is None and self._question.relatives_of:
            self._ask()

    def typed(self, _text: str = "") -> None:
        """Searches while words are typed: the hits for what stands there so far."""
        words = self._field.text().strip()
        if len(words) < SHORTEST:
            self.show_past()
            return
        self._show_view()
        self._take_keyboard = False
        self._ask(live=True, limit=LIVE_LIMIT)

    def search(self) -> None:
        """Searches for the words as they stand; once that is shown, opens the present hit."""
        words = self._field.text().strip()
        if not words:
            self.show_past()
            return
        shown = self._answer.query if self._answer else None
        exact = self.results.exact.isChecked()
        if shown and not shown.live and shown.typed.strip() == words and shown.exact == exact and self._is_shown():
            self.open_row(self.model.next_choice(max(0, self.results.list.currentIndex().row()), 1))
            return
        self._show_view()
        self._take_keyboard = True
        self.past.note(words)
        self._ask()

    def to_list(self) -> None:
        """Moves the keyboard from the field to the list; where nothing is listed, to what is offered instead."""
        hits = self.results.list
        if not hits.choose(self.model.next_choice(max(0, hits.currentIndex().row()), 1)):
            self.results.to_advice()
        else:
            hits.setFocus()

    def leave(self) -> None:
        """Goes back to where the reader was: the view, its place, and what had the keyboard there."""
        if not self._is_shown():
            self._desk.show_view("read")
            self._desk.reading.setFocus()
            return
        name, view, outside = self._came_from
        had_keyboard = outside or view.focusWidget()
        self._desk.show_view(name)
        if had_keyboard is not None and had_keyboard.isVisible():
            had_keyboard.setFocus()

    def step(self, by: int) -> None:
        """Goes to the next match, on the page or in the next hit."""
        self.marks.step(by)

    def open_row(self, row: int) -> None:
        """Opens a hit at its match, or does a past search again."""
        sort, held = self.model.row(row)
        if isinstance(held, Hit):
            self.marks.open(row, held, self._answer.plan if self._answer else None)
        elif sort == "past":
            self._field.setText(held)
            self.search()

    def _back_to_field(self) -> None:
        if not self._question.relatives_of:
            self._field.begin()

    def _ask(self, *, live: bool = False, limit: int = FULL_LIMIT) -> None:
        self._question = Question(
            typed=self._field.text(),
            exact=self.results.exact.isChecked(),
            live=live,
            limit=limit,
            noted=self._desk.noted(),
        )
        self.worker.ask(self._question)

    def _turn_filter(self, chosen: Filter) -> None:
        self._field.setText(with_filter(self._field.text(), chosen))
        self._show_view()
        self._take_keyboard = False
        self._ask()

    def _take_advice(self, advice: Advice) -> None:
        self._field.setText(advice.typed)
        if self.results.exact.isChecked() != advice.exact:
            self.results.exact.blockSignals(True)
            self.results.exact.setChecked(advice.exact)
            self.results.exact.blockSignals(False)
        self.search()

    # What is shown

    def show_past(self) -> None:
        """Shows past and saved searches, and how to search."""
        self._question, self._answer = Question(), None
        now = self.past.remembered.now
        self.results.show_rows(self.model, self.past.rows)
        self.results.say("What are you looking for?", HINTS)
        self.results.keeping.setChecked(now.keeping)
        self.results.clear.setEnabled(bool(now.past))
        self.results.show_tools("past")
        self._show_beside((), ())
        self._fold_facets(away=True)
        self._show_view()

    def _show_past_again(self) -> None:
        if self._answer is None and self._is_shown() and not self._field.text().strip():
            self.show_past()

    def _show_answer(self, question: Question, answer: Answer) -> None:
        if question != self._question:
            return
        self._answer = answer
        self.results.show_rows(self.model, hit_rows(answer.hits, self._themes))
        self.results.say(sentence(answer), remarks(answer))
        self._show_beside(self._desk.noting.hits(question.typed), ())
        more = len(answer.hits) < len(answer.found) and not answer.query.live and question.limit < MOST_RANKED
        self.results.show_tools("search", more=more)
        self.results.save.setChecked(self.past.remembered.is_saved(question.typed))
        if self._take_keyboard and answer.hits:
            self.to_list()

    def _show_counts(self, question: Question, facets: Facets, advice: Sequence[Advice]) -> None:
        if question != self._question or self._answer is None:
            return
        self._fold_facets(away=not facets.counts.get("theme") and not self._answer.query.filters)
        self.facets.show_facets(facets, self._answer.query.filters)
        self.results.show_advice(advice)
        self._order_keyboard()

    def show_relatives(self) -> None:
        """Shows what is nearest to the present item."""
        item = self._desk.reading.item_of_selection()
        if item:
            self._question = Question(relatives_of=item)
            self.worker.ask(self._question)

    def _show_relatives(self, item_id: str, hits: Sequence[Hit]) -> None:
        if self._question.relatives_of != item_id:
            return
        item = self._desk.bundle.item(item_id)
        place = wording.item_place(item, self._themes[item.theme])
        self._answer = None
        self._show_view()
        self.results.show_rows(self.model, hit_rows(hits, self._themes))
        self.results.say(f"Nearest to {place}", () if hits else ("Nothing else shares its issues, sources or words.",))
        labels = {tag.id: tag.label for tag in self._desk.bundle.tags()}
        issues = [Advice(text=f"All under “{labels[tag]}”", typed=f"tag:{tag}") for tag in item.tags if tag in labels]
        self.results.show_tools("related")
        self._show_beside((), issues)
        self._fold_facets(away=True)
        self.to_list()

    def _show_beside(self, notes: Sequence[tuple[str, str, str]], offers: Sequence[Advice]) -> None:
        """Shows the reader's notes and what is offered besides the rows, each reached by Tab where it stands."""
        self.note_hits.show_notes(notes)
        self.results.show_advice(offers, beside=True)
        self._order_keyboard()

    def _order_keyboard(self) -> None:
        """Tab goes from the field in the order of the eye through what was found and what is offered."""
        stops = [self._field, self.facets, *self.results.tools, *self.results.offers]
        stops += [self.note_hits.all, *self.note_hits.buttons, self.results.list, self.results.more]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _show_view(self) -> None:
        if not self._is_shown():
            view, had_keyboard = self._desk.views.currentWidget() or self._desk.split, QApplication.focusWidget()
            if had_keyboard is self._field:
                had_keyboard = self._field.came_from
            is_inside = had_keyboard is None or view.isAncestorOf(had_keyboard)  # then the view itself remembers it
            self._came_from = self._desk.view_name, view, None if is_inside else had_keyboard
            self._desk.views.setCurrentWidget(self.view)
            self._desk.view_changed.emit("search")

    def _fold_facets(self, *, away: bool) -> None:
        """Shows the filters beside the hits where there are some and the window is wide enough."""
        self.facets.setVisible(not away and self._desk.width() >= NARROW * self._desk.appearance.scale)

    def _is_shown(self) -> bool:
        return self._desk.views.currentWidget() is self.view

    def restyle(self) -> None:
        """Takes over changed colours and sizes."""
        palette, ratio = self._desk.appearance.palette, self._field.devicePixelRatioF()
        self.marks.bar.tint(palette, ratio)
        self.results.restyle()
        self.marks.mark_again()  # the page was made anew
