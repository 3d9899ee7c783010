"""Records -> a body of format 1, which the program itself reads but no longer writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from itertools import chain
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from viewer.bundle.entry_text import entry_text, entry_title
from viewer.bundle.format_1 import FORMAT_1
from viewer.bundle.schema import APPLICATION_ID, OLDEST_SQLITE, PAGE_SIZE, SEARCH_INDEXES, schema_sql
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
    exact_amount,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

# What was deleted is overwritten: some builds of SQLite leave it in place, and their bytes would differ.
_PRAGMAS = f"""
PRAGMA page_size = {PAGE_SIZE};
PRAGMA encoding = 'UTF-8';
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {FORMAT_1.number};
PRAGMA secure_delete = ON;
PRAGMA foreign_keys = ON;
"""
_THEME = "theme"  # the kind of a theme's own search entry

Row = Sequence[Any]


def _same(names: str) -> dict[str, str]:
    return {name: name for name in names.split()}


# The columns of a record's table in format 1, and the fields that stand in them.
_COLUMNS: dict[type, dict[str, str]] = {
    Edition: _same("series title label serial issued review publisher language marking summary"),
    Marking: _same("code level label colour ink"),
    Theme: {"kind": "part", "number": "label"} | _same("id position title short summary marking page"),
    Finding: _same("id theme position text marking page"),
    Statistic: _same("id theme position title statement kind unit population base period place caveat marking page"),
    Passage: {"number": "label"} | _same("id theme position heading text marking page"),
    Observation: _same("position label period value low high qualifier words rank"),
    Source: _same("id number title author year locator note"),
    Tag: _same("id label description"),
    Term: _same("abbreviation expansion definition"),
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
            database.executescript(_PRAGMAS + schema_sql(FORMAT_1.number))
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


def _insert(database: Database, table: str, columns: Iterable[str], rows: Iterable[Row]) -> None:
    database.table(table).insert_all(chain([tuple(columns)], rows))


def _values(record: Any) -> Row:
    magnitude = record.magnitude if isinstance(record, Observation) else ""
    return [_stored(getattr(record, field), magnitude) for field in _COLUMNS[type(record)].values()]


def _stored(value: Any, magnitude: str) -> Any:
    """Return a value as format 1 has it: enumerations as their plain words, numbers as floating-point ones."""
    if isinstance(value, Decimal):
        amount = exact_amount(value, magnitude)
        return None if amount is None else float(amount)
    return str(value) if isinstance(value, str) else value


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
    themes = ((theme.id, _THEME, theme.id, theme) for theme in assessment.themes)
    items = ((item.id, _kind(item), item.theme, item) for item in _items(assessment))
    for number, (id_, kind, theme, thing) in enumerate(chain(themes, items), start=1):
        yield [number, id_, kind, theme, entry_title(thing), entry_text(thing)]


def _kind(item: Item) -> str:
    """Return what search calls the kind of an item."""
    match item:
        case Finding():
            return str(ItemKind.FINDING)
        case Statistic():
            return str(ItemKind.STATISTIC)
        case _:
            return str(ItemKind.PASSAGE)
