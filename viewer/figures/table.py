"""Every figure of an edition as a table: its columns, filtered as one types, sorted, grouped, and as rows to export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from viewer.bundle.bundle import Bundle
from viewer.figures.text import (
    base_count,
    cited_text,
    note_texts,
    sort_value,
    source_name,
    source_names,
    statement_text,
    value_text,
    year,
)
from viewer.model import Observation, Statistic, exact_amount
from viewer.records import record
from viewer.text import wording
from viewer.text.edition_text import text_plain
from viewer.text.filter_words import FilterWords, comparable
from viewer.text.safe import VisibleText, visible
from viewer.text.safe_csv import Cell, number_cell

Grouping = Literal["", "theme", "source", "tag", "year"]
GROUPINGS: tuple[Grouping, ...] = ("", "theme", "source", "tag", "year")
SortKey = tuple[bool, float, str]  # whether there is nothing to sort by, a number, a text


@record
class FigureGroup:
    """A heading among the rows, with the figures under it."""

    title: VisibleText
    rows: tuple[int, ...]


class FigureTable:
    """Statistics by row number, from 0 up, in reading order; grows as they are added."""

    def __init__(self, bundle: Bundle) -> None:
        self.statistics: list[Statistic] = []
        self.edition = bundle.edition
        self.themes = {theme.id: theme for theme in bundle.themes()}
        self.sources = {source.id: source for source in bundle.sources()}
        self.marking_line = bundle.marking_line
        self._tags = {tag.id: tag.label for tag in bundle.tags()}
        self._bundle = bundle
        self._searched: list[str] = []  # what filtering looks at
        self._words: dict[str, list[int]] = {}  # every word of it, with the rows that have it
        self._found: dict[str, list[int]] = {}  # the words of the last filter, with their rows

    def add(self, statistics: Iterable[Statistic]) -> None:
        """Take in more figures, after those there are."""
        self._found.clear()
        for statistic in statistics:
            row = len(self.statistics)
            self.statistics.append(statistic)
            searched = comparable(self._searched_text(statistic))
            self._searched.append(searched)
            for word in set(searched.split()):
                self._words.setdefault(word, []).append(row)

    def __len__(self) -> int:
        return len(self.statistics)

    def cell(self, row: int, column: FigureColumn) -> VisibleText:
        """Return what stands in a column, in one line."""
        return visible(column.cell(self, self.statistics[row]).replace("\n", " "))

    def cited(self, row: int) -> str:
        """Return a figure as text that may travel alone."""
        s = self.statistics[row]
        label = self._bundle.marking_label((self._bundle.marking_of(s).code,), self._bundle.caveats_of(s))
        return cited_text(self.edition, self.themes[s.theme], s, self.sources, label)

    def citation(self, row: int) -> str:
        """Return where a figure stands: `TACSEA 2012/13, 3, figure 1, p. 11`."""
        statistic = self.statistics[row]
        return wording.citation(self.edition, self.themes[statistic.theme], statistic)

    def source_line(self, row: int) -> str:
        """Return the sources of a figure as they are cited."""
        return source_names(self.statistics[row], self.sources)

    def theme_title(self, statistic: Statistic) -> str:
        """Return the number and short title of a figure's theme."""
        theme = self.themes[statistic.theme]
        return f"{theme.label} {theme.short}".strip()

    # Which rows

    def filtered(self, words: str) -> list[int]:
        """Return the rows that hold all of `words`, each anywhere; in reading order."""
        parts = set(FilterWords(words).parts)
        self._found = {part: rows for part, rows in self._found.items() if any(p.startswith(part) for p in parts)}
        frequent = [part for part in parts if not self._is_found(part)]
        found = sorted((self._found[part] for part in parts.difference(frequent)), key=len)
        rows: Iterable[int] = sorted(set(found[0]).intersection(*found[1:])) if found else range(len(self._searched))
        for part in frequent:  # looked for in the rows that the rarer words have left
            rows = [row for row in rows if part in self._searched[row]]
            if len(parts) == 1:
                self._found[part] = rows
        return list(rows)

    def _is_found(self, part: str) -> bool:
        """Return whether the rows with `part` in them are known: kept from the last key, or soon found, as it is rare.

        A rare one is found through the list of words, another among the rows of what it was a letter before.
        """
        if part not in self._found:
            longest = max(part.split(), key=len)  # a part may be several words
            held = [rows for word, rows in self._words.items() if longest in word]
            if sum(map(len, held)) < len(self._searched):
                rows = sorted(set[int]().union(*held))
                self._found[part] = [row for row in rows if part in self._searched[row]] if longest != part else rows
            elif part[:-1] in self._found:
                self._found[part] = [row for row in self._found[part[:-1]] if part in self._searched[row]]
        return part in self._found

    def _searched_text(self, s: Statistic) -> str:
        parts = (
            s.title, text_plain(s.statement), value_text(s), s.unit, s.population, s.base, s.period, s.place,
            self.themes[s.theme].short, *(source_name(self.sources[source]) for source in s.sources),
            *(self._tags[tag] for tag in s.tags),
        )  # fmt: skip
        return "\n".join(parts)

    def ordered(self, rows: Sequence[int], column: FigureColumn, *, down: bool = False) -> list[int]:
        """Return `rows` sorted by a column; what is empty comes last either way."""
        keys = {row: column.sort_key(self, self.statistics[row]) for row in rows}
        full = [row for row in rows if not keys[row][0]]
        empty = [row for row in rows if keys[row][0]]
        return sorted(full, key=keys.__getitem__, reverse=down) + empty

    def grouped(self, rows: Sequence[int], by: Grouping) -> list[FigureGroup]:
        """Return `rows` under the headings of a grouping; a figure with several tags or sources stands under each."""
        if not by:
            return [FigureGroup(title=visible(""), rows=tuple(rows))]
        headings_of = self._grouping(by)
        out: dict[str, list[int]] = {}
        for row in rows:
            for heading in headings_of(self.statistics[row]):
                out.setdefault(heading, []).append(row)
        titles = sorted(out, key=str.casefold, reverse=by == "year")
        if by == "theme":
            order = [f"{theme.label} {theme.short}".strip() for theme in self.themes.values()]
            titles.sort(key=order.index)
        return [FigureGroup(title=visible(title), rows=tuple(out[title])) for title in titles]

    def _grouping(self, by: Grouping) -> Callable[[Statistic], Sequence[str]]:
        match by:
            case "theme":
                return lambda s: (self.theme_title(s),)
            case "source":
                return lambda s: [source_name(self.sources[i]) for i in s.sources] or ("No source named",)
            case "tag":
                return lambda s: [self._tags[i] for i in s.tags] or ("No issue named",)
            case _:
                return lambda s: (year(s) or "No year named",)

    # For export

    def exported(self, row: int) -> dict[str, Cell | list[dict[str, Cell]]]:
        """Return a figure's cells by the names of `EXPORTED`, its values as `values`.

        Never without its source, caveat and marking.
        """
        s = self.statistics[row]
        of_figure = {name: cell(self, s) for name, cell in EXPORTED.items()}
        return of_figure | {"values": [{n: cell(s, o) for n, cell in EXPORTED_VALUE.items()} for o in s.observations]}

    def export_rows(self, row: int) -> Iterator[tuple[Cell, ...]]:
        """Yield a figure's cells once for each of its values, under the names of `EXPORT_NAMES`."""
        s = self.statistics[row]
        of_figure = {name: cell(self, s) for name, cell in EXPORTED.items()}
        for observation in s.observations:
            cells = of_figure | {name: cell(s, observation) for name, cell in EXPORTED_VALUE.items()}
            yield tuple(cells[name] for name in EXPORT_NAMES)

    def export(self, rows: Iterable[int]) -> list[tuple[Cell, ...]]:
        """Return the rows as a table, a line for each value, under the names of its columns."""
        return [EXPORT_NAMES, *(cells for row in rows for cells in self.export_rows(row))]


