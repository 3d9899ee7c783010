"""The quotation marks that keep typed words in their order: whichever are typed, they become straight ones."""

from __future__ import annotations

import re

_DOUBLE = str.maketrans("“”„‟«»", '""""""')
_SINGLE = re.compile(r"(?<!\S)(-?)[‘‚‹]([^‘’‚‹›\"]*)[’‘›](?!\S)")  # an apostrophe stands within or after a word


def straight_quotes(typed: str) -> str:
    """Return what was typed with straight quotation marks, each in its place."""
    return _SINGLE.sub(r'\1"\2"', typed.translate(_DOUBLE))
