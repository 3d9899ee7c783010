"""Keeps `None`, `True` and `False` alive: PySide6 6.12 drops references to them that it does not hold.

One to `None` goes with every call that returns nothing, one to `True` with every signal that is emitted. From
Python 3.12 on they cannot die. Before that, the process ends in a fatal error once the references are used up,
which takes some five thousand calls or signals: a minute of reading.
"""

from __future__ import annotations

import sys

PLENTY = sys.maxsize // 4  # references: more than any session uses up


def keep_constants_alive() -> None:
    """Gives each of them more references than can be dropped, where it needs them."""
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return
    from ctypes import c_ssize_t

    for constant in (None, True, False):
        if sys.getrefcount(constant) < PLENTY:
            c_ssize_t.from_address(id(constant)).value += PLENTY  # the count stands first in every object
