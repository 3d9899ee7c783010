"""The rows that `sqlite_master` of an edition must have: those of its format, and what SQLite adds by itself."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from viewer.bundle.rules import Format
from viewer.errors import Faulty

APPLICATION_ID = 0x42524642  # "BRFB"
PAGE_SIZE = 4096
OLDEST_SQLITE = (3, 37)  # the first with STRICT tables

Row = tuple[str, str, str, str | None]  # type, name, tbl_name, sql

_CREATE = re.compile(r"CREATE (?:VIRTUAL )?TABLE (\w+)")
SEARCH_INDEXES = ("stemmed", "plain")
# FTS5's own tables. The wording has been the same since FTS5 first came (SQLite 3.9), but for a build option,
# SQLITE_FTS5_NO_WITHOUT_ROWID: then two of the tables have rowids, and so an index each for their primary key.
_DATA = "CREATE TABLE '{0}_data'(id INTEGER PRIMARY KEY, block BLOB)"
_DOCSIZE = "CREATE TABLE '{0}_docsize'(id INTEGER PRIMARY KEY, sz BLOB)"
_IDX = "CREATE TABLE '{0}_idx'(segid, term, pgno, PRIMARY KEY(segid, term))"
_CONFIG = "CREATE TABLE '{0}_config'(k PRIMARY KEY, v)"
_WITHOUT_ROWID = " WITHOUT ROWID"


def check_schema(connection: sqlite3.Connection, rules_of: Format) -> None:
    """Raise Faulty where the schema is not exactly that of the format."""
    usual, other = _allowed(rules_of)
    longest = max(len(usual), len(other))
    found = connection.execute(
        "SELECT type, name, tbl_name, sql, rootpage FROM sqlite_master LIMIT ?", (longest + 1,)
    ).fetchall()
    rows = {row[:4] for row in found}
    if len(rows) != len(found) or rows not in (usual, other):
        raise Faulty(_difference(rows, usual, other))
    roots = [row[4] for row in found if not str(row[3]).startswith("CREATE VIRTUAL")]
    if len(set(roots)) != len(roots):
        raise Faulty("The edition is damaged inside: two of its tables claim the same place in the file.")


def schema_sql(number: int) -> str:
    """Return the SQL that makes the tables of the format of that number."""
    return Path(__file__).with_name(f"schema_{number}.sql").read_text(encoding="utf-8")


def _allowed(rules_of: Format) -> tuple[set[Row], set[Row]]:
    """Return the two sets of rows that are allowed: as most builds of SQLite write them, and as the others do."""
    content = _content_rows(rules_of)
    return content | _fts_rows(_WITHOUT_ROWID), content | _fts_rows("") | _fts_keys()


def _content_rows(rules_of: Format) -> set[Row]:
    bare = re.sub(r"^--.*\n", "", schema_sql(rules_of.number), flags=re.MULTILINE)
    parts = [part.strip() for part in bare.split(";") if part.strip()]
    tables = {_table(_name(sql), sql) for sql in parts}
    return tables | {_key_index(name, number) for name, number in rules_of.unique}


def _fts_rows(ending: str) -> set[Row]:
    forms = (("data", _DATA), ("docsize", _DOCSIZE), ("idx", _IDX + ending), ("config", _CONFIG + ending))
    return {_table(f"{index}_{name}", form.format(index)) for index in SEARCH_INDEXES for name, form in forms}


def _fts_keys() -> set[Row]:
    return {_key_index(f"{index}_{name}", 1) for index in SEARCH_INDEXES for name in ("idx", "config")}


def _table(name: str, sql: str) -> Row:
    return "table", name, name, sql


def _key_index(table: str, number: int) -> Row:
    return "index", f"sqlite_autoindex_{table}_{number}", table, None


def _name(sql: str) -> str:
    found = _CREATE.match(sql)
    assert found is not None, sql
    return found[1]


def _difference(rows: set[Row], usual: set[Row], other: set[Row]) -> str:
    """Return a sentence that names the first thing too much, else the first that is missing or made otherwise."""
    names = {str(row[1]) for row in rows}
    expected = {row[1] for row in usual}
    if extra := sorted(names - expected - {row[1] for row in other}):
        return f"The edition breaks a rule of its format: its schema has '{_shown(extra[0])}', which is no part of it."
    if missing := sorted(expected - names):
        return f"The edition breaks a rule of its format: its schema lacks '{missing[0]}'."
    return "The edition breaks a rule of its format: a table of its schema is not made as the format has it."


def _shown(name: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in name[:60])
