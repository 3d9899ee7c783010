"""One thread for work that the window must not wait for; its results come back in the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count

from PySide6.QtCore import QObject, Qt, Signal

from viewer.errors import ViewerError
from viewer.ui.parts.mistakes import MistakeTeller


@dataclass(slots=True)
class _Job:
    """What is to be done, and what is called with its result or its error."""

    work: Callable[[], object]
    then: Callable[[object], object]
    otherwise: Callable[[object], object]
    future: Future[object] | None = None


class BackgroundRunner(QObject):
    """Runs work in one thread of its own, and hands on its results in the window's thread.

    It knows its jobs by number alone: they may hold on to widgets, and a thread that were the last to let go of one
    would destroy it there, which ends the process.

    Signals: `newest_done(result)` and `newest_failed(ViewerError)` for what `run_newest` was asked for last.
    """

    newest_done = Signal(object)
    newest_failed = Signal(object)
    _done = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mistakes = MistakeTeller(self)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self._numbers = count(1)
        self._jobs: dict[int, _Job] = {}
        self._newest: Future[object] | None = None
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run_newest(self, work: Callable[[], object]) -> None:
        """Do `work`, unless something newer is asked for before it begins."""
        if self._newest is not None:
            self._newest.cancel()
        self._newest = self._run(work, self.newest_done.emit, self.newest_failed.emit)

    def run(
        self, work: Callable[[], object], then: Callable[[object], object], otherwise: Callable[[object], object]
    ) -> None:
        """Do `work`, which is never given up; then call `then` with its result, or `otherwise` with its error."""
        self._run(work, then, otherwise)

    def shut_down(self) -> None:
        """Wait until all work is done; the newest of `run_newest` is given up unless it has begun."""
        if self._newest is not None:
            self._newest.cancel()
        self._pool.shutdown()

    def _run(
        self, work: Callable[[], object], then: Callable[[object], object], otherwise: Callable[[object], object]
    ) -> Future[object]:
        number = next(self._numbers)
        job = self._jobs[number] = _Job(work, then, otherwise)
        job.future = future = self._pool.submit(self._work, number)
        future.add_done_callback(lambda _: self._done.emit(number))
        return future

    def _work(self, number: int) -> object:
        """Run in the thread."""
        return self._jobs[number].work()

    def _deliver(self, number: int) -> None:
        """Run in the window's thread; what is no ViewerError is a mistake of ours: told once, and the job failed."""
        job = self._jobs.pop(number)
        future = job.future
        assert future is not None
        if future.cancelled() or (job.then == self.newest_done.emit and future is not self._newest):
            return
        try:
            result = future.result()
        except ViewerError as err:
            job.otherwise(err)
            return
        except BaseException as mistake:
            job.otherwise(self._mistakes.tell(mistake))
            return
        job.then(result)
