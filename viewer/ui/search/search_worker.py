"""Searches off the window's thread: the newest question alone is answered, an older one is given up."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from threading import Condition, Thread

from PySide6.QtCore import QObject, Qt, Signal

from viewer.bundle.bundle import Bundle
from viewer.errors import NotFound
from viewer.record import record
from viewer.search import spelling
from viewer.search.advice import advice
from viewer.search.engine import Answer, Engine
from viewer.search.index import Stopped
from viewer.search.related import relatives

LIVE_LIMIT = 40
PAUSE = 0.15  # seconds without a keystroke, before the hits are counted by filter
FULL_LIMIT = 200


@record
class Question:
    """What is asked: words, or, where `relatives_of` names an item, its relatives."""

    typed: str = ""
    exact: bool = False
    live: bool = False
    limit: int = FULL_LIMIT
    noted: frozenset[str] = frozenset()
    relatives_of: str = ""


class SearchWorker(QObject):
    """Answers questions about one edition in a thread of its own.

    Signals: `answered(question, Answer)`, then `counted(question, Facets, advice)`; `related(item id, hits)`.
    """

    answered = Signal(object, object)
    counted = Signal(object, object, object)
    related = Signal(str, object)
    _mistaken = Signal(object)

    def __init__(self, bundle: Bundle, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bundle = bundle
        self._news = Condition()
        self._question: Question | None = None
        self._ticket = 0
        self._ended = False
        self._mistaken.connect(self._raise, Qt.ConnectionType.QueuedConnection)
        self._thread = Thread(target=self._run, name="search", daemon=True)
        self._thread.start()

    def ask(self, question: Question) -> None:
        """Asks; whatever was asked before is given up."""
        with self._news:
            self._question = question
            self._ticket += 1
            self._news.notify()

    def end(self) -> None:
        """Gives up and ends the thread."""
        with self._news:
            self._ended = True
            self._ticket += 1
            self._news.notify()
        self._thread.join()

    def _run(self) -> None:
        engine = Engine(self._bundle)
        engine.warm()
        gc.freeze()  # what was read stays: looking through it for rubbish would hold up a keystroke
        Thread(target=spelling.warm, name="spelling", daemon=True).start()
        while True:
            with self._news:
                self._news.wait_for(lambda: self._question is not None or self._ended)
                if self._ended:
                    gc.unfreeze()  # or the edition could never be let go
                    return
                question, ticket = self._question, self._ticket
                self._question = None
            assert question is not None
            self._answer(engine, question, self._until(ticket))

    def _until(self, ticket: int) -> Callable[[], None]:
        """A function that stops the search once something newer is asked."""

        def go_on() -> None:
            if self._ticket != ticket:
                raise Stopped

        return go_on

    def _answer(self, engine: Engine, question: Question, go_on: Callable[[], None]) -> None:
        try:
            if question.relatives_of:
                self._relate(engine, question.relatives_of, go_on)
                return
            answer = self._found(engine, question, go_on)
            go_on()
            self.answered.emit(question, answer)
            if question.live:
                self._rest(go_on)
            facets = engine.facets(answer, question.noted, go_on)
            found = advice(engine, answer, question.noted, go_on)
            go_on()
            self.counted.emit(question, facets, found)
        except Stopped:
            return
        except BaseException as mistake:  # of ours: shown by the window's thread, while this one goes on answering
            self._mistaken.emit(mistake)

    @staticmethod
    def _found(engine: Engine, question: Question, go_on: Callable[[], None]) -> Answer:
        ask = partial(engine.search, live=True) if question.live else engine.full
        return ask(question.typed, exact=question.exact, limit=question.limit, noted=question.noted, go_on=go_on)

    def _rest(self, go_on: Callable[[], None]) -> None:
        """Waits for a moment in which nothing is typed: counting must not hold up the next letter."""
        with self._news:
            self._news.wait_for(lambda: self._question is not None or self._ended, timeout=PAUSE)
        go_on()

    def _relate(self, engine: Engine, item_id: str, go_on: Callable[[], None]) -> None:
        try:
            hits = relatives(engine, self._bundle, item_id, go_on=go_on)
        except NotFound:
            hits = ()
        self.related.emit(item_id, hits)

    def _raise(self, mistake: BaseException) -> None:
        """Runs in the window's thread."""
        raise mistake
