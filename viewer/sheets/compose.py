"""Recipe and edition -> Sheet: chooses, cuts for the audience, and puts in order; nothing withheld gets further."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from viewer import wording
from viewer.bundle.bundle import Bundle
from viewer.errors import NotFound
from viewer.model import Finding, Item, Marking, Passage, Statistic, Term, Theme, ThemeKind
from viewer.page import KINDS
from viewer.sheets.audience import Cut, Marked, Withheld, cut, highest, reasons
from viewer.sheets.recipe import EntryKind, Form, Part, Recipe, RecipeFault, checked
from viewer.sheets.sheet import Block, Chapter, Held, Origin, PlacedNote, Section, Sheet, SheetNote, item_hash

PART_OF = {Finding: Part.FINDINGS, Statistic: Part.FIGURES, Passage: Part.NARRATIVE}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Chosen:
    """What a recipe names in this edition, in its order: items, and headings of the reader's own as text."""

    things: tuple[Item | str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Own:
    """The reader's own words of a sheet, which carry one marking together."""

    marking: str


def compose(
    recipe: Recipe,
    bundle: Bundle,
    *,
    today: date,
    superseded_by: int | None = None,
    notes: Sequence[SheetNote] = (),
) -> Sheet:
    """The sheet that `recipe` gives of this edition.

    Raises RecipeFault where nothing would stand on it, AudienceFault for an unknown ceiling.
    """
    return _Composer(checked(recipe), bundle, notes).sheet(today, superseded_by)


def variants(
    recipe: Recipe,
    bundle: Bundle,
    *,
    today: date,
    superseded_by: int | None = None,
    notes: Sequence[SheetNote] = (),
) -> tuple[Sheet, ...]:
    """The sheet, and for a summary of one theme what may stand instead where all of it does not fit one page.

    Each holds less than the one before and says so; an item with a note of the reader's own is never left out.
    Raises what `compose` raises.
    """
    composer = _Composer(checked(recipe), bundle, notes)
    whole = composer.sheet(today, superseded_by)
    if recipe.form is not Form.SUMMARY or not whole.is_single:
        return (whole,)
    noted = {note.item for note in notes} if Part.NOTES in recipe.parts else set()
    out = [whole]
    for left_out in _ever_less(whole):
        skipped = frozenset(item.id for item in left_out if item.id not in noted)
        if skipped and len(skipped) < len(whole.held):
            lighter = composer.sheet(today, superseded_by, skipped)
            out.append(replace(lighter, remark=_remark(item for item in left_out if item.id in skipped)))
    return tuple(out)


def _ever_less(sheet: Sheet) -> Iterator[list[Item]]:
    """What to leave out: the narrative, then the figures behind no finding, then most, then all of them."""
    items = [block.item for section in sheet.chapters[0].sections for block in section.blocks]
    passages: list[Item] = [item for item in items if isinstance(item, Passage)]
    figures = [item for item in items if isinstance(item, Statistic)]
    apart = [item for item in figures if not item.findings]
    behind = [item for item in figures if item.findings]
    leave = [[], apart, *([*apart, *behind[kept:]] for kept in (3, 2, 1, 0) if kept < len(behind))]
    done = -1
    for less in leave:
        if len(less) > done and (passages or less):
            done = len(less)
            yield [*passages, *less]


def _remark(left_out: Iterable[Item]) -> str:
    items = list(left_out)
    figures = sum(isinstance(item, Statistic) for item in items)
    named = ["the narrative"] if len(items) > figures else []
    named += [wording.count(figures, "figure")] if figures else []
    return f"Left out of this summary: {wording.listed(named)}."


class _Composer:
    """Makes one sheet; holds the edition's themes, sources and scheme."""

    def __init__(self, recipe: Recipe, bundle: Bundle, notes: Sequence[SheetNote]) -> None:
        self._recipe, self._bundle = recipe, bundle
        self._scheme = bundle.markings
        self._lowest = min(self._scheme, key=lambda marking: marking.level)
        self._labels = {marking.code: marking.label for marking in self._scheme}
        self._themes = {theme.id: theme for theme in bundle.themes()}
        self._numbers = {source.id: source.number for source in bundle.sources()}
        self._notes = notes if Part.NOTES in recipe.parts else ()
        self._own = _Own(marking=recipe.own_marking or self._lowest.code)

    def sheet(self, today: date, superseded_by: int | None, skipped: frozenset[str] = frozenset()) -> Sheet:
        """The sheet without the items `skipped`; see `compose`."""
        recipe = self._recipe
        chosen = self._chosen(skipped)
        items = [thing for thing in chosen.things if not isinstance(thing, str)]
        if not items:
            raise _nothing_chosen(recipe, chosen.missing)
        divided = cut(items, self._scheme, recipe.audience)
        if not divided.allowed:
            label = self._labels[recipe.audience]
            raise RecipeFault(f"All that was chosen is marked above {label}: nothing is left for this audience.")
        held = set(divided.allowed)
        notes = self._cut_notes(held)
        own = cut([self._own] if self._has_own_words() else [], self._scheme, recipe.audience)
        ours = bool(own.allowed)
        themes = {theme.id: theme for theme in cut(self._themes.values(), self._scheme, recipe.audience).allowed}
        kept = [thing for thing in chosen.things if (ours if isinstance(thing, str) else thing in held)]
        chapters = tuple(self._chapters(kept, themes, notes.allowed))
        return self._put_together(
            chapters, themes, divided, notes, own, chosen.missing, _stamps(self._bundle, today, superseded_by)
        )

    def _put_together(
        self,
        chapters: tuple[Chapter, ...],
        themes: dict[str, Theme],
        divided: Cut[Item],
        notes: Cut[SheetNote],
        own: Cut[_Own],
        missing: tuple[str, ...],
        stamps: tuple[str, ...],
    ) -> Sheet:
        recipe, edition = self._recipe, self._bundle.edition
        ours = bool(own.allowed)
        shown_themes = [themes[item.theme] for item in divided.allowed if item.theme in themes]
        title = (recipe.title if ours else "") or _only_title(chapters) or edition.title
        single = chapters[0] if len(chapters) == 1 and chapters[0].title == title else None
        laid_out = "\n".join(_texts_of(chapters))
        withheld: list[Withheld[Marked]] = [
            *divided.withheld, *notes.withheld, *own.withheld
        ]  # fmt: skip
        cited = {source for item in divided.allowed for source in item.sources}
        return Sheet(
            form=recipe.form,
            paper=recipe.paper,
            large=recipe.large,
            two_sided=recipe.two_sided,
            language=edition.language,
            title=title,
            kicker=single.kicker if single else edition.name,
            summary=single.summary if single else "",
            purpose=recipe.purpose if ours else "",
            introduction=recipe.introduction if ours else "",
            questions=recipe.questions if ours else (),
            recipient=recipe.recipient,
            copies=recipe.copies,
            marking=highest([*divided.allowed, *notes.allowed, *own.allowed, *shown_themes], self._scheme),
            audience=next(marking for marking in self._scheme if marking.code == recipe.audience),
            origin=_origin(self._bundle),
            stamps=stamps,
            chapters=chapters,
            sources=tuple(source for source in self._bundle.sources() if source.id in cited),
            terms=_terms_in(laid_out, self._bundle.terms()) if Part.GLOSSARY in recipe.parts else (),
            parts=recipe.parts,
            held=tuple(Held(id=item.id, hash=item_hash(item)) for item in divided.allowed),
            withheld=reasons(withheld),
            missing=missing,
        )

    def _has_own_words(self) -> bool:
        recipe = self._recipe
        headings = any(entry.kind is EntryKind.HEADING for entry in recipe.entries)
        return bool(recipe.title or recipe.purpose or recipe.introduction or recipe.questions or headings)

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
        """All items of a theme, in the order of the parts. Raises NotFound."""
        theme = self._bundle.theme(theme_id).id
        return [*self._bundle.findings(theme), *self._bundle.statistics(theme), *self._bundle.passages(theme)]

    def _cut_notes(self, held: set[Item]) -> Cut[SheetNote]:
        ids = {item.id for item in held}
        return cut([note for note in self._notes if note.item in ids], self._scheme, self._recipe.audience)

    # Putting in order

    def _chapters(
        self, things: Sequence[Item | str], themes: dict[str, Theme], notes: Sequence[SheetNote]
    ) -> Iterator[Chapter]:
        run: list[Item] = []
        for thing in things:
            if run and (isinstance(thing, str) or thing.theme != run[-1].theme):
                yield self._chapter(run, themes, notes)
                run = []
            if isinstance(thing, str):
                yield Chapter(key=f"own-{thing}", kicker="", title=thing, short=thing, summary="", own=True)
            else:
                run.append(thing)
        if run:
            yield self._chapter(run, themes, notes)

    def _chapter(self, run: Sequence[Item], themes: dict[str, Theme], notes: Sequence[SheetNote]) -> Chapter:
        theme = themes.get(run[0].theme)
        ids = {item.id: item for item in run}
        return Chapter(
            key=run[0].theme,
            kicker=_kicker(theme) if theme else "",
            title=theme.title if theme else "",
            short=theme.short if theme else "",
            summary=theme.summary if theme else "",
            sections=tuple(self._sections(run)),
            notes=tuple(
                PlacedNote(
                    about=self._about(ids[note.item]),
                    text=note.text,
                    quote=note.quote,
                    label=self._label(note.marking),
                )
                for note in notes
                if note.item in ids
            ),
        )

    def _sections(self, run: Sequence[Item]) -> Iterator[Section]:
        blocks: list[Block] = []
        part: Part | None = None
        for item in run:
            own_part = PART_OF[type(item)]
            if part is not None and own_part is not part:
                yield Section(part=part, blocks=tuple(blocks))
                blocks = []
            part = own_part
            blocks.append(self._block(item))
        if part is not None:
            yield Section(part=part, blocks=tuple(blocks))

    def _block(self, item: Item) -> Block:
        return Block(
            item=item,
            place=wording.item_place(item, self._themes[item.theme]),
            cites=tuple(sorted(self._numbers[source] for source in item.sources if source in self._numbers)),
            label=self._label(item.marking),
        )

    def _label(self, code: str) -> str:
        """The marking's label, unless it is the lowest, which goes without saying."""
        return "" if code == self._lowest.code else self._labels[code]

    def _about(self, item: Item) -> str:
        match item:
            case Passage():
                return f"on {item.number}"
            case Finding():
                return f"on finding {item.position}"
            case Statistic():
                return f"on figure {item.position}"


def _nothing_chosen(recipe: Recipe, missing: Sequence[str]) -> RecipeFault:
    if not recipe.entries:
        return RecipeFault("Nothing is on the sheet yet.")
    if missing:
        return RecipeFault(
            f"This edition has nothing under {wording.listed(f'“{name[:60]}”' for name in missing[:3])}."
        )
    return RecipeFault("The chosen parts hold nothing of what was chosen.")


def _kicker(theme: Theme) -> str:
    number = f" {theme.number}" if theme.kind is ThemeKind.PRIORITY else ""
    pages = wording.pages(theme.page)
    return " · ".join(
        part for part in (KINDS[theme.kind] + number, f"{pages} of the assessment" if pages else "") if part
    )


def _only_title(chapters: Sequence[Chapter]) -> str:
    return chapters[0].title if len(chapters) == 1 else ""


def _origin(bundle: Bundle) -> Origin:
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


def _stamps(bundle: Bundle, today: date, superseded_by: int | None) -> tuple[str, ...]:
    out = []
    if superseded_by is not None:
        out.append(f"superseded by serial {superseded_by}")
    if wording.is_past_review(bundle.edition, today):
        out.append(f"review date past ({wording.day(bundle.edition.review)})")
    return tuple(out)


def _terms_in(text: str, terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(t for t in terms if re.search(rf"(?<![\w-]){re.escape(t.abbreviation)}(?![\w-])", text))


def _texts_of(chapters: Iterable[Chapter]) -> Iterator[str]:
    for chapter in chapters:
        yield from (chapter.title, chapter.summary)
        for section in chapter.sections:
            for block in section.blocks:
                yield block.item.text
                if isinstance(block.item, Statistic):
                    item = block.item
                    yield from (item.title, item.population, item.base, item.period, item.place, item.caveat)
                    yield from (observation.label for observation in item.observations)
                elif isinstance(block.item, Passage):
                    yield block.item.heading


def marking_named(scheme: Sequence[Marking], word: str) -> Marking | None:
    """The marking whose code or label is `word`, whatever its case; None where there is none."""
    sought = word.strip().casefold()
    return next((m for m in scheme if sought in (m.code.casefold(), m.label.casefold())), None)
