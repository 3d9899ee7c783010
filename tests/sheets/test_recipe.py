"""No field of a recipe is forgotten: each goes through TOML and the command line, and own words are cut.

A field that is added to `Recipe` fails here until it is cared for, or named below with the reason why it need not be.
"""

from __future__ import annotations

from dataclasses import Field, fields, replace
from typing import Any

import click
import pytest

from tests.sheets.conftest import CANARY, IMPRINT, TODAY, recipe_for
from viewer.bundle.bundle import Bundle
from viewer.sheets.compose import compose
from viewer.sheets.formats import SheetFormat, render_sheet
from viewer.sheets.recipe import (
    LONGEST_TEXT,
    OWN_WORDS,
    EntryKind,
    Form,
    Paper,
    Recipe,
    RecipeEntry,
    RecipeError,
    SheetPart,
    check_bounds,
    has_own_words,
    item_entry,
    without_own_words,
)
from viewer.sheets.recipe_text import from_toml, to_toml
from viewer.sheets.sheet_metadata import REPEATED_FIELDS, repeating_recipe
from viewer.verbs.sheets import sheet_verb

FIELDS = fields(Recipe)
NAMES = {field.name for field in FIELDS}
TEXTS = {field.name for field in FIELDS if field.type in ("str", "tuple[str, ...]")}

# Texts that are not the reader's own words, and so do not carry their marking.
NOT_OWN_WORDS = {
    "audience": "a code of the edition's scheme",
    "caveats": "labels of the edition's handling caveats",
    "name": "the file's; it stands on no sheet",
    "series": "the edition's",
    "since": "an edition's series and serial",
    "own_marking": "a code of the edition's scheme",
    "recipient": "the register's: for whom the sheet is, whatever it holds",
}
# Fields that a line on the command line sets in another way than by an option of their name.
OTHER_OPTIONS = {
    "entries": ("themes", "items", "tags", "all_themes"),
    "parts": ("parts", "with_notes"),
    "since": ("earlier",),
}
NO_OPTION = {
    "name": "given when the recipe is kept",
    "series": "the edition's",
    "serial": "the edition's",
}
# Fields that leave with no sheet: the recipe in its file gives the same items to whoever has it.
NOT_REPEATED = {"name", *OWN_WORDS, "own_marking", "recipient", "copies", "unconfirmed_notes"}


def other_than(field: Field[Any]) -> Any:
    """Return a value that is not the field's default."""
    values = {
        "str": "other",
        "int": 7,
        "bool": True,
        "tuple[str, ...]": ("other",),
        "Form": Form.CARD,
        "Paper": Paper.A5,
        "tuple[SheetPart, ...]": (SheetPart.GLOSSARY,),
        "tuple[RecipeEntry, ...]": (item_entry("one.f1"),),
    }
    return values[str(field.type)]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_comes_back_from_toml(field: Field[Any]) -> None:
    recipe = replace(Recipe(audience="open"), **{field.name: other_than(field)})
    assert getattr(from_toml(to_toml(recipe).encode()), field.name) == other_than(field)


def test_every_field_has_an_option_on_the_command_line() -> None:
    options = {option.name for option in sheet_verb.params if isinstance(option, click.Option)}
    missing = NAMES - options - NO_OPTION.keys() - OTHER_OPTIONS.keys()
    assert missing == set()
    assert {name for names in OTHER_OPTIONS.values() for name in names} <= options
    assert NO_OPTION.keys() & options == set()


def test_every_text_is_the_readers_own_words_or_is_said_not_to_be() -> None:
    assert set(OWN_WORDS) | NOT_OWN_WORDS.keys() == TEXTS
    assert set(OWN_WORDS) & NOT_OWN_WORDS.keys() == set()


@pytest.mark.parametrize("name", [*OWN_WORDS, "entries"])
@pytest.mark.parametrize("sheet_format", [SheetFormat.PDF, SheetFormat.MARKDOWN, SheetFormat.HTML])
def test_own_words_above_the_ceiling_are_nowhere(edition: Bundle, name: str, sheet_format: SheetFormat) -> None:
    recipe = recipe_for(Form.BRIEFING, own_marking="restricted")
    heading = RecipeEntry(kind=EntryKind.HEADING, value=CANARY)
    words = {"questions": (CANARY,), "entries": (heading, *recipe.entries)}.get(name, CANARY)
    recipe = replace(recipe, **{name: words})  # type: ignore[arg-type]
    assert has_own_words(recipe)
    sheet = compose(recipe, edition, today=TODAY)
    assert CANARY not in repr(sheet)
    assert ("marked RESTRICTED", 4) in sheet.withheld
    assert CANARY.encode() not in render_sheet((sheet,), sheet_format, IMPRINT).data
    allowed = compose(replace(recipe, own_marking="open"), edition, today=TODAY)
    assert CANARY in repr(allowed)


def test_without_own_words_nothing_of_them_is_left() -> None:
    heading = RecipeEntry(kind=EntryKind.HEADING, value="mine")
    recipe = Recipe(audience="open", entries=(heading,), title="a", purpose="b", introduction="c", questions=("d",))
    assert without_own_words(recipe) == Recipe(audience="open")
    assert not has_own_words(without_own_words(recipe))


def test_every_field_is_in_the_sheets_file_or_is_said_not_to_be(edition: Bundle) -> None:
    assert {*REPEATED_FIELDS, "parts"} | NOT_REPEATED == NAMES
    assert {*REPEATED_FIELDS, "parts"} & NOT_REPEATED == set()
    others = {field.name: other_than(field) for field in FIELDS if field.name in NOT_REPEATED}
    sheet = compose(replace(recipe_for(Form.BRIEFING), **{**others, "own_marking": "open"}), edition, today=TODAY)
    plain = compose(recipe_for(Form.BRIEFING), edition, today=TODAY)
    assert repeating_recipe(sheet) == repeating_recipe(plain)


@pytest.mark.parametrize("name", sorted(TEXTS - {"audience", "series", "own_marking"}))
def test_every_text_that_is_typed_has_a_longest_length(name: str) -> None:
    long = "x" * (LONGEST_TEXT + 1)
    recipe = replace(Recipe(audience="open"), **{name: (long,) if name in ("caveats", "questions") else long})  # type: ignore[arg-type]
    with pytest.raises(RecipeError, match="is longer than"):
        check_bounds(recipe)
