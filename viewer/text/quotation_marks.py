"""The quotation marks that keep typed words in their order: whichever are typed, they become straight ones."""

from __future__ import annotations

import re

_DOUBLE = dict.fromkeys((0x201C, 0x201D, 0x201E, 0x201F, 0xAB, 0xBB), '"')
_OPEN, _CLOSED = "\u2018\u201a\u2039", "\u2019\u2018\u203a"
_SINGLE = re.compile(rf'(?<!\S)(-?)[{_OPEN}]([^"{_OPEN}{_CLOSED}]*)[{_CLOSED}](?!\S)')  # an apostrophe ends a word


def straight_quotes(typed: str) -> str:
    """Return what was typed with straight quotation marks, each in its place."""
    return _SINGLE.sub(r'\1"\2"', typed.translate(_DOUBLE))
