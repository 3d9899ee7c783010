"""Recipe and two editions -> a sheet of changes; a change is withheld where either side is above the ceiling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from viewer.bundle.bundle import Bundle
from viewer.changes.descriptions import text_of
from viewer.changes.headline import headlines
from viewer.changes.presented import PresentedChange, present_on_sheet
from viewer.changes.records import Change, Subject
from viewer.dissemination.audience import Cut, Withheld, nothing_left, withheld_reasons
from viewer.dissemination.changes_cut import ChangeMarkings, MarkedChange, cut_marked_changes
from viewer.dissemination.edition_side import Thing, cited_ids
from viewer.dissemination.markings import HasMarking, highest_marking, lowest_marking
from viewer.model import Item, Source, Term, Theme
from viewer.records import record, replace
from viewer.sheets.compose_common import (
    audience_of,
    cut_own_words,
    held_entries,
    held_items,
    kicker,
    origin_of,
    repeatable,
    terms_in,
    warnings_of,
    with_caveats,
)
from viewer.sheets.recipe import Recipe, RecipeEntry, RecipeError, SheetPart, item_entry, without_headings
from viewer.sheets.sheet import ChangesChapter, HeldItem, Sheet, SheetChanges
from viewer.text import wording

if TYPE_CHECKING:
    from viewer.editions.earlier import ComparedEditions, EarlierEditions

_PARTS = {
    Subject.FINDING: SheetPart.FINDINGS,
    Subject.RECOMMENDATION: SheetPart.FINDINGS,
    Subject.STATISTIC: SheetPart.FIGURES,
    Subject.PASSAGE: SheetPart.NARRATIVE,
    Subject.SOURCE: SheetPart.SOURCES,
}


@record
class ThemeMarking:
    marking: str


def changes_sheet(
    recipe: Recipe,
    bundle: Bundle,
    earlier: EarlierEditions | None,
    *,
    today: date,
    superseded_by: int | None = None,
) -> Sheet:
    """Return the sheet of what changed since the edition that the recipe names and `earlier` finds.

    Raises what these two raise.
    """
    if earlier is None:
        raise RecipeError("No earlier edition is chosen to tell the changes since.")
    return compose_changes(recipe, bundle, earlier.compare(recipe.since), today=today, superseded_by=superseded_by)


def compose_changes(
    recipe: Recipe, bundle: Bundle, compared: ComparedEditions, *, today: date, superseded_by: int | None = None
) -> Sheet:
    """Return the sheet of what changed since the earlier edition, cut for the recipe's audience.

    Raises RecipeError where nothing would stand on it, UnknownAudience for an unknown ceiling.
    """
    return _ChangesComposer(recipe, bundle, compared).sheet(today, superseded_by)


class _ChangesComposer:
    """Makes one sheet of changes; holds both editions and what was chosen from among the changes."""

    def __init__(self, recipe: Recipe, bundle: Bundle, compared: ComparedEditions) -> None:
        if SheetPart.NOTES in recipe.parts:
            raise RecipeError("A sheet of changes holds no notes.", advice="Leave your notes out.")
        self._recipe, self._bundle, self._compared = without_headings(recipe), bundle, compared
        self._scheme = bundle.markings
        self._markings = ChangeMarkings(compared.earlier, bundle, recipe.caveats)
        self._before, self._after = self._markings.before, self._markings.after
        self._lowest = lowest_marking(self._scheme)
        self._wanted = {entry.value for entry in self._recipe.entries}

    def sheet(self, today: date, superseded_by: int | None) -> Sheet:
        """Return the sheet; see `compose_changes`."""
        recipe, edition, found = self._recipe, self._bundle.edition, self._compared.changes
        audience = audience_of(recipe, self._bundle)
        divided = self._cut_changes()
        shown = [one.change for one in divided.allowed]
        own = cut_own_words(recipe, self._scheme)
        held = held_items(_items(change.new for change in shown))
        changes = self._sheet_changes(divided.allowed)
        allowed = repeatable(recipe, own, self._bundle, self._entries(held, changes))
        withheld: list[Withheld[HasMarking]] = [*divided.withheld, *own.withheld]
        caveats = tuple(dict.fromkeys(label for one in divided.allowed for label in one.caveats))
        themes = [ThemeMarking(marking=one.theme_marking) for one in divided.allowed]
        return Sheet(
            recipe=replace(allowed, since=f"{changes.earlier.series}/{changes.earlier.serial}"),
            language=edition.language,
            title=allowed.title or f"What changed since {found.old.name}",
            kicker=edition.title,
            summary="\n\n".join(part for part in headlines(shown) if part),
            marking=with_caveats(highest_marking([*divided.allowed, *own.allowed, *themes], self._scheme), caveats),
            caveats=caveats,
            audience=audience,
            origin=origin_of(self._bundle),
            warnings=warnings_of(self._bundle, today, superseded_by),
            chapters=(),
            sources=self._sources(shown),
            terms=self._terms(shown),
            held=held,
            withheld=withheld_reasons(withheld),
            missing=self._missing(),
            changes=changes,
        )

    # Choosing

    def _is_chosen(self, change: Change) -> bool:
        part = _PARTS.get(change.subject)
        if part is not None and part not in self._recipe.parts:
            return False
        return not self._wanted or bool(self._wanted & set(_ids_of(change)))

    def _missing(self) -> tuple[str, ...]:
        """Return what was chosen by an id that neither edition has."""
        sides = (self._before, self._after)
        unknown = self._wanted - {id_ for side in sides for id_ in side.themes}
        if unknown:
            unknown -= {item.id for side in sides for theme in side.themes for item in side.bundle.items(theme)}
        return tuple(entry.value for entry in self._recipe.entries if entry.value in unknown)

    def _entries(self, held: Sequence[HeldItem], changes: SheetChanges) -> tuple[RecipeEntry, ...]:
        """Return the entries that give this sheet again: none where it holds all that changed."""
        return () if changes.is_complete else (*held_entries(held), *map(item_entry, changes.withdrawn))

    # Cutting: both sides of everything count

    def _cut_changes(self) -> Cut[MarkedChange]:
        found = self._compared.changes
        chosen = [self._markings.marked(change) for change in found.all if self._is_chosen(change)]
        divided = cut_marked_changes(chosen, self._scheme, self._recipe.readers)
        if divided.allowed:
            return divided
        if chosen:
            what = "All that changed, in one of the two editions,"
            raise RecipeError(nothing_left(what, divided.withheld, self._bundle.marking(self._recipe.audience)))
        if self._wanted:
            raise RecipeError(f"Nothing of what was chosen has changed since {found.old.name}.")
        raise RecipeError(f"Nothing in the chosen parts has changed since {found.old.name}.")

    # Putting in order

    def _sheet_changes(self, allowed: Sequence[MarkedChange]) -> SheetChanges:
        titles = self._compared.changes.earlier_titles
        chapters = tuple(
            self._chapter(theme, [self._presented(one, titles) for one in run])
            for theme, run in groupby(allowed, key=lambda one: one.change.theme)
        )
        cited = {id_ for one in allowed for id_ in cited_ids(one.change.old)}
        gone = (one.change.old for one in allowed if one.change.new is None)
        return SheetChanges(
            earlier=origin_of(self._compared.earlier),
            cautions=self._compared.changes.cautions,
            chapters=chapters,
            sources=tuple(s for s in self._before.sources.values() if s.id in cited and not self._is_same(s)),
            withdrawn=tuple(item.id for item in _items(gone)),
            is_complete=not self._wanted,
        )

    def _chapter(self, theme_id: str, changes: Sequence[PresentedChange]) -> ChangesChapter:
        side = self._after if theme_id in self._after.themes else self._before
        theme = side.themes.get(theme_id)
        return ChangesChapter(
            kicker=kicker(side.bundle, theme) if theme else "",
            title=theme.title if theme else "Sources",
            changes=tuple(changes),
        )

    def _presented(self, one: MarkedChange, theme_titles: Mapping[str, str]) -> PresentedChange:
        change = one.change
        then, now = self._before.place(change.old), self._after.place(change.new)
        return present_on_sheet(
            change,
            theme_titles,
            place=now or then,
            earlier_place=then if now and then != now else "",
            marking_label=wording.marking_line(
                "" if one.marking == self._lowest.code else self._bundle.marking(one.marking).label,
                one.caveats,
            ),
            sources_then=[
                str(source.number) if self._is_same(source) else f"{source.number}*"
                for source in self._before.sources_of(change.old)
            ],
            sources_now=[str(source.number) for source in self._after.sources_of(change.new)],
        )

    def _is_same(self, source: Source) -> bool:
        """Return whether the newer edition has this source of the earlier one just so, under the same number."""
        return self._after.sources.get(source.id) == source

    def _sources(self, changes: Sequence[Change]) -> tuple[Source, ...]:
        """Return the sources of the newer edition that either side's numbers lead to."""
        now = {id_ for change in changes for id_ in cited_ids(change.new)}
        then = {id_ for change in changes for id_ in cited_ids(change.old)}
        same = {id_ for id_ in then if id_ in self._before.sources and self._is_same(self._before.sources[id_])}
        return tuple(source for id_, source in self._after.sources.items() if id_ in now | same)

    def _terms(self, changes: Sequence[Change]) -> tuple[Term, ...]:
        if SheetPart.GLOSSARY not in self._recipe.parts:
            return ()
        laid_out = "\n".join(text_of(side) for change in changes for side in (change.old, change.new))
        return terms_in(laid_out, self._bundle.terms())


def _ids_of(change: Change) -> Iterator[str]:
    """Yield the ids by which a change can be chosen: of itself and of its theme, in either edition."""
    for side in (change.old, change.new):
        if isinstance(side, Item):
            yield from (side.id, side.theme)
        elif isinstance(side, Theme):
            yield side.id


def _items(things: Iterable[Thing | None]) -> Iterator[Item]:
    return (thing for thing in things if isinstance(thing, Item))
