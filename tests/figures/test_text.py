"""What is said of figures: in one line, beside others, and as a citation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.figures.examples import found, observation, statistic
from viewer.bundle.bundle import Bundle
from viewer.figures.text import cited_text, comparison_warnings, series_breaks, value_text, year


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
    assert value_text(found(sample, id_)) == expected


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
    one = statistic(observation(51))
    assert comparison_warnings([one, replace(one, **{field: value})]) == (said,)  # type: ignore[arg-type]


def test_alike_figures_carry_no_warning() -> None:
    assert comparison_warnings([statistic(observation(51)), statistic(observation(20))]) == ()


def test_an_inexact_figure_makes_the_comparison_inexact() -> None:
    (warning,) = comparison_warnings([statistic(observation(51)), statistic(observation(50, qualifier="almost"))])
    assert "“almost”" in warning


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
    old = statistic(observation(51))
    assert bool(series_breaks(old, replace(old, **{field: value}))) is broken  # type: ignore[arg-type]


def test_a_figure_never_travels_without_its_source(sample: Bundle) -> None:
    sources = {source.id: source for source in sample.sources()}
    pairs = [(theme, one) for theme in sample.themes() for one in sample.statistics(theme.id)]
    assert len(pairs) > 50
    for theme, one in pairs:
        text = cited_text(sample.edition, theme, one, sources)
        assert "\nSource: " in text
        assert text.splitlines()[-1].startswith("TACSEA 2012/13, ")


@pytest.mark.parametrize(
    ("period", "expected"), [("2010/11 to 2011/12", "2011"), ("", ""), ("In 98", ""), ("May 2026", "2026")]
)
def test_the_year_is_the_latest_that_the_period_names(period: str, expected: str) -> None:
    assert year(statistic(observation(1), period=period)) == expected
