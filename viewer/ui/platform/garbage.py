"""Collects garbage in the window's thread alone.

What breaks: Python collects wherever it happens to be. In a thread that searches or prints it would destroy what is
left of closed panes there, and Qt's objects must die in the thread that they live in: the process would end.

The smallest program that shows it: a widget in a cycle of references, dropped, and a thread that makes many lists. When
it can go: once Python collects in one thread only, or PySide6 hands objects to their own thread to be destroyed;
`tests/ui/platform/test_garbage.py` fails in the first case.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL = 1000  # milliseconds between two looks


class GarbageCollector(QObject):
    """From its making on, garbage is collected by its timer and by nothing else."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(collect_if_due)
        self._timer.start(INTERVAL)


def collect_if_due() -> None:
    """Collect the oldest generation that Python itself would collect by now."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
