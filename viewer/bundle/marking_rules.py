"""The rules of a marking scheme: labels are legible and distinct, and no item is marked above its edition.

Handling caveats stand beside the markings, so their labels are told apart from these too.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator
from enum import Enum, auto
from math import floor

from viewer.bundle.rules import Format
from viewer.design.palette import contrast
from viewer.errors import Faulty

LEAST_CONTRAST = 4.5  # of a label's ink on its colour: what WCAG 2.1 asks of text, criterion 1.4.3

_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters, signs and accents that show nothing


def check_markings(connection: sqlite3.Connection, rules_of: Format) -> None:
    """Check the scheme, and that no theme or item is marked above its edition, once the rows were checked.

    A theme may be marked below its items: its marking is that of its title and summary, and each item bears its own.
    Raises Faulty, naming table and row.
    """
    problem = next(_problems(connection, rules_of), None)
    if problem:
        raise Faulty(f"The edition breaks a rule of its format: {problem}.")


class LabelFlaw(Enum):
    """Why a label cannot be read."""

    UNSEEN = auto()  # it holds a character that cannot be seen
    NO_LETTER = auto()  # neither letter nor figure


def label_flaw(label: str) -> LabelFlaw | None:
    """Return why a label cannot be read; None where it can."""
    if any(unicodedata.category(char) in _UNSEEN or char in _BLANK or _is_selector(char) for char in label):
        return LabelFlaw.UNSEEN
    return None if any(char.isalnum() for char in label) else LabelFlaw.NO_LETTER


def too_low_contrast(colour: str, ink: str) -> float | None:
    """Return the contrast of the ink on the colour, rounded down to hundredths; None where it is high enough."""
    found = contrast(colour, ink)
    return None if found >= LEAST_CONTRAST else floor(found * 100) / 100


def label_skeleton(label: str) -> str:
    """Return the label without case, spaces and accents: two labels with the same skeleton look alike."""
    letters = (char for char in unicodedata.normalize("NFKD", label) if unicodedata.category(char) != "Mn")
    return "".join("".join(letters).casefold().split())


def _is_selector(char: str) -> bool:
    """Return whether a character is a variation selector, which only changes the shape of the one before it."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


_LABEL_PROBLEMS = {
    LabelFlaw.UNSEEN: "{} has a label that holds a character that cannot be seen",
    LabelFlaw.NO_LETTER: "{} has a label that has no letter",
}


def _problems(connection: sqlite3.Connection, rules_of: Format) -> Iterator[str]:
    known: dict[str, str] = {}
    for code, label, colour, ink in connection.execute("SELECT code, label, colour, ink FROM marking ORDER BY level"):
        name = f"marking '{code}'"
        yield from _label_problems(name, label, known)
        if found := too_low_contrast(colour, ink):
            yield f"{name} has an ink of a contrast of {found} to 1 on the colour {colour}, below {LEAST_CONTRAST}"
    if any(table.name == "caveat" for table in rules_of.tables):
        for code, label in connection.execute("SELECT code, label FROM caveat ORDER BY position"):
            yield from _label_problems(f"caveat '{code}'", label, known)
    yield from _above_the_edition(connection, rules_of)


def _label_problems(name: str, label: str, known: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with a label; `known` gives what bears each label already."""
    if flaw := label_flaw(label):
        yield _LABEL_PROBLEMS[flaw].format(name)
    other = known.setdefault(label_skeleton(label), name)
    if other != name:
        yield f"{name} has the same label as {other}"


def _above_the_edition(connection: sqlite3.Connection, rules_of: Format) -> Iterator[str]:
    own, level = connection.execute("SELECT code, level FROM edition JOIN marking ON code = edition.marking").fetchone()
    higher = "SELECT code FROM marking WHERE level > ?"
    if connection.execute(higher, (level,)).fetchone() is None:
        return
    for table in ("theme", *rules_of.items):
        above = connection.execute(f"SELECT id, marking FROM {table} WHERE marking IN ({higher}) LIMIT 1", (level,))
        for id_, marking in above:
            yield f"edition has the marking '{own}', below '{marking}', that of {table} '{id_}'"
