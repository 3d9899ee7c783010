"""Search in the window: joins the field, the worker, the list of hits, and the marks on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QSplitter

from viewer import wording
from viewer.errors import ViewerError
from viewer.model import Hit
from viewer.search.advice import Advice
from viewer.search.engine import MOST_RANKED, Answer, Facets
from viewer.search.language import fold
from viewer.search.query import Filter, with_filter
from viewer.search.remembered import Remembered
from viewer.search.telling import remarks, sentence
from viewer.ui.desk import Desk
from viewer.ui.notes.hits import NoteHits
from viewer.ui.search.facets import FacetPane
from viewer.ui.search.hit_list import HitModel, hit_rows
from viewer.ui.search.match_bar import MatchBar
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
    """Search on one desk. Signals: `marked` when the matches shown on the page changed."""

    marked = Signal()

    def __init__(self, desk: Desk, field: SearchField) -> None:
        super().__init__(desk)
        self._desk, self._field = desk, field
        self._themes = {theme.id: theme for theme in desk.bundle.themes()}
        self.remembered = Remembered(desk.home)
        self.worker = worker_of(desk, desk.bundle)
        self.model = HitModel(desk.bundle)
        self.results = ResultsPane(self.model, desk.appearance)
        self.note_hits = NoteHits()
        self.results.seat(self.note_hits)
        self.facets = FacetPane(desk.bundle)
        self.bar = MatchBar()
        self.view = QSplitter(Qt.Orientation.Horizontal)
        self.view.setHandleWidth(1)
        self.view.setChildrenCollapsible(False)
        self.view.addWidget(self.facets)
        self.view.addWidget(self.results)
        self.view.setStretchFactor(1, 1)
        self.view.setSizes([FACETS_WIDTH, 1000])
        desk.views.addWidget(self.view)
        desk.column.addWidget(self.bar)
        self._question = Question()
        self._answer: Answer | None = None
        self._open_hit = -1  # the row whose page is shown
        self._take_keyboard = False
        self._wire()
        self.restyle()

    def _wire(self) -> None:
        self.worker.answered.connect(self._show_answer)
        self.worker.counted.connect(self._show_counts)
        self.worker.related.connect(self._show_relatives)
        self.results.advice_taken.connect(self._take_advice)
        self.results.clear_requested.connect(lambda: self._remember(self.remembered.clear))
        self.results.exact_turned.connect(lambda _on: self.search())
        self.results.keeping_turned.connect(lambda on: self._remember(lambda: self.remembered.keep(on)))
        self.results.list.chosen.connect(self.open_row)
        self.results.list.left.connect(self._field.begin)
        self.results.more_requested.connect(lambda: self._ask(limit=MOST_RANKED))
        self.results.save_turned.connect(self._save)
        self.note_hits.all_requested.connect(lambda: self._desk.noting.show_words(self._question.typed))
        self.note_hits.chosen.connect(lambda uuid: self._desk.noting.go_to_note(uuid))
        self.facets.filter_chosen.connect(self._turn_filter)
        self.bar.back_requested.connect(self._field.begin)
        self.bar.closed.connect(self.clear_marks)
        self.bar.step_requested.connect(self.step)
        self._desk.navigator.page_opened.connect(lambda *_: self._mark_again())
        self._desk.appearance.changed.connect(self.restyle)
        self._desk.find_ended.connect(self._mark_again)

    # From the field

    def open(self) -> None:
        """Shows the results as they were left."""
        self._show_view()
        if not self._field.text().strip():
            self.show_past()

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
        self._remember(lambda: self.remembered.note(words))
        self._ask()

    def to_list(self) -> None:
        """Moves the keyboard from the field to the list."""
        view = self.results.list
        view.setFocus()
        at = view.currentIndex().row()
        view.choose(self.model.next_choice(max(0, at), 1))

    def leave(self) -> None:
        """Goes back to the page."""
        self._desk.show_view("read")
        self._desk.reading.setFocus()

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
        now = self.remembered.now
        rows: list[tuple[str, Hit | str]] = []
        for head, searches in (("Saved searches", now.saved), ("Past searches", now.past)):
            if searches:
                rows.append(("head", head))
                rows += [("past", words) for words in searches]
        self.results.show_rows(self.model, rows)
        self.results.say("What are you looking for?", HINTS)
        self.note_hits.show_notes(())
        self.results.show_advice(())
        self.results.keeping.setChecked(now.keeping)
        self.results.clear.setEnabled(bool(now.past))
        self.results.show_tools(searching=False)
        self._fold_facets(away=True)
        if self._is_shown() is False:
            self._show_view()

    def _show_answer(self, question: Question, answer: Answer) -> None:
        if question != self._question:
            return
        self._answer = answer
        self.results.show_rows(self.model, hit_rows(answer.hits, self._themes))
        self.results.say(sentence(answer), remarks(answer))
        self.note_hits.show_notes(self._desk.noting.hits(question.typed))
        self.results.show_advice(())
        more = len(answer.hits) < len(answer.found) and not answer.query.live and question.limit < MOST_RANKED
        self.results.show_tools(searching=True, more=more)
        self.results.save.setChecked(self.remembered.is_saved(question.typed))
        if self._take_keyboard and answer.hits:
            self.to_list()

    def _show_counts(self, question: Question, facets: Facets, advice: Sequence[Advice]) -> None:
        if question != self._question or self._answer is None:
            return
        self._fold_facets(away=not facets.counts.get("theme") and not self._answer.query.filters)
        self.facets.show_facets(facets, self._answer.query.filters)
        self.results.show_advice(advice)

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
        self.note_hits.show_notes(())
        self.results.say(f"Nearest to {place}", () if hits else ("Nothing else shares its issues, sources or words.",))
        labels = {tag.id: tag.label for tag in self._desk.bundle.tags()}
        issues = [Advice(text=f"All under “{labels[tag]}”", typed=f"tag:{tag}") for tag in item.tags if tag in labels]
        self.results.show_advice(issues, beside=True)
        self.results.show_tools(searching=False)
        self.results.keeping.hide()
        self.results.clear.hide()
        self._fold_facets(away=True)
        self.to_list()

    def _show_view(self) -> None:
        if not self._is_shown():
            self._desk.views.setCurrentWidget(self.view)
            self._desk.view_changed.emit("search")

    def _fold_facets(self, *, away: bool) -> None:
        """Shows the filters beside the hits where there are some and the window is wide enough."""
        self.facets.setVisible(not away and self._desk.width() >= NARROW * self._desk.appearance.scale)

    def _is_shown(self) -> bool:
        return self._desk.views.currentWidget() is self.view

    # Pages and their marks

    def open_row(self, row: int) -> None:
        """Opens a hit at its match, or does a past search again."""
        sort, held = self.model.row(row)
        if isinstance(held, Hit):
            self.results.list.choose(row)
            self._open_hit = row
            self._desk.go(held.address)
            self._mark(held)
            self._desk.reading.setFocus()
        elif sort == "past":
            self._field.setText(held)
            self.search()

    def step(self, by: int) -> None:
        """Goes to the next match on the page, and after the last to the next hit; or on with find in page."""
        reading = self._desk.reading
        if self._desk.find_bar.isVisible():
            self._desk.find_bar.step_requested.emit(by)
        elif reading.found and 0 < reading.found_at + by <= reading.found:
            reading.find_step(by)
            self._say_place()
        else:
            row = self.model.next_choice(self._open_hit + by, by)
            if self._open_hit >= 0 and row >= 0:
                self.open_row(row)

    def clear_marks(self) -> None:
        """Takes the marks off the page."""
        self._open_hit = -1
        self.bar.hide()
        self._desk.reading.mark_places([])
        self._desk.reading.setFocus()

    def _mark(self, hit: Hit | None) -> None:
        plan = self._answer.plan if self._answer else None
        reading = self._desk.reading
        text = reading.wide_text()
        wishes = plan.wanted if plan else ()
        places = sorted({span for wish in wishes for way in wish.ways for span in way.spans(fold(text))})
        reading.mark_places(places, hit.id if hit and hit.kind != "theme" else "")
        if plan and wishes:
            self._say_place()
        else:
            self.bar.hide()
        self.marked.emit()

    def _mark_again(self) -> None:
        if self._open_hit >= 0 and self._answer:
            self._mark(None)

    def _say_place(self) -> None:
        hits = [row for row in range(self.model.rowCount()) if self.model.row(row)[0] == "hit"]
        at = hits.index(self._open_hit) + 1 if self._open_hit in hits else 0
        self.bar.show_place(self._desk.reading.found_at, self._desk.reading.found, at, len(hits))

    # What is kept

    def _save(self, on: bool) -> None:
        words = self._field.text()
        self._remember(lambda: (self.remembered.save if on else self.remembered.forget)(words))

    def _remember(self, change: Callable[[], None]) -> None:
        """Changes what is kept; where it cannot be written, that is said and the search goes on."""
        try:
            change()
        except ViewerError as err:
            self.results.say(f"Your searches were not kept. {err}", ())
            return
        if self._answer is None and self._is_shown() and not self._field.text().strip():
            self.show_past()

    def restyle(self) -> None:
        """Takes over changed colours and sizes."""
        palette, ratio = self._desk.appearance.palette, self._field.devicePixelRatioF()
        self.bar.tint(palette, ratio)
        self.results.restyle()
        self._mark_again()  # the page was made anew
