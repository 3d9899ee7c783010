"""The records of a comparison: what changed, in which ways, and by how much."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from viewer.model import Edition, Item, Marking, Observation, Source, Theme
from viewer.records import field, record


class Subject(StrEnum):
    """What a change is about, in the order of a briefing."""

    THEME = "theme"
    FINDING = "finding"
    STATISTIC = "statistic"
    PASSAGE = "passage"
    SOURCE = "source"


class ChangeKind(StrEnum):
    """One way in which something changed; most changes have one, some have several."""

    NEW = "new"
    WITHDRAWN = "withdrawn"
    REWORDED = "reworded"
    FIGURES = "figures"  # its values
    GROUNDS = "grounds"  # what a figure measures or rests on
    REMARKED = "re-marked"
    MOVED = "moved"  # to another theme, or within its own out of the order of the rest
    RENAMED = "renamed"  # the id; matched by its text
    REFERENCES = "references"  # sources, tags, or the figures behind a finding


class Direction(StrEnum):
    """Where a value went."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    OPEN = "open"  # the source gives no exact figure, or what it measures changed


@record
class ValueChange:
    """One value in both editions; a side is None where that edition does not have it. `gap` is new less old."""

    old: Observation | None
    new: Observation | None
    gap: float | None
    direction: Direction


@record
class Change:
    """One thing that is not as it was. `old` or `new` is None where that edition does not have it."""

    subject: Subject
    old: Theme | Item | Source | None
    new: Theme | Item | Source | None
    kinds: tuple[ChangeKind, ...]
    likeness: int = 100  # per cent, of the texts, where the id did not match
    marking: tuple[Marking, Marking] | None = None  # was, is
    values: tuple[ValueChange, ...] = ()
    broken: tuple[str, ...] = ()  # why a figure's values cannot be compared

    @property
    def latest(self) -> Theme | Item | Source:
        """The newer side, or the older where the thing was withdrawn."""
        there = self.new if self.new is not None else self.old
        assert there is not None
        return there

    @property
    def id(self) -> str:
        """The id on the newer side, or the older where the thing was withdrawn."""
        return self.latest.id

    @property
    def theme(self) -> str:
        """The theme it stands in; empty for a source."""
        there = self.latest
        return "" if isinstance(there, Source) else there.id if isinstance(there, Theme) else there.theme

    @property
    def direction(self) -> Direction:
        """Where a figure went: up or down where all its values that moved agree, open where that cannot be said."""
        moved = {step.direction for step in self.values} - {Direction.SAME}
        if self.broken or len(moved) > 1:
            return Direction.OPEN
        return next(iter(moved), Direction.SAME)

    def has(self, kind: ChangeKind) -> bool:
        """Return whether it changed in this way."""
        return kind in self.kinds


@record
class Changes:
    """What changed between two editions, theme by theme in the order of the newer."""

    old: Edition
    new: Edition
    all: tuple[Change, ...]
    cautions: tuple[str, ...] = ()  # what to know before reading them
    earlier_titles: Mapping[str, str] = field(default_factory=dict)  # of the older edition's themes, by id
    theme_titles: Mapping[str, str] = field(default_factory=dict)  # of both; the newer title where both have one

    @property
    def changed_ids(self) -> dict[str, Change]:
        """The items of the newer edition that are new or not as they were, by id."""
        about = (Subject.FINDING, Subject.STATISTIC, Subject.PASSAGE)
        return {change.id: change for change in self.all if change.subject in about and change.new is not None}

    def touched(self, items: frozenset[str]) -> tuple[Change, ...]:
        """Return the changes to any of these items, named by the id of either edition."""
        sides = ((change, {side.id for side in (change.old, change.new) if side is not None}) for change in self.all)
        return tuple(change for change, ids in sides if ids & items)
