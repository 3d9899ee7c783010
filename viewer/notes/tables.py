"""The notes file's tables, made by migrations, and notes and anchors as rows of them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from viewer.model import Anchor, Note

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations
    from sqlite_utils.db import Table

APPLICATION_ID = 0x42524E54  # "BRNT"
VERSION = 1  # as user_version: the number of migrations below

ANCHOR_COLUMNS = ("item", "quote", "start", "prefix", "suffix", "whole")
NOTE_COLUMNS = (
    *("uuid", *ANCHOR_COLUMNS, "theme", "serial", "text", "colour", "tags", "bookmark"),
    *("marking", "author", "created", "changed"),
)
_ANCHOR_TYPES = {"item": str, "quote": str, "start": int, "prefix": str, "suffix": str, "whole": int}


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring the file to this version, each migration in a transaction of its own. Raise sqlite3.Error."""
    from sqlite_utils import Database

    _migrations().apply(Database(connection, execute_plugins=False, recursive_triggers=False))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.commit()


def _migrations() -> Migrations:
    from sqlite_utils import Migrations

    migrations = Migrations("notes")

    @migrations()
    def first_tables(database: Database) -> None:
        _create_first_tables(database)

    return migrations


def _create_first_tables(database: Database) -> None:
    content = {"text": str, "colour": int, "tags": str, "bookmark": int, "marking": str, "author": str}
    note = {
        **{"id": int, "uuid": str},
        **_ANCHOR_TYPES,
        **{"theme": str, "serial": int},
        **content,
        **{"created": str, "changed": str},
    }
    table = _create_table(database, "note", note, "id")
    table.create_index(["uuid"], unique=True)
    table.create_index(["item"])
    table.enable_fts(["text", "quote", "tags"], tokenize="trigram")  # no triggers: the store keeps it
    _create_table(database, "placement", {"uuid": str, "serial": int, **_ANCHOR_TYPES}, ("uuid", "serial"))
    _create_table(database, "removed", {"uuid": str, "at": str}, "uuid")
    former = _create_table(database, "former", {"id": int, "uuid": str, "kept": str, "note": str}, "id")
    former.create_index(["uuid"])
    _create_table(database, "shared", {"uuid": str, "digest": str}, ("uuid", "digest"))
    _create_table(database, "setting", {"name": str, "value": str}, "name")


def _create_table(database: Database, name: str, columns: dict[str, type], pk: str | tuple[str, str]) -> Table:
    table = database.table(name)
    table.create(columns, pk=pk, not_null=set(columns) - {"id"}, strict=True)
    return table


# Rows


def note_values(note: Note) -> tuple[Any, ...]:
    """Return a note's values in the order of NOTE_COLUMNS."""
    return (
        note.uuid,
        *anchor_values(note.anchor),
        *(note.theme, note.serial, note.text, note.colour, " ".join(note.tags), int(note.bookmark)),
        *(note.marking, note.author, note.created, note.changed),
    )


def anchor_values(anchor: Anchor) -> tuple[Any, ...]:
    """Return an anchor's values in the order of ANCHOR_COLUMNS."""
    return (anchor.item, anchor.quote, anchor.start, anchor.prefix, anchor.suffix, int(anchor.whole))


def note_from_row(row: tuple[Any, ...]) -> Note:
    """Return the note of a row in the order of NOTE_COLUMNS."""
    uuid, item, quote, start, prefix, suffix, whole, theme, serial, text, colour, tags, bookmark, *rest = row
    marking, author, created, changed = rest
    return Note(
        uuid=uuid,
        anchor=anchor_from_row((item, quote, start, prefix, suffix, whole)),
        theme=theme,
        serial=serial,
        text=text,
        colour=colour,
        tags=tuple(tags.split()),
        bookmark=bool(bookmark),
        marking=marking,
        author=author,
        created=created,
        changed=changed,
    )


def anchor_from_row(row: tuple[Any, ...]) -> Anchor:
    """Return the anchor of a row in the order of ANCHOR_COLUMNS."""
    item, quote, start, prefix, suffix, whole = row
    return Anchor(item=item, quote=quote, start=start, prefix=prefix, suffix=suffix, whole=bool(whole))


def note_to_json(note: Note) -> str:
    """Return a note as one line of JSON, the form in which former versions are kept."""
    return json.dumps(dict(zip(NOTE_COLUMNS, note_values(note), strict=True)), ensure_ascii=False)


def note_from_json(text: str) -> Note:
    """Return the note that `note_to_json` wrote."""
    known: Mapping[str, Any] = json.loads(text)
    return note_from_row(tuple(known[name] for name in NOTE_COLUMNS))


def digest(note: Note) -> str:
    """Return 32 hex digits that differ for notes that say different things; times and author do not count."""
    content = note_values(note)[:-3]
    return hashlib.blake2b(json.dumps(content, ensure_ascii=True).encode(), digest_size=16).hexdigest()
