"""Which changes an audience may see: both sides of each count, in the marking scheme of the newer edition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from viewer.bundle.bundle import Bundle
from viewer.changes.records import Change, Changes
from viewer.dissemination.audience import Audience, Cut, cut_for_audience
from viewer.dissemination.edition_cut import MarkingInForce, check_audience
from viewer.dissemination.edition_side import EditionSide
from viewer.dissemination.extract import Extract
from viewer.dissemination.markings import highest_code, lowest_marking
from viewer.model import Item, Marking, Source
from viewer.records import record


@record
class MarkedChange:
    """A change with the highest marking of both its sides, and of the themes of both; caveats are labels.

    A marking is empty where one of them is not known to the newer edition's scheme.
    """

    change: Change
    marking: str
    theme_marking: str
    caveats: tuple[str, ...]


class ChangeMarkings:
    """Two editions that are compared, and how what changed is marked; `held_caveats` are those that readers hold."""

    def __init__(self, earlier: Bundle, later: Bundle, held_caveats: Iterable[str] = ()) -> None:
        held = tuple(held_caveats)
        self.scheme = later.markings
        self.before = EditionSide(earlier, self.scheme, held)
        self.after = EditionSide(later, self.scheme, held)

    def marked(self, change: Change) -> MarkedChange:
        """Return a change with what both its sides are marked."""
        sides = [(side, thing) for side, thing in ((self.before, change.old), (self.after, change.new)) if thing]
        marking = highest_code([side.marking(thing) for side, thing in sides], self.scheme)
        themes = {thing.theme for _, thing in sides if isinstance(thing, Item)}
        around = highest_code([self._theme_marking(id_) for id_ in themes], self.scheme) if themes else marking
        caveats = (*self.after.caveats(change.new), *self.before.caveats(change.old))
        return MarkedChange(change=change, marking=marking, theme_marking=around, caveats=tuple(dict.fromkeys(caveats)))

    def _theme_marking(self, id_: str) -> str:
        """Return the highest of what a theme is marked in either edition."""
        sides = (self.before, self.after)
        return highest_code([side.marking(side.themes[id_]) for side in sides if id_ in side.themes], self.scheme)


def cut_marked_changes(
    changes: Iterable[MarkedChange], scheme: Sequence[Marking], audience: Audience
) -> Cut[MarkedChange]:
    """Divide changes by whether the audience may see both sides of each. Raises UnknownAudience."""
    return cut_for_audience(changes, scheme, audience, lambda one: one.theme_marking, lambda one: one.caveats)


def cut_changes(earlier: Bundle, later: Bundle, changes: Iterable[Change], audience: Audience) -> Cut[MarkedChange]:
    """Return the changes between two editions that the audience may see, and those that it may not.

    Raises UnknownAudience.
    """
    check_audience(later, audience)
    markings = ChangeMarkings(earlier, later, audience.caveats)
    return cut_marked_changes(map(markings.marked, changes), later.markings, audience)


def changes_extract(later: Bundle, found: Changes, changes: Sequence[MarkedChange], readers: Audience) -> Extract:
    """Return an extract of changes that were cut for `readers`."""
    return Extract(
        title=f"Changes from {found.old.name} to {found.new.name}",
        form="changes",
        items=tuple(one.change.id for one in changes if not isinstance(one.change.latest, Source)),
        readers=readers,
        marking=marking_of_changes(changes, later.markings),
    )


def marking_of_changes(changes: Iterable[MarkedChange], scheme: Sequence[Marking]) -> MarkingInForce:
    """Return the highest marking of these changes; what the scheme does not know counts as its highest."""
    listed = list(changes)
    known = {marking.code: marking for marking in scheme}
    unknown = max(scheme, key=lambda marking: marking.level)
    codes = (code for one in listed for code in (one.marking, one.theme_marking))
    highest = max((known.get(code, unknown) for code in codes), key=lambda m: m.level, default=lowest_marking(scheme))
    return MarkingInForce(
        marking=highest, caveats=tuple(dict.fromkeys(label for one in listed for label in one.caveats))
    )
