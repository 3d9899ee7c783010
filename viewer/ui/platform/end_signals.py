"""Signals that ask the program to end, brought safely into the window's thread.

What breaks: a handler of Python's runs between any two of its steps, or not at all while Qt waits for events. So the
handler does nothing: the system's own handler writes to a pipe, and Qt wakes up when something stands in it. A second
signal ends the program at once, as if it had never been caught. Windows has no such signals; there Qt itself closes the
windows when the reader logs out.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

NAMES = ("SIGTERM", "SIGHUP", "SIGINT")


class EndSignals(QObject):
    """From its making on, the first signal is announced, and the second ends the program. Signals: `received`."""

    received = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._caught: list[signal.Signals] = []
        self._count = 0
        if sys.platform == "win32":
            return
        self._reading, self._writing = os.pipe()
        for end in (self._reading, self._writing):
            os.set_blocking(end, False)
        self._before = signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        for number in (signal.Signals[name] for name in NAMES):
            if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
                signal.signal(number, self._count_signal)
                self._caught.append(number)
        self._notifier = QSocketNotifier(self._reading, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def stop(self) -> None:
        """Leave all signals to the system again."""
        if self._caught:
            for number in self._caught:
                signal.signal(number, signal.SIG_DFL)
            self._caught.clear()
            self._notifier.setEnabled(False)
            signal.set_wakeup_fd(self._before)
            for end in (self._reading, self._writing):
                os.close(end)

    def _count_signal(self, number: int, _frame: FrameType | None) -> None:
        self._count += 1
        if self._count > 1:  # the window does not come to answer the first
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)

    def _read(self) -> None:
        os.read(self._reading, 64)
        self.stop()
        self.received.emit()
