"""Who may see what: the one function that decides, before layout, what a sheet may hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Generic, TypeVar

from viewer.dissemination.markings import HasMarking
from viewer.errors import ViewerError
from viewer.model import Marking
from viewer.records import record
from viewer.text import wording


class UnknownAudience(ViewerError):
    """An audience that the edition's scheme does not have."""

    advice = "Choose among the markings and handling caveats of this edition."


@record
class Audience:
    """Who may see what leaves: nothing above a marking, and nothing under a handling caveat that they do not hold.

    `ceiling` is the code of the marking; `caveats` are labels, since another edition may give a code to another caveat.
    """

    ceiling: str
    caveats: tuple[str, ...] = ()


M = TypeVar("M", bound=HasMarking, covariant=True)


@record
class Withheld(Generic[M]):
    """What is not laid out; `marking` is None where the scheme does not know its code.

    `with_theme` says that the marking is its theme's: its own would not withhold it. `has_caveat` says that its level
    would not withhold it at all, but a handling caveat of its own or of its theme does, which the audience lacks.
    """

    item: M
    marking: Marking | None
    with_theme: bool = False
    has_caveat: bool = False

    @property
    def reason(self) -> str:
        """Why it is withheld: `marked RESTRICTED`."""
        if self.has_caveat:
            return "under a handling caveat"
        if self.marking is None:
            return "in a theme whose marking is not known" if self.with_theme else "marking not known"
        return f"in a theme marked {self.marking.label}" if self.with_theme else f"marked {self.marking.label}"


@record
class Cut(Generic[M]):
    """What may be laid out, in the order given, and what may not."""

    allowed: tuple[M, ...]
    withheld: tuple[Withheld[M], ...]


def ceiling_of(audience: Audience, scheme: Sequence[Marking]) -> Marking:
    """Return the highest marking that an audience may see. Raises UnknownAudience where the scheme does not have it."""
    found = next((marking for marking in scheme if marking.code == audience.ceiling), None)
    if found is None:
        raise UnknownAudience(f"This edition has no marking “{audience.ceiling[:40]}” to cut a sheet for.")
    return found


def cut_for_audience(
    items: Iterable[M],
    scheme: Sequence[Marking],
    audience: Audience,
    theme_marking: Callable[[M], str] | None = None,
    caveats: Callable[[M], Collection[str]] | None = None,
) -> Cut[M]:
    """Divide `items` by whether their marking, and that of their theme, is known and not above the audience's.

    A theme takes what it holds with it, whose ids name it: `theme_marking` gives the code of an item's theme.
    `caveats` gives the labels of the handling caveats of an item and its theme: the audience must hold all of them.
    An unknown marking never counts as the lowest: it is withheld. Raises UnknownAudience for an unknown ceiling.
    """
    known = {marking.code: marking for marking in scheme}
    ceiling, held_caveats = ceiling_of(audience, scheme), set(audience.caveats)
    allowed: list[M] = []
    withheld: list[Withheld[M]] = []
    for item in items:
        own = known.get(item.marking)
        theme = known.get(theme_marking(item)) if theme_marking else own
        if own is None or own.level > ceiling.level:
            withheld.append(Withheld(item=item, marking=own))
        elif theme is None or theme.level > ceiling.level:
            withheld.append(Withheld(item=item, marking=theme, with_theme=True))
        elif caveats and not held_caveats.issuperset(caveats(item)):
            withheld.append(Withheld(item=item, marking=own, has_caveat=True))
        else:
            allowed.append(item)
    return Cut(allowed=tuple(allowed), withheld=tuple(withheld))


def withheld_reasons(withheld: Iterable[Withheld[HasMarking]]) -> tuple[tuple[str, int], ...]:
    """Return why things are withheld, and how many for each reason: `("marked RESTRICTED", 3)`, the highest first."""
    counts: dict[tuple[int, str], int] = {}
    for one in withheld:
        key = (_rank(one), one.reason)
        counts[key] = counts.get(key, 0) + 1
    return tuple((reason, counts[level, reason]) for level, reason in sorted(counts, reverse=True))


def nothing_left(what: str, withheld: Sequence[Withheld[HasMarking]], ceiling: Marking) -> str:
    """Return a sentence that says why all of `what` ("All that was chosen") is withheld."""
    caveats = sum(one.has_caveat for one in withheld)
    if caveats == len(withheld):
        return f"{what} is under a handling caveat that these readers do not hold."
    if caveats:
        reasons = [f"{count:,} {reason}" for reason, count in withheld_reasons(withheld)]
        return f"{what} is withheld from these readers: {wording.listed(reasons)}."
    return f"{what} is marked above {ceiling.label}, or its theme is: nothing is left for this audience."


def _rank(one: Withheld[HasMarking]) -> int:
    """Return where a reason stands: unknown markings first, then by level, handling caveats of any level last."""
    if one.has_caveat:
        return -1
    return one.marking.level if one.marking else 1 << 62
