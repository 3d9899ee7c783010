"""Recipe and edition -> Sheet: chooses, cuts for the audience, and puts in order; nothing withheld gets further."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from viewer.bundle.bundle import Bundle
from viewer.dissemination.audience import Cut, Marked, Withheld, cut, highest, reasons
from viewer.editions.earlier import EarlierEditions
from viewer.errors import NotFound
from viewer.model import Finding, Item, Passage, Statistic
from viewer.records import record
from viewer.sheets.compose_changes import changes_sheet
from viewer.sheets.particulars import kicker, only_title, origin, stamps, terms_in, texts_of
from viewer.sheets.recipe import EntryKind, Form, Part, Recipe, RecipeError, checked
from viewer.sheets.sheet import Block, Chapter, Held, PlacedNote, Section, Sheet, SheetNote, item_hash
from viewer.text import wording

PART_OF = {Finding: Part.FINDINGS, Statistic: Part.FIGURES, Passage: Part.NARRATIVE}


@record
class _Chosen:
    """What a recipe names in this edition, in its order: items, and headings of the reader's own as text."""

    things: tuple[Item | str, ...]
    missing: tuple[str, ...]


@record
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
    if recipe.form is Form.CHANGES:
        return changes_sheet(checked(recipe), bundle, None, today=today)
    return _Composer(checked(recipe), bundle, notes).sheet(today, superseded_by)


def variants(
    recipe: Recipe,
    bundle: Bundle,
    *,
    today: date,
    superseded_by: int | None = None,
    notes: Sequence[SheetNote] = (),
    former: EarlierEditions | None = None,
) -> tuple[Sheet, ...]:
    """The sheet, and for a summary of one theme what may stand instead where all of it does not fit one page.

    Each holds less than the one before and says so; an item with a note of the reader's own is never left out.
    A sheet of changes needs `former`, which finds the earlier edition. Raises what `compose` and `former` raise.
    """
    if recipe.form is Form.CHANGES:
        return (changes_sheet(checked(recipe), bundle, former, today=today, superseded_by=superseded_by),)
    composer = _Composer(checked(recipe), bundle, notes)
    whole = composer.sheet(today, superseded_by)
    if not whole.is_one_page:
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
        divided = cut(items, self._scheme, recipe.audience, lambda item: self._themes[item.theme].marking)
        if not divided.allowed:
            label = self._labels[recipe.audience]
            raise RecipeError(
                f"All that was chosen is marked above {label}, or its theme is: nothing is left for this audience."
            )
        held = set(divided.allowed)
        notes = self._cut_notes(held)
        own = cut([self._own] if self._has_own_words() else [], self._scheme, recipe.audience)
        ours = bool(own.allowed)
        kept = [thing for thing in chosen.things if (ours if isinstance(thing, str) else thing in held)]
        chapters = tuple(self._chapters(kept, notes.allowed))
        return self._put_together(
            chapters, divided, notes, own, chosen.missing, stamps(self._bundle, today, superseded_by)
        )

    def _put_together(
        self,
        chapters: tuple[Chapter, ...],
        divided: Cut[Item],
        notes: Cut[SheetNote],
        own: Cut[_Own],
        missing: tuple[str, ...],
        stamps: tuple[str, ...],
    ) -> Sheet:
        recipe, edition = self._recipe, self._bundle.edition
        ours = bool(own.allowed)
        shown_themes = [self._themes[item.theme] for item in divided.allowed]
        title = (recipe.title if ours else "") or only_title(chapters) or edition.title
        single = chapters[0] if len(chapters) == 1 and chapters[0].title == title else None
        laid_out = "\n".join(texts_of(chapters))
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
            origin=origin(self._bundle),
            stamps=stamps,
            chapters=chapters,
            sources=tuple(source for source in self._bundle.sources() if source.id in cited),
            terms=terms_in(laid_out, self._bundle.terms()) if Part.GLOSSARY in recipe.parts else (),
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

    def _chapters(self, things: Sequence[Item | str], notes: Sequence[SheetNote]) -> Iterator[Chapter]:
        run: list[Item] = []
        for thing in things:
            if run and (isinstance(thing, str) or thing.theme != run[-1].theme):
                yield self._chapter(run, notes)
                run = []
            if isinstance(thing, str):
                yield Chapter(kicker="", title=thing, short=thing, summary="", own=True)
            else:
                run.append(thing)
        if run:
            yield self._chapter(run, notes)

    def _chapter(self, run: Sequence[Item], notes: Sequence[SheetNote]) -> Chapter:
        theme = self._themes[run[0].theme]
        ids = {item.id: item for item in run}
        return Chapter(
            kicker=kicker(theme),
            title=theme.title,
            short=theme.short,
            summary=theme.summary,
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


def _nothing_chosen(recipe: Recipe, missing: Sequence[str]) -> RecipeError:
    if not recipe.entries:
        return RecipeError("Nothing is on the sheet yet.")
    if missing:
        return RecipeError(
            f"This edition has nothing under {wording.listed(f'“{name[:60]}”' for name in missing[:3])}."
        )
    return RecipeError("The chosen parts hold nothing of what was chosen.")
