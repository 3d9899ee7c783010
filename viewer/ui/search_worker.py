"""Searches off the window's thread: the newest question alone is answered, an older one is given up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition, Thread

from PySide6.QtCore import QObject, Signal

from viewer.bundle.bundle import Bundle
from viewer.errors import NotFound
from viewer.search import spelling
from viewer.search.advice import advice
from viewer.search.engine import Engine
from viewer.search.index import Stopped
from viewer.search.related import relatives

LIVE_LIMIT = 40
FULL_LIMIT = 200


@dataclass(frozen=True, kw_only=True, slots=True)
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

    def __init__(self, bundle: Bundle, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bundle = bundle
        self._news = Condition()
        self._question: Question | None = None
        self._ticket = 0
        self._ended = False
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
        Thread(target=spelling.warm, name="spelling", daemon=True).start()
        while True:
            with self._news:
                self._news.wait_for(lambda: self._question is not None or self._ended)
                if self._ended:
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
            answer = engine.search(
                question.typed, exact=question.exact, live=question.live, limit=question.limit, noted=question.noted,
                go_on=go_on,
            )  # fmt: skip
            go_on()
            self.answered.emit(question, answer)
            facets = engine.facets(answer, question.noted, go_on)
            found = advice(engine, answer, question.noted, go_on)
            go_on()
            self.counted.emit(question, facets, found)
        except Stopped:
            return

    def _relate(self, engine: Engine, item_id: str, go_on: Callable[[], None]) -> None:
        try:
            hits = relatives(engine, self._bundle, item_id, go_on=go_on)
        except NotFound:
            hits = ()
        self.related.emit(item_id, hits)
