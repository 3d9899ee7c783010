"""One thread for the notes file, so that the window waits neither for the disk nor for another program.

What is asked for is done in order, and answered in order in the window's thread.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QObject

from viewer.errors import ViewerError
from viewer.ui.parts.timers import make_timer

POLL = 5  # milliseconds between looks at what is done
PATIENCE = 3.0  # seconds for which the window waits for what it cannot go on without


@dataclass(slots=True)
class _Errand:
    """Work under way, and what is called with its result or its error; neither may be known to the thread."""

    future: Future[object]
    then: Callable[[object], object]
    otherwise: Callable[[ViewerError], object]


class NoteWriter(QObject):
    """Holds the thread, and what is under way in it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="notes")
        self._errands: deque[_Errand] = deque()
        self._poll = make_timer(self, POLL)  # no signal crosses from the thread to what may be gone by then
        self._poll.timeout.connect(self._deliver)

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return bool(self._errands)

    def run(
        self,
        work: Callable[[], object],
        then: Callable[[object], object],
        otherwise: Callable[[ViewerError], object],
    ) -> None:
        """Do `work` in the thread, then call `then` with its result, or `otherwise` with its error.

        `work` must hold on to nothing of the window's: what the thread lets go of last is destroyed there.
        """
        try:
            future = self._pool.submit(work)
        except RuntimeError:  # the program is ending: what could not be saved was written elsewhere, and nobody is left
            return
        self._errands.append(_Errand(future, then, otherwise))
        self._poll.start()

    def settle(self, patience: float = PATIENCE) -> bool:
        """Wait, at most so many seconds, until all is done and answered; return whether it is."""
        until = monotonic() + patience
        while self._errands and (left := until - monotonic()) > 0:  # an answer may ask for more
            wait([errand.future for errand in self._errands], timeout=left)
            self._deliver()
        return not self._errands

    def _deliver(self) -> None:
        """Answer what is done; what is no ViewerError is a bug and is raised here."""
        while self._errands and self._errands[0].future.done():
            errand = self._errands.popleft()
            try:
                result = errand.future.result()
            except ViewerError as err:
                errand.otherwise(err)
                continue
            errand.then(result)
        if not self._errands:
            self._poll.stop()
