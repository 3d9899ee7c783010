"""The notes file's tables and the steps that led to them, through sqlite-utils; run only where a step is missing."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations
    from sqlite_utils.db import Table

APPLICATION = 0x42524E54  # "BRNT"
VERSION = 1  # as user_version: the number of steps below

_ANCHOR = {"item": str, "quote": str, "start": int, "prefix": str, "suffix": str, "whole": int}


def upgrade(connection: sqlite3.Connection) -> None:
    """Brings the file to this version; each step in a transaction of its own. Raises sqlite3.Error."""
    from sqlite_utils import Database

    _steps().apply(Database(connection, execute_plugins=False, recursive_triggers=False))
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.commit()


def _steps() -> Migrations:
    from sqlite_utils import Migrations

    steps = Migrations("notes")

    @steps()
    def first_tables(database: Database) -> None:
        _first_tables(database)

    return steps


def _first_tables(database: Database) -> None:
    words = {"text": str, "colour": int, "tags": str, "bookmark": int, "marking": str, "author": str}
    note = {"id": int, "uuid": str, **_ANCHOR, "theme": str, "serial": int, **words, "created": str, "changed": str}
    made = _create(database, "note", note, "id")
    made.create_index(["uuid"], unique=True)
    made.create_index(["item"])
    made.enable_fts(["text", "quote", "tags"], tokenize="trigram")  # no triggers: the store keeps it
    _create(database, "placement", {"uuid": str, "serial": int, **_ANCHOR}, ("uuid", "serial"))
    _create(database, "removed", {"uuid": str, "at": str}, "uuid")
    former = _create(database, "former", {"id": int, "uuid": str, "kept": str, "note": str}, "id")
    former.create_index(["uuid"])
    _create(database, "shared", {"uuid": str, "digest": str}, ("uuid", "digest"))
    _create(database, "setting", {"name": str, "value": str}, "name")


def _create(database: Database, name: str, columns: dict[str, type], pk: str | tuple[str, str]) -> Table:
    table = database.table(name)
    table.create(columns, pk=pk, not_null=set(columns) - {"id"}, strict=True)
    return table
