"""What search knows of every entry without its text: item, kind, theme, number, marking, and what filters ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from viewer.bundle.bundle import Bundle
from viewer.errors import FaultyIndex
from viewer.model import ScaleKind
from viewer.search.query import KIND_NAMES, SCALES, Filter, matches_start
from viewer.text.folded import fold_text
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

    def __init__(self, bundle: Bundle, numbered: Callable[[int], Sequence[tuple[int, str, str, int]]]) -> None:
        """Read the entries: `numbered(most)` gives the number, item, kind and bytes of text of all, at `most` so many.

        Raises FaultyIndex where these are not exactly one for each theme and item.
        """
        self._bundle = bundle
        known = dict(self._known())
        rows = numbered(len(known) + 1)
        if len(rows) != len(known) or {(item, kind) for _, item, kind, _ in rows} != known.keys():
            raise FaultyIndex
        self.by_number = {number: known[item, kind] for number, item, kind, _ in rows}
        self.sizes = {number: size for number, _, _, size in rows}  # of their texts, as the index has them

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
    def judged(self) -> dict[str, dict[str, frozenset[int]]]:
        """The findings at each step of each scale that the edition has."""
        scales = [name for name in SCALES if self._bundle.scale(ScaleKind(name))]
        return {name: self._links(f"SELECT {name}, id FROM finding WHERE {name} != ''") for name in scales}

    @cached_property
    def caveats(self) -> dict[str, frozenset[int]]:
        """The entries under each handling caveat: those that bear it, and all of a theme that does."""
        if not self._bundle.caveats:
            return {}
        under: dict[str, set[int]] = {caveat.code: set() for caveat in self._bundle.caveats}
        for code, numbers in self._links("SELECT caveat, holder FROM handling").items():
            under[code] |= numbers
        for theme in self._bundle.themes():
            for code in theme.caveats:
                under[code] |= self._where(lambda entry, theme=theme.id: entry.theme == theme)  # type: ignore[misc]
        return {code: frozenset(numbers) for code, numbers in under.items()}

    @cached_property
    def labels(self) -> dict[str, frozenset[int]]:
        """The entries of each number that the publisher gave, folded: `5.1`, `annex b`."""
        themes = ((theme.id, THEME, theme.label) for theme in self._bundle.themes())
        items = ((id_, kind, label) for id_, kind, _, label, *_ in self._bundle.item_rows())
        numbers = {(entry.item, entry.kind): number for number, entry in self.by_number.items()}
        found: dict[str, set[int]] = {}
        for id_, kind, label in (*themes, *items):
            if label:
                found.setdefault(_folded(label), set()).add(numbers[id_, kind])
        return {label: frozenset(held) for label, held in found.items()}

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

    def named(self, words: str) -> list[Filter]:
        """Return the filters by label, handling caveat and scale whose value is called just so."""
        sought = _folded(" ".join(words.split()))
        named = [Filter(name="label", value=words)] if sought in self.labels else []
        named += [
            Filter(name="caveat", value=c.code) for c in self._bundle.caveats if fold_text(c.label).text == sought
        ]
        for name in self.judged:
            steps = self._bundle.scale(ScaleKind(name))
            named += [Filter(name=name, value=step.term) for step in steps if _folded(step.term) == sought]
        return named

    def under(self, chosen: Filter) -> frozenset[int] | None:
        """Return the entries that a filter lets through; None where its value is unknown.

        Filters by year and by note are not for it.
        """
        match chosen.name:
            case "theme":
                value = _folded(chosen.value)
                ids = {t.id for t in self._bundle.themes() if value in map(_folded, (t.id, t.label))} or {
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
            case "label":
                return self.labels.get(_folded(chosen.value))
            case "caveat":
                caveats = {c.code for c in self._bundle.caveats if c.code == chosen.value.casefold()} or {
                    c.code for c in self._bundle.caveats if matches_start(chosen.value, c.code, c.label)
                }
                return self._union(self.caveats, caveats)
            case "likelihood" | "confidence":
                return self._union(self.judged.get(chosen.name, {}), self._steps(chosen))
        return self.with_figure if chosen.value.casefold() in ("figure", "figures") else None

    def _steps(self, chosen: Filter) -> set[str]:
        """Return the steps of a scale that a filter means: those of just that word, else all that begin so."""
        steps = self._bundle.scale(ScaleKind(chosen.name))
        value = _folded(chosen.value)
        return {step.id for step in steps if value in map(_folded, (step.id, step.term))} or {
            step.id for step in steps if matches_start(chosen.value, step.term)
        }

    def _where(self, fits: Callable[[IndexEntry], bool]) -> frozenset[int]:
        return frozenset(number for number, entry in self.by_number.items() if fits(entry))

    @staticmethod
    def _union(links: dict[str, frozenset[int]], names: set[str]) -> frozenset[int] | None:
        return frozenset().union(*(links.get(name, frozenset()) for name in names)) if names else None


def _folded(text: str) -> str:
    return fold_text(text).text
