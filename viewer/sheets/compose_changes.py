"""Recipe and two editions -> a sheet of changes; a change is withheld where either side is above the ceiling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby

from viewer.bundle.bundle import Bundle
from viewer.changes import presented
from viewer.changes.records import Change, ChangeKind, Subject
from viewer.dissemination.audience import Cut, Marked, Withheld, carried, cut, heaviest, highest, reasons
from viewer.editions.earlier import ComparedEditions, EarlierEditions
from viewer.model import Finding, Item, Marking, Passage, Source, Statistic, Term, Theme
from viewer.records import record
from viewer.sheets.particulars import kicker, origin, stamps, terms_in
from viewer.sheets.recipe import EntryKind, Part, Recipe, RecipeError
from viewer.sheets.sheet import Difference, DifferenceChapter, Held, Sheet, SheetChanges, item_hash
from viewer.text import wording
from viewer.text.safe import visible

_PARTS = {
    Subject.FINDING: Part.FINDINGS,
    Subject.STATISTIC: Part.FIGURES,
    Subject.PASSAGE: Part.NARRATIVE,
    Subject.SOURCE: Part.SOURCES,
}


@record
class Weighed:
    """A change, or the reader's own words, with the highest marking of all its sides, and of the themes of all of them.

    A marking is empty where one of them is not known to the newer edition's scheme.
    """

    what: Change | str
    marking: str
    theme: str


class _Side:
    """One of the two editions: its themes and sources, and its markings in the newer edition's scheme."""

    def __init__(self, bundle: Bundle, scheme: tuple[Marking, ...]) -> None:
        self.bundle = bundle
        self._codes = {one.code: carried(one.code, bundle.markings, scheme) for one in bundle.markings}
        self.themes = {theme.id: theme for theme in bundle.themes()}
        self.sources = {source.id: source for source in bundle.sources()}
        self._scheme = scheme
        self._citing: dict[str, list[str]] | None = None

    def marking(self, thing: Theme | Item | Source) -> str:
        """The marking of a thing of this edition; a source's is the lowest of its items, their themes counted."""
        if isinstance(thing, Source):
            return self._of_source(thing)
        return self._codes.get(thing.marking, "")

    def _of_source(self, source: Source) -> str:
        levels = {marking.code: marking.level for marking in self._scheme}
        edition = self._codes.get(self.bundle.edition.marking, "")
        citing = [code for code in self._cited_by().get(source.id, [edition]) if code in levels]
        return min(citing, key=levels.__getitem__, default="")

    def _cited_by(self) -> dict[str, list[str]]:
        if self._citing is None:
            self._citing = {}
            for item in (item for theme in self.themes for item in self.bundle.items(theme)):
                code = heaviest((self.marking(item), self.marking(self.themes[item.theme])), self._scheme)
                for source in item.sources:
                    self._citing.setdefault(source, []).append(code)
        return self._citing

    def place(self, thing: Theme | Item | Source | None) -> str:
        """Where a thing stands in this edition; empty for nothing."""
        match thing:
            case None:
                return ""
            case Theme():
                return f"Theme {thing.number}".strip()
            case Source():
                return f"Source {thing.number}"
            case _:
                return wording.item_place(thing, self.themes[thing.theme])


def changes_sheet(
    recipe: Recipe, bundle: Bundle, former: EarlierEditions | None, *, today: date, superseded_by: int | None = None
) -> Sheet:
    """The sheet of what changed since the edition that the recipe names and `former` finds.

    Raises what these two raise.
    """
    if former is None:
        raise RecipeError("No earlier edition is chosen to tell the changes since.")
    return compose_changes(recipe, bundle, former.compare(recipe.since), today=today, superseded_by=superseded_by)


def compose_changes(
    recipe: Recipe, bundle: Bundle, compared: ComparedEditions, *, today: date, superseded_by: int | None = None
) -> Sheet:
    """The sheet of what changed since the earlier edition, cut for the recipe's audience.

    Raises RecipeFault where nothing would stand on it, AudienceFault for an unknown ceiling.
    """
    return _Teller(recipe, bundle, compared).sheet(today, superseded_by)