@record
class FigureColumn:
    """A column of the table in the window; what it exports stands under the same name in `EXPORTED`."""

    name: str
    title: str
    width: int  # pixels at 100 %
    cell: Callable[[FigureTable, Statistic], str]
    sort_key: Callable[[FigureTable, Statistic], SortKey]


def _text_column(name: str, title: str, width: int, cell: Callable[[FigureTable, Statistic], str]) -> FigureColumn:
    """Return a column that is sorted by the text of its cells."""

    def sort_key(table: FigureTable, s: Statistic) -> SortKey:
        text = cell(table, s)
        return not text, 0.0, text.casefold()

    return FigureColumn(name=name, title=title, width=width, cell=cell, sort_key=sort_key)


def _value_key(_table: FigureTable, s: Statistic) -> SortKey:
    value = sort_value(s)
    return value is None, float(value or 0), ""


def _base_key(_table: FigureTable, s: Statistic) -> SortKey:
    return not s.base, float(base_count(s) or 0), s.base.casefold()


def _theme_name(table: FigureTable, s: Statistic) -> str:
    return table.themes[s.theme].short


def _theme_key(table: FigureTable, s: Statistic) -> SortKey:
    return False, float(table.themes[s.theme].position), ""


def _source_names(table: FigureTable, s: Statistic) -> str:
    return source_names(s, table.sources)


