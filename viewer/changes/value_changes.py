"""The values of one figure in two editions, side by side, with which way each went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from viewer.changes.records import Direction, ValueChange
from viewer.figures.chart import leeway
from viewer.model import Observation, Statistic, StatisticKind, exact_amount
from viewer.text.wording import CHANGE, SHARE

_Key = tuple[str, str]
_PERIOD = re.compile(r"\d+")


def value_changes(old: Statistic, new: Statistic) -> tuple[ValueChange, ...]:
    """Return every value that is new, gone, or not as it was, in the newer edition's order, then what is gone.

    Values match by label and period, then by label alone, then where each edition has just one. In a trend, a value
    for a new period stands beside the latest of the older edition: that is what a trend is followed for.
    """
    trend = new.kind is StatisticKind.TREND
    pairs = _pairs(list(old.observations), list(new.observations), trend=trend)
    return tuple(
        _over_time(was, now, new.unit) if trend and _is_later(was, now) else value_change(was, now, new.unit)
        for was, now in pairs
        if (trend and _is_later(was, now)) or not _is_equal(was, now)
    )


def _is_later(old: Observation | None, new: Observation | None) -> bool:
    return old is not None and new is not None and old.period != new.period


def _over_time(old: Observation | None, new: Observation | None, unit: str) -> ValueChange:
    """Return the change from one period to the next; a year and half a year cannot be set against each other."""
    assert old is not None
    assert new is not None
    if _PERIOD.sub("0", old.period) != _PERIOD.sub("0", new.period):
        return ValueChange(old=old, new=new, gap=None, direction=Direction.OPEN)
    return value_change(old, new, unit)


def value_change(old: Observation | None, new: Observation | None, unit: str) -> ValueChange:
    """Return one value in both editions and which way it went."""
    if old is None or new is None:
        return ValueChange(old=old, new=new, gap=None, direction=Direction.OPEN)
    gap = None if old.amount is None or new.amount is None else new.amount - old.amount
    return ValueChange(old=old, new=new, gap=gap, direction=_direction(old, new, gap, unit))


def _pairs(
    old: list[Observation], new: list[Observation], *, trend: bool
) -> Iterator[tuple[Observation | None, Observation | None]]:
    found = _matched(old, new, _label_and_period)
    if trend:
        latest = {_label(was): was for was in old}
        found |= {
            now.position: latest[_label(now)] for now in new if now.position not in found and _label(now) in latest
        }
    else:
        found |= _matched(_left(old, found.values()), [now for now in new if now.position not in found], _label)
    if len(old) == len(new) == 1:
        found[new[0].position] = old[0]
    for now in new:
        yield found.get(now.position), now
    for was in _left(old, found.values()):
        yield was, None


def _matched(
    old: Iterable[Observation], new: Iterable[Observation], key: Callable[[Observation], _Key]
) -> dict[int, Observation]:
    """Return by positions in `new` the observation of `old` with the same key, where it is the only one in both."""
    before, after = _unique(old, key), _unique(new, key)
    return {now.position: before[name] for name, now in after.items() if name in before}


def _left(observations: Iterable[Observation], taken: Iterable[Observation]) -> list[Observation]:
    positions = {observation.position for observation in taken}
    return [observation for observation in observations if observation.position not in positions]


def _label_and_period(observation: Observation) -> _Key:
    return observation.label.casefold(), observation.period.casefold()


def _label(observation: Observation) -> _Key:
    return observation.label.casefold(), ""


def _unique(observations: Iterable[Observation], key: Callable[[Observation], _Key]) -> dict[_Key, Observation]:
    """Return the observations by key, without those that share one."""
    keys = [(key(observation), observation) for observation in observations]
    counts = Counter(name for name, _ in keys)
    return {name: observation for name, observation in keys if counts[name] == 1}


def _is_equal(old: Observation | None, new: Observation | None) -> bool:
    return old is not None and new is not None and _content(old) == _content(new)


def _content(observation: Observation) -> tuple[object, ...]:
    """Return what an observation says, whatever it is called: not its label or period."""
    o = observation
    return o.amount, *_bounds(o), o.qualifier, o.words, o.rank


def _bounds(observation: Observation) -> tuple[Decimal | None, Decimal | None]:
    low, high = (exact_amount(bound, observation.magnitude) for bound in (observation.low, observation.high))
    return low, high


def _direction(old: Observation, new: Observation, gap: Decimal | None, unit: str) -> Direction:
    if old.rank is not None and new.rank is not None and old.rank != new.rank:
        return Direction.UP if new.rank < old.rank else Direction.DOWN
    if (old.qualifier, old.words) != (new.qualifier, new.words) or gap is None:
        return _by_bands(old, new, unit)
    if gap == 0:
        return Direction.OPEN if _bounds(old) != _bounds(new) else Direction.SAME
    return Direction.UP if gap > 0 else Direction.DOWN


def _by_bands(old: Observation, new: Observation, unit: str) -> Direction:
    """Return up or down only where nothing that one may mean is what the other may mean."""
    was, now = _band(old, unit), _band(new, unit)
    if was is None or now is None:
        return Direction.OPEN
    if was == now:
        return Direction.SAME
    if now[0] >= was[1]:
        return Direction.UP
    return Direction.DOWN if now[1] <= was[0] else Direction.OPEN


def _band(observation: Observation, unit: str) -> tuple[float, float] | None:
    """Return what a figure may mean: its own bounds, else as much around its value as a chart leaves soft."""
    low, high = _bounds(observation)
    if low is not None and high is not None:
        return float(low), float(high)
    if observation.amount is None:
        return None
    value = float(observation.amount)
    whole = 100.0 if unit in (SHARE, CHANGE) else abs(value)
    below, above = leeway(observation)
    return value - below * whole, value + above * whole
