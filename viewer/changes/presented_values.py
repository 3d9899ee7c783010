"""The values of a figure in two editions, side by side and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from viewer.changes.records import Change, Direction, ValueChange
from viewer.figures.sums import change_between
from viewer.model import Observation, Statistic
from viewer.records import record
from viewer.text import wording

MISSING = "–"  # a value on the side that does not have it
NOT_COMPARABLE = "cannot be compared"
_DIRECTIONS = {Direction.UP: "up", Direction.DOWN: "down", Direction.SAME: "unchanged"}


@record
class PresentedValue:
    """A figure's value in one edition: `shown` is it in words, with its qualifier and unit."""

    shown: str
    observation: Observation

    @property
    def labelled(self) -> str:
        """The value with its label and period behind it: `51% (women, 2012)`."""
        labels = ", ".join(part for part in (self.observation.label, self.observation.period) if part)
        return f"{self.shown} ({labels})" if labels else self.shown


@record
class PresentedRow:
    """A figure's value in both editions; a side is None where that edition does not have it.

    `change` is None where the value stands as it was, and in a figure that is new or withdrawn as a whole.
    """

    old: PresentedValue | None
    new: PresentedValue | None
    result: str = ""  # "+3 percentage points. Up.", "new", "cannot be compared"; empty where the sides say it
    change: ValueChange | None = None

    @property
    def label(self) -> str:
        """What is measured; without the period where it is not the same on both sides."""
        side = self.new or self.old
        assert side is not None, "a row has a side"
        parts = (side.observation.label, "" if self._is_moved else side.observation.period)
        return ", ".join(part for part in parts if part)

    @property
    def then(self) -> str:
        """The earlier value beside the label, or a dash."""
        return self._beside_label(self.old)

    @property
    def now(self) -> str:
        """The newer value beside the label, or a dash."""
        return self._beside_label(self.new)

    @property
    def result_sentence(self) -> str:
        """The result with a capital, as it stands in a column of its own."""
        return wording.capitalised(self.result)

    @property
    def line(self) -> str:
        """Both sides and the result in one line: `51% → 54%: +3 percentage points. Up.`"""
        sides = " → ".join(side.labelled for side in (self.old, self.new) if side is not None)
        return f"{sides}: {self.result}" if self.result else sides

    @property
    def _is_moved(self) -> bool:
        old, new = self.old, self.new
        return old is not None and new is not None and old.observation.period != new.observation.period

    def _beside_label(self, side: PresentedValue | None) -> str:
        if side is None:
            return MISSING
        period = side.observation.period if self._is_moved else ""
        return f"{side.shown} ({period})" if period else side.shown


@record
class ValueColumn:
    """A column of the table of values; `is_value` where it holds a value itself and is set in bold."""

    title: str
    cell: Callable[[PresentedRow], str]
    is_value: bool = False


VALUE_COLUMNS = (
    ValueColumn(title="Value", cell=lambda row: row.label),
    ValueColumn(title="Then", cell=lambda row: row.then, is_value=True),
    ValueColumn(title="Now", cell=lambda row: row.now, is_value=True),
    ValueColumn(title="Difference", cell=lambda row: row.result_sentence),
)


def present_values(change: Change) -> tuple[PresentedRow, ...]:
    """Return the values of a figure that changed; all of them where none did, or where one edition has no figure."""
    old, new = change.old, change.new
    if not isinstance(change.latest, Statistic):
        return ()
    if change.values:
        return tuple(_changed_row(value, change) for value in change.values)
    if isinstance(old, Statistic) and isinstance(new, Statistic):
        return tuple(
            PresentedRow(old=_value(o, old.unit), new=_value(o, new.unit), result="unchanged") for o in new.observations
        )
    return tuple(_whole_rows(change))


def _whole_rows(change: Change) -> Iterator[PresentedRow]:
    for side in (change.old, change.new):
        if isinstance(side, Statistic):
            for observation in side.observations:
                value = _value(observation, side.unit)
                yield PresentedRow(old=value, new=None) if side is change.old else PresentedRow(old=None, new=value)


def _changed_row(value: ValueChange, change: Change) -> PresentedRow:
    return PresentedRow(
        old=_value(value.old, _unit(change.old)),
        new=_value(value.new, _unit(change.new)),
        result=_result(value, _unit(change.latest), broken=bool(change.broken)),
        change=value,
    )


def _unit(thing: object) -> str:
    return thing.unit if isinstance(thing, Statistic) else ""


def _value(observation: Observation | None, unit: str) -> PresentedValue | None:
    if observation is None:
        return None
    rank = f"place {observation.rank}" if observation.rank is not None else ""
    shown = " ".join(part for part in (rank, wording.measured(observation, unit)) if part)
    return PresentedValue(shown=shown or "no value", observation=observation)


def _result(value: ValueChange, unit: str, *, broken: bool) -> str:
    """Return what became of a value, or why that cannot be said; empty where its places in an order say it."""
    old, new = value.old, value.new
    if old is None or new is None:
        return "new" if old is None else "no longer given"
    if broken:
        return NOT_COMPARABLE
    if old.rank != new.rank:
        return ""
    if old.period != new.period and value.gap is None:
        return "the two cannot be set against each other"
    if value.gap is None or value.direction is Direction.OPEN:
        return "no clear direction, as the source is not exact"
    return f"{change_between(old, new, unit).result} {_DIRECTIONS[value.direction].capitalize()}."
