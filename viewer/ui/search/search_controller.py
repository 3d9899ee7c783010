"""Search in the window: from the words in the field to an answer, and from a hit to its page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from viewer.errors import ViewerError
from viewer.model import Hit
from viewer.search.engine import MOST_RANKED, Answer, Facets
from viewer.search.messages import Advice
from viewer.search.query import Filter, toggle_filter
from viewer.search.search_history import SearchHistory
from viewer.ui.context import EditionContext
from viewer.ui.reading.view import ReadingView
from viewer.ui.search.match_navigator import MatchNavigator
from viewer.ui.search.search_field import SearchField
from viewer.ui.search.search_view import NoteRows, SearchView
from viewer.ui.search.search_worker import FULL_LIMIT, LIVE_LIMIT, Question, SearchWorker
from viewer.ui.view_stack import ViewStack

SHORTEST = 2  # letters from which hits are shown while they are typed


class OwnNotes(Protocol):
    """The reader's own notes, as search asks for them."""

    @property
    def noted_items(self) -> frozenset[str]:
        """The items that bear a note."""

    def hits(self, typed: str) -> NoteRows:
        """Return the notes that hold the words typed: id, place and words of each."""

    def show_words(self, typed: str) -> None:
        """Open the notes view at the notes that hold the words typed."""

    def go_to_note(self, uuid: str) -> None:
        """Show a note's place in the page."""


