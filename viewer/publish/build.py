"""Records -> the SQLite bytes of an edition of format 2: compact, and the same bytes for the same records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from secrets import token_hex
from typing import Any

from viewer.bundle.formats import NEWEST
from viewer.bundle.schema import APPLICATION_ID, OLDEST_SQLITE, PAGE_SIZE, SEARCH_INDEXES, schema_sql
from viewer.errors import PublishError
from viewer.model import (
    Assessment,
    Caveat,
    Edition,
    Finding,
    Item,
    Marking,
    Observation,
    Part,
    Passage,
    Recommendation,
    ScaleStep,
    Source,
    Statistic,
    Tag,
    Term,
    Theme,
)
from viewer.publish.index import check_index, entry_rows, items_of
from viewer.publish.progress import Report, silent
from viewer.records import field_names

FORMAT = NEWEST  # what is built; older formats are read alone

# What was deleted is overwritten: some builds of SQLite leave it in place, and their bytes would differ.
_PRAGMAS = f"""
PRAGMA page_size = {PAGE_SIZE};
PRAGMA encoding = 'UTF-8';
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {FORMAT};
PRAGMA secure_delete = ON;
PRAGMA foreign_keys = ON;
"""
_STEPS = 1_000_000  # of SQLite's virtual machine between two moments at which the work can be stopped

Row = Sequence[Any]
_RECORDS = (
    Caveat, Edition, Finding, Marking, Observation, Part, Passage, Recommendation, ScaleStep, Source, Statistic, Tag,
    Term, Theme,
)  # fmt: skip
# Fields that tables of their own hold.
_ELSEWHERE = {"sources", "tags", "caveats", "footnotes", "references", "statistics", "findings", "observations", "also"}
_NUMBERS = {"value", "low", "high"}  # decimal text
_COLUMNS: dict[type, list[str]] = {
    kind: [name for name in field_names(kind) if name not in _ELSEWHERE] for kind in _RECORDS
}


def build_body(assessment: Assessment, report: Report = silent) -> bytes:
    """Return the SQLite file of the assessment as bytes: no free pages, rows in the order of the records.

    Nothing is written to disk. Two builds of equal records by one SQLite release are equal, byte for byte.
    Raises PublishError where the records contradict one another, such as a reference to a missing source, or where
    the index that was built says otherwise than the items.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise PublishError(f"Building needs SQLite {oldest} or newer; this Python has {sqlite3.sqlite_version}.")
    try:
        with closing(sqlite3.connect(":memory:", uri=True)) as connection:
            connection.set_progress_handler(_go_on, _STEPS)
            connection.executescript(_PRAGMAS + schema_sql(FORMAT))
            with connection:
                _fill(connection, assessment, report)
            report("Writing the edition")
            return _compacted(connection)
    except sqlite3.Error as err:
        if getattr(err, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise KeyboardInterrupt from err
        raise PublishError(f"The edition could not be built: SQLite reports “{err}”.") from err


def _go_on() -> int:
    """Return 0, for SQLite to go on: while this is called, Python raises what Ctrl+C asks for, and SQLite stops."""
    return 0


def _compacted(connection: sqlite3.Connection) -> bytes:
    """Return the database as `VACUUM` writes it out: without free pages, with the header of a file."""
    fresh = f"file:/{token_hex(16)}?vfs=memdb"
    with closing(sqlite3.connect(fresh, uri=True)) as target:
        connection.execute("VACUUM INTO ?", (fresh,))
        return target.serialize()


def _fill(connection: sqlite3.Connection, assessment: Assessment, report: Report) -> None:
    """Fill every table, the ones referred to first, then the search entries and the indexes on them."""
    report("Writing the items")
    for table, kind, records in (
        ("marking", Marking, assessment.markings),
        ("edition", Edition, (assessment.edition,)),
        ("caveat", Caveat, assessment.caveats),
        ("scale", ScaleStep, assessment.scale),
        ("part", Part, assessment.parts),
        ("source", Source, assessment.sources),
        ("tag", Tag, assessment.tags),
        ("term", Term, assessment.terms),
        ("theme", Theme, assessment.themes),
        ("finding", Finding, assessment.findings),
        ("recommendation", Recommendation, assessment.recommendations),
        ("statistic", Statistic, assessment.statistics),
        ("passage", Passage, assessment.passages),
    ):
        _insert(connection, table, _COLUMNS[kind], map(_values, records))
    items = items_of(assessment)
    holders = [*assessment.themes, *items]
    for table, columns, rows in (
        ("observation", ("statistic", *_COLUMNS[Observation]), _observations(assessment)),
        ("also", ("term", "word"), _pairs(assessment.terms, "also", "abbreviation")),
        ("support", ("finding", "statistic"), _pairs(assessment.findings, "statistics")),
        ("answer", ("recommendation", "finding"), _pairs(assessment.recommendations, "findings")),
        ("citation", ("item", "source", "position"), _citations(items)),
        ("footnote", ("item", "id", "position", "text"), _footnotes(items)),
        ("reference", ("item", "target"), _pairs(items, "references")),
        ("handling", ("holder", "caveat"), _pairs(holders, "caveats")),
        ("tagging", ("item", "tag"), _pairs(items, "tags")),
    ):
        _insert(connection, table, columns, rows)
    report("Writing the index")
    entries = list(entry_rows(assessment))
    _insert(connection, "entry", ("id", "item", "kind", "theme", "title", "text"), entries)
    for index in SEARCH_INDEXES:
        connection.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
        connection.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")
    report("Comparing the index with the items")
    check_index(connection, entries)


def _insert(connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    names, places = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table}({names}) VALUES ({places})", rows)


def _values(record: Any) -> Row:
    return [_stored(getattr(record, column), column) for column in _COLUMNS[type(record)]]


def _stored(value: Any, column: str) -> Any:
    """Return a value as its column holds it: numbers as published, or empty, enumerations as their plain words."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None and column in _NUMBERS else value


def _observations(assessment: Assessment) -> Iterator[Row]:
    for statistic in assessment.statistics:
        for observation in statistic.observations:
            yield [statistic.id, *_values(observation)]


def _pairs(records: Iterable[Any], key: str, own: str = "id") -> Iterator[Row]:
    for record in records:
        for name in getattr(record, key):
            yield [getattr(record, own), name]


def _citations(items: Iterable[Item]) -> Iterator[Row]:
    for item in items:
        for position, source in enumerate(item.sources, start=1):
            yield [item.id, source, position]


def _footnotes(items: Iterable[Item]) -> Iterator[Row]:
    for item in items:
        for position, note in enumerate(item.footnotes, start=1):
            yield [item.id, note.id, position, note.text]
