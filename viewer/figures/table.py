"""Every figure of an edition as a table: its columns, filtered as one types, sorted, grouped, and as rows to export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from viewer.bundle.bundle import Bundle
from viewer.figures.text import base_count, cited_text, sort_value, source_name, source_names, value_text, year
from viewer.model import Statistic
from viewer.text import wording
from viewer.text.safe import visible
from viewer.text.safe_csv import Cell

Grouping = Literal["", "theme", "source", "tag", "year"]
GROUPINGS: tuple[Grouping, ...] = ("", "theme", "source", "tag", "year")

_Key = tuple[bool, float, str]


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """A heading among the rows, with the figures under it."""

    title: str
    rows: tuple[int, ...]


class FigureTable:
    """Statistics by number, from 0 up, in reading order; grows as they are added."""

    COLUMNS = ("Title", "Value", "Unit", "Population", "Base", "Period", "Place", "Theme", "Source")

    def __init__(self, bundle: Bundle) -> None:
        self._themes = {theme.id: theme for theme in bundle.themes()}
        self._sources = {source.id: source for source in bundle.sources()}
        self._tags = {tag.id: tag.label for tag in bundle.tags()}
        self._edition = bundle.edition
        self._markings = {marking.code: marking.label for marking in bundle.markings}
        self._stamps = {marking.code: bundle.marking_label((marking.code,)) for marking in bundle.markings}
        self.statistics: list[Statistic] = []
        self._told: list[str] = []  # what filtering looks at, without regard to case
        self._words: dict[str, list[int]] = {}  # every word of it, with the rows that have it
        self._found: dict[str, list[int]] = {}  # the words of the last filter, with their rows

    def add(self, statistics: Iterable[Statistic]) -> None:
        """Takes in more figures, after those there are."""
        self._found.clear()
        for statistic in statistics:
            row = len(self.statistics)
            self.statistics.append(statistic)
            told = self._all_of(statistic).casefold()
            self._told.append(told)
            for word in set(told.split()):
                self._words.setdefault(word, []).append(row)

    def __len__(self) -> int:
        return len(self.statistics)

    def cell(self, row: int, column: int) -> str:
        """What stands in a column of `HEADS`, in one line, fit to be shown."""
        return visible(self._column(self.statistics[row], column)).replace("\n", " ")

    def cited(self, row: int) -> str:
        """A figure as text that may travel alone."""
        statistic = self.statistics[row]
        theme, stamp = self._themes[statistic.theme], self._stamps[statistic.marking]
        return cited_text(self._edition, theme, statistic, self._sources, stamp)

    def citation(self, row: int) -> str:
        """Where a figure stands: `TACSEA 2012/13, 3, figure 1, p. 11`."""
        statistic = self.statistics[row]
        return wording.citation(self._edition, self._themes[statistic.theme], statistic)

    def source_line(self, row: int) -> str:
        """The source line of a figure."""
        return source_names(self.statistics[row], self._sources)

    # Which rows

    def filtered(self, words: str) -> list[int]:
        """The rows that hold all of `words`, each anywhere, regardless of case; in reading order."""
        parts = set(words.casefold().split())
        self._found = {part: rows for part, rows in self._found.items() if any(p.startswith(part) for p in parts)}
        frequent = [part for part in parts if not self._is_found(part)]
        found = sorted((self._found[part] for part in parts.difference(frequent)), key=len)
        rows: Iterable[int] = sorted(set(found[0]).intersection(*found[1:])) if found else range(len(self._told))
        for part in frequent:  # looked for in the rows that the rarer words have left
            rows = [row for row in rows if part in self._told[row]]
            if len(parts) == 1:
                self._found[part] = rows
        return list(rows)

    def _is_found(self, part: str) -> bool:
        """Whether the rows with `part` in them are known: kept from the last key, or soon found, as it is rare.

        A rare one is found through the list of words, another among the rows of what it was a letter before.
        """
        if part not in self._found:
            held = [having for word, having in self._words.items() if part in word]
            if sum(map(len, held)) < len(self._told):
                self._found[part] = sorted(set[int]().union(*held))
            elif part[:-1] in self._found:
                self._found[part] = [row for row in self._found[part[:-1]] if part in self._told[row]]
        return part in self._found

    def ordered(self, rows: Sequence[int], column: int, *, down: bool = False) -> list[int]:
        """`rows` sorted by a column: values by number, the rest by alphabet; what is empty comes last either way."""
        keys = {row: self._sort_key(row, column) for row in rows}
        full = [row for row in rows if not keys[row][0]]
        empty = [row for row in rows if keys[row][0]]
        return sorted(full, key=keys.__getitem__, reverse=down) + empty

    def grouped(self, rows: Sequence[int], by: Grouping) -> list[FigureGroup]:
        """`rows` under the headings of a grouping; a figure with several tags or sources stands under each."""
        if not by:
            return [FigureGroup("", tuple(rows))]
        names = self._grouping(by)
        out: dict[str, list[int]] = {}
        for row in rows:
            for name in names(self.statistics[row]):
                out.setdefault(name, []).append(row)
        titles = sorted(out, key=str.casefold, reverse=by == "year") if by != "theme" else list(out)
        if by == "theme":
            order = [self._theme_title(theme) for theme in self._themes]
            titles.sort(key=order.index)
        return [FigureGroup(visible(title), tuple(out[title])) for title in titles]

    def _grouping(self, by: Grouping) -> Callable[[Statistic], Sequence[str]]:
        match by:
            case "theme":
                return lambda s: (self._theme_title(s.theme),)
            case "source":
                return lambda s: [source_name(self._sources[i]) for i in s.sources] or ("No source named",)
            case "tag":
                return lambda s: [self._tags[i] for i in s.tags] or ("No issue named",)
            case _:
                return lambda s: (year(s) or "No year named",)

    # For export

    EXPORT_COLUMNS = (
        "id", "title", "statement", "value", "number", "unit", "population", "base", "period", "place", "theme",
        "source", "caveat", "marking", "citation",
    )  # fmt: skip

    def export_row(self, row: int) -> tuple[Cell, ...]:
        """A figure as the cells of `EXPORT_HEADS`; never without its source, caveat and marking."""
        s = self.statistics[row]
        number = s.observations[0].value if len(s.observations) == 1 and not s.observations[0].words else None
        return (
            s.id, s.title, s.statement, value_text(s), number, s.unit, s.population, s.base, s.period, s.place,
            self._theme_title(s.theme), self.source_line(row), s.caveat, self._markings[s.marking], self.citation(row),
        )  # fmt: skip

    def export(self, rows: Iterable[int]) -> list[tuple[Cell, ...]]:
        """The rows as a table with its head."""
        return [self.EXPORT_COLUMNS, *map(self.export_row, rows)]

    # What is in them

    def _column(self, s: Statistic, column: int) -> str:
        match column:
            case 0:
                return s.title
            case 1:
                return value_text(s)
            case 2:
                return s.unit
            case 3:
                return s.population
            case 4:
                return s.base
            case 5:
                return s.period
            case 6:
                return s.place
            case 7:
                return self._themes[s.theme].short
            case _:
                return source_names(s, self._sources)

    def _theme_title(self, theme_id: str) -> str:
        theme = self._themes[theme_id]
        return f"{theme.number} {theme.short}"

    def _sort_key(self, row: int, column: int) -> _Key:
        statistic = self.statistics[row]
        if column == 1:
            value = sort_value(statistic)
            return value is None, value or 0.0, ""
        if column == 4:
            return not statistic.base, base_count(statistic) or 0.0, statistic.base.casefold()
        if column == 7:
            return False, float(self._themes[statistic.theme].position), ""
        text = self._column(statistic, column).casefold()
        return not text, 0.0, text

    def _all_of(self, s: Statistic) -> str:
        parts = (
            s.title, s.statement, value_text(s), s.unit, s.population, s.base, s.period, s.place,
            self._themes[s.theme].short, *(source_name(self._sources[source]) for source in s.sources),
            *(self._tags[tag] for tag in s.tags),
        )  # fmt: skip
        return "\n".join(parts)


def whole_table(bundle: Bundle, theme: str = "") -> FigureTable:
    """All figures of an edition, or of one theme. Raises NotFound for an unknown theme."""
    table = FigureTable(bundle)
    for theme_id in (theme,) if theme else (known.id for known in bundle.themes()):
        table.add(bundle.statistics(theme_id))
    return table
