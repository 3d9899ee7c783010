"""Search in the window: from the words in the field to an answer, and from a hit to its page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from viewer.model import Hit
from viewer.search.advice import Advice
from viewer.search.engine import MOST_RANKED, Answer, Facets
from viewer.search.query import Filter, with_filter
from viewer.ui.edition_view import EditionView
from viewer.ui.search.detour import Detour
from viewer.ui.search.listing import Listing
from viewer.ui.search.match_marks import MatchMarks
from viewer.ui.search.past_searches import PastSearches
from viewer.ui.search.search_field import SearchField
from viewer.ui.search.search_worker import FULL_LIMIT, LIVE_LIMIT, Question, worker_of

SHORTEST = 2  # letters from which hits are shown while they are typed


class SearchController(QObject):
    """Search on one desk: joins the field, the worker, what is listed, and the marks on the page."""

    def __init__(self, desk: EditionView, field: SearchField) -> None:
        super().__init__(desk)
        self._desk, self._field = desk, field
        self.worker = worker_of(desk, desk.bundle)
        self.past = PastSearches(desk.home, self)
        self.listing = Listing(desk, field, self)
        self.model, self.results = self.listing.model, self.listing.results
        self.marks = MatchMarks(desk, self.model, self.results.list, self)
        self.detour = Detour(desk, field, self.listing.view, self)
        self._question = Question()
        self._answer: Answer | None = None
        self._take_keyboard = False
        self._wire()
        self.restyle()

    def _wire(self) -> None:
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self.listing.view, context=within).activated.connect(self.leave)
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
        self.past.troubled.connect(self.results.say_besides)
        self.listing.notes.all_requested.connect(lambda: self._desk.notes.show_words(self._question.typed))
        self.listing.notes.chosen.connect(lambda uuid: self._desk.notes.go_to_note(uuid))
        self.listing.facets.filter_chosen.connect(self._turn_filter)
        self.marks.bar.back_requested.connect(self._field.begin)
        self._desk.appearance.changed.connect(self.restyle)

    # From the field

    def show_results(self) -> None:
        """Shows the results as they were left."""
        self.detour.begin()
        if not self._field.text().strip():
            self.show_past()
        elif self._answer is None and self._question.relatives_of:
            self._take_keyboard = False  # it is in the field, and what is typed there must not act as commands
            self._ask()

    def search_as_typed(self, _text: str = "") -> None:
        """Searches while words are typed: the hits for what stands there so far."""
        words = self._field.text().strip()
        if len(words) < SHORTEST:
            self.show_past()
            return
        self.detour.begin()
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
        if shown and not shown.live and shown.typed.strip() == words and shown.exact == exact and self.detour.is_on():
            self.open_row(self.model.next_choice(max(0, self.results.list.currentIndex().row()), 1))
            return
        self.detour.begin()
        self._take_keyboard = True
        self._ask()

    def focus_list(self) -> None:
        """Moves the keyboard from the field to what is listed or offered."""
        self.listing.take_keyboard()

    def leave(self) -> None:
        """Goes from the filters back to the hits where they stand in their place, else to where the reader was."""
        if not self.listing.close_filters():
            self.detour.end()

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
            noted=self._desk.noted_items(),
        )
        self.worker.ask(self._question)

    def _turn_filter(self, chosen: Filter) -> None:
        self._field.setText(with_filter(self._field.text(), chosen))
        self.detour.begin()
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
        self.listing.show_past(self.past.remembered.now, self.past.rows)
        self.detour.begin()

    def _show_past_again(self) -> None:
        if self._answer is None and self.detour.is_on() and not self._field.text().strip():
            self.show_past()

    def _show_answer(self, question: Question, answer: Answer) -> None:
        if question != self._question:
            return
        self._answer = answer
        more = len(answer.hits) < len(answer.found) and not answer.query.live and question.limit < MOST_RANKED
        self.listing.show_answer(answer, is_saved=self.past.remembered.is_saved(question.typed), more=more)
        if self._take_keyboard and (answer.hits or self.listing.notes.buttons):
            self.past.note(question.typed)  # where it found something, in the edition or in the reader's notes
        if self._take_keyboard and answer.hits:
            self.focus_list()

    def _show_counts(self, question: Question, facets: Facets, advice: Sequence[Advice]) -> None:
        if question == self._question and self._answer is not None:
            self.listing.show_counts(self._answer, facets, advice)

    def show_related(self) -> None:
        """Shows what is nearest to the present item, or to the first in sight where none is chosen."""
        item = self._desk.reading.item_of_selection() or self._desk.reading.item_in_sight
        if item:
            self._question = Question(relatives_of=item)
            self.worker.ask(self._question)

    def _show_relatives(self, item_id: str, hits: Sequence[Hit]) -> None:
        if self._question.relatives_of == item_id:
            self._answer = None
            self.detour.begin()
            self.listing.show_relatives(self._desk.bundle.item(item_id), hits)
            self.focus_list()

    def restyle(self) -> None:
        """Takes over changed colours and sizes."""
        palette, ratio = self._desk.appearance.palette, self._field.devicePixelRatioF()
        self.marks.bar.tint(palette, ratio)
        self.listing.restyle()
        self.marks.mark_again()  # the page was made anew
