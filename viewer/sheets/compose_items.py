"""The items of one edition -> Sheet: chooses, cuts for the audience, and puts in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from viewer.bundle.bundle import Bundle
from viewer.dissemination.audience import Cut, Withheld, cut_for_audience, nothing_left, withheld_reasons
from viewer.dissemination.markings import HasMarking, highest_marking, lowest_marking
from viewer.errors import NotFound
from viewer.model import Finding, Item, Passage, Recommendation, ScaleKind, Statistic, Term, Theme
from viewer.records import record, replace
from viewer.sheets.compose_common import (
    OwnWords,
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
from viewer.sheets.recipe import EntryKind, Recipe, RecipeError, SheetPart
from viewer.sheets.sheet import Chapter, PlacedNote, Section, Sheet, SheetNote
from viewer.sheets.sheet_item import SheetFootnote, SheetItem, SheetReference, TextLinks
from viewer.text import wording
from viewer.text.blocks import Table, last_block
from viewer.text.commonmark import footnote_targets, read_text

PART_OF = {
    Finding: SheetPart.FINDINGS,
    Recommendation: SheetPart.FINDINGS,
    Statistic: SheetPart.FIGURES,
    Passage: SheetPart.NARRATIVE,
}


@record
class _Chosen:
    """What a recipe names in this edition, in its order: items, and headings of the reader's own as text."""

    things: tuple[Item | str, ...]
    missing: tuple[str, ...]