class SearchController(QObject):
    """Search in one edition: joins the field, the worker, the view of search, and the marks on the page.

    The view of search takes the place of the view in which the reader was, and leads back to it.
    """

    def __init__(
        self,
        context: EditionContext,
        reading: ReadingView,
        views: ViewStack,
        field: SearchField,
        worker: SearchWorker,
        notes: OwnNotes,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._reading, self._views, self._field = context, reading, views, field
        self._worker, self._notes = worker, notes
        self.history = SearchHistory(context.home)
        self.view = SearchView(context.bundle, context.appearance, field)
        self.model, self.results = self.view.model, self.view.results
        self.matches = MatchNavigator(context, reading, self.model, self.results.list, self)
        self._question = Question()
        self._answer: Answer | None = None
        self._is_list_wanted = False  # whether the keyboard goes to the hits once they come
        self._left_view: tuple[str, QWidget] = ("read", reading)
        self._left_widget: QWidget | None = None  # what had the keyboard, where that was outside all views
        views.addWidget(self.view)
        worker.start()
        self._wire()
        self.restyle()

    def _wire(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._remember_focus)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self.view, context=within).activated.connect(self.leave)
        self._worker.answered.connect(self._show_answer)
        self._worker.counted.connect(self._show_counts)
        self._worker.failed.connect(self._show_fault)
        self._worker.related.connect(self._show_related_items)
        self.results.advice_taken.connect(self._take_advice)
        self.results.clear_requested.connect(lambda: self._change_history(self.history.clear))
        self.results.exact_turned.connect(lambda _on: self.search())
        self.results.keeping_turned.connect(lambda on: self._change_history(lambda: self.history.set_keeping(on)))
        self.results.list.chosen.connect(self.open_row)
        self.results.list.passed.connect(lambda: None if self._question.related_to else self._field.begin())
        self.results.more_requested.connect(lambda: self._ask(limit=MOST_RANKED))
        self.results.save_turned.connect(self._save)
        self.view.note_hits.all_requested.connect(lambda: self._notes.show_words(self._question.typed))
        self.view.note_hits.chosen.connect(self._notes.go_to_note)
        self.view.facets.filter_chosen.connect(self._toggle_filter)
        self.matches.bar.back_requested.connect(self._field.begin)
        self._context.appearance.changed.connect(self.restyle)

    # From the field

    def show_results(self) -> None:
        """Show the results as they were left."""
        self._show_view()
        if not self._field.text().strip():
            self.show_history()
        elif self._answer is None and self._question.related_to:
            self._is_list_wanted = False  # the keyboard is in the field: what is typed there must not act as commands
            self._ask()

    def search_as_typed(self, _text: str = "") -> None:
        """Search while words are typed, for what stands there so far."""
        words = self._field.text().strip()
        if len(words) < SHORTEST:
            self.show_history()
            return
        self._show_view()
        self._is_list_wanted = False
        self._ask(live=True, limit=LIVE_LIMIT)

    def search(self) -> None:
        """Search for the words as they stand; once that is shown, open the present hit."""
        words = self._field.text().strip()
        if not words:
            self.show_history()
            return
        shown = self._answer.query if self._answer else None
        exact = self.results.exact.isChecked()
        if shown and not shown.live and shown.typed.strip() == words and shown.exact == exact and self.is_shown:
            self.open_row(self.model.next_choice(max(0, self.results.list.currentIndex().row()), 1))
            return
        self._show_view()
        self._is_list_wanted = True
        self._ask()

    def focus_list(self) -> None:
        """Move the keyboard from the field to what is listed or offered."""
        self.view.take_keyboard()

    def step(self, by: int) -> None:
        """Go to the next match, on the page or in the next hit."""
        self.matches.step(by)

    def open_row(self, row: int) -> None:
        """Open a hit at its match, or do a past search again."""
        kind, held = self.model.row(row)
        if isinstance(held, Hit):
            self.matches.open(row, held, self._answer.plan if self._answer else None)
        elif kind == "past":
            self._field.setText(held)
            self.search()

    def _ask(self, *, live: bool = False, limit: int = FULL_LIMIT) -> None:
        self._question = Question(
            typed=self._field.text(),
            exact=self.results.exact.isChecked(),
            live=live,
            limit=limit,
            noted=self._notes.noted_items,
        )
        self._worker.ask(self._question)

    def _toggle_filter(self, chosen: Filter) -> None:
        self._field.setText(toggle_filter(self._field.text(), chosen))
        self._show_view()
        self._is_list_wanted = False
        self._ask()

    def _take_advice(self, advice: Advice) -> None:
        self._field.setText(advice.typed)
        if self.results.exact.isChecked() != advice.exact:
            self.results.exact.blockSignals(True)
            self.results.exact.setChecked(advice.exact)
            self.results.exact.blockSignals(False)
        self.search()

    # The view and the way back

    @property
    def is_shown(self) -> bool:
        """Whether the view of search is in sight."""
        return self._views.currentWidget() is self.view

    def _show_view(self) -> None:
        """Show the view of search, as it was left."""
        if not self.is_shown:
            self._left_view = self._views.name, self._views.currentWidget() or self._reading
            self._views.setCurrentWidget(self.view)
            self._views.view_changed.emit("search")

    def leave(self) -> None:
        """Go from the filters back to the hits where they stand in their place, else to where the reader was."""
        if self.view.close_filters():
            return
        if not self.is_shown:
            self._views.show_view("read")
            self._reading.pane.setFocus()
            return
        name, view = self._left_view
        had_keyboard = self._left_widget or view.focusWidget()
        self._views.show_view(name)
        if had_keyboard is not None and had_keyboard.isVisible():
            had_keyboard.setFocus()

    def _remember_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        """Remember what had the keyboard before the field; a view remembers by itself what had it there."""
        if now is self._field and old is not None and not self.view.isAncestorOf(old):
            self._left_widget = None if self._views.isAncestorOf(old) else old

    # What is shown

    def show_history(self) -> None:
        """Show past and saved searches, and how to search."""
        self._question, self._answer = Question(), None
        self.view.show_history(self.history.searches)
        self._show_view()

    def show_related(self) -> None:
        """Show what is nearest to the present item, or to the first in sight where none is chosen."""
        item = self._reading.pane.item_of_selection() or self._reading.pane.item_in_sight
        if item:
            self._question = Question(related_to=item)
            self._worker.ask(self._question)

    def _show_answer(self, question: Question, answer: Answer) -> None:
        if question != self._question:
            return
        self._answer = answer
        more = len(answer.hits) < len(answer.found) and not answer.query.live and question.limit < MOST_RANKED
        notes = self._notes.hits(question.typed)
        self.view.show_answer(answer, notes, is_saved=self.history.is_saved(question.typed), more=more)
        if self._is_list_wanted and (answer.listed or notes):  # it found something, in the edition or in the notes
            self._change_history(lambda: self.history.add(question.typed))
        if self._is_list_wanted and answer.listed:
            self.focus_list()

    def _show_counts(self, question: Question, facets: Facets, advice: Sequence[Advice]) -> None:
        if question == self._question and self._answer is not None:
            self.view.show_counts(self._answer, facets, advice)

    def _show_fault(self, question: Question, fault: ViewerError) -> None:
        if question == self._question:
            self._answer = None
            self._show_view()
            self.view.show_fault(fault, self._notes.hits(question.typed) if question.typed else ())

    def _show_related_items(self, item_id: str, hits: Sequence[Hit]) -> None:
        if self._question.related_to == item_id:
            self._answer = None
            self._show_view()
            self.view.show_related(self._context.bundle.item(item_id), hits)
            self.focus_list()

    # Past and saved searches

    def _save(self, on: bool) -> None:
        words = self._field.text()
        self._change_history(lambda: self.history.save(words) if on else self.history.remove_saved(words))

    def _change_history(self, change: Callable[[], None]) -> None:
        """Change what is kept; where it cannot be written, say so and go on."""
        try:
            change()
        except ViewerError as err:
            self.results.add_remark(f"Your searches were not kept. {err}")
            return
        if self._answer is None and self.is_shown and not self._field.text().strip():
            self.show_history()

    def restyle(self) -> None:
        """Take over changed colours and sizes."""
        self.matches.bar.tint(self._context.appearance.palette, self._field.devicePixelRatioF())
        self.view.restyle()
        self.matches.mark_again()  # the page was made anew
