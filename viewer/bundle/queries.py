"""The queries that read an edition's records: a few statements for any number of items, never one for each."""

from __future__ import annotations

import sqlite3
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeVar

from viewer.model import (
    Edition,
    Finding,
    Marking,
    Observation,
    Passage,
    Source,
    Statistic,
    StatisticKind,
    Tag,
    Term,
    Theme,
    ThemeKind,
)

# Conditions, with one parameter, on which items of a table are read.
OF_THEME: Final = "theme = ?"
OF_ID: Final = "id = ?"
OF_TAG: Final = "id IN (SELECT item FROM tagging WHERE tag = ?)"

_ITEM_TABLES = ("finding", "statistic", "passage")
_OF_ITEMS = " UNION ALL ".join(f"SELECT id FROM {table} WHERE theme = ?1" for table in _ITEM_TABLES)
_CITED = f"id IN (SELECT source FROM citation WHERE item IN ({_OF_ITEMS}))"

Links = dict[str, tuple[str, ...]]  # ids by id
_Plain = TypeVar("_Plain", Edition, Marking, Source, Tag, Term)

# The columns of a record's table: its fields, but for those that other tables hold.
_COLUMNS: dict[type, tuple[str, ...]] = {
    record: tuple(name for name, kind in record.__annotations__.items() if not kind.startswith("tuple"))
    for record in (Edition, Finding, Marking, Observation, Passage, Source, Statistic, Tag, Term, Theme)
}

# CROSS JOIN keeps SQLite from starting with the last table.
_TO_SOURCE = "SELECT item, source FROM citation CROSS JOIN source ON source.id = citation.source WHERE item IN"
_TO_TAG = "SELECT item, tag FROM tagging WHERE item IN"
_LINKS = {
    **{(table, "source"): (_TO_SOURCE, "source.number") for table in _ITEM_TABLES},
    **{(table, "tag"): (_TO_TAG, "tag") for table in _ITEM_TABLES},
    **{
        (one, other): (
            f"SELECT support.{one}, support.{other} FROM support CROSS JOIN {other} ON {other}.id = support.{other}"
            f" CROSS JOIN theme ON theme.id = {other}.theme WHERE support.{one} IN",
            f"theme.position, {other}.position",
        )
        for one, other in (("finding", "statistic"), ("statistic", "finding"))
    },
}  # the statement up to the wanted ids, and its order


class Counts(NamedTuple):
    """How many items of each kind there are."""

    findings: int = 0
    statistics: int = 0
    passages: int = 0


