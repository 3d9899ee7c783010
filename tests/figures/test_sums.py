"""Sums are worked out with every step shown, and only where the numbers allow."""

from __future__ import annotations

import pytest

from tests.figures.examples import found, observation, statistic
from viewer.bundle.bundle import Bundle
from viewer.figures.sums import change_between, difference, part_of_whole, workings, workings_between
from viewer.model import Observation


def test_a_share_is_worked_out_from_its_base_with_its_rounding() -> None:
    (working,) = workings(statistic(observation(51)))
    assert working.steps[0] == "51 ÷ 100 × 610 = 311.1"
    assert "50.5% to 51.5% of 610 is 308.05 to 314.15" in working.steps[1]
    assert working.result == "≈ 311 reports"
    assert working.caution == ""


def test_a_published_share_is_held_against_its_own_counts(sample: Bundle) -> None:
    first = workings(found(sample, "indecent-images.industry-reports"))[0]
    assert first.result == "The published 51% against 306/610 = 50.2%: it is 0.8 points higher."
    assert first.caution


def test_counts_that_round_to_the_published_share_agree() -> None:
    first = workings(statistic(observation(38), statement="38% (150 of 400) had.", base=""))[0]
    assert first.result == "The published 38% against 150/400 = 37.5%: they agree within rounding."
    assert first.caution == ""


@pytest.mark.parametrize(
    ("measured", "base", "statement"),
    [
        (observation(33.33, words="a third"), "610 reports", ""),
        (observation(None, low=14, high=17), "610 reports", ""),
        (observation(51), "", ""),
        (observation(51), "25,000 children in the whole study", ""),
        (observation(51), "610 of 700 reports", ""),
        (observation(51), "", "700 of 610 reports"),
        (observation(51), "", "0 of 0 reports"),
    ],
)
def test_no_sum_is_made_of_words_bands_or_a_wider_base(measured: Observation, base: str, statement: str) -> None:
    assert workings(statistic(measured, base=base, statement=statement)) == ()


def test_a_sum_from_an_unsure_figure_says_so() -> None:
    (working,) = workings(statistic(observation(22, qualifier="almost")))
    assert working.caution == "The source says “almost 22%”, not an exact figure: so is what follows from it."
    (working,) = workings(statistic(observation(22, qualifier="more than")))
    assert working.caution == "The source says “more than 22%”, not just this number: so is what follows from it."


def test_a_trend_changes_in_points_and_per_cent(sample: Bundle) -> None:
    (working,) = workings(found(sample, "overall-picture.coerced-acts"))
    assert working.title == "Change, 1998 to 2009"
    assert working.result == "−1.8 percentage points, or −26.5 per cent of what it was."


def test_nothing_is_divided_by_nothing() -> None:
    worked = change_between(observation(0, period="2010"), observation(4, period="2011"), "reports")
    assert worked.result == "+4 reports."
    assert part_of_whole(statistic(observation(0), unit="a"), statistic(observation(0), unit="a")) is None


def test_two_counts_give_a_share_that_is_called_our_own() -> None:
    part, whole = (statistic(observation(n), unit="reports", title=name) for n, name in ((306, "part"), (610, "whole")))
    shares = [w for w in workings_between([part, whole]) if "share" in w.title]
    assert [share.result for share in shares] == ["≈ 50.2%, worked out here and published nowhere."]
    assert [share.steps for share in shares] == [("306 ÷ 610 × 100 = 50.2",)]
    assert workings_between([part, whole, whole]) == ()


def test_two_figures_of_one_unit_are_subtracted_with_every_step() -> None:
    one, other = (statistic(observation(n), unit="reports", title=name) for n, name in ((306, "one"), (610, "other")))
    worked = difference(one, other)
    assert worked is not None
    assert worked.title == "From “one” to “other”"
    assert worked.steps == ("610 − 306 = +304 reports", "+304 ÷ 306 × 100 = +99.3 per cent")
    assert worked.result == "+304 reports, or +99.3 per cent of what it was."


def test_a_figure_with_a_value_on_one_side_only_is_not_worked_out() -> None:
    one, other = statistic(observation(306), unit="reports"), statistic(observation(words="many"), unit="reports")
    assert workings_between([one, other]) == ()
    assert workings_between([other, one]) == ()
    assert difference(one, statistic(observation(low=2, high=3), unit="reports")) is None
    assert part_of_whole(statistic(observation(306), observation(310), unit="reports"), one) is None
