"""Searches off the window's thread: only the newest question is answered, an older one is given up."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from threading import Condition, Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer.bundle.bundle import Bundle
from viewer.errors import FaultyIndex, NotFound
from viewer.records import record
from viewer.ui.parts.mistakes import MistakeTeller

if TYPE_CHECKING:
    from viewer.model import Hit
    from viewer.search.engine import Engine
    from viewer.search.index import CancelCheck

PAUSE = 0.15  # seconds without a keystroke, before the hits are counted by filter
SWITCH_INTERVAL = 0.0005  # seconds after which this thread gives Python's lock to the window; else ten times as many
LIVE_LIMIT = 40  # hits while words are typed
FULL_LIMIT = 200
MOST_IN_MARGIN = 3  # related items beside the present one
MOST_RELATED = 8  # in the list of them


@record
class Question:
    """What is asked: words; or what is related to an item, all that are listed or the few that stand in the margin."""

    typed: str = ""
    exact: bool = False
    live: bool = False
    limit: int = FULL_LIMIT
    noted: frozenset[str] = frozenset()
    related_to: str = ""
    margin_item: str = ""


class SearchWorker(QObject):
    """Answers questions about one edition in a thread of its own, which begins with the first question.

    Signals: `answered(question, Answer)`, then `counted(question, Facets, advice)`; `related(item id, hits)`;
    `related_in_margin(item id, hits)`; `failed(question, FaultyIndex)` where the index cannot be read, and
    `failed(question, OwnMistake)` for a mistake of ours, which is told by itself. The thread goes on after both.
    """

    answered = Signal(object, object)
    counted = Signal(object, object, object)
    related = Signal(str, object)
    related_in_margin = Signal(str, object)
    failed = Signal(object, object)

    def __init__(self, bundle: Bundle, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bundle = bundle
        self._news = Condition()
        self._question: Question | None = None
        self._margin_item = ""  # whose nearest items are wanted beside it
        self._is_shut_down = False
        self._thread: Thread | None = None
        self._mistakes = MistakeTeller(self)
        self._engine: Engine | None = None

    def start(self) -> None:
        """Start the thread, which then reads what the first question would wait for."""
        if self._thread is None and not self._is_shut_down:
            sys.setswitchinterval(SWITCH_INTERVAL)
            self._thread = Thread(target=self._run, name="search", daemon=True)
            self._thread.start()

    def ask(self, question: Question) -> None:
        """Ask; whatever was asked before is given up."""
        self.start()
        with self._news:
            self._question = question
            self._news.notify()

    def ask_for_margin(self, item: str) -> None:
        """Ask what is related to an item; it waits for every question. An empty id wants nothing any more."""
        self.start()
        with self._news:
            self._margin_item = item
            self._news.notify()

    def shut_down(self) -> None:
        """Give up what is asked, and wait until the thread has ended."""
        with self._news:
            self._is_shut_down = True
            self._news.notify()
        if self._thread is not None:
            self._thread.join()

    # In the thread

    def _run(self) -> None:
        try:
            self._warm_up()
        except BaseException as error:  # the first question meets it again
            self._mistakes.tell(error)
        gc.freeze()  # what was read stays: looking through it for garbage would hold up a keystroke
        while (question := self._next()) is not None:
            self._try(question, partial(self._answer, question))
        gc.unfreeze()  # or the edition could never be let go

    def _try(self, question: Question, work: Callable[[], object]) -> None:
        """Do `work`; a mistake is told in the window's thread, and the question counts as failed."""
        try:
            work()
        except BaseException as error:
            self.failed.emit(question, self._mistakes.tell(error))

    def _warm_up(self) -> None:
        """Read what the first question would wait for."""
        from viewer.search import spelling  # here: the window need not wait for all that these load

        with suppress(FaultyIndex):  # the first question meets it again
            self._ready_engine().warm()
        self._mistakes.start("spelling", spelling.warm)

    def _ready_engine(self) -> Engine:
        """Return the engine, made where that has not been done, or went wrong."""
        from viewer.search.engine import Engine

        if self._engine is None:
            self._engine = Engine(self._bundle)
        return self._engine

    def _next(self) -> Question | None:
        """Wait for what is wanted next; return None at the end."""
        with self._news:
            self._news.wait_for(lambda: self._question is not None or bool(self._margin_item) or self._is_shut_down)
            if self._is_shut_down:
                return None
            question = self._question
            if question is None:
                question, self._margin_item = Question(margin_item=self._margin_item), ""
            self._question = None
            return question

    def _answer(self, question: Question) -> None:
        """Answer through the signals, unless something newer is asked meanwhile."""
        from viewer.search.index import Cancelled

        engine = self._ready_engine()
        check = partial(self._check_cancelled, question)
        try:
            if question.margin_item:
                found = self._related(engine, question.margin_item, MOST_IN_MARGIN, check)
                self.related_in_margin.emit(question.margin_item, found)
            elif question.related_to:
                found = self._related(engine, question.related_to, MOST_RELATED, check)
                self.related.emit(question.related_to, found)
            else:
                self._search(engine, question, check)
        except Cancelled:
            if question.margin_item:
                self._postpone(question.margin_item)
        except FaultyIndex as fault:
            self.failed.emit(question, fault)

    def _check_cancelled(self, question: Question) -> None:
        """Raise Cancelled where something newer was asked."""
        from viewer.search.index import Cancelled

        if self._question is not None or self._is_shut_down or (question.margin_item and self._margin_item):
            raise Cancelled

    def _search(self, engine: Engine, question: Question, check: CancelCheck) -> None:
        from viewer.search.messages import advice

        ask = partial(engine.search, live=True) if question.live else engine.search_complete
        answer = ask(
            question.typed, exact=question.exact, limit=question.limit, noted=question.noted, check_cancelled=check
        )
        check()
        self.answered.emit(question, answer)
        if question.live:
            self._wait_for_pause()
            check()
        facets = engine.facets(answer, question.noted, check)
        offers = advice(engine, answer, question.noted, check)
        check()
        self.counted.emit(question, facets, offers)

    def _related(self, engine: Engine, item: str, most: int, check: CancelCheck) -> Sequence[Hit]:
        from viewer.search.related import related_items

        try:
            return related_items(engine, self._bundle, item, limit=most, check_cancelled=check)
        except NotFound:
            return ()

    def _wait_for_pause(self) -> None:
        """Wait for a moment in which nothing is typed: counting must not hold up the next letter."""
        with self._news:
            self._news.wait_for(lambda: self._question is not None or self._is_shut_down, timeout=PAUSE)

    def _postpone(self, item: str) -> None:
        """Take an item up again that had to wait for a question, unless another is wanted by now."""
        with self._news:
            self._margin_item = self._margin_item or item
