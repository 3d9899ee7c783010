"""What a database of the reader's own must consist of, so that nothing that somebody prepared works in it unseen.

A trigger could make a save a lie, a view could stand for a table, another column take what is written. So every table,
index and trigger is compared with what the program itself has made in one of its versions.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection

_CONSTRAINTS = re.compile(r"\b(check|collate|references|conflict|generated|default)\b", re.IGNORECASE)
_BLANKS = re.compile(r"""[\s"'`\[\]]+""")


def describe(connection: sqlite3.Connection) -> frozenset[str]:
    """Return a line for each table, index, trigger and view of the database. Raise sqlite3.Error.

    A table's line names its columns with type, place in the key and whether they must hold something; an index's line
    its columns; a virtual table's and a trigger's all of its text. A table with any rule besides shows it as `?`.
    """
    found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return frozenset(_line(connection, *row) for row in found)


def is_known(connection: sqlite3.Connection, known: Collection[frozenset[str]]) -> bool:
    """Return whether the database consists of what one of the versions in `known` did. Raise sqlite3.Error."""
    return describe(connection) in known


def _line(connection: sqlite3.Connection, kind: str, name: str, table: str, sql: str | None) -> str:
    text = _BLANKS.sub(" ", sql or "").strip()
    if kind == "index":
        return f"index {name} on {table}{_index(connection, table, name)}"
    if kind != "table" or text.casefold().startswith("create virtual"):
        return f"{kind} {name}: {text}"
    run = connection.execute
    kind_of_table, strict = run("SELECT type, strict FROM pragma_table_list(?)", (name,)).fetchone() or ("", 0)
    if kind_of_table == "shadow":  # an index's own, whose wording is SQLite's
        return f"shadow {name}"
    columns = run(
        'SELECT name, type, "notnull", pk, dflt_value IS NOT NULL OR hidden <> 0 FROM pragma_table_xinfo(?)', (name,)
    )
    shown = ", ".join(
        f"{column} {kind}{' not null' if must else ''}{f' key {key}' if key else ''}{' ?' if other else ''}"
        for column, kind, must, key, other in columns
    )
    rules = " ?" if _CONSTRAINTS.search(text) else ""
    return f"table {name} ({shown}){' strict' if strict else ''}{rules}"


def _index(connection: sqlite3.Connection, table: str, name: str) -> str:
    listed = connection.execute(
        'SELECT "unique", origin, partial FROM pragma_index_list(?) WHERE name = ?', (table, name)
    ).fetchone()
    parts = connection.execute(
        "SELECT name, \"desc\" OR coll <> 'BINARY' FROM pragma_index_xinfo(?) WHERE key", (name,)
    )
    keys = [f"{column}{' ?' if other else ''}" for column, other in parts]
    unique, origin, partial = listed or (0, "?", 1)
    return f" ({', '.join(keys)}){' unique' if unique else ''} {origin}{' ?' if partial else ''}"
