"""Which marking counts where several things stand together, and what a marking is called in another edition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from viewer.model import Marking


class HasMarking(Protocol):
    """Whatever carries the code of a marking."""

    @property
    def marking(self) -> str:
        """The code of its marking."""


def lowest_marking(scheme: Sequence[Marking]) -> Marking:
    """Return the lowest marking of a scheme."""
    return min(scheme, key=lambda marking: marking.level)


def highest_marking(held: Iterable[HasMarking], scheme: Sequence[Marking]) -> Marking:
    """Return the highest marking of what is held, all of it known to the scheme; the lowest there is for nothing."""
    known = {marking.code: marking for marking in scheme}
    marked = (known[thing.marking] for thing in held)
    return max(marked, key=lambda marking: marking.level, default=lowest_marking(scheme))


def highest_code(codes: Iterable[str], scheme: Sequence[Marking]) -> str:
    """Return the code of the highest of these markings; empty, which no scheme has, where one of them is not known."""
    levels = {marking.code: marking.level for marking in scheme}
    listed = list(codes)
    return max(listed, key=levels.__getitem__) if listed and all(code in levels for code in listed) else ""


def map_marking(code: str, other_scheme: Sequence[Marking], scheme: Sequence[Marking]) -> str:
    """Return the code in `scheme` of a marking of another edition's: of the same label and level; empty for none."""
    known = next(((marking.label, marking.level) for marking in other_scheme if marking.code == code), None)
    return next((marking.code for marking in scheme if (marking.label, marking.level) == known), "")


def marking_named(scheme: Sequence[Marking], word: str) -> Marking | None:
    """Return the marking whose code or label is `word`, whatever its case; None where there is none."""
    sought = word.strip().casefold()
    return next((m for m in scheme if sought in (m.code.casefold(), m.label.casefold())), None)
