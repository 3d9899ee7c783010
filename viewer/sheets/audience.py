"""Who may see what: the one function that decides, before layout, what a sheet may hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from viewer.errors import ViewerError
from viewer.model import Marking


class AudienceFault(ViewerError):
    """An audience that the edition's scheme does not have."""

    advice = "Choose one of the markings of this edition."


class Marked(Protocol):
    """Whatever carries the code of a marking."""

    @property
    def marking(self) -> str:
        """The code of its marking."""


M = TypeVar("M", bound=Marked, covariant=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Withheld(Generic[M]):
    """What is not laid out; `marking` is None where the scheme does not know its code."""

    what: M
    marking: Marking | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut(Generic[M]):
    """What may be laid out, in the order given, and what may not."""

    allowed: tuple[M, ...]
    withheld: tuple[Withheld[M], ...]


def cut(things: Iterable[M], scheme: Sequence[Marking], ceiling: str) -> Cut[M]:
    """Divides `things` by whether their marking is known and not above `ceiling`.

    An unknown marking never counts as the lowest: it is withheld. Raises AudienceFault for an unknown ceiling.
    """
    known = {marking.code: marking for marking in scheme}
    if ceiling not in known:
        raise AudienceFault(f"This edition has no marking “{ceiling[:40]}” to cut a sheet for.")
    allowed: list[M] = []
    withheld: list[Withheld[M]] = []
    for thing in things:
        marking = known.get(thing.marking)
        if marking is not None and marking.level <= known[ceiling].level:
            allowed.append(thing)
        else:
            withheld.append(Withheld(what=thing, marking=marking))
    return Cut(allowed=tuple(allowed), withheld=tuple(withheld))


def highest(held: Iterable[Marked], scheme: Sequence[Marking]) -> Marking:
    """The highest marking of what is held, all of it known to the scheme; the lowest there is for nothing."""
    known = {marking.code: marking for marking in scheme}
    lowest = min(scheme, key=lambda marking: marking.level)
    return max((known[thing.marking] for thing in held), key=lambda marking: marking.level, default=lowest)


def reasons(withheld: Iterable[Withheld[Marked]]) -> tuple[tuple[str, int], ...]:
    """Why things are withheld, and how many for each reason: `("marked RESTRICTED", 3)`, the highest first."""
    counts: dict[tuple[int, str], int] = {}
    for one in withheld:
        marking = one.marking
        key = (marking.level, f"marked {marking.label}") if marking else (1 << 62, "marking not known")
        counts[key] = counts.get(key, 0) + 1
    return tuple((reason, counts[level, reason]) for level, reason in sorted(counts, reverse=True))