class _Teller:
    """Makes one sheet of changes; holds both editions and what was chosen from among the changes."""

    def __init__(self, recipe: Recipe, bundle: Bundle, compared: ComparedEditions) -> None:
        if Part.NOTES in recipe.parts:
            raise RecipeError("A sheet of changes holds no notes.", advice="Leave your notes out.")
        self._recipe, self._bundle, self._compared = recipe, bundle, compared
        self._scheme = bundle.markings
        self._before = _Side(compared.earlier, self._scheme)
        self._after = _Side(bundle, self._scheme)
        self._lowest = min(self._scheme, key=lambda marking: marking.level)
        self._wanted = {entry.value for entry in recipe.entries if entry.kind is not EntryKind.HEADING}

    def sheet(self, today: date, superseded_by: int | None) -> Sheet:
        """The sheet; see `compose_changes`."""
        recipe, edition = self._recipe, self._bundle.edition
        chosen = [change for change in self._compared.changes.all if self._is_chosen(change)]
        divided = cut(map(self._weighed, chosen), self._scheme, recipe.audience, lambda one: one.theme)
        if not divided.allowed:
            raise self._nothing(bool(chosen))
        own = cut(self._own_words(), self._scheme, recipe.audience)
        ours = bool(own.allowed)
        told_of = [one.what for one in divided.allowed if isinstance(one.what, Change)]
        comparison = self._comparison(divided)
        around = [replace(one, marking=one.theme) for one in divided.allowed]
        withheld: list[Withheld[Marked]] = [*divided.withheld, *own.withheld]
        return Sheet(
            form=recipe.form,
            paper=recipe.paper,
            large=recipe.large,
            two_sided=recipe.two_sided,
            language=edition.language,
            title=(recipe.title if ours else "") or f"What changed since {self._compared.changes.old.name}",
            kicker=edition.title,
            summary="\n\n".join(part for part in presented.headlines(told_of) if part),
            purpose=recipe.purpose if ours else "",
            introduction=recipe.introduction if ours else "",
            questions=recipe.questions if ours else (),
            recipient=recipe.recipient,
            copies=recipe.copies,
            marking=highest([*divided.allowed, *own.allowed, *around], self._scheme),
            audience=next(marking for marking in self._scheme if marking.code == recipe.audience),
            origin=origin(self._bundle),
            stamps=stamps(self._bundle, today, superseded_by),
            chapters=(),
            sources=self._sources(told_of),
            terms=self._terms(told_of),
            parts=recipe.parts,
            held=tuple(Held(id=item.id, hash=item_hash(item)) for item in _items(change.new for change in told_of)),
            withheld=reasons(withheld),
            missing=self._missing(),
            changes=comparison,
        )

    # Choosing

    def _is_chosen(self, change: Change) -> bool:
        part = _PARTS.get(change.subject)
        if part is not None and part not in self._recipe.parts:
            return False
        return not self._wanted or bool(self._wanted & set(_names(change)))

    def _missing(self) -> tuple[str, ...]:
        """What was chosen by an id that neither edition has."""
        known = {id_ for side in (self._before, self._after) for id_ in side.themes}
        known |= (
            {item.id for side in (self._before, self._after) for id_ in side.themes for item in side.bundle.items(id_)}
            if self._wanted - known
            else set()
        )
        return tuple(entry.value for entry in self._recipe.entries if entry.value in self._wanted - known)

    def _nothing(self, is_withheld: bool) -> RecipeError:
        if is_withheld:
            label = next(marking.label for marking in self._scheme if marking.code == self._recipe.audience)
            return RecipeError(f"All that changed is marked above {label} in one of the two editions: nothing is left.")
        which = "Nothing of what was chosen" if self._wanted else "Nothing in the chosen parts"
        return RecipeError(f"{which} has changed since {self._compared.changes.old.name}.")

    # Cutting: both sides of everything count

    def _weighed(self, change: Change) -> Weighed:
        sides = ((self._before, change.old), (self._after, change.new))
        codes = [side.marking(thing) for side, thing in sides if thing is not None]
        marking = heaviest(codes, self._scheme)
        named = {thing.theme for _, thing in sides if isinstance(thing, Finding | Statistic | Passage)}
        themes = [self._theme_marking(id_) for id_ in named]
        return Weighed(what=change, marking=marking, theme=heaviest(themes, self._scheme) if themes else marking)

    def _theme_marking(self, id_: str) -> str:
        """The highest of what a theme is marked in either edition."""
        sides = (self._before, self._after)
        return heaviest([side.marking(side.themes[id_]) for side in sides if id_ in side.themes], self._scheme)

    def _own_words(self) -> list[Weighed]:
        recipe = self._recipe
        has = recipe.title or recipe.purpose or recipe.introduction or recipe.questions
        marking = recipe.own_marking or self._lowest.code
        return [Weighed(what="", marking=marking, theme=marking)] if has else []

    # Putting in order

    def _comparison(self, divided: Cut[Weighed]) -> SheetChanges:
        former = self._compared.earlier
        pairs = [(one.what, one.marking) for one in divided.allowed if isinstance(one.what, Change)]
        names = {id_: theme.title for id_, theme in self._before.themes.items()}
        chapters = tuple(
            self._chapter(theme, [self._difference(*pair, names) for pair in run])
            for theme, run in groupby(pairs, key=lambda pair: pair[0].theme)
        )
        cited = {id_ for change, _ in pairs for id_ in _cited(change.old)}
        return SheetChanges(
            former=origin(former),
            cautions=self._compared.changes.cautions,
            chapters=chapters,
            sources=tuple(s for s in self._before.sources.values() if s.id in cited and not self._is_same(s)),
            gone=tuple(item.id for item in _items(change.old for change, _ in pairs if change.new is None)),
            whole=not self._wanted,
        )

    def _chapter(self, theme_id: str, differences: list[Difference]) -> DifferenceChapter:
        theme = self._after.themes.get(theme_id) or self._before.themes.get(theme_id)
        return DifferenceChapter(
            kicker=kicker(theme) if theme else "",
            title=theme.title if theme else "Sources",
            differences=tuple(differences),
        )

    def _difference(self, change: Change, marking: str, names: Mapping[str, str]) -> Difference:
        then, now = self._before.place(change.old), self._after.place(change.new)
        labels = {one.code: one.label for one in self._scheme}
        return Difference(
            change=change,
            place=now or then,
            former=then if now and then != now else "",
            how=_how(change, names),
            label="" if marking == self._lowest.code else labels[marking],
            cites=tuple(str(source.number) for source in _numbered(self._after, change.new)),
            cited=tuple(
                str(source.number) if self._is_same(source) else f"{source.number}*"
                for source in _numbered(self._before, change.old)
            ),
        )

    def _is_same(self, source: Source) -> bool:
        """Whether the newer edition has this source of the earlier one just so, under the same number."""
        return self._after.sources.get(source.id) == source

    def _sources(self, changes: list[Change]) -> tuple[Source, ...]:
        """The sources of the newer edition that either side's numbers lead to."""
        now = {id_ for change in changes for id_ in _cited(change.new)}
        then = {id_ for change in changes for id_ in _cited(change.old)}
        same = {id_ for id_ in then if id_ in self._before.sources and self._is_same(self._before.sources[id_])}
        return tuple(source for id_, source in self._after.sources.items() if id_ in now | same)

    def _terms(self, changes: list[Change]) -> tuple[Term, ...]:
        if Part.GLOSSARY not in self._recipe.parts:
            return ()
        laid_out = "\n".join(text for change in changes for text in presented.pair_texts(change))
        return terms_in(laid_out, self._bundle.terms())


