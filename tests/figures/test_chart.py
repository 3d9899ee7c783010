"""No drawing claims more than its source."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.figures.chart import SOFT, Bar, make_chart
from viewer.model import Observation, Statistic, StatisticKind


def statistic(*observations: Observation, unit: str = "%", kind: StatisticKind = StatisticKind.SINGLE) -> Statistic:
    return Statistic(
        id="t.s", theme="t", position=1, title="Reports", statement="x", kind=kind, unit=unit, population="", base="",
        period="", place="", caveat="", marking="npm", page="1", observations=observations,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("observation", "expected"),
    [
        (Observation(position=1, value=Decimal("51")), Bar(solid=0.51, soft=0.51)),
        (
            Observation(position=1, value=Decimal("50"), low=Decimal("45"), high=Decimal("50"), qualifier="almost"),
            Bar(solid=0.45, soft=0.50),
        ),
        (Observation(position=1, value=Decimal("22"), qualifier="almost"), Bar(solid=0.22 - SOFT, soft=0.22)),
        (Observation(position=1, value=Decimal("20"), qualifier="more than"), Bar(solid=0.20, soft=0.20 + SOFT)),
        (
            Observation(position=1, value=Decimal("80"), qualifier="approximately"),
            Bar(solid=0.80 - SOFT / 2, soft=0.80 + SOFT / 2),
        ),
        (Observation(position=1, value=Decimal("100"), qualifier="over"), Bar(solid=1.0, soft=1.0)),
        (Observation(position=1, words="unknown"), None),
    ],
)
def test_a_bar_is_sharp_only_where_the_figure_is(observation: Observation, expected: Bar | None) -> None:
    bar = make_chart(statistic(observation)).rows[0].bar
    if expected is None or bar is None:
        assert bar is expected
    else:
        assert (bar.solid, bar.soft) == pytest.approx((expected.solid, expected.soft))


def test_a_share_is_drawn_against_the_whole() -> None:
    assert make_chart(statistic(Observation(position=1, value=Decimal("5")))).whole == 100


def test_a_lone_count_and_a_change_get_no_bar() -> None:
    assert make_chart(statistic(Observation(position=1, value=Decimal("610")), unit="reports")).rows[0].bar is None
    assert make_chart(statistic(Observation(position=1, value=Decimal("30")), unit="% change")).rows[0].bar is None


def test_several_counts_are_drawn_from_zero_to_the_largest() -> None:
    drawn = make_chart(
        statistic(
            Observation(position=1, label="a", value=Decimal("50")),
            Observation(position=2, label="b", value=Decimal("200")),
            unit="reports", kind=StatisticKind.BREAKDOWN,
        )
    )  # fmt: skip
    assert [row.bar and row.bar.solid for row in drawn.rows] == [0.25, 1.0]


def test_a_ranking_has_places_and_no_invented_values() -> None:
    drawn = make_chart(
        statistic(
            Observation(position=1, label="USA", rank=1), Observation(position=2, label="Spain", rank=2),
            unit="", kind=StatisticKind.RANKING,
        )
    )  # fmt: skip
    assert [(row.rank, row.label, row.shown, row.bar) for row in drawn.rows] == [
        (1, "USA", "", None), (2, "Spain", "", None),
    ]  # fmt: skip
    assert drawn.spoken == "Reports: 1. USA; 2. Spain."


def test_is_spoken_with_qualifier_and_period() -> None:
    drawn = make_chart(
        statistic(Observation(position=1, label="of reports", period="2011", value=Decimal("22"), qualifier="almost"))
    )
    assert drawn.spoken == "Reports: of reports 2011: almost 22%."


@given(
    st.lists(
        st.builds(
            Observation,
            position=st.just(1),
            value=st.none() | st.floats(-1e9, 1e9),
            qualifier=st.sampled_from(["", "almost", "more than", "about"]),
        ),
        min_size=1,
    ),
    st.sampled_from(list(StatisticKind)),
    st.sampled_from(["%", "% change", "reports"]),
)
def test_every_bar_stays_on_its_rail(observations: list[Observation], kind: StatisticKind, unit: str) -> None:
    for row in make_chart(statistic(*observations, kind=kind, unit=unit)).rows:
        if row.bar is not None:
            assert 0 <= row.bar.solid <= row.bar.soft <= 1
