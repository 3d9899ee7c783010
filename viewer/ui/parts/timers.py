"""Timers, set by methods: in a Turkish locale PySide does not find properties whose names begin with "i".

The smallest program that shows it: `LC_ALL=tr_TR.UTF-8` and `QTimer(interval=5)`, "unsupported keyword". It can go once
PySide (seen with 6.12) looks names up without the locale's letters.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer


def make_timer(parent: QObject, milliseconds: int, *, single_shot: bool = False) -> QTimer:
    """Return a timer that is not started."""
    timer = QTimer(parent)
    timer.setInterval(milliseconds)
    timer.setSingleShot(single_shot)
    return timer
