"""What every composed sheet says besides its items: its origin, warnings, own words and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from viewer import clock
from viewer.bundle.bundle import Bundle
from viewer.dissemination.audience import Cut, cut_for_audience
from viewer.dissemination.edition_cut import check_audience
from viewer.dissemination.markings import lowest_marking
from viewer.model import Item, Marking, Term, Theme
from viewer.records import record, replace
from viewer.sheets.recipe import EntryKind, Recipe, RecipeEntry, has_own_words, without_own_words
from viewer.sheets.sheet import HeldItem, Origin, item_hash
from viewer.text import wording


@record
class OwnWords:
    """The reader's own words of a sheet, which carry one marking together."""

    marking: str


def cut_own_words(recipe: Recipe, scheme: Sequence[Marking]) -> Cut[OwnWords]:
    """Divide the reader's own words by whether the audience may see them: all of them or none."""
    marking = recipe.own_marking or lowest_marking(scheme).code
    words = [OwnWords(marking=marking)] if has_own_words(recipe) else []
    return cut_for_audience(words, scheme, recipe.readers)


def with_caveats(marking: Marking, caveats: Iterable[str]) -> Marking:
    """Return a marking whose label says the handling caveats too, as it stands on a sheet."""
    return replace(marking, label=wording.marking_line(marking.label, caveats))


def audience_of(recipe: Recipe, bundle: Bundle) -> Marking:
    """Return the marking up to which a sheet may hold things, its label with the caveats that its readers hold.

    Raises UnknownAudience for a marking or a handling caveat that the edition does not have.
    """
    return with_caveats(check_audience(bundle, recipe.readers), recipe.caveats)


def repeatable(recipe: Recipe, own: Cut[OwnWords], bundle: Bundle, held: Iterable[RecipeEntry]) -> Recipe:
    """Return the recipe of a sheet: what is `held` as its entries, and no word of the reader's own that is withheld."""
    edition = bundle.edition
    allowed = without_own_words(recipe) if own.withheld else recipe
    return replace(allowed, entries=tuple(held), series=edition.series, serial=edition.serial)


def held_items(items: Iterable[Item]) -> tuple[HeldItem, ...]:
    """Return the items with what they say today."""
    return tuple(HeldItem(id=item.id, hash=item_hash(item)) for item in items)


def held_entries(held: Iterable[HeldItem]) -> tuple[RecipeEntry, ...]:
    """Return the entries of a recipe that ask for these items."""
    return tuple(RecipeEntry(kind=EntryKind.ITEM, value=one.id, seen=one.hash) for one in held)


def origin_of(bundle: Bundle) -> Origin:
    """Return what a sheet says of the edition that it is made from."""
    edition, seal = bundle.edition, bundle.seal
    return Origin(
        series=edition.series,
        name=edition.name,
        title=edition.title,
        label=edition.label,
        serial=edition.serial,
        issued=edition.issued,
        review=edition.review,
        publisher=edition.publisher,
        signer=seal.publisher,
        key_id=seal.key_id,
        fingerprint=seal.fingerprint,
    )


def warnings_of(bundle: Bundle, today: date, superseded_by: int | None) -> tuple[str, ...]:
    """Return the warnings that every page bears: superseded, review date past, a clock that cannot be right."""
    out = []
    if superseded_by is not None:
        out.append(f"superseded by serial {superseded_by}")
    if wording.is_past_review(bundle.edition, today):
        out.append(f"review date past ({wording.day(bundle.edition.review)})")
    if not clock.current().is_reliable:
        out.append(clock.NOT_RELIABLE)
    return tuple(out)


def kicker(bundle: Bundle, theme: Theme) -> str:
    """Return the line above a theme's title: its part and label, and where it stands in print."""
    pages = wording.pages(theme.page)
    parts = (bundle.theme_name(theme), f"{pages} of the assessment" if pages else "")
    return " · ".join(part for part in parts if part)


def terms_in(text: str, terms: Iterable[Term]) -> tuple[Term, ...]:
    """Return the abbreviations that `text` uses."""
    found = (term for term in terms if term.abbreviation and term.abbreviation in text)  # mostly it is not
    return tuple(t for t in found if re.search(rf"(?<![\w-]){re.escape(t.abbreviation)}(?![\w-])", text))
