"""Text that is safe to show: nothing in it hides or reorders what a reader sees, and no text of others acts as markup.

`VisibleText` and `Html` are made by the functions here alone. Whatever shows text asks for one of the two types, so
mypy reports a plain `str` that was not made safe, such as an f-string around a title.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import LiteralString, NewType

MAX_MARKS = 3  # combining marks on one letter

_KEPT_CONTROLS = "\n\t"
_SOFT_HYPHEN = "\u00ad"
_HARMLESS = re.compile(r"[\n\t -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")  # Latin text
_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})  # of Unicode

VisibleText = NewType("VisibleText", str)  # what `visible` returns


class Html(str):
    """HTML whose markup is the program's own; made by `escape`, `format_html` and `join_html`, or by Markdown."""

    __slots__ = ()


NO_HTML = Html("")


def visible(text: str) -> VisibleText:
    """Return `text` with characters that hide, reorder or pile up shown as `[U+202E]`, and surplus accents dropped."""
    if (text.isascii() and text.isprintable()) or _HARMLESS.fullmatch(text):
        return VisibleText(text)
    return VisibleText("".join(_shown(text)))


def one_line(text: str) -> str:
    """Return the text of a field that is one line, with all that would leave it shown as `[U+000A]`.

    That is what ends lines, commands a terminal, or turns the direction of reading; a tab becomes a space.
    """
    if text.isprintable():
        return text
    text = text.replace("\t", " ")
    return "".join(f"[U+{ord(char):04X}]" if _leaves_line(char) else char for char in text)


def _leaves_line(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Zl", "Zp") or unicodedata.bidirectional(char) in _TURNING


def _shown(text: str) -> list[str]:
    out: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in _HIDDEN_CATEGORIES and char not in _KEPT_CONTROLS and char != _SOFT_HYPHEN:
            out.append(f"[U+{ord(char):04X}]")
        elif marks <= MAX_MARKS and char != _SOFT_HYPHEN:
            out.append(char)
    return out


def escape(text: str, *, quote: bool = True) -> Html:
    """Return HTML that shows `text` as it is, after `visible`; without `quote` it is not fit for an attribute.

    Not `html.escape`: the standard library's module loads two thousand names of characters.
    """
    text = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Html(text.replace('"', "&quot;").replace("'", "&#x27;") if quote else text)


def format_html(template: LiteralString, /, *parts: str | int, **named: str | int) -> Html:
    """Return `template` with each part in its place, as `str.format` does; a part that is not `Html` is escaped.

    The template is markup written in the program: a literal, never a text put together.
    """
    return Html(template.format(*map(_part, parts), **{name: _part(value) for name, value in named.items()}))


def _part(value: str | int) -> Html:
    return value if isinstance(value, Html) else escape(str(value))


def join_html(parts: Iterable[Html], between: Html = NO_HTML) -> Html:
    """Return the parts as one piece of HTML, with `between` between them."""
    return Html(between.join(parts))
