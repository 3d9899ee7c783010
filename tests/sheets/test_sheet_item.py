"""What stands with an item on a sheet: its sources at their place, its short caveat where room is small."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.sheets.conftest import assessment, recipe_for
from tests.sheets.test_pdf import printed, text
from tests.sheets.test_text_flowables import Opened
from viewer.sheets.recipe import Form, Paper
from viewer.sheets.sheet_item import SheetItem, SheetReference, TextLinks
from viewer.text.blocks import CrossReference

WHOLE, SHORT = "The sample is small.", "Small sample."


def placed(**fields: object) -> SheetItem:
    made = {"item": assessment().statistics[0], "place": "1, figure 1", "source_numbers": (1, 4), "marking_label": ""}
    return SheetItem(**{**made, **fields})  # type: ignore[arg-type]


def test_a_source_that_the_text_names_does_not_stand_behind_it_again() -> None:
    assert placed(links=TextLinks(signs={"survey": "4", "note": "a"})).sources_behind == (1,)


def test_behind_a_table_sources_have_a_line_of_their_own() -> None:
    one = placed(ends_with_table=True)
    assert (one.sources_behind, one.remarks) == ((), ("Sources 1 and 4",))


def test_a_reference_that_says_its_place_itself_says_it_once() -> None:
    links = TextLinks(references={"x": SheetReference(place="5.1", is_here=False)})
    assert links.behind(CrossReference(text="the paragraph", target="x")) == " (5.1)"
    assert links.behind(CrossReference(text="paragraph 5.1", target="x")) == ""
    assert links.behind(CrossReference(text="elsewhere", target="y")) == ""


@pytest.mark.parametrize(
    ("form", "paper", "is_short"),
    [
        (Form.BRIEFING, Paper.A4, False), (Form.FIGURES, Paper.A6, True), (Form.SUMMARY, Paper.A4, False),
        (Form.CARD, Paper.A5, True), (Form.SLIDES, Paper.A4, True), (Form.HANDOUT, Paper.A4, False),
    ],
)  # fmt: skip
def test_a_caveat_is_short_where_room_is_small_if_the_publisher_gave_a_short_form(
    opened_edition: Opened, form: Form, paper: Paper, is_short: bool
) -> None:
    made = assessment()
    statistic = replace(made.statistics[0], short_caveat=SHORT)
    recipe = recipe_for(form, paper=paper, parts=("findings", "figures"))
    shown = text(printed(recipe, opened_edition(replace(made, statistics=(statistic, made.statistics[1])))).data)
    assert (SHORT in shown, WHOLE in shown) == (is_short, not is_short)
    without = text(printed(recipe, opened_edition(made)).data)
    assert WHOLE in without
