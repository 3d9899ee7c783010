"""What a text in a draft may not hold: markup that the format leaves out, and characters that hide or reorder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from viewer.bundle.rules import MAX_TEXT

_ESCAPED = re.compile(r"\\[\\`*_{}\[\]()>#+.!-]")
_REFUSED = (
    (r"(?<!<)!\[[^\]\n]*\]?", "images are not part of the format"),
    (r"(?<!!)\[[^\[\]]*\][(\[]|^ {0,3}\[[^\[\]]+\]:", "links are not part of the format"),
    (
        r"<[A-Za-z][\w+.-]*:|<[^\s<>]+@[^\s<>]+>|(?<![\w+.-])[A-Za-z][\w+.-]*://",
        "addresses are not part of the format; a source's locator may hold one",
    ),
    (
        r"<(?:[A-Za-z?]|/[A-Za-z]|![A-Za-z\[-])(?![\w+.-]*:)(?![^\s<>]*@)",
        'HTML is not part of the format; a space after "<" makes it a plain sign',
    ),
)
_PATTERNS = tuple((re.compile(pattern, re.MULTILINE), reason) for pattern, reason in _REFUSED)


def markup_flaws(text: str) -> Iterator[tuple[int, str]]:
    """Yield what in a Markdown text the format leaves out: the line, 0 and up, and the reason."""
    bare = _ESCAPED.sub("..", text)
    for pattern, reason in _PATTERNS:
        last = -1
        for found in pattern.finditer(bare):
            line = bare.count("\n", 0, found.start())
            if line > last:  # one of a kind on each line is enough
                yield line, f'{reason}: "{found[0].strip()}"'
            last = line


def character_flaws(text: str, *, allowed: str = "") -> Iterator[tuple[int, str]]:
    """Yield characters that a reader would not see, or see out of order: the line, 0 and up, and the reason."""
    if text.isascii() and text.isprintable():
        return
    for number, line in enumerate(text.split("\n") if "\n" in allowed else [text]):
        for char in dict.fromkeys(line):
            if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"):
                yield number, f"the character {_named(char)} is not allowed"


def size_flaw(text: str) -> str | None:
    """Return the reason to refuse a text over the format's limit of 16 kB, in UTF-8; None for a shorter one."""
    size = len(text.encode("utf-8", "surrogatepass"))
    return f"the text has {size:,} bytes; at most {MAX_TEXT:,} are allowed" if size > MAX_TEXT else None


def _named(char: str) -> str:
    name = "line break" if char == "\n" else unicodedata.name(char, "").lower()
    return f"U+{ord(char):04X} ({name})" if name else f"U+{ord(char):04X}"