def _how(change: Change, names: Mapping[str, str]) -> str:
    """How it changed, in words for those who do not hold the editions: not what its id was."""
    ways = tuple(way for way in change.kinds if way is not ChangeKind.RENAMED)
    matched = f"matched by its text ({change.likeness}% alike)" if len(ways) < len(change.kinds) else ""
    return visible(
        "; ".join(part for part in (presented.kind_words(replace(change, kinds=ways), names), matched) if part)
    )


def _names(change: Change) -> Iterator[str]:
    """The ids by which a change can be chosen: of itself and of its theme, in either edition."""
    for side in (change.old, change.new):
        if isinstance(side, Finding | Statistic | Passage):
            yield from (side.id, side.theme)
        elif isinstance(side, Theme):
            yield side.id


def _items(things: Iterable[Theme | Item | Source | None]) -> Iterator[Item]:
    return (thing for thing in things if isinstance(thing, Finding | Statistic | Passage))


def _cited(thing: Theme | Item | Source | None) -> tuple[str, ...]:
    return thing.sources if isinstance(thing, Finding | Statistic | Passage) else ()


def _numbered(side: _Side, thing: Theme | Item | Source | None) -> list[Source]:
    found = (side.sources[id_] for id_ in _cited(thing) if id_ in side.sources)
    return sorted(found, key=lambda source: source.number)