class ItemsComposer:
    """Makes one sheet of items; holds the edition's themes, sources and scheme."""

    def __init__(self, recipe: Recipe, bundle: Bundle, notes: Sequence[SheetNote]) -> None:
        self._recipe, self._bundle = recipe, bundle
        self._scheme = bundle.markings
        self._lowest = lowest_marking(self._scheme)
        self._labels = {marking.code: marking.label for marking in self._scheme}
        self._themes = {theme.id: theme for theme in bundle.themes()}
        self._numbers = {source.id: source.number for source in bundle.sources()}
        self._scale = {step.id: step for kind in ScaleKind for step in bundle.scale(kind)}
        self._notes = notes if SheetPart.NOTES in recipe.parts else ()
        self._references: dict[str, SheetReference] = {}  # of what is held now

    def sheet(self, today: date, superseded_by: int | None, skipped: frozenset[str] = frozenset()) -> Sheet:
        """Return the sheet without the items `skipped`. Raises RecipeError, UnknownAudience."""
        recipe, edition = self._recipe, self._bundle.edition
        audience = audience_of(recipe, self._bundle)
        chosen = self._chosen(skipped)
        divided = self._cut_items(chosen)
        held = divided.allowed
        notes = self._cut_notes(held)
        own = cut_own_words(recipe, self._scheme)
        self._references = self._resolved(held)
        chapters = tuple(self._chapters(self._kept(chosen, held, own), notes.allowed))
        items = held_items(held)
        allowed = repeatable(replace(recipe, since=""), own, self._bundle, held_entries(items))
        title = allowed.title or _only_title(chapters) or edition.title
        single = chapters[0] if len(chapters) == 1 and chapters[0].title == title else None
        themes = [self._themes[item.theme] for item in held]
        withheld: list[Withheld[HasMarking]] = [*divided.withheld, *notes.withheld, *own.withheld]
        cited = {source for item in held for source in item.sources}
        borne = {label for item in held for label in self._bundle.caveats_of(item)}
        highest = highest_marking([*held, *notes.allowed, *own.allowed, *themes], self._scheme)
        caveats = tuple(caveat.label for caveat in self._bundle.caveats if caveat.label in borne)
        return Sheet(
            recipe=allowed,
            language=edition.language,
            title=title,
            kicker=single.kicker if single else edition.name,
            summary=single.summary if single else "",
            marking=with_caveats(highest, caveats),
            caveats=caveats,
            audience=audience,
            origin=origin_of(self._bundle),
            warnings=warnings_of(self._bundle, today, superseded_by),
            chapters=chapters,
            sources=tuple(source for source in self._bundle.sources() if source.id in cited),
            terms=self._terms(chapters),
            held=items,
            withheld=(*withheld_reasons(withheld), *self._unconfirmed(held)),
            missing=chosen.missing,
        )

    # Choosing

    def _chosen(self, skipped: frozenset[str]) -> _Chosen:
        found: dict[str, Item | str] = {}
        missing: list[str] = []
        for at, entry in enumerate(self._recipe.entries):
            if entry.kind is EntryKind.HEADING:
                found[f"\0{at}"] = entry.value
                continue
            try:
                items = (
                    self._items_of(entry.value) if entry.kind is EntryKind.THEME else [self._bundle.item(entry.value)]
                )
            except NotFound:
                missing.append(entry.value)
                continue
            for item in items:
                if PART_OF[type(item)] in self._recipe.parts and item.id not in skipped:
                    found.setdefault(item.id, item)
        return _Chosen(things=tuple(found.values()), missing=tuple(missing))

    def _items_of(self, theme_id: str) -> list[Item]:
        """Return all items of a theme, in the order of the parts. Raises NotFound."""
        theme = self._bundle.theme(theme_id).id
        return list(self._bundle.items(theme))

    # Cutting

    def _cut_items(self, chosen: _Chosen) -> Cut[Item]:
        items = [thing for thing in chosen.things if not isinstance(thing, str)]
        if not items:
            raise _nothing_chosen(self._recipe, chosen.missing)
        divided = self._cut(items)
        if not divided.allowed:
            ceiling = self._bundle.marking(self._recipe.audience)
            raise RecipeError(nothing_left("All that was chosen", divided.withheld, ceiling))
        return divided

    def _cut(self, items: Iterable[Item]) -> Cut[Item]:
        return cut_for_audience(
            items,
            self._scheme,
            self._recipe.readers,
            lambda item: self._themes[item.theme].marking,
            self._bundle.caveats_of,
        )

    def _cut_themes(self, themes: Iterable[Theme]) -> Cut[Theme]:
        return cut_for_audience(themes, self._scheme, self._recipe.readers, caveats=self._bundle.caveats_of)

    def _resolved(self, held: Sequence[Item]) -> dict[str, SheetReference]:
        """Return where the cross-references of what is held lead, by target: of what is withheld not even the place."""
        here = {item.id for item in held} | {item.theme for item in held}
        targets = dict.fromkeys(target for item in held for target in item.references)
        places = self._places(targets)
        return {
            target: SheetReference(place=places.get(target, ""), is_here=target in here and target in places)
            for target in targets
        }

    def _places(self, targets: Collection[str]) -> dict[str, str]:
        """Return where items and themes stand in the assessment, by id; nothing of what the audience may not have."""
        places: dict[str, str] = {}
        themes = [self._themes[target] for target in targets if target in self._themes]
        for theme in self._cut_themes(themes).allowed:
            places[theme.id] = self._bundle.theme_name(theme)
        for item in self._cut(self._bundle.item(target) for target in targets if target not in self._themes).allowed:
            places[item.id] = wording.item_place(item, self._themes[item.theme])
        return places

    def _cut_notes(self, held: Sequence[Item]) -> Cut[SheetNote]:
        """Divide the notes on what is held; those whose place is not confirmed are left out unless they are wanted."""
        ids = {item.id for item in held}
        wanted = [note for note in self._notes if note.item in ids]
        return cut_for_audience(
            [note for note in wanted if self._recipe.unconfirmed_notes or not note.is_unconfirmed],
            self._scheme,
            self._recipe.readers,
        )

    def _unconfirmed(self, held: Sequence[Item]) -> tuple[tuple[str, int], ...]:
        """Return why notes are left off that nobody confirmed, and how many, as reasons of withholding."""
        ids = {item.id for item in held}
        count = sum(note.is_unconfirmed and note.item in ids for note in self._notes)
        return (("whose place is not confirmed", count),) if count and not self._recipe.unconfirmed_notes else ()

    def _kept(self, chosen: _Chosen, held: Sequence[Item], own: Cut[OwnWords]) -> list[Item | str]:
        """Return what was chosen, in its order: the items held, and the reader's headings where they are allowed."""
        items = set(held)
        return [thing for thing in chosen.things if (own.allowed if isinstance(thing, str) else thing in items)]

    # Putting in order

    def _chapters(self, things: Sequence[Item | str], notes: Sequence[SheetNote]) -> Iterator[Chapter]:
        led_to = {target for target, reference in self._references.items() if reference.is_here}
        for theme_id, run in groupby(things, key=lambda thing: "" if isinstance(thing, str) else thing.theme):
            if theme_id:
                items = [thing for thing in run if not isinstance(thing, str)]
                yield self._chapter(items, notes, theme_id if theme_id in led_to else "")
                led_to.discard(theme_id)  # a theme may be told in several chapters; the first is led to
            else:
                for title in map(str, run):
                    yield Chapter(kicker="", title=title, short=title, summary="", is_own_heading=True)

    def _chapter(self, run: Sequence[Item], notes: Sequence[SheetNote], target: str) -> Chapter:
        theme = self._themes[run[0].theme]
        ids = {item.id: item for item in run}
        return Chapter(
            kicker=kicker(self._bundle, theme),
            title=theme.title,
            short=theme.short,
            summary=theme.summary,
            label=theme.label,
            target=target,
            sections=tuple(self._sections(run)),
            notes=tuple(
                PlacedNote(
                    about=self._about(ids[note.item], note),
                    text=note.text,
                    quote=note.quote,
                    marking_label=self._label(note.marking),
                )
                for note in notes
                if note.item in ids
            ),
        )

    def _sections(self, run: Sequence[Item]) -> Iterator[Section]:
        for kind, items in groupby(run, key=type):
            yield Section(part=PART_OF[kind], items=tuple(map(self._sheet_item, items)))

    def _sheet_item(self, item: Item) -> SheetItem:
        reference = self._references.get(item.id)
        footnotes = tuple(
            SheetFootnote(sign=wording.footnote_letter(at), text=note.text) for at, note in enumerate(item.footnotes)
        )
        return SheetItem(
            item=item,
            place=wording.item_place(item, self._themes[item.theme]),
            source_numbers=tuple(sorted(self._numbers[source] for source in item.sources if source in self._numbers)),
            marking_label=wording.marking_line(self._label(item.marking), self._bundle.caveats_of(item)),
            judgement=self._judgement(item),
            answers=self._answers(item),
            footnotes=footnotes,
            links=self._links(item),
            is_target=reference is not None and reference.is_here,
            ends_with_table="|" in item.text and isinstance(last_block(read_text(item.text)), Table),
        )

    def _links(self, item: Item) -> TextLinks:
        notes = {note.id: wording.footnote_letter(at) for at, note in enumerate(item.footnotes)}
        marked = {mark: str(self._numbers[mark]) for mark in footnote_targets(item.text) if mark in self._numbers}
        references = {target: self._references[target] for target in item.references}
        return TextLinks(signs={**marked, **notes}, references=references)

    def _answers(self, item: Item) -> str:
        places = self._places(item.findings) if isinstance(item, Recommendation) else {}
        return f"On {'; '.join(places.values())}" if places else ""

    def _judgement(self, item: Item) -> str:
        if not isinstance(item, Finding):
            return ""
        return wording.judgement(self._scale[id_] for id_ in (item.likelihood, item.confidence) if id_ in self._scale)

    def _label(self, code: str) -> str:
        """Return the marking's label, unless it is the lowest, which goes without saying."""
        return "" if code == self._lowest.code else self._labels[code]

    def _terms(self, chapters: Sequence[Chapter]) -> tuple[Term, ...]:
        if SheetPart.GLOSSARY not in self._recipe.parts:
            return ()
        return terms_in("\n".join(_texts_of(chapters)), self._bundle.terms())

    def _about(self, item: Item, note: SheetNote) -> str:
        place = f"on {wording.place_in_theme(item)}"
        return f"{place}, not confirmed: made on other words" if note.is_unconfirmed else place


