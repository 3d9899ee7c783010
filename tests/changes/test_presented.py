"""A change is put into words once: each value of a figure, on whichever side, and why sides do not compare."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from viewer.bundle.bundle import Bundle
from viewer.changes.compare import compare_editions
from viewer.changes.presented import PresentedChange, present_change, present_on_sheet
from viewer.changes.records import Change, ChangeKind, Subject
from viewer.changes.value_changes import value_changes
from viewer.model import Observation, Statistic, StatisticKind


def statistic(*observations: Observation, unit: str = "%") -> Statistic:
    """Return a breakdown with these values, numbered in their order."""
    placed = tuple(replace(one, position=at) for at, one in enumerate(observations, start=1))
    return Statistic(
        id="x.s1", theme="x", position=1, title="Who reports", statement="Who reported.", kind=StatisticKind.BREAKDOWN,
        unit=unit, population="Reports", base="610 reports", period="2011", place="UK", caveat="", marking="npm",
        page="", observations=placed,
    )  # fmt: skip


def value(label: str, of: float | None, **fields: object) -> Observation:
    """Return a value with its label."""
    exact = None if of is None else Decimal(str(of))
    return replace(Observation(position=1, label=label, value=exact), **fields)  # type: ignore[arg-type]


STAYS = value("stays", 20)
BEFORE = statistic(STAYS, value("gone", 5, qualifier="about"))
AFTER = statistic(STAYS, value("come", 8))
ONE_SIDED = Change(
    subject=Subject.STATISTIC,
    old=BEFORE,
    new=AFTER,
    kinds=(ChangeKind.FIGURES,),
    values=value_changes(BEFORE, AFTER),
)
NEW = Change(subject=Subject.STATISTIC, old=None, new=AFTER, kinds=(ChangeKind.NEW,))
WITHDRAWN = Change(subject=Subject.STATISTIC, old=BEFORE, new=None, kinds=(ChangeKind.WITHDRAWN,))


def cells(presented: PresentedChange) -> list[tuple[str, str, str, str]]:
    return [(row.label, row.then, row.now, row.result) for row in presented.rows]


def test_a_value_on_one_side_only_is_shown_with_the_other_side_empty() -> None:
    presented = present_change(ONE_SIDED, {})
    assert cells(presented) == [("come", "–", "8%", "new"), ("gone", "about 5%", "–", "no longer given")]
    assert [row.line for row in presented.rows] == ["8% (come): new", "about 5% (gone): no longer given"]
    assert [row.result_sentence for row in presented.rows] == ["New", "No longer given"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (NEW, [("stays", "–", "20%", ""), ("come", "–", "8%", "")]),
        (WITHDRAWN, [("stays", "20%", "–", ""), ("gone", "about 5%", "–", "")]),
    ],
)
def test_a_figure_that_is_new_or_withdrawn_shows_all_its_values(
    change: Change, expected: list[tuple[str, str, str, str]]
) -> None:
    presented = present_change(change, {})
    assert cells(presented) == expected
    assert presented.changed_rows == presented.rows
    assert presented.is_whole


def test_values_that_stand_as_they_were_are_shown_where_none_changed() -> None:
    reworded = replace(AFTER, statement="Who reported it.")
    change = Change(subject=Subject.STATISTIC, old=AFTER, new=reworded, kinds=(ChangeKind.REWORDED,))
    presented = present_change(change, {})
    assert cells(presented) == [("stays", "20%", "20%", "unchanged"), ("come", "8%", "8%", "unchanged")]
    assert presented.changed_rows == ()


def test_each_side_has_the_unit_of_its_own_edition() -> None:
    old, new = statistic(value("all", 40, words="")), statistic(value("all", 41), unit="reports")
    change = Change(
        subject=Subject.STATISTIC, old=old, new=new, kinds=(ChangeKind.FIGURES,), values=value_changes(old, new),
        broken=("the unit was “%” and is “reports”",),
    )  # fmt: skip
    assert cells(present_change(change, {})) == [("all", "40%", "41 reports", "cannot be compared")]


def test_a_value_of_another_period_names_both_periods_beside_it() -> None:
    old = replace(statistic(value("", 10, period="2010")), kind=StatisticKind.TREND)
    new = replace(statistic(value("", 12, period="2011")), kind=StatisticKind.TREND)
    change = Change(
        subject=Subject.STATISTIC, old=old, new=new, kinds=(ChangeKind.FIGURES,), values=value_changes(old, new)
    )
    (row,) = present_change(change, {}).rows
    assert (row.label, row.then, row.now) == ("", "10% (2010)", "12% (2011)")
    assert row.line.startswith("10% (2010) → 12% (2011): ")


def test_values_that_cannot_be_compared_all_say_so(exercise: tuple[Bundle, Bundle]) -> None:
    found = compare_editions(*exercise)
    (change,) = (change for change in found.all if change.id == "false-notices.ages")
    assert {row.result for row in present_change(change, {}).rows} == {"cannot be compared"}


def test_a_sheet_says_where_it_stood_and_not_what_its_id_was(exercise: tuple[Bundle, Bundle]) -> None:
    found = compare_editions(*exercise)
    (change,) = (change for change in found.all if change.id == "copied-codes.f4")
    on_sheet = present_on_sheet(
        change, {}, place="4, finding 4", earlier_place="4, finding 2", marking_label="RESTRICTED",
        sources_then=("1*",), sources_now=("2", "3"),
    )  # fmt: skip
    assert "was copied-codes.f2, matched by its text (99% alike)" in present_change(change, {}).how
    assert on_sheet.how.endswith("matched by its text (99% alike); was 4, finding 2")
    assert on_sheet.heading == "4, finding 4"
    assert on_sheet.sources_sentence == "Sources 2 and 3, then source 1*."