COLUMNS = (
    _text_column("title", "Title", 340, lambda _, s: s.title),
    FigureColumn(name="value", title="Value", width=190, cell=lambda _, s: value_text(s), sort_key=_value_key),
    _text_column("unit", "Unit", 124, lambda _, s: s.unit),
    _text_column("population", "Population", 200, lambda _, s: s.population),
    FigureColumn(name="base", title="Base", width=120, cell=lambda _, s: s.base, sort_key=_base_key),
    _text_column("period", "Period", 214, lambda _, s: s.period),
    _text_column("place", "Place", 130, lambda _, s: s.place),
    FigureColumn(name="theme", title="Theme", width=166, cell=_theme_name, sort_key=_theme_key),
    _text_column("source", "Source", 260, _source_names),
)


def _single_number(_table: FigureTable, s: Statistic) -> Cell:
    return number_cell(s.observations[0].amount) if len(s.observations) == 1 and not s.observations[0].words else None


EXPORTED: dict[str, Callable[[FigureTable, Statistic], Cell]] = {
    "id": lambda _, s: s.id,
    "title": lambda _, s: s.title,
    "statement": lambda _, s: statement_text(s),
    "notes": lambda _, s: "\n".join(note_texts(s)),
    "value": lambda _, s: value_text(s),
    "number": _single_number,
    "unit": lambda _, s: s.unit,
    "population": lambda _, s: s.population,
    "base": lambda _, s: s.base,
    "period": lambda _, s: s.period,
    "place": lambda _, s: s.place,
    "theme": lambda table, s: table.theme_title(s),
    "source": _source_names,
    "caveat": lambda _, s: text_plain(s.caveat),
    "short caveat": lambda _, s: text_plain(s.short_caveat),
    "marking": lambda table, s: table.marking_line(s),
    "citation": lambda table, s: wording.citation(table.edition, table.themes[s.theme], s),
}

EXPORTED_VALUE: dict[str, Callable[[Statistic, Observation], Cell]] = {
    "label": lambda _, o: o.label,
    "measured in": lambda _, o: o.period,
    "value": lambda s, o: wording.measured(o, s.unit),
    "number": lambda _, o: None if o.words else number_cell(o.amount),
    "low": lambda _, o: number_cell(exact_amount(o.low, o.magnitude)),
    "high": lambda _, o: number_cell(exact_amount(o.high, o.magnitude)),
    "rank": lambda _, o: o.rank,
}

EXPORT_NAMES = (  # what tells the values apart stands where the figure's own have it in one line
    *("id", "title", "statement", "notes"),
    *EXPORTED_VALUE,
    *(name for name in EXPORTED if name not in ("id", "title", "statement", "notes", "value", "number")),
)


def column_named(name: str) -> FigureColumn:
    """Return the column of that name, which must be one of `COLUMNS`."""
    return next(column for column in COLUMNS if column.name == name)


def whole_table(bundle: Bundle, theme: str = "") -> FigureTable:
    """Return all figures of an edition, or of one theme. Raises NotFound for an unknown theme."""
    table = FigureTable(bundle)
    for theme_id in (theme,) if theme else (known.id for known in bundle.themes()):
        table.add(bundle.statistics(theme_id))
    return table
