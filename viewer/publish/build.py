"""Records -> the SQLite bytes of an edition: compact, and the same bytes for the same records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import fields
from itertools import chain
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from viewer.bundle.entry_text import observation_text, statistic_text
from viewer.bundle.schema import APPLICATION_ID, OLDEST_SQLITE, PAGE_SIZE, SEARCH_INDEXES, USER_VERSION, schema_sql
from viewer.errors import PublishError
from viewer.model import (
    Assessment,
    Edition,
    Finding,
    Item,
    ItemKind,
    Marking,
    Observation,
    Passage,
    Source,
    Statistic,
    Tag,
    Term,
    Theme,
)
from viewer.text.markdown import plain_text

if TYPE_CHECKING:
    from sqlite_utils import Database

# What was deleted is overwritten: some builds of SQLite leave it in place, and their bytes would differ.
_PRAGMAS = f"""
PRAGMA page_size = {PAGE_SIZE};
PRAGMA encoding = 'UTF-8';
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {USER_VERSION};
PRAGMA secure_delete = ON;
PRAGMA foreign_keys = ON;
"""
_THEME = "theme"  # the kind of a theme's own search entry

Row = Sequence[Any]
_RECORDS = (Edition, Finding, Marking, Observation, Passage, Source, Statistic, Tag, Term, Theme)
# The columns of a record's table: its fields, but for those that tables of their own hold.
_COLUMNS: dict[type, list[str]] = {
    record: [field.name for field in fields(record) if not str(field.type).startswith("tuple")] for record in _RECORDS
}


def build_body(assessment: Assessment) -> bytes:
    """Return the SQLite file of the assessment as bytes: no free pages, rows in the order of the records.

    Nothing is written to disk. Two builds of equal records by one SQLite release are equal, byte for byte.
    Raises PublishError where the records contradict one another, such as a reference to a missing source.
    """
    from sqlite_utils import Database

    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise PublishError(f"Building needs SQLite {oldest} or newer; this Python has {sqlite3.sqlite_version}.")
    try:
        with closing(sqlite3.connect(":memory:", uri=True)) as connection:
            database = Database(connection, execute_plugins=False, recursive_triggers=False)
            database.executescript(_PRAGMAS + schema_sql())
            with database.atomic():
                _fill(database, assessment)
            return _compacted(connection)
    except sqlite3.Error as err:
        raise PublishError(f"The edition could not be built: SQLite reports “{err}”.") from err


def _compacted(connection: sqlite3.Connection) -> bytes:
    """Return the database as `VACUUM` writes it out: without free pages, with the header of a file."""
    fresh = f"file:/{token_hex(16)}?vfs=memdb"
    with closing(sqlite3.connect(fresh, uri=True)) as target:
        connection.execute("VACUUM INTO ?", (fresh,))
        return target.serialize()


def _fill(database: Database, assessment: Assessment) -> None:
    """Fill every table, the ones referred to first, then the search entries and the indexes on them."""
    _insert(database, "marking", _COLUMNS[Marking], map(_values, assessment.markings))
    _insert(database, "edition", _COLUMNS[Edition], [_values(assessment.edition)])
    _insert(database, "source", _COLUMNS[Source], map(_values, assessment.sources))
    _insert(database, "tag", _COLUMNS[Tag], map(_values, assessment.tags))
    _insert(database, "term", _COLUMNS[Term], map(_values, assessment.terms))
    _insert(database, "theme", _COLUMNS[Theme], map(_values, assessment.themes))
    _insert(database, "finding", _COLUMNS[Finding], map(_values, assessment.findings))
    _insert(database, "statistic", _COLUMNS[Statistic], map(_values, assessment.statistics))
    _insert(database, "passage", _COLUMNS[Passage], map(_values, assessment.passages))
    _insert(database, "observation", ("statistic", *_COLUMNS[Observation]), _observations(assessment))
    _insert(database, "support", ("finding", "statistic"), _support(assessment))
    _insert(database, "citation", ("item", "source"), _links(assessment, "sources"))
    _insert(database, "tagging", ("item", "tag"), _links(assessment, "tags"))
    _insert(database, "entry", ("id", "item", "kind", "theme", "title", "text"), _entries(assessment))
    for index in SEARCH_INDEXES:
        database.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
        database.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")
        database.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")  # compares every entry


def _insert(database: Database, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    database.table(table).insert_all(chain([columns], rows))


def _values(record: Any) -> Row:
    return [_stored(getattr(record, column)) for column in _COLUMNS[type(record)]]


def _stored(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value  # enumerations as their plain words


def _items(assessment: Assessment) -> Iterator[Item]:
    """Return all items in order of importance, each kind in document order."""
    return chain(assessment.findings, assessment.statistics, assessment.passages)


def _observations(assessment: Assessment) -> Iterator[Row]:
    for statistic in assessment.statistics:
        for observation in statistic.observations:
            yield [statistic.id, *_values(observation)]


def _support(assessment: Assessment) -> Iterator[Row]:
    for finding in assessment.findings:
        for statistic in finding.statistics:
            yield [finding.id, statistic]


def _links(assessment: Assessment, key: str) -> Iterator[Row]:
    for item in _items(assessment):
        for name in getattr(item, key):
            yield [item.id, name]


def _entries(assessment: Assessment) -> Iterator[Row]:
    """Yield the rows that search ranks, numbered in order of importance."""
    themes = ((theme.id, _THEME, theme.id, theme.title, plain_text(theme.summary)) for theme in assessment.themes)
    items = ((item.id, *_entry(item)) for item in _items(assessment))
    for number, row in enumerate(chain(themes, items), start=1):
        yield [number, *row]


def _entry(item: Item) -> Row:
    """Return what search reads of an item: its kind, theme, title and text."""
    match item:
        case Finding():
            return [str(ItemKind.FINDING), item.theme, "", plain_text(item.text)]
        case Statistic():
            return [str(ItemKind.STATISTIC), item.theme, item.title, _statistic_text(item)]
        case Passage():
            return [str(ItemKind.PASSAGE), item.theme, item.heading, plain_text(item.text)]


def _statistic_text(statistic: Statistic) -> str:
    """Return what search reads of a figure."""
    basis = (statistic.population, statistic.base, statistic.period, statistic.place)
    values = (observation_text(observation, statistic.unit) for observation in statistic.observations)
    return statistic_text(statistic.statement, basis, values, statistic.caveat)