def _only_title(chapters: Sequence[Chapter]) -> str:
    """Return the title of the only chapter; empty where there are several."""
    return chapters[0].title if len(chapters) == 1 else ""


def _texts_of(chapters: Iterable[Chapter]) -> Iterator[str]:
    """Yield all words of the edition that chapters lay out."""
    for chapter in chapters:
        yield from (chapter.title, chapter.summary)
        for section in chapter.sections:
            for one in section.items:
                yield from _texts_of_item(one.item)


def _texts_of_item(item: Item) -> Iterator[str]:
    yield item.text
    yield from (note.text for note in item.footnotes)
    match item:
        case Recommendation():
            yield from (item.owner, item.due)
        case Statistic():
            yield from (item.title, item.population, item.base, item.period, item.place, item.caveat, item.short_caveat)
            yield from (observation.label for observation in item.observations)
        case Passage():
            yield item.heading


def _nothing_chosen(recipe: Recipe, missing: Sequence[str]) -> RecipeError:
    if all(entry.kind is EntryKind.HEADING for entry in recipe.entries):
        return RecipeError("No theme and no item is on the sheet yet.")
    if missing:
        return RecipeError(
            f"This edition has nothing under {wording.listed(f'“{name[:60]}”' for name in missing[:3])}."
        )
    return RecipeError("The chosen parts hold nothing of what was chosen.")
