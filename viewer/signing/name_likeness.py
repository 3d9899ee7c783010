"""Whether two names look alike to the eye, so that they are told apart by their keys."""

from __future__ import annotations

import unicodedata

# Letters of other scripts, digits and signs, each before the Latin letter that it is drawn like, case being folded.
_PAIRS = (
    # Cyrillic
    "\u0430a \u0435e \u043eo \u0440p \u0441c \u0443y \u0445x \u0456l \u043ak \u0455s \u0458j \u04bbh "
    "\u0501d \u051bq \u051dw \u0432b \u043dh \u0442t \u043cm \u0433r \u043fn \u0475v \u04cfl "
    # Greek
    "\u03b1a \u03b2b \u03b5e \u03b7n \u03b9l \u03bak \u03bdv \u03bfo \u03c1p \u03c4t \u03c5u \u03c7x "
    "\u03c9w \u03b3y "
    # digits, signs and Latin letters with a stroke
    "0o 1l |l !l il \u0131l \u0142l \u00f8o \u0111d \u0127h \u0140l "
)
_TABLE = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
_JOINED = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def is_alike(one: str, other: str) -> bool:
    """Return whether two names are the same, or look so: case, accents, spaces and letters drawn alike do not count."""
    return _drawn(one) == _drawn(other)


def _drawn(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(char for char in plain if char.isalnum() or char in "|!").translate(_TABLE)
    for pair, single in _JOINED:
        letters = letters.replace(pair, single)
    return letters
