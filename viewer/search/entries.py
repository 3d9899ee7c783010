"""What search knows of every entry without its text: item, kind, theme, number, marking, and what filters ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from viewer.bundle.bundle import Bundle
from viewer.errors import FaultyIndex
from viewer.search.query import KIND_NAMES, Filter, matches_start
from viewer.text.wording import named_place

THEME = "theme"  # the kind of a theme's own entry

_NOUNS = {"finding": "finding", "recommendation": "recommendation", "statistic": "figure", "passage": "paragraph"}

Key = tuple[str, str]  # an entry's item, or its theme, and its kind


class IndexEntry(NamedTuple):
    """One entry: the item or theme that it stands for. `number` is its place as shown: `3.4` or `3, finding 2`."""

    item: str
    kind: str
    theme: str
    number: str
    marking: str


class Entries:
    """The entries by their number, which is their order of importance: one for each theme and item."""

    def __init__(self, bundle: Bundle, numbered: Callable[[int], Sequence[tuple[int, str, str]]]) -> None:
        """Read the entries: `numbered(most)` gives the number, item and kind of as many as the index has, at `most`.

        Raises FaultyIndex where these are not exactly one for each theme and item.
        """
        self._bundle = bundle
        known = dict(self._known())
        rows = numbered(len(known) + 1)
        if len(rows) != len(known) or {(item, kind) for _, item, kind in rows} != known.keys():
            raise FaultyIndex
        self.by_number = {number: known[item, kind] for number, item, kind in rows}

    def _known(self) -> Iterator[tuple[Key, IndexEntry]]:
        names = {theme.id: theme.label or theme.short for theme in self._bundle.themes()}
        for theme in self._bundle.themes():
            yield (theme.id, THEME), IndexEntry(theme.id, THEME, theme.id, theme.label, theme.marking)
        for id_, kind, of, label, marking, position in self._bundle.item_rows():
            if label and kind == "passage":
                shown = label
            else:
                shown = f"{names[of]}, {named_place(_NOUNS[kind], label, position)}"
            yield (id_, kind), IndexEntry(id_, kind, of, shown, marking)

    @cached_property
    def last_theme(self) -> int:
        """The number of the last theme: themes stand before all items."""
        return max((number for number, entry in self.by_number.items() if entry.kind == THEME), default=0)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The entry's number by the id of its item; themes are not items."""
        return {entry.item: number for number, entry in self.by_number.items() if entry.kind != THEME}

    @cached_property
    def tags(self) -> dict[str, frozenset[int]]:
        """The entries under each tag."""
        return self._links("SELECT tag, item FROM tagging")

    @cached_property
    def sources(self) -> dict[str, frozenset[int]]:
        """The entries that cite each source."""
        return self._links("SELECT source, item FROM citation")

    @cached_property
    def with_figure(self) -> frozenset[int]:
        """Statistics, and the findings that rest on one."""
        supported = self._links("SELECT 'finding', finding FROM support").get("finding", frozenset())
        return supported | self._where(lambda entry: entry.kind == "statistic")

    def _links(self, sql: str) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = {}
        for name, item in self._bundle.connection.execute(sql):
            if item in self.numbers:
                found.setdefault(name, set()).add(self.numbers[item])
        return {name: frozenset(numbers) for name, numbers in found.items()}

    def of_items(self, items: Iterable[str]) -> frozenset[int]:
        """Return the entries of these items; unknown ones are left out."""
        return frozenset(self.numbers[item] for item in items if item in self.numbers)

    def under(self, chosen: Filter) -> frozenset[int] | None:
        """Return the entries that a filter lets through; None where its value is unknown.

        Filters by year and by note are not for it.
        """
        match chosen.name:
            case "theme":
                value = chosen.value.casefold()
                ids = {t.id for t in self._bundle.themes() if value in (t.id, t.label.casefold())} or {
                    t.id for t in self._bundle.themes() if matches_start(chosen.value, t.id, t.short, t.title)
                }
                return self._where(lambda entry: entry.theme in ids) if ids else None
            case "kind":
                kind = KIND_NAMES.get(chosen.value.casefold())
                return self._where(lambda entry: entry.kind == kind) if kind else None
            case "marking":
                codes = {m.code for m in self._bundle.markings if m.code == chosen.value.casefold()} or {
                    m.code for m in self._bundle.markings if matches_start(chosen.value, m.code, m.label)
                }
                return self._where(lambda entry: entry.marking in codes) if codes else None
            case "tag":
                tags = {t.id for t in self._bundle.tags() if t.id == chosen.value.casefold()} or {
                    t.id for t in self._bundle.tags() if matches_start(chosen.value, t.id, t.label)
                }
                return self._union(self.tags, tags)
            case "source":
                found = {s.id for s in self._bundle.sources() if chosen.value in (str(s.number), s.id)} or {
                    s.id for s in self._bundle.sources() if matches_start(chosen.value, s.id, s.title, s.author)
                }
                return self._union(self.sources, found)
        return self.with_figure if chosen.value.casefold() in ("figure", "figures") else None

    def _where(self, fits: Callable[[IndexEntry], bool]) -> frozenset[int]:
        return frozenset(number for number, entry in self.by_number.items() if fits(entry))

    @staticmethod
    def _union(links: dict[str, frozenset[int]], names: set[str]) -> frozenset[int] | None:
        return frozenset().union(*(links.get(name, frozenset()) for name in names)) if names else None