class Queries:
    """Reads records through the connection to a verified edition; keeps none of them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def edition(self) -> Edition:
        """Return the edition itself."""
        return self._plain(Edition, "rowid")[0]

    def markings(self) -> tuple[Marking, ...]:
        """Return the marking scheme, lowest first."""
        return self._plain(Marking, "level")

    def themes(self) -> tuple[Theme, ...]:
        """Return the themes in reading order."""
        rows = self._rows(Theme, "true", "position")
        return tuple(Theme(**row | {"kind": ThemeKind(row["kind"])}) for row in rows)

    def sources(self) -> tuple[Source, ...]:
        """Return the sources by number."""
        return self._plain(Source, "number")

    def tag_counts(self) -> dict[str, int]:
        """Return how many items stand under each tag that is used."""
        return dict(self._connection.execute("SELECT tag, count(*) FROM tagging GROUP BY tag"))

    def sources_of(self, theme: str) -> tuple[Source, ...]:
        """Return the sources that items of a theme cite, by number."""
        return self._plain(Source, "number", _CITED, theme)

    def tags(self) -> tuple[Tag, ...]:
        """Return the tags by label."""
        return self._plain(Tag, "label, id")

    def terms(self) -> tuple[Term, ...]:
        """Return the terms by abbreviation."""
        return self._plain(Term, "abbreviation")

    def findings(self, where: str, *values: str) -> tuple[Finding, ...]:
        """Return the findings for which `where` holds, by position, with all that they refer to."""
        sources, tags, statistics = self._links("finding", ("source", "tag", "statistic"), where, values)
        return tuple(
            Finding(**row, sources=sources.get(id_, ()), tags=tags.get(id_, ()), statistics=statistics.get(id_, ()))
            for id_, row in self._by_id(Finding, where, *values)
        )

    def statistics(self, where: str, *values: str) -> tuple[Statistic, ...]:
        """Return the statistics for which `where` holds, by position, with their observations and references."""
        sources, tags, findings = self._links("statistic", ("source", "tag", "finding"), where, values)
        observations = self._observations(where, *values)
        return tuple(
            Statistic(
                **row | {"kind": StatisticKind(row["kind"])},
                observations=observations.get(id_, ()),
                sources=sources.get(id_, ()),
                tags=tags.get(id_, ()),
                findings=findings.get(id_, ()),
            )
            for id_, row in self._by_id(Statistic, where, *values)
        )

    def supporting(self, most: int) -> tuple[Statistic, ...]:
        """Return the statistics that support most findings, at most `most` of them, by position."""
        sql = "SELECT statistic FROM support GROUP BY statistic ORDER BY count(*) DESC, statistic LIMIT ?"
        ids = [id_ for (id_,) in self._connection.execute(sql, (most,))]
        return self.statistics(f"id IN ({', '.join('?' * len(ids))})", *ids)

    def passages(self, where: str, *values: str) -> tuple[Passage, ...]:
        """Return the passages for which `where` holds, by position, with all that they refer to."""
        sources, tags = self._links("passage", ("source", "tag"), where, values)
        return tuple(
            Passage(**row, sources=sources.get(id_, ()), tags=tags.get(id_, ()))
            for id_, row in self._by_id(Passage, where, *values)
        )

    def counts(self) -> dict[str, Counts]:
        """Return the number of items of each theme, in reading order."""
        found = {
            table: dict(self._connection.execute(f"SELECT theme, count(*) FROM {table} GROUP BY theme").fetchall())
            for table in _ITEM_TABLES
        }
        themes = self._connection.execute("SELECT id FROM theme ORDER BY position")
        return {theme: Counts(*(counts.get(theme, 0) for counts in found.values())) for (theme,) in themes}

    def theme_of(self, item: str) -> str | None:
        """Return the id of the theme that has the item; None where there is no such item."""
        found = self._connection.execute(
            "SELECT theme FROM finding WHERE id = ?1 UNION ALL SELECT theme FROM statistic WHERE id = ?1"
            " UNION ALL SELECT theme FROM passage WHERE id = ?1",
            (item,),
        ).fetchone()
        return None if found is None else str(found[0])

    def _links(self, table: str, others: tuple[str, ...], where: str, values: tuple[str, ...]) -> list[Links]:
        """Return, for each of `others`, what the rows of `table` for which `where` holds refer to in it."""
        return [self._linked(table, other, where, values) for other in others]

    def _linked(self, table: str, other: str, where: str, values: tuple[str, ...]) -> Links:
        statement, order = _LINKS[table, other]
        sql = f"{statement} ({_wanted(table, where)}) ORDER BY {order}"
        links: dict[str, list[str]] = {}
        for id_, linked in self._connection.execute(sql, values):
            links.setdefault(id_, []).append(linked)
        return {id_: tuple(linked) for id_, linked in links.items()}

    def _observations(self, where: str, *values: str) -> dict[str, tuple[Observation, ...]]:
        names = _COLUMNS[Observation]
        rows = self._connection.execute(
            f"SELECT statistic, {', '.join(names)} FROM observation"
            f" WHERE statistic IN ({_wanted('statistic', where)}) ORDER BY statistic, position",
            values,
        )
        return {
            statistic: tuple(Observation(**dict(zip(names, row[1:], strict=True))) for row in group)
            for statistic, group in groupby(rows, itemgetter(0))
        }

    def _plain(self, record: type[_Plain], order: str, where: str = "true", *values: str) -> tuple[_Plain, ...]:
        return tuple(record(**row) for row in self._rows(record, where, order, *values))

    def _by_id(self, record: type, where: str, *values: str) -> list[tuple[str, dict[str, Any]]]:
        return [(row["id"], row) for row in self._rows(record, where, "position", *values)]

    def _rows(self, record: type, where: str, order: str, *values: str) -> list[dict[str, Any]]:
        names = _COLUMNS[record]
        sql = f"SELECT {', '.join(names)} FROM {record.__name__.lower()} WHERE {where} ORDER BY {order}"
        return [dict(zip(names, row, strict=True)) for row in self._connection.execute(sql, values)]


def _wanted(table: str, where: str) -> str:
    return f"SELECT id FROM {table} WHERE {where}"
