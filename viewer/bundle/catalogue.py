"""What the items of an edition belong to and refer to: markings, parts, themes, sources, tags and terms."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TypeVar

from viewer.bundle.queries import Queries
from viewer.errors import NotFound
from viewer.model import Caveat, Item, Marking, Part, ScaleKind, ScaleStep, Source, Tag, Term, Theme
from viewer.text import wording

_Record = TypeVar("_Record")


class Catalogue:
    """The lists of an edition, looked up by ids; each is read once, when first asked for.

    Every method that takes an id raises NotFound where the edition does not have it.
    """

    def __init__(self, queries: Queries) -> None:
        self._queries = queries
        self.edition = queries.edition()
        self.markings = queries.markings()

    @property
    def format_number(self) -> int:
        """The number of the format in which the edition was published."""
        return self._queries.number

    def commonmark(self, text: str) -> str:
        """Return a text as the edition's file has it in CommonMark, for those who read the file by themselves."""
        return self._queries.text(text)

    @property
    def highest_marking(self) -> Marking:
        """The marking of the scheme that may go to the fewest people."""
        return self.markings[-1]

    def marking(self, code: str) -> Marking:
        """Return the marking of that code."""
        found = next((marking for marking in self.markings if marking.code == code), None)
        return self._known(found, "marking", code)

    def marking_label(self, codes: Iterable[str], caveats: Iterable[str] = ()) -> str:
        """Return the label of the highest of these markings where it lies above the lowest, and the labels `caveats`.

        It goes with what is copied, and is empty where nothing has to be said. An unknown marking is the highest.
        """
        by_code = {marking.code: marking for marking in self.markings}
        found = [by_code.get(code, self.highest_marking) for code in codes]
        highest = max(found, key=lambda marking: marking.level, default=self.markings[0])
        said = highest.label if highest.level > self.markings[0].level else ""
        return wording.marking_line(said, dict.fromkeys(caveats))

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """The handling caveats of the scheme, in order."""
        return self._caveats

    def caveats_of(self, thing: Theme | Item) -> tuple[str, ...]:
        """Return the labels of the handling caveats of a theme, or of an item and its theme, in their order."""
        codes = {*thing.caveats, *(() if isinstance(thing, Theme) else self.theme(thing.theme).caveats)}
        return tuple(caveat.label for caveat in self.caveats if caveat.code in codes) if codes else ()

    def marking_of(self, thing: Theme | Item) -> Marking:
        """Return the marking in force: of a theme its own, of an item its own or its theme's, whichever is higher.

        A code that this edition does not know counts as its highest marking.
        """
        codes = (thing.marking,) if isinstance(thing, Theme) else (thing.marking, self.theme(thing.theme).marking)
        known = {marking.code: marking for marking in self.markings}
        return max((known.get(code, self.highest_marking) for code in codes), key=lambda marking: marking.level)

    def marking_line(self, thing: Theme | Item) -> str:
        """Return the label of the marking in force with the handling caveats, as it stands beside the thing."""
        return wording.marking_line(self.marking_of(thing).label, self.caveats_of(thing))

    def scale(self, kind: ScaleKind) -> tuple[ScaleStep, ...]:
        """Return the steps of the publisher's scale of likelihood or confidence, lowest first; empty for none."""
        return tuple(step for step in self._scale.values() if step.kind is kind)

    def scale_step(self, step_id: str) -> ScaleStep:
        """Return the step of a scale of that id."""
        return self._known(self._scale.get(step_id), "step of a scale", step_id)

    def parts(self) -> tuple[Part, ...]:
        """Return the parts of the assessment in reading order."""
        return tuple(self._parts.values())

    def part(self, part_id: str) -> Part:
        """Return the part of that id."""
        return self._known(self._parts.get(part_id), "part", part_id)

    def shown_label(self, theme: Theme) -> str:
        """Return the label that stands before a theme's title; empty where none does."""
        return "" if theme.part in self._queries.unlabelled_parts else theme.label

    def theme_name(self, theme: Theme) -> str:
        """Return what a theme is called by its part and label: `Priority theme 3`, `Annexes · Annex B`."""
        part, label = self.part(theme.part), self.shown_label(theme)
        if part.theme_title:
            return f"{part.theme_title} {label}".strip()
        return " · ".join(word for word in (part.title, label) if word)

    def themes(self) -> tuple[Theme, ...]:
        """Return the themes in reading order."""
        return tuple(self._themes.values())

    def theme(self, theme_id: str) -> Theme:
        """Return the theme of that id."""
        return self._known(self._themes.get(theme_id), "theme", theme_id)

    def sources(self) -> tuple[Source, ...]:
        """Return the sources by number."""
        return tuple(self._sources.values())

    def source(self, source_id: str) -> Source:
        """Return the source of that id."""
        return self._known(self._sources.get(source_id), "source", source_id)

    def sources_of(self, theme_id: str) -> tuple[Source, ...]:
        """Return the sources that the items of a theme cite, by number."""
        return self._queries.sources_of(self.theme(theme_id).id)

    def tags(self) -> tuple[Tag, ...]:
        """Return the tags by label."""
        return tuple(self._tags.values())

    def tag_counts(self) -> dict[str, int]:
        """Return how many items stand under each tag that is used."""
        return self._queries.tag_counts()

    def tag(self, tag_id: str) -> Tag:
        """Return the tag of that id."""
        return self._known(self._tags.get(tag_id), "issue", tag_id)

    def terms(self) -> tuple[Term, ...]:
        """Return the abbreviations in the order of the alphabet."""
        return self._terms

    def not_found(self, kind: str, name: str) -> NotFound:
        """Return the error of a failed look-up, for those who look up by themselves."""
        return NotFound(f"This edition has no {kind} “{name}”.")

    def _known(self, record: _Record | None, kind: str, name: str) -> _Record:
        if record is None:
            raise self.not_found(kind, name)
        return record

    @cached_property
    def _caveats(self) -> tuple[Caveat, ...]:
        return self._queries.caveats()

    @cached_property
    def _scale(self) -> dict[str, ScaleStep]:
        return {step.id: step for step in self._queries.scale()}

    @cached_property
    def _parts(self) -> dict[str, Part]:
        return {part.id: part for part in self._queries.parts()}

    @cached_property
    def _themes(self) -> dict[str, Theme]:
        return {theme.id: theme for theme in self._queries.themes()}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self._queries.sources()}

    @cached_property
    def _tags(self) -> dict[str, Tag]:
        return {tag.id: tag for tag in self._queries.tags()}

    @cached_property
    def _terms(self) -> tuple[Term, ...]:
        return self._queries.terms()
