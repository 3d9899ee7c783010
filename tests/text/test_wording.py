"""Figures, dates and citations read the same wherever they stand."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.model import Edition, Finding, Observation, Passage, Statistic, StatisticKind, Theme
from viewer.text import wording

EDITION = Edition(
    series="tacsea", title="T", label="2012/13", serial=1, issued="2012-06", review="2013-03-31", publisher="P",
    language="en-GB", marking="npm", summary="",
)  # fmt: skip
THEME = Theme(
    id="t", part="priority", position=1, label="3", title="A theme", short="T", summary="", marking="npm",
    page="11-12",
)  # fmt: skip
PASSAGE = Passage(id="t.p4", theme="t", position=4, label="3.4", heading="", text="x", marking="npm", page="12")
FINDING = Finding(id="t.f2", theme="t", position=2, text="x", marking="npm", page="12")
STATISTIC = Statistic(
    id="t.s", theme="t", position=1, title="S", statement="x", kind=StatisticKind.SINGLE, unit="%",
    population="reports",
    base="610 reports", period="2011", place="UK", caveat="", marking="npm", page="11",
)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "magnitude", "expected"),
    [
        ("51", "", "51"), ("6.8", "", "6.8"), ("5.0", "", "5.0"), ("0.250", "", "0.250"), ("2293", "", "2,293"),
        ("-1250.5", "", "−1,250.5"), ("999", "", "999"), ("25000", "", "25,000"), ("0", "", "0"), ("-25", "", "−25"),
        ("0.004", "", "0.004"), ("99.999", "", "99.999"), ("-0.001", "", "−0.001"),
        ("1866642107", "", "1,866,642,107"), ("24.8", "million", "24.8 million"), ("24800000", "", "24,800,000"),
        ("1", "million", "1 million"), ("1000000", "", "1,000,000"), ("2.50", "billion", "2.50 billion"),
        ("0.0000001", "", "0.0000001"), ("123456789012345678901234567890", "",
                                         "123,456,789,012,345,678,901,234,567,890"),
    ],
)  # fmt: skip
def test_writes_numbers_exactly_as_they_were_published(value: str, magnitude: str, expected: str) -> None:
    assert wording.number(Decimal(value), magnitude) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("340", "%", "340%"), ("0.004", "%", "0.004%"), ("-0.001", "%", "−0.001%"), ("1250.50", "£", "£1,250.50"),
        ("-3", "£", "−£3"), ("5.0", "€", "€5.0"), ("20", "US$", "US$20"), ("1250", "£ per household",
                                                                        "£1,250 per household"),
        ("1", "reports", "1 report"), ("1.0", "reports", "1.0 report"), ("1866642107", "users", "1,866,642,107 users"),
        ("-0.5", "% change", "−0.5%"), ("0.5", "% change", "+0.5%"), ("0", "% change", "0%"),
    ],
)  # fmt: skip
def test_a_unit_stands_where_it_belongs(value: str, unit: str, expected: str) -> None:
    assert wording.measured(Observation(position=1, value=Decimal(value)), unit) == expected


@pytest.mark.parametrize(
    ("low", "high", "magnitude", "unit", "expected"),
    [
        ("14", "17", "", "years", "14–17 years"), ("10", "12.5", "", "%", "10–12.5%"),
        ("-3", "-1", "", "%", "−3 to −1%"), ("-3", "2", "", "points", "−3 to 2 points"),
        ("5", "10", "", "£", "£5–£10"), ("1.5", "2", "million", "users", "1.5–2 million users"),
        ("1.5", "2", "billion", "£", "£1.5–£2 billion"), ("0.001", "0.004", "", "%", "0.001–0.004%"),
        ("16", None, "", "years", "16 and over years"), (None, "15", "", "years", "up to 15 years"),
        ("2", None, "million", "£", "£2 million and over"),
    ],
)  # fmt: skip
def test_a_range_has_its_unit_once(low: str | None, high: str | None, magnitude: str, unit: str, expected: str) -> None:
    first, last = (Decimal(bound) if bound else None for bound in (low, high))
    assert wording.measured(Observation(position=1, magnitude=magnitude, low=first, high=last), unit) == expected


def test_a_million_of_something_is_many() -> None:
    assert (
        wording.measured(Observation(position=1, value=Decimal(1), magnitude="million"), "users") == "1 million users"
    )


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_no_digit_of_a_number_is_lost(value: Decimal) -> None:
    shown = wording.number(value)
    assert shown.replace(",", "").replace("−", "-") == f"{value:f}"


@pytest.mark.parametrize(
    ("observation", "unit", "expected"),
    [
        (Observation(position=1, value=Decimal("22"), qualifier="almost"), "%", "almost 22%"),
        (Observation(position=1, value=Decimal("33.33"), words="a third", qualifier="almost"), "%", "almost a third"),
        (Observation(position=1, value=Decimal("30")), "% change", "+30%"),
        (Observation(position=1, value=Decimal("-25")), "% change", "−25%"),
        (Observation(position=1, low=Decimal("14"), high=Decimal("17")), "years", "14–17"),
        (Observation(position=1, high=Decimal("15")), "years", "up to 15"),
        (Observation(position=1, low=Decimal("16")), "years", "16 and over"),
        (Observation(position=1, rank=1), "", ""),
    ],
)
def test_a_figure_never_stands_without_its_qualifier(observation: Observation, unit: str, expected: str) -> None:
    assert wording.qualified(observation, unit) == expected


def test_a_count_is_measured_with_what_it_counts() -> None:
    assert wording.measured(Observation(position=1, value=Decimal("61")), "notifications") == "61 notifications"
    assert wording.measured(Observation(position=1, value=Decimal("51")), "%") == "51%"


def test_a_year_is_never_parted_by_a_comma() -> None:
    year = Observation(position=1, words="2013", period="2013")
    assert wording.measured(year, "planned year") == "2013 planned year"
    assert wording.day("2013-03-31") == "31 March 2013"


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("depots", "depot"), ("countries", "country"), ("cases", "case"), ("British nationals", "British national"),
        ("reports of thefts", "report of thefts"), ("children under 15", "child under 15"), ("people", "person"),
        ("boxes", "box"),
        ("losses", "loss"), ("classes", "class"), ("series", "series"),
        ("risk", "risk"),
        ("times more", "time more"), ("searches", "search"), ("sizes", "size"), ("analysis", "analysis"),
    ],
)  # fmt: skip
def test_one_of_many_stands_in_the_singular(plural: str, expected: str) -> None:
    assert wording.noun_for(plural, 1) == expected
    assert {wording.noun_for(plural, amount) for amount in (0, 2, 1.5, None)} == {plural}


def test_a_lone_case_is_measured_in_the_singular_however_it_is_written() -> None:
    assert wording.measured(Observation(position=1, value=Decimal("1")), "depots") == "1 depot"
    in_words = Observation(position=1, value=Decimal("1"), words="one", qualifier="only")
    assert wording.measured(in_words, "depots") == "only one depot"


def test_a_label_and_its_value_never_run_together() -> None:
    assert wording.labelled("up to 40", "31%") == "up to 40: 31%"
    assert wording.labelled("", "31%") == "31%"
    assert wording.labelled("first", "") == "first"


@pytest.mark.parametrize(
    ("iso", "expected"), [("2013-03-31", "31 March 2013"), ("2012-06", "June 2012"), ("2012-01-01", "1 January 2012")]
)
def test_writes_dates_in_words(iso: str, expected: str) -> None:
    assert wording.day(iso) == expected


@pytest.mark.parametrize(
    ("iso", "expected"),
    [("2013-02", date(2013, 2, 28)), ("2012-12", date(2012, 12, 31)), ("2012-02", date(2012, 2, 29)),
     ("9999-12", date(9999, 12, 31)),
     ("2013-03-31", date(2013, 3, 31))],
)  # fmt: skip
def test_a_review_month_means_its_last_day(iso: str, expected: date) -> None:
    assert wording.last_day(iso) == expected


def test_the_review_date_itself_is_not_past() -> None:
    assert not wording.is_past_review(EDITION, date(2013, 3, 31))
    assert wording.is_past_review(EDITION, date(2013, 4, 1))


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (PASSAGE, "TACSEA 2012/13, 3.4, p. 12"),
        (FINDING, "TACSEA 2012/13, 3, finding 2, p. 12"),
        (STATISTIC, "TACSEA 2012/13, 3, figure 1, p. 11"),
        (None, "TACSEA 2012/13, A theme, pp. 11–12"),
    ],
)
def test_cites_a_place_so_that_it_can_be_found_in_print(
    item: Passage | Finding | Statistic | None, expected: str
) -> None:
    assert wording.citation(EDITION, THEME, item) == expected


def test_says_when_a_figure_has_no_base() -> None:
    assert wording.basis(STATISTIC) == "reports · base: 610 reports · 2011 · UK"


@pytest.mark.parametrize(
    ("words", "expected"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_words_as_a_sentence_does(words: list[str], expected: str) -> None:
    assert wording.listed(words) == expected


@pytest.fixture
def _east_of_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_east_of_greenwich")
@pytest.mark.parametrize(
    ("moment", "day", "at"),
    [
        ("2026-11-30T18:45:00.000+00:00", "1 December 2026", "1 December 2026, 00:15"),
        ("2026-12-01T00:15:00+05:30", "1 December 2026", "1 December 2026, 00:15"),
        ("some day", "", ""),
        ("9999-12-31T23:59:59+00:00", "", ""),
    ],
)
def test_times_are_those_of_the_readers_own_clock(moment: str, day: str, at: str) -> None:
    assert (wording.local_day(moment), wording.local_time(moment)) == (day, at)
