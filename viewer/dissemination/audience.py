"""Who may see what: the one function that decides, before layout, what a sheet may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from viewer.errors import ViewerError
from viewer.model import Marking
from viewer.records import record


class AudienceFault(ViewerError):
    """An audience that the edition's scheme does not have."""

    advice = "Choose one of the markings of this edition."


class Marked(Protocol):
    """Whatever carries the code of a marking."""

    @property
    def marking(self) -> str:
        """The code of its marking."""


M = TypeVar("M", bound=Marked, covariant=True)


@record
class Withheld(Generic[M]):
    """What is not laid out; `marking` is None where the scheme does not know its code.

    `with_theme` says that the marking is its theme's: its own would not withhold it.
    """

    what: M
    marking: Marking | None
    with_theme: bool = False


@record
class Cut(Generic[M]):
    """What may be laid out, in the order given, and what may not."""

    allowed: tuple[M, ...]
    withheld: tuple[Withheld[M], ...]


def cut(
    things: Iterable[M], scheme: Sequence[Marking], ceiling: str, theme_marking: Callable[[M], str] | None = None
) -> Cut[M]:
    """Divides `things` by whether their marking, and that of their theme, is known and not above `ceiling`.

    A theme takes what it holds with it, whose ids tell of it: `theme_marking` gives the code of a thing's theme.
    An unknown marking never counts as the lowest: it is withheld. Raises AudienceFault for an unknown ceiling.
    """
    known = {marking.code: marking for marking in scheme}
    if ceiling not in known:
        raise AudienceFault(f"This edition has no marking “{ceiling[:40]}” to cut a sheet for.")
    allowed: list[M] = []
    withheld: list[Withheld[M]] = []
    for thing in things:
        own = known.get(thing.marking)
        theme = known.get(theme_marking(thing)) if theme_marking else own
        if own is None or own.level > known[ceiling].level:
            withheld.append(Withheld(what=thing, marking=own))
        elif theme is None or theme.level > known[ceiling].level:
            withheld.append(Withheld(what=thing, marking=theme, with_theme=True))
        else:
            allowed.append(thing)
    return Cut(allowed=tuple(allowed), withheld=tuple(withheld))


def carried(code: str, theirs: Sequence[Marking], ours: Sequence[Marking]) -> str:
    """What a marking of another edition's scheme is called in ours: of the same label and level; empty for none."""
    known = next(((marking.label, marking.level) for marking in theirs if marking.code == code), None)
    return next((marking.code for marking in ours if (marking.label, marking.level) == known), "")


def heaviest(codes: Iterable[str], scheme: Sequence[Marking]) -> str:
    """The code of the highest of these markings; empty, which no scheme has, where one of them is not known."""
    levels = {marking.code: marking.level for marking in scheme}
    listed = list(codes)
    return max(listed, key=levels.__getitem__) if listed and all(code in levels for code in listed) else ""


def highest(held: Iterable[Marked], scheme: Sequence[Marking]) -> Marking:
    """The highest marking of what is held, all of it known to the scheme; the lowest there is for nothing."""
    known = {marking.code: marking for marking in scheme}
    lowest = min(scheme, key=lambda marking: marking.level)
    return max((known[thing.marking] for thing in held), key=lambda marking: marking.level, default=lowest)


def reasons(withheld: Iterable[Withheld[Marked]]) -> tuple[tuple[str, int], ...]:
    """Why things are withheld, and how many for each reason: `("marked RESTRICTED", 3)`, the highest first."""
    counts: dict[tuple[int, str], int] = {}
    for one in withheld:
        key = (one.marking.level if one.marking else 1 << 62, _reason(one))
        counts[key] = counts.get(key, 0) + 1
    return tuple((reason, counts[level, reason]) for level, reason in sorted(counts, reverse=True))


def _reason(one: Withheld[Marked]) -> str:
    if one.marking is None:
        return "in a theme whose marking is not known" if one.with_theme else "marking not known"
    return f"in a theme marked {one.marking.label}" if one.with_theme else f"marked {one.marking.label}"
