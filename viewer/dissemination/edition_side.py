"""One of two editions that are compared: where its things stand, and how they are marked in the newer one."""

from __future__ import annotations

from collections.abc import Iterable

from viewer.bundle.bundle import Bundle
from viewer.dissemination.markings import highest_code, map_marking
from viewer.model import Item, Marking, Source, Theme
from viewer.text import wording

Thing = Theme | Item | Source


class EditionSide:
    """An edition's themes and sources, and its markings as codes of the newer edition's scheme.

    `held_caveats` are the labels of the handling caveats that the readers hold.
    """

    def __init__(self, bundle: Bundle, scheme: tuple[Marking, ...], held_caveats: Iterable[str]) -> None:
        self.bundle, self._held_caveats = bundle, set(held_caveats)
        self._codes = {one.code: map_marking(one.code, bundle.markings, scheme) for one in bundle.markings}
        self.themes = {theme.id: theme for theme in bundle.themes()}
        self.sources = {source.id: source for source in bundle.sources()}
        self._scheme = scheme
        self._markings_by_source: dict[str, list[str]] | None = None

    def marking(self, thing: Thing) -> str:
        """Return the marking of a thing; a source's is the lowest of its items, their themes counted."""
        if isinstance(thing, Source):
            return self._marking_of_source(thing)
        return self._codes.get(thing.marking, "")

    def _marking_of_source(self, source: Source) -> str:
        if self._markings_by_source is None:
            self._markings_by_source = self._find_citing()
        levels = {marking.code: marking.level for marking in self._scheme}
        edition = self._codes.get(self.bundle.edition.marking, "")
        citing = [code for code in self._markings_by_source.get(source.id, [edition]) if code in levels]
        return min(citing, key=levels.__getitem__, default="")

    def _find_citing(self) -> dict[str, list[str]]:
        """Return by source the markings of the items that cite it."""
        found: dict[str, list[str]] = {}
        for item in (item for theme in self.themes for item in self.bundle.items(theme)):
            code = highest_code((self.marking(item), self.marking(self.themes[item.theme])), self._scheme)
            if not self._held_caveats.issuperset(self.caveats(item)):
                code = ""  # what these readers may not see makes no source fit to be seen
            for source in item.sources:
                found.setdefault(source, []).append(code)
        return found

    def caveats(self, thing: Thing | None) -> tuple[str, ...]:
        """Return the labels of the caveats of a theme, or of an item and its theme; a source has none of its own."""
        return () if thing is None or isinstance(thing, Source) else self.bundle.caveats_of(thing)

    def place(self, thing: Thing | None) -> str:
        """Return where a thing stands in this edition; empty for nothing."""
        match thing:
            case None:
                return ""
            case Theme():
                return f"Theme {thing.label or thing.short}"
            case Source():
                return f"Source {thing.number}"
            case _:
                return wording.item_place(thing, self.themes[thing.theme])

    def sources_of(self, thing: Thing | None) -> list[Source]:
        """Return what an item cites, by number; nothing for what is no item."""
        found = (self.sources[id_] for id_ in cited_ids(thing) if id_ in self.sources)
        return sorted(found, key=lambda source: source.number)


def cited_ids(thing: Thing | None) -> tuple[str, ...]:
    """Return the ids of the sources that an item cites; nothing for what is no item."""
    return thing.sources if isinstance(thing, Item) else ()
