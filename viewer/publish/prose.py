"""What a text in a draft may not hold: characters that hide, would change, or will not print, and texts too long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from viewer.bundle.rules import MAX_TEXT
from viewer.design.characters import printed_characters

_HIDDEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")  # categories of Unicode
_LETTER_FORMS = ("<compat>", "<wide>", "<narrow>", "<font>", "<initial>", "<medial>", "<final>", "<isolated>")
TYPOGRAPHIC = re.compile("[“”„‟‘’\u201a\u201b«»]")  # quotation marks that part no text in TOML and in braces
_MOST_NAMED = 8  # characters in one fault
_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")
_INSTEAD = {
    "\t": "write spaces; a table is written with |",
    "\u00ad": "leave it out: the program breaks lines by itself",
    "\u2009": "write a no-break space (U+00A0) or a plain one",
    "\u200a": "write a no-break space (U+00A0) or a plain one",
    "\u202f": "write a no-break space (U+00A0)",
    "\u3000": "write a plain space",
    "\u2010": "write the plain hyphen -",
    "\u2011": "write the plain hyphen -",
    "\u2043": "write a list with - before each point",
    "\u25aa": "write a list with - before each point",
    "\u25e6": "write a list with - before each point",
    "\u2103": "write °C",
    "\u2714": "write ✓",
    "\u03bc": "write µ (U+00B5)",
}


def normalised(text: str) -> str:
    """Return `text` with letters and their accents composed (Unicode's NFC): one spelling for what looks the same."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def character_flaws(text: str, *, allowed: str = "") -> Iterator[tuple[int, str]]:
    """Yield characters that a reader would not see as written: the line, 0 and up, and the reason.

    These are such as hide or reorder others, other forms of a letter that search and paper take for the letter, and
    such as the typefaces lack. `allowed` may hold the line break. `text` is in NFC.
    """
    if text.isascii() and text.isprintable():
        return
    for number, line in enumerate(text.split("\n") if "\n" in allowed else [text]):
        lacking = []
        for char in dict.fromkeys(line):
            if reason := _character_flaw(char):
                yield number, reason
            elif not (char.isascii() or char in printed_characters()):
                lacking.append(f"{char} (U+{ord(char):04X})")
        if lacking:
            more = f" and {len(lacking) - _MOST_NAMED} more" if len(lacking) > _MOST_NAMED else ""
            yield number, f"the typefaces cannot print {', '.join(lacking[:_MOST_NAMED])}{more}: write it otherwise"


def _character_flaw(char: str) -> str:
    """Return the reason to refuse a character; empty for none."""
    if char.isascii() and char.isprintable():
        return ""
    category = unicodedata.category(char)
    if category in _HIDDEN:
        found = f"the character {_named(char)} is not allowed"
        return f"{found}: {_INSTEAD[char]}" if char in _INSTEAD else found
    if char in _INSTEAD:
        return f"the character {_named(char)} cannot be printed: {_INSTEAD[char]}"
    form, _, _ = unicodedata.decomposition(char).partition(" ")
    plain = unicodedata.normalize("NFKC", char)
    if (
        form in _LETTER_FORMS
        and char != "\u00b5"
        and printed_characters().issuperset(plain)
        and (category[0] in "LN" or form in ("<wide>", "<narrow>"))
    ):
        return f"the character {_named(char)} is another form of “{plain}”: write {plain}"
    if category in ("Mn", "Me", "Mc"):
        return f"the mark {_named(char)} is part of no letter that Unicode has: write the letter without it"
    return ""


def trimmed(text: str) -> str:
    """Return a text without the blank lines around it; spaces before its first words stay, to be judged."""
    return _BLANK_LINES.sub("", text).rstrip()


def size_flaw(text: str, most: int = 0) -> str | None:
    """Return the reason to refuse a text of over 16 kB, in UTF-8, or over `most` characters; None for a shorter one."""
    if most and len(text) > most:
        return f"the text has {len(text):,} characters; at most {most:,} are allowed"
    size = len(text.encode("utf-8", "surrogatepass"))
    return f"the text has {size:,} bytes; at most {MAX_TEXT:,} are allowed" if size > MAX_TEXT else None


def _named(char: str) -> str:
    name = {"\n": "line break", "\t": "tab"}.get(char) or unicodedata.name(char, "").lower()
    return f"U+{ord(char):04X} ({name})" if name else f"U+{ord(char):04X}"
