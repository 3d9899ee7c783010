"""What of an edition an audience may see, and how what is left is marked: asked by all that is shown or leaves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from viewer.bundle.bundle import Bundle
from viewer.dissemination.audience import Audience, Cut, UnknownAudience, ceiling_of, cut_for_audience
from viewer.dissemination.markings import lowest_marking
from viewer.model import Hit, Item, Marking, Theme
from viewer.records import record
from viewer.text import wording
from viewer.text.safe import visible

Thing = TypeVar("Thing", bound=Theme | Item)


@record
class MarkingInForce:
    """The marking under which something stands, with its handling caveats as labels."""

    marking: Marking
    caveats: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """Both in one line: `RESTRICTED · UK EYES ONLY`."""
        return wording.marking_line(self.marking.label, self.caveats)

    @property
    def codes(self) -> str:
        """Both as the register has them: `restricted + UK EYES ONLY`."""
        return " + ".join((self.marking.code, *self.caveats))


def marking_of(bundle: Bundle, things: Iterable[Theme | Item]) -> MarkingInForce:
    """Return the highest marking of these things, the themes of items counted, and all their caveats.

    That of nothing is the lowest.
    """
    listed = list(things)
    markings = [bundle.marking_of(thing) for thing in listed]
    highest = max(markings, key=lambda marking: marking.level, default=lowest_marking(bundle.markings))
    return MarkingInForce(
        marking=highest, caveats=tuple(dict.fromkeys(label for thing in listed for label in bundle.caveats_of(thing)))
    )


def lowest_audience(bundle: Bundle) -> Audience:
    """Return the readers who may see least: what is cut for where nobody said for whom."""
    return Audience(ceiling=lowest_marking(bundle.markings).code)


def check_audience(bundle: Bundle, audience: Audience) -> Marking:
    """Return the marking up to which an audience may see things.

    Raises UnknownAudience for a marking or a handling caveat that the edition does not have.
    """
    known = {caveat.label for caveat in bundle.caveats}
    if strange := [label for label in audience.caveats if label not in known]:
        raise UnknownAudience(f"This edition has no handling caveat “{visible(strange[0])[:60]}”.")
    return ceiling_of(audience, bundle.markings)


def cut(bundle: Bundle, things: Iterable[Thing], audience: Audience) -> Cut[Thing]:
    """Divide themes and items by whether the audience may see them, an item's theme counted.

    Raises UnknownAudience.
    """
    check_audience(bundle, audience)
    return cut_for_audience(
        things, bundle.markings, audience, lambda thing: _theme_of(bundle, thing).marking, bundle.caveats_of
    )


def hidden_themes(bundle: Bundle, audience: Audience) -> frozenset[str]:
    """Return the ids of the themes that the audience may not see."""
    return frozenset(one.item.id for one in cut(bundle, bundle.themes(), audience).withheld)


def hidden_entries(bundle: Bundle, audience: Audience) -> frozenset[tuple[str, str]]:
    """Return the themes and items that the audience may not see, each by its id and kind: `("a.f1", "finding")`."""
    if not holds_more(bundle, audience):
        return frozenset()
    themes = bundle.themes()
    items = (item for theme in themes for item in bundle.items(theme.id))
    withheld = cut(bundle, (*themes, *items), audience).withheld
    return frozenset((one.item.id, type(one.item).__name__.lower()) for one in withheld)


def shown_by(bundle: Bundle, hits: Iterable[Hit]) -> tuple[Theme | Item, ...]:
    """Return the themes and items that hits of a search stand for."""
    return tuple(bundle.theme(hit.id) if hit.kind == "theme" else bundle.item(hit.id) for hit in hits)


def holds_more(bundle: Bundle, audience: Audience) -> bool:
    """Return whether the edition may hold anything that the audience may not see."""
    lies_above = bundle.marking(bundle.edition.marking).level > check_audience(bundle, audience).level
    return lies_above or any(caveat.label not in audience.caveats for caveat in bundle.caveats)


def _theme_of(bundle: Bundle, thing: Theme | Item) -> Theme:
    return thing if isinstance(thing, Theme) else bundle.theme(thing.theme)
