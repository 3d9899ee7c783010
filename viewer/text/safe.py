"""Text that is safe to show: nothing in it hides or reorders what a reader sees, and HTML holds no markup of others."""

from __future__ import annotations

import unicodedata

MAX_MARKS = 3  # combining marks on one letter
_KEPT_CONTROLS = "\n\t"


def escape(text: str, *, quote: bool = True) -> str:
    """What `html.escape` gives, without the two thousand names of characters that come along with it."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#x27;") if quote else text


def visible(text: str) -> str:
    """`text` with characters that hide, reorder or pile up shown as `[U+202E]`, and surplus accents dropped."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(text))


def _shown(text: str) -> list[str]:
    out: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp") and char not in _KEPT_CONTROLS and char != "\u00ad":
            out.append(f"[U+{ord(char):04X}]")
        elif marks <= MAX_MARKS and char != "\u00ad":
            out.append(char)
    return out
