"""Recipes: what goes onto a sheet, for whom, and in which form."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from viewer.dissemination.audience import Audience
from viewer.errors import ViewerError
from viewer.records import field, record, replace

MOST_COPIES = 500
MOST_ENTRIES = 5000
MOST_QUESTIONS = 40
MOST_CAVEATS = 20  # as many as an edition may have
LONGEST_LINE = 300  # characters of a title, recipient, purpose, heading or question
LONGEST_TEXT = 16_000  # characters of an introduction, as of any field in an edition
HIGHEST_SERIAL = 2**63 - 1  # as an edition may have
OWN_WORDS = ("title", "purpose", "introduction", "questions")  # fields that hold the reader's own words


class RecipeError(ViewerError):
    """A recipe that cannot be read or made into a sheet."""

    advice = "Change the recipe, then try again. Nothing was written."


class Form(StrEnum):
    """The kinds of sheet, from the least to the most."""

    SUMMARY = "summary"  # one theme, one page
    BRIEFING = "briefing"  # everything, with contents
    FIGURES = "figures"  # statistics with charts, base and caveats
    HANDOUT = "handout"  # for trainers: findings with room to write
    CARD = "card"  # the findings, for a pocket
    SLIDES = "slides"  # one finding or figure a page
    CHANGES = "changes"  # what is not as it was in an earlier edition


class SheetPart(StrEnum):
    """What a sheet may hold, in its order on the page."""

    FINDINGS = "findings"
    FIGURES = "figures"
    NARRATIVE = "narrative"
    NOTES = "notes"
    SOURCES = "sources"
    GLOSSARY = "glossary"


class Paper(StrEnum):
    """Sizes of paper; slides have a size of their own."""

    A4 = "A4"
    LETTER = "Letter"
    A5 = "A5"
    A6 = "A6"


class EntryKind(StrEnum):
    """What one line of a recipe is."""

    THEME = "theme"  # all items of a theme that the parts ask for
    ITEM = "item"
    HEADING = "heading"  # the reader's own


USUAL_PARTS: dict[Form, tuple[SheetPart, ...]] = {
    Form.SUMMARY: (SheetPart.FINDINGS, SheetPart.FIGURES, SheetPart.NARRATIVE, SheetPart.SOURCES),
    Form.BRIEFING: (SheetPart.FINDINGS, SheetPart.FIGURES, SheetPart.NARRATIVE, SheetPart.SOURCES, SheetPart.GLOSSARY),
    Form.FIGURES: (SheetPart.FIGURES, SheetPart.SOURCES),
    Form.HANDOUT: (SheetPart.FINDINGS, SheetPart.FIGURES, SheetPart.SOURCES),
    Form.CARD: (SheetPart.FINDINGS, SheetPart.SOURCES),
    Form.SLIDES: (SheetPart.FINDINGS, SheetPart.FIGURES, SheetPart.SOURCES),
    Form.CHANGES: (SheetPart.FINDINGS, SheetPart.FIGURES, SheetPart.NARRATIVE, SheetPart.SOURCES),
}


@record
class RecipeEntry:
    """One line of a recipe: `value` is the id of a theme or an item, or the words of a heading.

    `seen` is the hash that the item had when the recipe was made; empty where nobody recorded it.
    """

    kind: EntryKind
    value: str
    seen: str = ""


@record
class Recipe:
    """What (entries, parts, own words), for whom (audience, recipient, copies), and how (form, paper).

    `audience` is the ceiling: the code of the highest marking that may be laid out; `caveats` are the labels of the
    handling caveats that its readers hold. `own_marking` is that of
    the reader's own words; empty means the lowest of the scheme. `since` names the earlier edition of a sheet of
    changes by series and serial, such as `tacsea/1`; empty means the kept one before. Without entries it tells all.
    """

    audience: str
    name: str = ""
    series: str = ""
    serial: int = 0  # of the edition it was made from
    since: str = ""
    entries: tuple[RecipeEntry, ...] = ()
    form: Form = Form.SUMMARY
    parts: tuple[SheetPart, ...] = field(default=USUAL_PARTS[Form.SUMMARY])
    paper: Paper = Paper.A4
    large: bool = False
    two_sided: bool = False
    unconfirmed_notes: bool = False  # with the part of notes: also those whose place is not confirmed in this edition
    title: str = ""
    purpose: str = ""
    introduction: str = ""
    questions: tuple[str, ...] = ()
    own_marking: str = ""
    caveats: tuple[str, ...] = ()
    recipient: str = ""
    copies: int = 1

    @property
    def readers(self) -> Audience:
        """Who may see the sheet."""
        return Audience(ceiling=self.audience, caveats=self.caveats)

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing: a sheet of changes without entries asks for all of them."""
        return not self.entries and self.form is not Form.CHANGES


