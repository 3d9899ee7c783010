"""What is said of figures: in one line, beside others, and worked out with every step shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from viewer.bundle.bundle import Bundle
from viewer.figures.sums import change_between, part_of_whole, workings, workings_between
from viewer.figures.text import cited_text, comparison_warnings, series_breaks, value_text, year
from viewer.model import Observation, Statistic, StatisticKind


def _statistic(*observations: Observation, **fields: object) -> Statistic:
    base = Statistic(
        id="x.s1", theme="x", position=1, title="A share", statement="It is so.", kind=StatisticKind.SINGLE, unit="%",
        population="Users", base="610 reports", period="2011", place="UK", caveat="", marking="npm", page="",
        observations=observations,
    )  # fmt: skip
    return replace(base, **fields)  # type: ignore[arg-type]


def _one(value: float | None = None, **fields: object) -> Observation:
    return replace(Observation(position=1, value=value), **fields)  # type: ignore[arg-type]


def _found(bundle: Bundle, id_: str) -> Statistic:
    item = bundle.item(id_)
    assert isinstance(item, Statistic)
    return item


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("overall-picture.coerced-acts", "6.8% (1998) → 5% (2009)"),
        ("self-generated-imagery.under-15", "almost a third"),
        ("indecent-images.producers-rise", "+30%"),
        ("indecent-images.report-routes", "uploaded to an email or storage service: 58%; social networking sites: "
                                          "approximately 11%"),
        ("social-networking.sites-by-popularity", "1. Facebook; 2. Twitter: second most popular site"),
    ],
)  # fmt: skip
def test_a_figure_in_one_line_keeps_every_qualifier_and_label(sample: Bundle, id_: str, expected: str) -> None:
    assert value_text(_found(sample, id_)) == expected


def test_a_share_is_worked_out_from_its_base_with_its_rounding() -> None:
    (working,) = workings(_statistic(_one(51)))
    assert working.steps[0] == "51 ÷ 100 × 610 = 311.1"
    assert "50.5% to 51.5% of 610 is 308.05 to 314.15" in working.steps[1]
    assert working.result == "≈ 311 reports"
    assert working.caution == ""


def test_a_published_share_is_held_against_its_own_counts(sample: Bundle) -> None:
    first = workings(_found(sample, "indecent-images.industry-reports"))[0]
    assert first.result == "The published 51% against 306/610 = 50.2%: it is 0.8 points higher."
    assert first.caution


def test_counts_that_round_to_the_published_share_agree() -> None:
    first = workings(_statistic(_one(38), statement="38% (150 of 400) had.", base=""))[0]
    assert first.result == "The published 38% against 150/400 = 37.5%: they agree within rounding."
    assert first.caution == ""


@pytest.mark.parametrize(
    ("observation", "base", "statement"),
    [
        (_one(33.33, words="a third"), "610 reports", ""),
        (_one(None, low=14, high=17), "610 reports", ""),
        (_one(51), "", ""),
        (_one(51), "25,000 children in the whole study", ""),
        (_one(51), "610 of 700 reports", ""),
        (_one(51), "", "700 of 610 reports"),
        (_one(51), "", "0 of 0 reports"),
    ],
)
def test_no_sum_is_made_of_words_bands_or_a_wider_base(observation: Observation, base: str, statement: str) -> None:
    assert workings(_statistic(observation, base=base, statement=statement)) == ()


def test_a_sum_from_an_unsure_figure_says_so() -> None:
    (working,) = workings(_statistic(_one(22, qualifier="almost")))
    assert "almost 22%" in working.caution


def test_a_trend_changes_in_points_and_per_cent(sample: Bundle) -> None:
    (working,) = workings(_found(sample, "overall-picture.coerced-acts"))
    assert working.title == "Change, 1998 to 2009"
    assert working.result == "−1.8 percentage points, or −26.5 per cent of what it was."


def test_nothing_is_divided_by_nothing() -> None:
    worked = change_between(_one(0, period="2010"), _one(4, period="2011"), "reports")
    assert worked.result == "+4 reports."
    assert part_of_whole(_statistic(_one(0), unit="a"), _statistic(_one(0), unit="a")) is None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("unit", "reports", "The unit differs: %; reports."),
        ("population", "Children", "The population differs: Users; Children."),
        ("period", "2012", "The period differs: 2011; 2012."),
        ("place", "", "1 figure of 2 gives no place: UK for the rest."),
        ("base", "400 users", "The base differs: 610 reports; 400 users."),
    ],
)
def test_figures_that_differ_in_kind_carry_a_plain_warning(field: str, value: str, said: str) -> None:
    one = _statistic(_one(51))
    assert comparison_warnings([one, replace(one, **{field: value})]) == (said,)  # type: ignore[arg-type]


def test_alike_figures_carry_no_warning() -> None:
    assert comparison_warnings([_statistic(_one(51)), _statistic(_one(20))]) == ()


def test_an_inexact_figure_makes_the_comparison_inexact() -> None:
    (warning,) = comparison_warnings([_statistic(_one(51)), _statistic(_one(50, qualifier="almost"))])
    assert "“almost”" in warning


def test_two_counts_give_a_share_that_is_called_our_own() -> None:
    part, whole = (_statistic(_one(n), unit="reports", title=name) for n, name in ((306, "part"), (610, "whole")))
    shares = [w for w in workings_between([part, whole]) if "share" in w.title]
    assert [share.result for share in shares] == ["≈ 50.2%, worked out here and published nowhere."]
    assert workings_between([part, whole, whole]) == ()


@pytest.mark.parametrize(
    ("field", "value", "broken"),
    [
        ("population", "Households", True),
        ("unit", "reports", True),
        ("place", "World", True),
        ("base", "400 households", True),
        ("base", "702 reports", False),
        ("period", "2012", False),
        ("caveat", "Other.", False),
    ],
)
def test_a_changed_measure_breaks_the_comparison_and_a_changed_size_does_not(
    field: str, value: str, broken: bool
) -> None:
    old = _statistic(_one(51))
    assert bool(series_breaks(old, replace(old, **{field: value}))) is broken  # type: ignore[arg-type]


def test_a_figure_never_travels_without_its_source(sample: Bundle) -> None:
    sources = {source.id: source for source in sample.sources()}
    told = [(theme, statistic) for theme in sample.themes() for statistic in sample.statistics(theme.id)]
    assert len(told) > 50
    for theme, statistic in told:
        text = cited_text(sample.edition, theme, statistic, sources)
        assert "\nSource: " in text
        assert text.splitlines()[-1].startswith("TACSEA 2012/13, ")


@pytest.mark.parametrize(
    ("period", "expected"), [("2010/11 to 2011/12", "2011"), ("", ""), ("In 98", ""), ("May 2026", "2026")]
)
def test_the_year_is_the_latest_that_the_period_names(period: str, expected: str) -> None:
    assert year(_statistic(_one(1), period=period)) == expected
