"""What the search's thread does: asks the engine, and tells the window through the worker's signals."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Thread

from viewer.bundle.bundle import Bundle
from viewer.errors import NotFound
from viewer.model import Hit
from viewer.search import spelling
from viewer.search.advice import advice
from viewer.search.engine import Answer, Engine
from viewer.search.index import GoOn, Stopped
from viewer.search.related import related_items
from viewer.ui.search.search_worker import Question, SearchWorker

MOST_IN_MARGIN = 3  # relatives beside an item
MOST_RELATED = 8  # in the list of them


class Answering:
    """One engine, in one thread, for one worker."""

    def __init__(self, bundle: Bundle, worker: SearchWorker) -> None:
        self._bundle, self._worker = bundle, worker
        self._engine = Engine(bundle)
        self._engine.warm()
        Thread(target=spelling.warm, name="spelling", daemon=True).start()

    def answer(self, question: Question, still_wanted: Callable[[], bool]) -> None:
        """Answers through the worker's signals; gives up between two steps once that is not wanted any more."""

        def go_on() -> None:
            if not still_wanted():
                raise Stopped

        try:
            if question.beside:
                self._worker.beside.emit(question.beside, self._relatives(question.beside, MOST_IN_MARGIN, go_on))
            elif question.relatives_of:
                found = self._relatives(question.relatives_of, MOST_RELATED, go_on)
                self._worker.related.emit(question.relatives_of, found)
            else:
                self._search(question, go_on)
        except Stopped:
            if question.beside:
                self._worker.put_off(question.beside)

    def _search(self, question: Question, go_on: GoOn) -> None:
        answer = self._found(question, go_on)
        go_on()
        self._worker.answered.emit(question, answer)
        if question.live:
            self._worker.rest()
            go_on()
        facets = self._engine.facets(answer, question.noted, go_on)
        found = advice(self._engine, answer, question.noted, go_on)
        go_on()
        self._worker.counted.emit(question, facets, found)

    def _found(self, question: Question, go_on: GoOn) -> Answer:
        ask = partial(self._engine.search, live=True) if question.live else self._engine.full
        return ask(question.typed, exact=question.exact, limit=question.limit, noted=question.noted, go_on=go_on)

    def _relatives(self, item: str, most: int, go_on: GoOn) -> tuple[Hit, ...]:
        try:
            return related_items(self._engine, self._bundle, item, limit=most, go_on=go_on)
        except NotFound:
            return ()