def check_bounds(recipe: Recipe) -> Recipe:
    """Return `recipe` as it is, if its numbers and lengths are within bounds. Raises RecipeError."""
    check_draft_bounds(recipe)
    if excess := words_in_excess(recipe):
        raise RecipeError(next(iter(excess.values())))
    return recipe


def words_in_excess(recipe: Recipe) -> dict[str, str]:
    """Return a sentence for each field whose words are more than a sheet takes, by the field's name."""
    excess = {
        name: f"The {name} is longer than {LONGEST_LINE} characters: it has {len(text):,}."
        for name in ("title", "purpose", "recipient")
        if len(text := getattr(recipe, name)) > LONGEST_LINE
    }
    if len(recipe.introduction) > LONGEST_TEXT:
        size = len(recipe.introduction)
        excess["introduction"] = f"The introduction is longer than {LONGEST_TEXT:,} characters: it has {size:,}."
    longest = max(map(len, recipe.questions), default=0)
    if len(recipe.questions) > MOST_QUESTIONS:
        excess["questions"] = f"A sheet asks at most {MOST_QUESTIONS} questions; here are {len(recipe.questions):,}."
    elif longest > LONGEST_LINE:
        excess["questions"] = f"A question is longer than {LONGEST_LINE} characters: it has {longest:,}."
    return excess


def check_draft_bounds(recipe: Recipe) -> Recipe:
    """Return `recipe` as it is, if all but the reader's own words is within bounds. Raises RecipeError.

    While a sheet is made these may be too long: they are kept as they were typed, and no sheet leaves with them.
    """
    if not 1 <= recipe.copies <= MOST_COPIES:
        raise RecipeError(f"A sheet has from 1 to {MOST_COPIES} copies, not {recipe.copies}.")
    if len(recipe.entries) > MOST_ENTRIES:
        raise RecipeError(f"A sheet holds at most {MOST_ENTRIES:,} entries; this recipe has {len(recipe.entries):,}.")
    if not 0 <= recipe.serial <= HIGHEST_SERIAL:
        raise RecipeError("The serial of the recipe is not one that an edition can have.")
    if len(recipe.caveats) > MOST_CAVEATS:
        raise RecipeError(f"The readers of a sheet hold at most {MOST_CAVEATS} handling caveats.")
    for what, text in _short_texts(recipe):
        if len(text) > LONGEST_LINE:
            raise RecipeError(f"The {what} of the recipe is longer than {LONGEST_LINE} characters.")
    return recipe


def _short_texts(recipe: Recipe) -> Iterator[tuple[str, str]]:
    yield "name", recipe.name
    yield "earlier edition", recipe.since
    yield from (("handling caveat", caveat) for caveat in recipe.caveats)
    yield from (("entry", entry.value) for entry in recipe.entries)


def has_own_words(recipe: Recipe) -> bool:
    """Return whether it holds words of the reader's own, headings included: they carry `own_marking` together."""
    headings = any(entry.kind is EntryKind.HEADING for entry in recipe.entries)
    return headings or any(getattr(recipe, name) for name in OWN_WORDS)


def without_headings(recipe: Recipe) -> Recipe:
    """Return `recipe` without the reader's own headings."""
    return replace(recipe, entries=tuple(entry for entry in recipe.entries if entry.kind is not EntryKind.HEADING))


def without_own_words(recipe: Recipe) -> Recipe:
    """Return `recipe` without any word of the reader's own."""
    empty: dict[str, Any] = {name: () if isinstance(getattr(recipe, name), tuple) else "" for name in OWN_WORDS}
    return replace(without_headings(recipe), **empty)


def with_form(recipe: Recipe, form: Form) -> Recipe:
    """Return `recipe` in another form, with its usual parts and paper; notes stay only if they were asked for."""
    notes = (SheetPart.NOTES,) if SheetPart.NOTES in recipe.parts and form not in (Form.HANDOUT, Form.CHANGES) else ()
    wanted = {*USUAL_PARTS[form], *notes}
    small = recipe.paper in (Paper.A5, Paper.A6)
    paper = recipe.paper
    if form is Form.CARD and not small:
        paper = Paper.A6
    elif form is not Form.CARD and small:
        paper = Paper.A4
    return replace(recipe, form=form, parts=ordered(wanted), paper=paper)


def ordered(parts: set[SheetPart]) -> tuple[SheetPart, ...]:
    """Return parts in their order on the page."""
    return tuple(part for part in SheetPart if part in parts)


def theme_entry(theme_id: str) -> RecipeEntry:
    """Return the line for a whole theme."""
    return RecipeEntry(kind=EntryKind.THEME, value=theme_id)


def item_entry(item_id: str) -> RecipeEntry:
    """Return the line for one item."""
    return RecipeEntry(kind=EntryKind.ITEM, value=item_id)
