"""Every form lays out whatever an edition may hold, on every paper, and its frame stays whole."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable

import pytest

from tests.sheets.any_content import Writer, made_up
from tests.sheets.conftest import IMPRINT, TODAY, assessment, recipe_for
from tests.sheets.test_pdf import ONE_EDITION, pages
from viewer.bundle.bundle import Bundle
from viewer.model import Assessment, Marking
from viewer.records import replace
from viewer.sheets.compose import variants
from viewer.sheets.pdf import render
from viewer.sheets.recipe import LONGEST_LINE, USUAL_PARTS, Form, Paper, Recipe, SheetPart
from viewer.sheets.sheet import SheetNote

Opened = Callable[[Assessment], Bundle]
Layout = tuple[Form, Paper, bool, bool]
LAYOUTS: list[Layout] = [
    (form, paper, large, two_sided)
    for form, paper, large, two_sided in itertools.product(Form, Paper, (False, True), (False, True))
    if form is not Form.CHANGES and (form is not Form.SLIDES or (paper is Paper.A4 and not large and not two_sided))
]
THEMES = (("one",), ("two",), ("three",), ("one", "two", "three"))
MOST_SEEDS = int(os.environ.get("SHEET_SEEDS", "40"))


def _themes(form: Form, at: int) -> tuple[str, ...]:
    """Return what to put on a sheet; of figures, a theme that has some."""
    return THEMES[0] if form is Form.FIGURES else THEMES[at % len(THEMES)]


def _recipe(seed: int, layout: Layout, themes: tuple[str, ...]) -> Recipe:
    form, paper, large, two_sided = layout
    write = Writer(seed)
    recipe = recipe_for(
        form, *themes, paper=paper, large=large, two_sided=two_sided, title=write.words(LONGEST_LINE),
        purpose=write.words(LONGEST_LINE), introduction=write.text(), questions=(write.words(LONGEST_LINE),) * 3,
        recipient=write.words(LONGEST_LINE), copies=2,
    )  # fmt: skip
    return recipe if seed % 2 else replace(recipe, parts=tuple(SheetPart))


def _lay_out(bundle: Bundle, seed: int, layout: Layout, themes: tuple[str, ...]) -> None:
    recipe = _recipe(seed, layout, themes)
    write = Writer(seed + 1)
    notes = [SheetNote(item="one.f1", text=write.text(), marking="open", quote=write.words(400))]
    rendered = render(variants(recipe, bundle, today=TODAY, notes=notes), IMPRINT)
    found = pages(rendered.data)
    assert len(found) >= rendered.pages > 0
    for number, page in enumerate(found[: rendered.pages], 1):
        shown = " ".join(page.split())
        assert f"page {number} of {rendered.pages}" in shown
        assert "copy 1 of 2" in shown
        assert f"sheet {IMPRINT.id}" in shown
        assert f"register {IMPRINT.chain_tip}" in shown


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: "-".join(map(str, one)))
def test_lays_out_what_no_author_would_write(opened_edition: Opened, layout: Layout) -> None:
    seed = LAYOUTS.index(layout)
    _lay_out(opened_edition(made_up(seed % 3)), seed, layout, _themes(layout[0], seed))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, MOST_SEEDS))
def test_lays_out_thousands_of_them(opened_edition: Opened, seed: int) -> None:
    bundle = opened_edition(made_up(seed))
    for at, layout in itertools.product(range(len(THEMES)), LAYOUTS):
        _lay_out(bundle, seed * 1000 + at, layout, _themes(layout[0], at))


@pytest.mark.parametrize(("form", "large"), [(Form.BRIEFING, False), (Form.SUMMARY, True), (Form.HANDOUT, True)])
def test_lays_out_each_theme_of_the_sample_in_a_pocket(sample: Bundle, form: Form, large: bool) -> None:
    for theme in sample.themes():
        everything = tuple(SheetPart) if form is Form.HANDOUT else USUAL_PARTS[form]
        recipe = recipe_for(form, theme.id, audience=sample.markings[-1].code, paper=Paper.A6, large=large)
        recipe = replace(recipe, parts=everything)
        assert render(variants(recipe, sample, today=TODAY), IMPRINT).pages


@pytest.mark.parametrize("form", ONE_EDITION)
def test_a_long_marking_takes_the_lines_it_needs(opened_edition: Opened, form: Form) -> None:
    label = "UNPROTECTED FOR PROFESSIONALS WHO SAFEGUARD CHILDREN IN ENGLAND, WALES, SCOTLAND AND NORTHERN IRELAND"[
        :100
    ]
    marking = Marking(code="open", level=0, label=label, colour="#5B636B", ink="#FFFFFF")
    base = assessment()
    bundle = opened_edition(replace(base, markings=(marking, *base.markings[1:])))
    for paper in Paper:
        rendered = render(variants(recipe_for(form, paper=paper), bundle, today=TODAY), IMPRINT)
        for page in pages(rendered.data):
            assert " ".join(page.split()).count(label) >= 2
