"""Searches off the window's thread: the newest question alone is answered, an older one is given up."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from threading import Condition, Thread

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from viewer.bundle.bundle import Bundle
from viewer.records import record

PAUSE = 0.15  # seconds without a keystroke, before the hits are counted by filter
HANDED_OVER = 0.0005  # seconds after which this thread gives Python's lock to the window; else ten times as many
LIVE_LIMIT = 40
FULL_LIMIT = 200


@record
class Question:
    """What is asked: words; or the relatives of an item, all that are listed, or the few to stand beside it."""

    typed: str = ""
    exact: bool = False
    live: bool = False
    limit: int = FULL_LIMIT
    noted: frozenset[str] = frozenset()
    relatives_of: str = ""
    beside: str = ""


class SearchWorker(QObject):
    """Answers questions about one edition in a thread of its own, and between them what stands beside an item.

    Signals: `answered(question, Answer)`, then `counted(question, Facets, advice)`; `related(item id, hits)`;
    `beside(item id, hits)`.
    """

    answered = Signal(object, object)
    counted = Signal(object, object, object)
    related = Signal(str, object)
    beside = Signal(str, object)
    _mistaken = Signal(object)

    def __init__(self, bundle: Bundle, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bundle = bundle
        self._news = Condition()
        self._question: Question | None = None
        self._item = ""  # whose nearest relatives are wanted beside it
        self._ended = False
        self._mistaken.connect(self._raise, Qt.ConnectionType.QueuedConnection)
        sys.setswitchinterval(HANDED_OVER)
        self._thread = Thread(target=self._run, name="search", daemon=True)
        self._thread.start()

    def ask(self, question: Question) -> None:
        """Asks; whatever was asked before is given up."""
        with self._news:
            self._question = question
            self._news.notify()

    def ask_beside(self, item: str) -> None:
        """Asks for what stands beside an item; it waits for every question. An empty id wants none any more."""
        with self._news:
            self._item = item
            self._news.notify()

    def shut_down(self) -> None:
        """Gives up and ends the thread."""
        with self._news:
            self._ended = True
            self._news.notify()
        self._thread.join()

    def rest(self) -> None:
        """Waits, in the thread, for a moment in which nothing is typed: counting must not hold up the next letter."""
        with self._news:
            self._news.wait_for(lambda: self._question is not None or self._ended, timeout=PAUSE)

    def put_off(self, item: str) -> None:
        """Takes an item up again, whose relatives had to wait for a question; unless another is wanted by now."""
        with self._news:
            self._item = self._item or item

    def _run(self) -> None:
        from viewer.ui.search.answering import Answering  # here: the window need not wait for all that it loads

        answering = Answering(self._bundle, self)
        gc.freeze()  # what was read stays: looking through it for rubbish would hold up a keystroke
        while (question := self._next()) is not None:
            try:
                answering.answer(question, self._still_wanted(question))
            except BaseException as mistake:  # of ours: shown by the window's thread, while this one goes on answering
                self._mistaken.emit(mistake)
        gc.unfreeze()  # or the edition could never be let go

    def _next(self) -> Question | None:
        """Waits for what is wanted next; None at the end."""
        with self._news:
            self._news.wait_for(lambda: self._question is not None or bool(self._item) or self._ended)
            if self._ended:
                return None
            question = self._question
            if question is None:
                question, self._item = Question(beside=self._item), ""
            self._question = None
            return question

    def _still_wanted(self, question: Question) -> Callable[[], bool]:
        """Whether nothing newer was asked."""
        if question.beside:
            return lambda: self._question is None and not self._item and not self._ended
        return lambda: self._question is None and not self._ended

    def _raise(self, mistake: BaseException) -> None:
        """Runs in the window's thread."""
        raise mistake


def worker_of(desk: QObject, bundle: Bundle) -> SearchWorker:
    """The one worker of a desk; made when first needed, it ends with the desk and with the program."""
    worker = desk.findChild(SearchWorker)
    if worker is None:
        worker = SearchWorker(bundle, desk)
        app = QCoreApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(worker.shut_down)
        desk.destroyed.connect(worker.shut_down)
    return worker
