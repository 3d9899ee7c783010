"""Keeps `None`, `True` and `False` alive: PySide6 drops references to them that it does not hold.

What breaks: with Python 3.11, PySide6 6.12 drops one reference to `None` at every call that returns nothing, and one to
`True` at every signal that is emitted. The process ends in a fatal error once they are used up, after some five
thousand calls or signals: a minute of reading.

The smallest program that shows it: `QObject().blockSignals(False)` in a loop, with `sys.getrefcount(None)` before and
after. When it can go: with Python 3.12 as the oldest one, where these objects cannot die, or once PySide6 holds what it
drops; `tests/ui/platform/test_refcounts.py` fails then.
"""

from __future__ import annotations

import sys

ENOUGH = sys.maxsize // 4  # references: more than any session uses up


def keep_constants_alive() -> None:
    """Give each of them more references than can be dropped, where it needs them."""
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return
    from ctypes import c_ssize_t

    for constant in (None, True, False):
        if sys.getrefcount(constant) < ENOUGH:
            c_ssize_t.from_address(id(constant)).value += ENOUGH  # the count stands first in every object
