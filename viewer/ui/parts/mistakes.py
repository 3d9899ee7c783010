"""Mistakes of ours in other threads: each is told once, in the window's thread, and the thread goes on.

A thread that ended at the first exception would leave a view waiting for ever; one that told every exception would put
a dialog over each letter that is typed.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from PySide6.QtCore import QObject, Qt, Signal

from viewer.errors import OwnMistake


class MistakeTeller(QObject):
    """Takes exceptions from any thread; belongs to the thread in which it is made, the window's.

    What is no ViewerError reaches `sys.excepthook` there, the first time that it happens at its place in the program.
    """

    _happened = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: set[tuple[type[BaseException], str, int]] = set()
        self._happened.connect(self._raise_once, Qt.ConnectionType.QueuedConnection)

    def tell(self, error: BaseException) -> OwnMistake:
        """Have `error` told in the window, from any thread; return what a view says in place of a result."""
        self._happened.emit(error)
        return OwnMistake()

    def start(self, name: str, work: Callable[[], object]) -> Thread:
        """Start a thread that does `work` once, and tells what goes wrong with it."""

        def run() -> None:
            try:
                work()
            except BaseException as error:  # told in the window's thread
                self.tell(error)

        thread = Thread(target=run, name=name, daemon=True)
        thread.start()
        return thread

    def _raise_once(self, error: BaseException) -> None:
        place = _place(error)
        if place not in self._seen:
            self._seen.add(place)
            raise error


def _place(error: BaseException) -> tuple[type[BaseException], str, int]:
    """Return the kind of an error, and the file and line that raised it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (type(error), trace.tb_frame.f_code.co_filename if trace else "", trace.tb_lineno if trace else 0)
