"""Figures on paper: all in the two columns of the page, and readable there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pypdfium2  # type: ignore[import-untyped, unused-ignore]
import pypdfium2.raw  # type: ignore[import-untyped, unused-ignore]
import pytest

from tests.sheets.conftest import assessment, recipe_for
from tests.sheets.test_pdf import ONE_EDITION, pages, printed, text
from viewer.bundle.bundle import Bundle
from viewer.model import Assessment, Observation, StatisticKind
from viewer.sheets.recipe import Form, Paper
from viewer.sheets.text_flowables import LEAST_RAISED

THEME = "indecent-images"
ALONE, SEVERAL = "Change in producers", "Industry reports in the sample"  # how two of its figures' titles begin


def _left_of(data: bytes, *words: str) -> list[float]:
    """How far from the left the first place of each of `words` stands on the first page, in points."""
    with pypdfium2.PdfDocument(data) as document:
        shown = document[0].get_textpage()
        return [round(shown.get_charbox(shown.get_text_range().index(one), loose=True)[0]) for one in words]


@pytest.mark.parametrize("form", [Form.SUMMARY, Form.FIGURES])
def test_a_figure_of_several_values_stands_in_the_columns_of_one_with_a_single(sample: Bundle, form: Form) -> None:
    data = printed(recipe_for(form, THEME, audience="npm"), sample).data
    alone, several, caveat, label, heading = _left_of(
        data, ALONE, SEVERAL, "Called representative", "of these, about IIOC", "FIGURES"
    )
    assert alone == several == caveat
    assert label == heading


def test_a_figure_of_several_values_is_told_before_its_values(sample: Bundle) -> None:
    with pypdfium2.PdfDocument(printed(recipe_for(Form.SUMMARY, THEME, audience="npm"), sample).data) as document:
        shown = document[0].get_textpage().get_text_range()
    assert shown.index(SEVERAL) < shown.index("actionable reports in the sample") < shown.index("306 reports")


@pytest.mark.parametrize("form", [form for form in ONE_EDITION if form is not Form.CARD])
def test_nothing_on_paper_is_smaller_than_a_raised_number(sample: Bundle, form: Form) -> None:
    assert min(_sizes(printed(recipe_for(form, THEME, audience="npm"), sample).data)) >= LEAST_RAISED >= 6


def _sizes(data: bytes) -> Iterator[float]:
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            shown = page.get_textpage()
            for at in range(shown.count_chars()):
                if shown.get_text_range(at, 1).strip():
                    yield pypdfium2.raw.FPDFText_GetFontSize(shown.raw, at)


@pytest.mark.parametrize(
    ("form", "paper"),
    [(Form.BRIEFING, Paper.A4), (Form.FIGURES, Paper.A6), (Form.SLIDES, Paper.A4), (Form.HANDOUT, Paper.A5)],
)
def test_a_long_trend_stands_as_a_line_with_every_value_under_it(
    opened_edition: Callable[[Assessment], Bundle], form: Form, paper: Paper
) -> None:
    made = assessment()
    values = tuple(
        Observation(position=n, label="reports", period=str(1900 + n), value=Decimal(n) * Decimal("1234.5"))
        for n in range(1, 100)
    )
    long = replace(made.statistics[0], kind=StatisticKind.TREND, unit="reports", observations=values)
    recipe = recipe_for(form, paper=paper, parts=("figures",))
    data = printed(recipe, opened_edition(replace(made, statistics=(long, made.statistics[1])))).data
    shown = " ".join(text(data).replace("\u00a0", " ").split())
    for value in values:
        assert f"{value.period} {value.value:,} reports" in shown


def test_no_number_is_broken_on_the_smallest_paper(opened_edition: Callable[[Assessment], Bundle]) -> None:
    made = assessment()
    values = tuple(
        Observation(position=n, label=f"v{n}", value=Decimal(value))
        for n, value in enumerate(("1866642107", "99.999"), 1)
    )
    exact = replace(made.statistics[0], kind=StatisticKind.BREAKDOWN, unit="notifications", observations=values)
    recipe = recipe_for(Form.FIGURES, paper=Paper.A6, parts=("figures",))
    shown = "\n".join(
        pages(printed(recipe, opened_edition(replace(made, statistics=(exact, made.statistics[1])))).data)
    )
    assert "1,866,642,107" in shown
    assert "99.999" in shown
