"""A sheet holds what was chosen, in the order chosen, and nothing above its ceiling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.sheets.conftest import CANARY, SECOND, TODAY, assessment, recipe_for
from viewer.bundle.bundle import Bundle
from viewer.dissemination.audience import UnknownAudience
from viewer.model import Assessment, Caveat, Item
from viewer.sheets.compose import compose, one_for_each_theme, variants
from viewer.sheets.recipe import EntryKind, Form, Recipe, RecipeEntry, RecipeError, SheetPart, item_entry, theme_entry
from viewer.sheets.sheet import Sheet, SheetNote


def made(recipe: Recipe, edition: Bundle, *notes: SheetNote, today: date = TODAY) -> Sheet:
    return compose(recipe, edition, today=today, notes=notes)


def items(sheet: Sheet) -> list[str]:
    return [b.item.id for chapter in sheet.chapters for section in chapter.sections for b in section.items]


def test_holds_nothing_above_its_ceiling(edition: Bundle, recipe: Recipe) -> None:
    sheet = made(recipe, edition)
    assert items(sheet) == ["one.f1", "one.s1", "one.p1"]
    assert CANARY not in repr(sheet)
    assert sheet.withheld == (("marked RESTRICTED", 3), ("marked PROTECT", 1))


@pytest.mark.parametrize("audience", ["open", "protect", "restricted"])
def test_is_marked_with_the_highest_that_it_holds(edition: Bundle, audience: str) -> None:
    assert made(recipe_for(Form.BRIEFING, audience=audience), edition).marking.code == audience


def test_an_open_item_alone_keeps_a_sheet_for_high_readers_open(edition: Bundle) -> None:
    recipe = Recipe(audience="restricted", entries=(item_entry("one.f1"),))
    assert made(recipe, edition).marking.code == "open"


def test_a_restricted_theme_takes_its_open_items_with_it_since_their_ids_name_it(edition: Bundle) -> None:
    sheet = made(recipe_for(Form.BRIEFING, "one", SECOND), edition)
    assert items(sheet) == ["one.f1", "one.s1", "one.p1"]
    assert dict(sheet.withheld)["in a theme marked RESTRICTED"] == 1
    assert CANARY not in repr(sheet)
    with pytest.raises(RecipeError, match="or its theme is"):
        made(recipe_for(Form.BRIEFING, SECOND), edition)
    assert items(made(recipe_for(Form.BRIEFING, SECOND, audience="restricted"), edition)) == [f"{SECOND}.f1"]


def test_keeps_the_order_and_the_headings_given(edition: Bundle) -> None:
    entries = (
        item_entry("one.p1"),
        RecipeEntry(kind=EntryKind.HEADING, value="Then"),
        item_entry("one.f1"),
        item_entry("one.p1"),
    )  # fmt: skip
    recipe = Recipe(audience="open", entries=entries)
    sheet = made(recipe, edition)
    assert items(sheet) == ["one.p1", "one.f1"]
    assert [chapter.title for chapter in sheet.chapters if chapter.is_own_heading] == ["Then"]


@pytest.mark.parametrize(
    ("recipe", "reason"),
    [
        (Recipe(audience="open"), "No theme and no item is on the sheet yet"),
        (Recipe(audience="open", entries=(theme_entry("gone"),)), "nothing under “gone”"),
        (Recipe(audience="open", entries=(item_entry("one.f2"),)), "marked above NOT PROTECTIVELY MARKED"),
        (
            Recipe(audience="open", entries=(item_entry("one.f1"),), parts=(SheetPart.FIGURES,)),
            "chosen parts hold nothing",
        ),
        (Recipe(audience="open", entries=(item_entry("one.f1"),), copies=501), "from 1 to 500"),
    ],
)
def test_refuses_what_would_be_empty(edition: Bundle, recipe: Recipe, reason: str) -> None:
    with pytest.raises(RecipeError, match=reason):
        made(recipe, edition)


def test_refuses_an_unknown_audience(edition: Bundle) -> None:
    with pytest.raises(UnknownAudience):
        made(Recipe(audience="OPEN", entries=(item_entry("one.f1"),)), edition)


def test_names_what_this_edition_does_not_have(edition: Bundle) -> None:
    recipe = Recipe(audience="open", entries=(item_entry("one.f1"), item_entry("one.f99")))
    assert made(recipe, edition).missing == ("one.f99",)


def test_cites_only_what_its_items_cite_and_explains_only_what_they_use(edition: Bundle, recipe: Recipe) -> None:
    sheet = made(recipe, edition)
    assert [source.id for source in sheet.sources] == ["open-source"]
    assert [term.abbreviation for term in sheet.terms] == ["ABC"]


def test_cuts_notes_by_their_own_marking_and_by_their_items(edition: Bundle, recipe: Recipe) -> None:
    recipe = replace(recipe, parts=(*recipe.parts, SheetPart.NOTES))
    notes = (
        SheetNote(item="one.f1", text="mine", marking="open"),
        SheetNote(item="one.f1", text=CANARY, marking="restricted"),
        SheetNote(item="one.f1", text=CANARY, marking="unheard-of"),
        SheetNote(item="one.f2", text=CANARY, marking="open"),
    )
    sheet = made(recipe, edition, *notes)
    assert [note.text for chapter in sheet.chapters for note in chapter.notes] == ["mine"]
    assert ("marking not known", 1) in sheet.withheld
    assert CANARY not in repr(sheet)


def test_prints_no_notes_unless_asked(edition: Bundle, recipe: Recipe) -> None:
    sheet = made(recipe, edition, SheetNote(item="one.f1", text="mine", marking="open"))
    assert "mine" not in repr(sheet)


def test_withholds_the_readers_own_words_where_they_are_marked_too_high(edition: Bundle, recipe: Recipe) -> None:
    words = {"title": CANARY, "purpose": CANARY, "introduction": CANARY, "questions": (CANARY,)}
    sheet = made(replace(recipe, own_marking="restricted", **words), edition)  # type: ignore[arg-type]
    assert CANARY not in repr(sheet)
    assert CANARY in repr(made(replace(recipe, **words), edition))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "newer", "warnings"),
    [
        (date(2013, 3, 31), None, ()),
        (date(2013, 4, 1), None, ("review date past (31 March 2013)",)),
        (date(2013, 1, 1), 4, ("superseded by serial 4",)),
    ],
)
def test_bears_its_warnings(
    edition: Bundle, recipe: Recipe, today: date, newer: int | None, warnings: tuple[str, ...]
) -> None:
    assert compose(recipe, edition, today=today, superseded_by=newer).warnings == warnings


def test_a_summary_can_do_with_less_but_says_so_and_never_drops_a_noted_item(sample: Bundle) -> None:
    recipe = recipe_for(Form.SUMMARY, "indecent-images", audience="npm")
    recipe = replace(recipe, parts=(*recipe.parts, SheetPart.NOTES))
    noted: Item = sample.passages("indecent-images")[0]
    note = SheetNote(item=noted.id, text="mine", marking="npm")
    whole, *lighter = variants(recipe, sample, today=TODAY, notes=(note,))
    assert len(whole.held) == 25
    assert [len(sheet.held) for sheet in lighter] == sorted((len(s.held) for s in lighter), reverse=True)
    assert all(sheet.remark.startswith("Left out of this summary: the narrative") for sheet in lighter)
    assert all(noted.id in [one.id for one in sheet.held] for sheet in lighter)


def test_no_file_is_named_after_a_theme_above_the_ceiling(edition: Bundle) -> None:
    recipes = (recipe_for(Form.BRIEFING, audience=code) for code in ("open", "restricted"))
    low, high = (one_for_each_theme(recipe, edition) for recipe in recipes)
    assert (len(low), len(high)) == (1, 2)
    assert CANARY not in repr(low)


@pytest.mark.parametrize("holder", ["item", "theme"])
def test_withholds_what_bears_a_handling_caveat_from_readers_who_do_not_hold_it(
    holder: str, opened_edition: Callable[[Assessment], Bundle]
) -> None:
    plain, under = assessment(), ("eyes",)
    changed = replace(
        plain,
        caveats=(Caveat(code="eyes", position=1, label="FENMARK EYES ONLY", description=""),),
        themes=tuple(replace(t, caveats=under) if (holder, t.id) == ("theme", "one") else t for t in plain.themes),
        findings=tuple(
            replace(f, caveats=under) if (holder, f.id) == ("item", "one.f1") else f for f in plain.findings
        ),
    )
    edition = opened_edition(changed)
    whole = items(made(recipe_for(Form.BRIEFING, "one", SECOND, audience="restricted"), opened_edition(plain)))
    sheet = made(recipe_for(Form.BRIEFING, "one", SECOND, audience="restricted"), edition)
    gone = [id_ for id_ in whole if (id_.startswith("one.") if holder == "theme" else id_ == "one.f1")]
    assert items(sheet) == [id_ for id_ in whole if id_ not in gone]
    assert sheet.withheld == (("under a handling caveat", len(gone)),)
    with pytest.raises(RecipeError, match="handling caveat"):
        made(replace(recipe_for(Form.BRIEFING, audience="restricted"), entries=(item_entry("one.f1"),)), edition)
    holding = recipe_for(Form.BRIEFING, "one", SECOND, audience="restricted", caveats=("FENMARK EYES ONLY",))
    sheet = made(holding, edition)
    assert items(sheet) == whole
    assert sheet.marking.label.endswith(" · FENMARK EYES ONLY")
    assert sheet.audience.label.endswith(" · FENMARK EYES ONLY")
    borne = {one.item.id for chapter in sheet.chapters for section in chapter.sections for one in section.items
             if one.marking_label.endswith("FENMARK EYES ONLY")}  # fmt: skip
    assert borne == set(gone)
    with pytest.raises(UnknownAudience, match="no handling caveat “EYES”"):
        made(replace(holding, caveats=("EYES",)), edition)


def test_a_note_whose_place_is_not_confirmed_is_left_off_unless_it_is_wanted(edition: Bundle) -> None:
    notes = (
        SheetNote(item="one.f1", text="Sure", marking="open"),
        SheetNote(item="one.f1", text="Unsure", marking="open", quote="words that were noted", is_unconfirmed=True),
    )
    recipe = replace(recipe_for(Form.BRIEFING), entries=(item_entry("one.f1"),))
    recipe = replace(recipe, parts=(*recipe.parts, SheetPart.NOTES))
    sheet = compose(recipe, edition, today=TODAY, notes=notes)
    assert [note.text for note in sheet.chapters[0].notes] == ["Sure"]
    assert ("whose place is not confirmed", 1) in sheet.withheld
    sheet = compose(replace(recipe, unconfirmed_notes=True), edition, today=TODAY, notes=notes)
    unsure = sheet.chapters[0].notes[1]
    assert (unsure.text, unsure.quote) == ("Unsure", "words that were noted")
    assert unsure.about.endswith("not confirmed: made on other words")
