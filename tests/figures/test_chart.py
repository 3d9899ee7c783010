"""No drawing claims more than its source."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.figures.chart import MOST_BARS, SOFT, Bar, make_chart
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


def trend(*observations: Observation, unit: str = "reports") -> Statistic:
    numbered = (replace(one, position=n, label="reports") for n, one in enumerate(observations, 1))
    return statistic(*numbered, unit=unit, kind=StatisticKind.TREND)


def in_year(year: int, value: str, **more: object) -> Observation:
    return Observation(position=1, period=str(year), value=Decimal(value), **more)  # type: ignore[arg-type]


def test_a_trend_of_more_than_twelve_values_is_a_line_and_its_rows_a_table_of_values() -> None:
    short = make_chart(trend(*(in_year(2000 + n, str(n)) for n in range(MOST_BARS))))
    assert short.line is None
    long = make_chart(trend(*(in_year(2000 + n, str(n)) for n in range(MOST_BARS + 1))))
    assert long.line is not None
    assert (long.whole, {row.bar for row in long.rows}) == (None, {None})
    assert (long.line.first, long.line.last) == ("2000", "2012")
    assert [row.measured for row in long.rows][:3] == ["0 reports", "1 report", "2 reports"]


def test_a_line_stands_on_zero_and_spans_what_lies_below_it() -> None:
    values = [str(n - 5) for n in range(15)]
    drawn = make_chart(trend(*(in_year(2000 + n, value) for n, value in enumerate(values)), unit="% change")).line
    assert drawn is not None
    assert [words for _, words in drawn.lines] == ["−5%", "0", "+9%"]
    assert [point.height for point in drawn.points][::5] == pytest.approx([0.0, 5 / 14, 10 / 14])
    above = make_chart(trend(*(in_year(2000 + n, str(90 + n)) for n in range(15)))).line
    assert above is not None
    assert [words for _, words in above.lines] == ["0", "104"]


def test_years_stand_as_far_apart_as_they_are_and_other_periods_evenly() -> None:
    years = make_chart(trend(*(in_year(2000 + 2 * n, "1") for n in range(12)), in_year(2023, "1"))).line
    assert years is not None
    assert [point.x for point in years.points][-2:] == pytest.approx([22 / 23, 1.0])
    quarters = (replace(in_year(2000, "1"), period=f"Q{n % 4 + 1} {2000 + n // 4}") for n in range(13))
    evenly = make_chart(trend(*quarters)).line
    assert evenly is not None
    assert [point.x for point in evenly.points][1] == pytest.approx(1 / 12)


def test_a_line_is_broken_where_a_value_is_missing_and_pale_where_one_is_open() -> None:
    values = [in_year(2000 + n, "10") for n in range(14)]
    values[4] = replace(values[4], value=None, words="not counted")
    values[6] = replace(values[6], low=Decimal("8"), high=Decimal("20"))
    values[8] = replace(values[8], qualifier="almost")
    drawn = make_chart(trend(*values)).line
    assert drawn is not None
    assert [len(run) for run in drawn.runs] == [4, 9]
    assert (drawn.points[6].low, drawn.points[6].high) == pytest.approx((0.4, 1.0))
    assert (drawn.points[8].low, drawn.points[8].high) == pytest.approx((0.5 - SOFT, 0.5))
    assert drawn.points[9].low == drawn.points[9].high == drawn.points[9].height


@pytest.mark.parametrize("value", ["1866642107", "12345678901.5", "0.004"])
def test_the_end_of_a_rail_is_said_with_all_its_digits(value: str) -> None:
    one, other = Observation(position=1, value=Decimal(value)), Observation(position=2, value=Decimal("0.001"))
    drawn = make_chart(statistic(one, other, unit="reports", kind=StatisticKind.BREAKDOWN))
    assert drawn.end == f"{Decimal(value):,f}"
    assert f"{Decimal(value):,f} reports" in drawn.spoken
