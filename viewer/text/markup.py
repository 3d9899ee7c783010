"""Whether a text has any markup: most have none, and are shown without a parser being loaded."""

from __future__ import annotations

import re

_MARKUP = ("*", "_", "`", "\\", "\n", "|", "  ", "[^", "](#")
_MARKUP_AT_START = re.compile(r"\s|[-+>]|\d{1,9}[.)]")


def has_markup(text: str) -> bool:
    """Return whether anything in `text` may be read as markup; plain prose, which most texts are, is not parsed."""
    if any(sign in text for sign in _MARKUP):  # in a quarter of the time of one pattern for all
        return True
    return _MARKUP_AT_START.match(text) is not None or text[-1:].isspace()
