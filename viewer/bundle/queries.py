"""The queries that read an edition's records: a few statements for any number of items, never one for each.

They are those of format 2; what an older format has otherwise stands in a child of `Queries`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, ClassVar, Final, NamedTuple, TypeVar

from viewer.bundle.entry_text import prose_text, statistic_text
from viewer.model import (
    Caveat,
    Edition,
    Finding,
    Footnote,
    Marking,
    Observation,
    Part,
    Passage,
    Recommendation,
    ScaleKind,
    ScaleStep,
    Source,
    Statistic,
    StatisticKind,
    Tag,
    Term,
    Theme,
)
from viewer.text.safe import one_line

# Conditions, with their parameters, on which items of a table are read.
OF_THEME: Final = "theme = ?"
OF_ID: Final = "id = ?"
OF_PART: Final = "theme = ? AND position BETWEEN ? AND ?"
OF_TAG: Final = "id IN (SELECT item FROM tagging WHERE tag = ?)"

Values = Sequence[str | int | None]
Links = dict[str, tuple[str, ...]]  # ids by id
_Plain = TypeVar("_Plain", Caveat, Edition, Marking, Part, ScaleStep, Source, Tag, Theme)

# The columns of a record: its fields, but for those that other tables hold.
_COLUMNS: dict[type, tuple[str, ...]] = {
    record: tuple(name for name, kind in record.__annotations__.items() if not kind.startswith("tuple"))
    for record in (
        Caveat, Edition, Finding, Marking, Observation, Part, Passage, Recommendation, ScaleStep, Source, Statistic,
        Tag, Term, Theme,
    )
}  # fmt: skip
# Of these, what is written in Markdown or may have several lines; all other text stands in one line.
_PROSE = frozenset({"caveat", "definition", "description", "note", "short_caveat", "statement", "summary", "text"})
_LINES = {record: tuple(name for name in names if name not in _PROSE) for record, names in _COLUMNS.items()}
_TABLES: dict[type, str] = {ScaleStep: "scale"}  # where the record is not called as its table

# CROSS JOIN keeps SQLite from starting with the last table.
_TO_TAG = "SELECT item, tag FROM tagging WHERE item IN"
_TO_CAVEAT = (
    "SELECT holder, caveat FROM handling CROSS JOIN caveat ON caveat.code = handling.caveat WHERE holder IN",
    "caveat.position",
)


_OF_SOURCE = 500  # characters that take as long to show as the row of a source by itself
_HAS_SIGN = "'*[|*_`' || char(10) || ']*'"
_SELDOM_USED = ("handling", "footnote", "reference", "recommendation")


def _joined(table: str, one: str, other: str) -> tuple[str, str]:
    """Return the statement from ids of `one` to those of `other`, which a table of both links, and its order."""
    return (
        f"SELECT {table}.{one}, {table}.{other} FROM {table} CROSS JOIN {other} ON {other}.id = {table}.{other}"
        f" CROSS JOIN theme ON theme.id = {other}.theme WHERE {table}.{one} IN",
        f"theme.position, {other}.position",
    )


class Counts(NamedTuple):
    """How many items of each kind there are."""

    findings: int = 0
    recommendations: int = 0
    statistics: int = 0
    passages: int = 0


class ItemSize(NamedTuple):
    """How much there is of an item to show: characters with those of its sources, signs of markup, rows of a table."""

    id: str
    kind: str
    position: int
    characters: int
    signs: int
    rows: int


class Queries:
    """Reads records through the connection to a verified edition; keeps none of them."""

    number: ClassVar[int] = 2  # of the format
    items: ClassVar[tuple[str, ...]] = ("finding", "recommendation", "statistic", "passage")
    unlabelled_parts: ClassVar[frozenset[str]] = frozenset()  # of whose themes the label is not shown with the title
    selected: ClassVar[Mapping[type, Mapping[str, str]]] = {}  # what stands for a column, where it is not called so
    searched_columns: ClassVar[Mapping[str, str]] = {
        "theme": "id, title, summary",
        "finding": "id, '', text",
        "recommendation": "id, '', text, owner, due",
        "passage": "id, heading, text",
    }
    _length_columns: ClassVar[Mapping[str, Sequence[str]]] = {  # whose length counts on a page, the text first
        "finding": ("text",),
        "recommendation": ("text", "owner", "due"),
        "statistic": ("statement", "title", "population", "base", "caveat"),
        "passage": ("text", "heading"),
    }
    labels: ClassVar[Mapping[str, str]] = {}  # what stands for the label in a table of items
    to_source: ClassVar[tuple[str, str]] = ("SELECT item, source FROM citation WHERE item IN", "item, position, source")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # What a format has in its own way

    def text(self, text: str) -> str:
        """Return a text in CommonMark as this format has it."""
        return text

    def observation(self, row: dict[str, Any]) -> Observation:
        """Return the observation of a row."""
        for name in ("value", "low", "high"):
            row[name] = _decimal(row[name])
        return Observation(**row)

    # The lists of the edition

    def edition(self) -> Edition:
        """Return the edition itself."""
        return self._plain(Edition, "rowid")[0]

    def markings(self) -> tuple[Marking, ...]:
        """Return the marking scheme, lowest first."""
        return self._plain(Marking, "level")

    def caveats(self) -> tuple[Caveat, ...]:
        """Return the handling caveats in order."""
        return self._plain(Caveat, "position")

    def scale(self) -> tuple[ScaleStep, ...]:
        """Return the steps of both scales, from the lowest of each."""
        rows = self._rows(ScaleStep, "true", "kind, position")
        return tuple(
            ScaleStep(
                **row | {"kind": ScaleKind(row["kind"]), "low": _decimal(row["low"]), "high": _decimal(row["high"])}
            )
            for row in rows
        )

    def parts(self) -> tuple[Part, ...]:
        """Return the parts in reading order."""
        return self._plain(Part, "position")

    def themes(self) -> tuple[Theme, ...]:
        """Return the themes in reading order."""
        caveats = self._handling("theme", "true", ()) if "handling" in self._used else {}
        return tuple(Theme(**row, caveats=caveats.get(row["id"], ())) for row in self._rows(Theme, "true", "position"))

    def sources(self) -> tuple[Source, ...]:
        """Return the sources by number."""
        return self._plain(Source, "number")

    def tag_counts(self) -> dict[str, int]:
        """Return how many items stand under each tag that is used."""
        return dict(self._connection.execute("SELECT tag, count(*) FROM tagging GROUP BY tag"))

    def sources_of(self, theme: str) -> tuple[Source, ...]:
        """Return the sources that items of a theme cite, by number."""
        items = " UNION ALL ".join(f"SELECT id FROM {table} WHERE theme = ?1" for table in self.items)
        return self._plain(Source, "number", f"id IN (SELECT source FROM citation WHERE item IN ({items}))", theme)

    def tags(self) -> tuple[Tag, ...]:
        """Return the tags by label."""
        return self._plain(Tag, "label, id")

    def terms(self) -> tuple[Term, ...]:
        """Return the terms by abbreviation."""
        words = self._other_words()
        rows = self._rows(Term, "true", "abbreviation")
        return tuple(Term(**row, also=words.get(row["abbreviation"], ())) for row in rows)

    # Items

    def findings(self, where: str, *values: str | int | None) -> tuple[Finding, ...]:
        """Return the findings for which `where` holds, by position, with all that they refer to."""
        shared = self._shared("finding", where, values)
        statistics = self._linked(_joined("support", "finding", "statistic"), "finding", where, values)
        return tuple(
            Finding(**row, **shared(id_), statistics=statistics.get(id_, ()))
            for id_, row in self._by_id(Finding, where, *values)
        )

    def recommendations(self, where: str, *values: str | int | None) -> tuple[Recommendation, ...]:
        """Return the recommendations for which `where` holds, by position, with all that they refer to."""
        if "recommendation" not in self._used:
            return ()
        rows = self._by_id(Recommendation, where, *values)
        shared = self._shared("recommendation", where, values)
        findings = self._linked(_joined("answer", "recommendation", "finding"), "recommendation", where, values)
        return tuple(Recommendation(**row, **shared(id_), findings=findings.get(id_, ())) for id_, row in rows)

    def statistics(self, where: str, *values: str | int | None) -> tuple[Statistic, ...]:
        """Return the statistics for which `where` holds, by position, with their observations and references."""
        shared = self._shared("statistic", where, values)
        findings = self._linked(_joined("support", "statistic", "finding"), "statistic", where, values)
        observations = self._observations(where, *values)
        return tuple(
            Statistic(
                **row | {"kind": StatisticKind(row["kind"])},
                **shared(id_),
                observations=observations.get(id_, ()),
                findings=findings.get(id_, ()),
            )
            for id_, row in self._by_id(Statistic, where, *values)
        )

    def value_counts(self, theme: str) -> list[tuple[int, int]]:
        """Return the position of each statistic of a theme, and how many values it has."""
        counted = "SELECT count(*) FROM observation WHERE statistic = statistic.id"
        sql = f"SELECT position, ({counted}) FROM statistic WHERE theme = ? ORDER BY position"
        return self._connection.execute(sql, (theme,)).fetchall()

    def supporting(self, most: int) -> tuple[Statistic, ...]:
        """Return the single statistics of one value that support most findings, at most `most` of them, by position."""
        is_lone = "kind = 'single' AND (SELECT count(*) FROM observation WHERE statistic = statistic.id) = 1"
        sql = (
            f"SELECT statistic FROM support JOIN statistic ON statistic.id = statistic WHERE {is_lone}"
            " GROUP BY statistic ORDER BY count(*) DESC, statistic LIMIT ?"
        )
        ids = [id_ for (id_,) in self._connection.execute(sql, (most,))]
        return self.statistics(f"id IN ({', '.join('?' * len(ids))})", *ids)

    def passages(self, where: str, *values: str | int | None) -> tuple[Passage, ...]:
        """Return the passages for which `where` holds, by position, with all that they refer to."""
        shared = self._shared("passage", where, values)
        return tuple(Passage(**row, **shared(id_)) for id_, row in self._by_id(Passage, where, *values))

    def searched(self, kind: str, ids: Sequence[str | None]) -> Iterator[tuple[str, str, str]]:
        """Return id, title and text of these items of one kind, or of themes, as search reads them; None is no id."""
        where = f"id IN ({', '.join('?' * len(ids))})"
        if kind == "statistic":
            observations, notes = self._observations(where, *ids), self._notes(kind, where, ids)
            for row in self._rows(Statistic, where, "id", *ids):
                row |= {"observations": observations.get(row["id"], ()), "footnotes": notes.get(row["id"], ())}
                yield row["id"], row["title"], statistic_text(Statistic(**row))
            return
        columns = self.searched_columns[kind]
        notes = self._notes(kind, where, ids)
        for id_, title, text, *lines in self._connection.execute(f"SELECT {columns} FROM {kind} WHERE {where}", ids):
            yield id_, one_line(title), prose_text(self.text(text), [*map(one_line, lines)], notes.get(id_, ()))

    def item_sizes(self, theme: str) -> list[ItemSize]:
        """Return how large the items of a theme are, in the order in which they are given out."""
        found: list[ItemSize] = []
        for table in self.items:
            texts = self._length_columns[table]
            length = " + ".join(f"length({name})" for name in texts)
            bare = texts[0]
            for sign in ("'|'", "'*'", "'_'", "'`'", "char(10)"):
                bare = f"replace({bare}, {sign}, '')"
            notes = "0"
            if "footnote" in self._used:
                notes = f"(SELECT ifnull(sum(length(text)), 0) FROM footnote WHERE item = {table}.id)"
            rows = "(SELECT count(*) FROM observation WHERE statistic = statistic.id)" if table == "statistic" else "0"
            lengths = " + ".join(f"length(source.{name})" for name in ("title", "author", "locator", "note"))
            cited = f"SELECT ifnull(sum({_OF_SOURCE} + {lengths}), 0) FROM citation"
            cited += f" JOIN source ON source.id = source WHERE item = {table}.id"
            sql = (
                f"SELECT id, '{table}', position,"
                f" {length} + {notes} + ({cited}),"
                f" CASE WHEN {texts[0]} GLOB {_HAS_SIGN} THEN length({texts[0]}) - length({bare}) ELSE 0 END, {rows}"
                f" FROM {table} WHERE theme = ? ORDER BY position"
            )
            found += map(ItemSize._make, self._connection.execute(sql, (theme,)))
        return found

    def tagged_lengths(self, tag: str) -> list[tuple[str, int]]:
        """Return the ids of the items under a tag, theme by theme, and how long their texts are."""
        return self._lengths("SELECT item FROM tagging WHERE tag = ?1", tag)

    def referring_lengths(self, target: str) -> list[tuple[str, int]]:
        """Return the ids of the items that refer to an item or theme, theme by theme, and how long their texts are."""
        return self._lengths("SELECT item FROM reference WHERE target = ?1", target)

    def _lengths(self, items: str, value: str) -> list[tuple[str, int]]:
        """Return the ids of the items that `items` finds by `value`, theme by theme, and how long their texts are."""
        found = " UNION ALL ".join(
            f"SELECT theme, {order} AS kind, position, id, length({self._length_columns[table][0]}) AS size"
            f" FROM {table} WHERE id IN ({items})"
            for order, table in enumerate(self.items)
        )
        sql = f"SELECT one.id, size FROM ({found}) AS one JOIN theme ON theme.id = one.theme"
        return self._connection.execute(f"{sql} ORDER BY theme.position, one.kind, one.position", (value,)).fetchall()

    def statistics_behind(self, findings: Sequence[str]) -> tuple[Statistic, ...]:
        """Return the statistics that stand behind these findings, each with two observations at most and no links.

        That is what is shown of them beside a finding; some findings rest on thousands of values.
        """
        where = f"id IN (SELECT statistic FROM support WHERE finding IN ({', '.join('?' * len(findings))}))"
        first_two = (
            "position <= ifnull((SELECT position FROM observation AS one WHERE one.statistic = observation.statistic"
            " ORDER BY position LIMIT 1 OFFSET 1), position)"
        )
        observations = self._observations(where, *findings, and_where=first_two)
        return tuple(
            Statistic(**row | {"kind": StatisticKind(row["kind"])}, observations=observations.get(id_, ()))
            for id_, row in self._by_id(Statistic, where, *findings)
        )

    def item_rows(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Return id, kind, theme, label, marking and position of every item."""
        sql = " UNION ALL ".join(
            f"SELECT id, '{table}', theme, {self.labels.get(table, 'label')}, marking, position FROM {table}"
            for table in self.items
        )
        return iter(self._connection.execute(sql))

    def counts(self) -> dict[str, Counts]:
        """Return the number of items of each theme, in reading order."""
        found = {
            f"{table}s": dict(
                self._connection.execute(f"SELECT theme, count(*) FROM {table} GROUP BY theme").fetchall()
            )
            for table in self.items
        }
        themes = self._connection.execute("SELECT id FROM theme ORDER BY position")
        return {theme: Counts(**{name: counts.get(theme, 0) for name, counts in found.items()}) for (theme,) in themes}

    def theme_of(self, item: str) -> str | None:
        """Return the id of the theme that has the item; None where there is no such item."""
        sql = " UNION ALL ".join(f"SELECT theme FROM {table} WHERE id = ?1" for table in self.items)
        found = self._connection.execute(sql, (item,)).fetchone()
        return None if found is None else str(found[0])

    def references_to(self, target: str) -> tuple[str, ...]:
        """Return the ids of the items whose texts lead to an item or theme."""
        rows = self._connection.execute("SELECT item FROM reference WHERE target = ? ORDER BY item", (target,))
        return tuple(item for (item,) in rows)

    # What tables of their own hold

    def _handling(self, table: str, where: str, values: Values) -> Links:
        return self._linked(_TO_CAVEAT, table, where, values)

    def _references(self, table: str, where: str, values: Values) -> Links:
        return self._linked(("SELECT item, target FROM reference WHERE item IN", "item, target"), table, where, values)

    def _footnotes(self, table: str, where: str, values: Values) -> dict[str, tuple[Footnote, ...]]:
        rows = self._connection.execute(
            f"SELECT item, id, text FROM footnote WHERE item IN ({_wanted(table, where)}) ORDER BY item, position, id",
            values,
        )
        return {
            item: tuple(Footnote(id=id_, text=text) for _, id_, text in group)
            for item, group in groupby(rows, itemgetter(0))
        }

    def _notes(self, kind: str, where: str, values: Values) -> dict[str, tuple[Footnote, ...]]:
        has_notes = kind != "theme" and "footnote" in self._used
        return self._footnotes(kind, where, values) if has_notes else {}

    @cached_property
    def _used(self) -> frozenset[str]:
        """The tables with a row in them, of those that many editions leave empty: the others are not asked."""
        sql = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in _SELDOM_USED)
        return frozenset(table for (table,) in self._connection.execute(sql))

    def _other_words(self) -> Links:
        rows = self._connection.execute("SELECT term, word FROM also ORDER BY term, word")
        return _grouped((one_line(term), one_line(word)) for term, word in rows)

    def _shared(self, table: str, where: str, values: Values) -> Callable[[str], dict[str, Any]]:
        """Return a function that gives of an item what all kinds of items refer to."""
        used = self._used
        found: dict[str, Mapping[str, Any]] = {
            "sources": self._linked(self.to_source, table, where, values),
            "tags": self._linked((_TO_TAG, "tag"), table, where, values),
            "caveats": self._handling(table, where, values) if "handling" in used else {},
            "footnotes": self._footnotes(table, where, values) if "footnote" in used else {},
            "references": self._references(table, where, values) if "reference" in used else {},
        }
        return lambda id_: {name: links.get(id_, ()) for name, links in found.items()}

    def _linked(self, statement: tuple[str, str], table: str, where: str, values: Values) -> Links:
        """Return what the rows of `table` for which `where` holds lead to; the statement goes up to the wanted ids."""
        sql, order = statement
        return _grouped(self._connection.execute(f"{sql} ({_wanted(table, where)}) ORDER BY {order}", values))

    def _observations(
        self, where: str, *values: str | int | None, and_where: str = "true"
    ) -> dict[str, tuple[Observation, ...]]:
        names = _COLUMNS[Observation]
        rows = self._connection.execute(
            f"SELECT statistic, {self._columns(Observation)} FROM observation"
            f" WHERE statistic IN ({_wanted('statistic', where)}) AND {and_where} ORDER BY statistic, position",
            values,
        )
        return {
            statistic: tuple(
                self.observation(_in_lines(dict(zip(names, row[1:], strict=True)), Observation)) for row in group
            )
            for statistic, group in groupby(rows, itemgetter(0))
        }

    # Rows

    def _plain(self, record: type[_Plain], order: str, where: str = "true", *values: str | None) -> tuple[_Plain, ...]:
        return tuple(record(**row) for row in self._rows(record, where, order, *values))

    def _by_id(self, record: type, where: str, *values: str | int | None) -> list[tuple[str, dict[str, Any]]]:
        return [(row["id"], row) for row in self._rows(record, where, "position", *values)]

    def _rows(self, record: type, where: str, order: str, *values: str | int | None) -> list[dict[str, Any]]:
        names = _COLUMNS[record]
        table = _TABLES.get(record, record.__name__.lower())
        sql = f"SELECT {self._columns(record)} FROM {table} WHERE {where} ORDER BY {order}"
        rows = [dict(zip(names, row, strict=True)) for row in self._connection.execute(sql, values)]
        return [_in_lines(row, record) for row in rows]

    def _columns(self, record: type) -> str:
        return selected_columns(_COLUMNS[record], self.selected.get(record, {}))


def selected_columns(names: Iterable[str], instead: Mapping[str, str]) -> str:
    """Return the columns of a query, for some of which something else stands."""
    return ", ".join(f"{instead[name]} AS {name}" if name in instead else name for name in names)


def _in_lines(row: dict[str, Any], record: type) -> dict[str, Any]:
    """Return a row in which every text that stands in one line is one."""
    for name in _LINES[record]:
        value = row[name]
        if isinstance(value, str) and not value.isprintable():
            row[name] = one_line(value)
    return row


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _grouped(rows: Iterable[tuple[str, str]]) -> Links:
    links: dict[str, list[str]] = {}
    for id_, linked in rows:
        links.setdefault(id_, []).append(linked)
    return {id_: tuple(linked) for id_, linked in links.items()}


def _wanted(table: str, where: str) -> str:
    return f"SELECT id FROM {table} WHERE {where}"
