"""Keeps `None` alive: PySide6 6.12 drops one reference to it with every call that returns nothing.

From Python 3.12 on `None` cannot die. Before that, the process ends in a fatal error once its references are used
up, which takes some five thousand calls: a minute of reading.
"""

from __future__ import annotations

import sys

PLENTY = sys.maxsize // 4  # references: more than any session uses up


def hold_none() -> None:
    """Gives `None` more references than can be dropped, where it needs them."""
    if sys.implementation.name == "cpython" and sys.version_info < (3, 12) and sys.getrefcount(None) < PLENTY:
        from ctypes import c_ssize_t

        c_ssize_t.from_address(id(None)).value += PLENTY  # the count stands first in every object
