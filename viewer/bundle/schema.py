"""The rows that `sqlite_master` of an edition must have: those of schema.sql, and what SQLite adds by itself."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from viewer.errors import Faulty

APPLICATION_ID = 0x42524642  # "BRFB"
USER_VERSION = 1
PAGE_SIZE = 4096
OLDEST_SQLITE = (3, 37)  # the first with STRICT tables

Row = tuple[str, str, str, str | None]  # type, name, tbl_name, sql

_CREATE = re.compile(r"CREATE (?:VIRTUAL )?TABLE (\w+)")
_UNIQUE = (  # the indexes that SQLite makes for UNIQUE, and for PRIMARY KEY where there are rowids
    ("marking", 2),
    ("theme", 2),
    ("passage", 1),
    ("passage", 2),
    ("finding", 1),
    ("finding", 2),
    ("statistic", 1),
    ("statistic", 2),
    ("source", 2),
)
SEARCH_INDEXES = ("stemmed", "plain")
# FTS5's own tables. The wording has been the same since FTS5 first came (SQLite 3.9), but for a build option,
# SQLITE_FTS5_NO_WITHOUT_ROWID: then two of the tables have rowids, and so an index each for their primary key.
_DATA = "CREATE TABLE '{0}_data'(id INTEGER PRIMARY KEY, block BLOB)"
_DOCSIZE = "CREATE TABLE '{0}_docsize'(id INTEGER PRIMARY KEY, sz BLOB)"
_IDX = "CREATE TABLE '{0}_idx'(segid, term, pgno, PRIMARY KEY(segid, term))"
_CONFIG = "CREATE TABLE '{0}_config'(k PRIMARY KEY, v)"
_WITHOUT_ROWID = " WITHOUT ROWID"


def check_schema(connection: sqlite3.Connection) -> None:
    """Raise Faulty where the schema is not exactly that of format 1."""
    longest = max(len(rows) for rows in _allowed())
    found = connection.execute(
        "SELECT type, name, tbl_name, sql, rootpage FROM sqlite_master LIMIT ?", (longest + 1,)
    ).fetchall()
    rows = {row[:4] for row in found}
    if len(rows) != len(found) or not any(rows == allowed for allowed in _allowed()):
        raise Faulty(_difference(rows))
    roots = [row[4] for row in found if not str(row[3]).startswith("CREATE VIRTUAL")]
    if len(set(roots)) != len(roots):
        raise Faulty("The edition is damaged inside: two of its tables claim the same place in the file.")


def schema_sql() -> str:
    """Return the SQL that makes the tables of format 1."""
    return Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")


def _allowed() -> tuple[set[Row], set[Row]]:
    """Return the two sets of rows that are allowed: as most builds of SQLite write them, and as the others do."""
    content = _content_rows()
    return content | _fts_rows(_WITHOUT_ROWID), content | _fts_rows("") | _fts_keys()


def _content_rows() -> set[Row]:
    bare = re.sub(r"^--.*\n", "", schema_sql(), flags=re.MULTILINE)
    parts = [part.strip() for part in bare.split(";") if part.strip()]
    tables = {_table(_name(sql), sql) for sql in parts}
    return tables | {_key_index(name, number) for name, number in _UNIQUE}


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


def _difference(rows: set[Row]) -> str:
    """Return a sentence that names the first thing too much, else the first that is missing or made otherwise."""
    names = {str(row[1]) for row in rows}
    expected = {row[1] for row in _allowed()[0]}
    if extra := sorted(names - expected - {row[1] for row in _allowed()[1]}):
        return f"The edition breaks a rule of its format: its schema has '{_shown(extra[0])}', which is no part of it."
    if missing := sorted(expected - names):
        return f"The edition breaks a rule of its format: its schema lacks '{missing[0]}'."
    return "The edition breaks a rule of its format: a table of its schema is not made as the format has it."


def _shown(name: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in name[:60])
