"""A change to one note, and how it is written into the notes file's tables; the caller holds the transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from viewer.model import Anchor, Note
from viewer.notes import tables
from viewer.records import record

NOTE = ", ".join(tables.NOTE_COLUMNS)
ANCHOR = ", ".join(tables.ANCHOR_COLUMNS)
_NOTE_VALUES = ", ".join("?" * len(tables.NOTE_COLUMNS))
_NOTE_SET = ", ".join(f"{name} = excluded.{name}" for name in tables.NOTE_COLUMNS[1:])
_SAVE = f"INSERT INTO note({NOTE}) VALUES ({_NOTE_VALUES}) ON CONFLICT(uuid) DO UPDATE SET {_NOTE_SET}"
_INDEX = "INSERT INTO note_fts(rowid, text, quote, tags) SELECT id, text, quote, tags FROM note WHERE uuid = ?"
_UNINDEX = (
    "INSERT INTO note_fts(note_fts, rowid, text, quote, tags)"
    " SELECT 'delete', id, text, quote, tags FROM note WHERE uuid = ?"
)
_PLACE = f"INSERT OR REPLACE INTO placement(uuid, serial, {ANCHOR}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_MARK_REMOVED = "INSERT OR REPLACE INTO removed(uuid, at) VALUES (?, ?)"


@record
class NoteChange:
    """One note before and after a change; None where it does not exist.

    `placed_before` and `placed_after` are, likewise, the place confirmed for it in edition `serial`. `former` are the
    versions, newest first, that come with a note that did not exist before.
    """

    uuid: str
    before: Note | None
    after: Note | None
    at: str  # when, ISO
    serial: int = 0
    placed_before: Anchor | None = None
    placed_after: Anchor | None = None
    former: tuple[Note, ...] = ()

    @property
    def reversed(self) -> NoteChange:
        """The change that takes this one back."""
        return NoteChange(
            uuid=self.uuid,
            before=self.after,
            after=self.before,
            at=self.at,
            serial=self.serial,
            placed_before=self.placed_after,
            placed_after=self.placed_before,
        )


def apply_change(connection: sqlite3.Connection, change: NoteChange) -> Note | None:
    """Make the change; return the version of another window that it overwrote, None where there was none.

    The overwritten version is kept as a former one.
    """
    run = connection.execute
    stored = stored_note(connection, change.uuid)
    overwritten = stored if stored not in (change.before, change.after) else None
    if change.after is None:
        run("DELETE FROM former WHERE uuid = ?", (change.uuid,))
    if overwritten is not None:
        keep_former(connection, [overwritten], change.at)
    if stored is None and change.after is not None:
        keep_former(connection, reversed(change.former), change.at)
    if change.after != stored:
        _replace_note(connection, change.uuid, change.after, change.at)
    if change.placed_after is not None:
        run(_PLACE, (change.uuid, change.serial, *tables.anchor_values(change.placed_after)))
    elif change.placed_before is not None:
        run("DELETE FROM placement WHERE uuid = ? AND serial = ?", (change.uuid, change.serial))
    return overwritten


def keep_former(connection: sqlite3.Connection, notes: Iterable[Note], at: str) -> None:
    """Keep versions that gave way to others, the oldest first; `at` is when they did, ISO."""
    rows = [(note.uuid, at, tables.note_to_json(note)) for note in notes]
    connection.executemany("INSERT INTO former(uuid, kept, note) VALUES (?, ?, ?)", rows)


def mark_shared(connection: sqlite3.Connection, notes: Iterable[Note]) -> None:
    """Remember that these versions went out or came in."""
    rows = [(note.uuid, tables.digest(note)) for note in notes]
    connection.executemany("INSERT OR IGNORE INTO shared(uuid, digest) VALUES (?, ?)", rows)


def stored_note(connection: sqlite3.Connection, uuid: str) -> Note | None:
    """Return the note as the file holds it; None where it holds none of that id."""
    found = connection.execute(f"SELECT {NOTE} FROM note WHERE uuid = ?", (uuid,)).fetchone()
    return tables.note_from_row(found) if found else None


def _replace_note(connection: sqlite3.Connection, uuid: str, note: Note | None, at: str) -> None:
    """Put the note in place of what is stored under its id, in the table and in the index."""
    run = connection.execute
    run(_UNINDEX, (uuid,))
    if note is None:
        run("DELETE FROM note WHERE uuid = ?", (uuid,))
        run(_MARK_REMOVED, (uuid, at))
    else:
        run(_SAVE, tables.note_values(note))
        run(_INDEX, (uuid,))
        run("DELETE FROM removed WHERE uuid = ?", (uuid,))
