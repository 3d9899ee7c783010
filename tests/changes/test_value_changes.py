"""The values of a figure in two editions, and which way each went."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from viewer.changes.records import Direction, ValueChange
from viewer.changes.value_changes import value_change, value_changes
from viewer.model import Observation, Statistic, StatisticKind

UP, DOWN, SAME, OPEN = Direction.UP, Direction.DOWN, Direction.SAME, Direction.OPEN


def _one(value: float | None = None, **fields: object) -> Observation:
    known = {"value": value, **fields}
    exact = {name: Decimal(str(of)) for name in ("value", "low", "high") if (of := known.get(name)) is not None}
    return replace(Observation(position=1), **known | exact)  # type: ignore[arg-type]


def _statistic(*observations: Observation, kind: StatisticKind = StatisticKind.SINGLE) -> Statistic:
    placed = tuple(replace(o, position=at) for at, o in enumerate(observations, start=1))
    return Statistic(
        id="x.s1", theme="x", position=1, title="", statement="", kind=kind, unit="%", population="", base="",
        period="", place="", caveat="", marking="npm", page="", observations=placed,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "gap", "direction"),
    [
        (_one(38), _one(45), 7, UP),
        (_one(45), _one(38), -7, DOWN),
        (_one(-25), _one(-30), -5, DOWN),
        (_one(22, qualifier="almost"), _one(24, qualifier="almost"), 2, UP),
        (_one(50, qualifier="almost"), _one(51), 1, UP),
        (_one(50, qualifier="about"), _one(51), 1, OPEN),
        (_one(50, qualifier="almost", low=45, high=50), _one(50, qualifier="about", low=47, high=53), 0, OPEN),
        (_one(33.33, words="a third", low=30, high=34), _one(51), 17.67, UP),
        (_one(words="most"), _one(words="a majority"), None, OPEN),
        (_one(rank=2), _one(rank=1), None, UP),
        (_one(rank=1), _one(rank=3), None, DOWN),
    ],
)
def test_a_direction_is_named_only_where_the_source_allows_one(
    old: Observation, new: Observation, gap: float | None, direction: Direction
) -> None:
    found = value_change(old, new, "%")
    assert (found.gap, found.direction) == (None if gap is None else Decimal(str(gap)), direction)


def _pairs(steps: tuple[ValueChange, ...]) -> list[tuple[float | None, float | None, Direction]]:
    def value(of: Observation | None) -> float | None:
        return None if of is None or of.value is None else float(of.value)

    return [(value(s.old), value(s.new), s.direction) for s in steps]


def test_equal_values_are_no_change() -> None:
    one = _statistic(_one(51, label="a", period="2011"))
    assert value_changes(one, one) == ()


def test_groups_match_by_label_whatever_their_order_and_period() -> None:
    kind = StatisticKind.BREAKDOWN
    old = _statistic(_one(29, label="young"), _one(37, label="old"), _one(5, label="gone"), kind=kind)
    new = _statistic(_one(36, label="Old", period="2012"), _one(29, label="young"), _one(8, label="come"), kind=kind)
    assert _pairs(value_changes(old, new)) == [(37, 36, DOWN), (None, 8, OPEN), (5, None, OPEN)]


def test_a_trend_goes_on_from_its_latest_value() -> None:
    kind = StatisticKind.TREND
    old = _statistic(_one(10, period="2010"), _one(12, period="2011"), kind=kind)
    new = _statistic(_one(10, period="2010"), _one(12, period="2011"), _one(15, period="2012"), kind=kind)
    assert _pairs(value_changes(old, new)) == [(12, 15, UP)]


def test_a_year_and_half_a_year_are_not_set_against_each_other() -> None:
    kind = StatisticKind.TREND
    old = _statistic(_one(12, period="2011"), kind=kind)
    new = _statistic(_one(12, period="2011"), _one(7, period="January to June 2012"), kind=kind)
    assert _pairs(value_changes(old, new)) == [(12, 7, OPEN)]


def test_a_corrected_past_value_is_a_change_of_its_own() -> None:
    kind = StatisticKind.TREND
    old = _statistic(_one(10, period="2010"), _one(12, period="2011"), kind=kind)
    new = _statistic(_one(10, period="2010"), _one(11, period="2011"), kind=kind)
    assert _pairs(value_changes(old, new)) == [(12, 11, DOWN)]
