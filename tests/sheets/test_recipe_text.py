"""A recipe survives the way through its TOML file, and a bad file is refused in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.sheets.recipe import EntryKind, Form, Paper, Recipe, RecipeEntry, RecipeError, SheetPart, ordered, with_form
from viewer.sheets.recipe_text import from_toml, to_toml

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


_ENTRY = st.builds(RecipeEntry, kind=st.sampled_from(EntryKind), value=_TEXT, seen=_TEXT)
_RECIPE = st.builds(
    Recipe,
    audience=_TEXT, name=_TEXT, series=_TEXT, since=_TEXT, title=_TEXT, purpose=_TEXT, introduction=_TEXT,
    recipient=_TEXT, own_marking=_TEXT, form=st.sampled_from(Form), paper=st.sampled_from(Paper), large=st.booleans(),
    two_sided=st.booleans(), copies=st.integers(1, 500), serial=st.integers(0, 10**6),
    questions=st.lists(_TEXT, max_size=3).map(tuple), parts=st.sets(st.sampled_from(SheetPart)).map(ordered),
    entries=st.lists(_ENTRY, max_size=4).map(tuple),
)  # fmt: skip


@given(_RECIPE)
def test_comes_back_as_it_was(recipe: Recipe) -> None:
    assert from_toml(to_toml(recipe).encode()) == recipe


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "does not begin"),
        ("recipe = true", "does not begin"),
        ("recipe = 2", "newer version"),
        ("recipe = 1\nform = 'poster'", "“poster”, which is not known"),
        ("recipe = 1\ncopies = 0", "from 1 to 500"),
        ("recipe = 1\ncopies = true", "“copies” of the recipe is of the wrong kind"),
        ("recipe = 1\nshell = 'x'", "“shell” that is not known"),
        ("recipe = 1\n[[entry]]\ntheme = 'a'\nitem = 'b'", "one theme, one item or one heading"),
        ("recipe = 1\nparts = 'findings'", "not a list of texts"),
        ("recipe = 1\ntitle = '" + "x" * 301 + "'", "longer than 300"),
        ("recipe = [" * 2000, "not readable as TOML"),
        ("\x00", "not readable as TOML"),
    ],
)
def test_refuses_what_is_no_recipe(text: str, reason: str) -> None:
    with pytest.raises(RecipeError, match=reason):
        from_toml(text.encode())


def test_a_handout_takes_no_notes_over_from_another_form() -> None:
    briefing = Recipe(audience="open", form=Form.BRIEFING, parts=(SheetPart.FINDINGS, SheetPart.NOTES))
    assert SheetPart.NOTES not in with_form(briefing, Form.HANDOUT).parts
    assert SheetPart.NOTES in with_form(briefing, Form.SUMMARY).parts


def test_a_card_is_small_and_what_follows_it_is_not() -> None:
    card = with_form(Recipe(audience="open"), Form.CARD)
    assert card.paper is Paper.A6
    assert with_form(card, Form.BRIEFING).paper is Paper.A4
