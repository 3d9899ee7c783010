"""Notes files of format 1, of version 0.1.0: read as sets of versions, the same on every machine, and purged."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from viewer.model import Anchor, Note
from viewer.notes.tables import VersionSet
from viewer.notes.versions import ANCHOR_FIELDS, NOTE_FIELDS, Places, Version, digest_of_format_1
from viewer.records import replace

VERSION = 1  # as user_version
_NOTE = ", ".join(NOTE_FIELDS)
_ANCHOR = ", ".join(ANCHOR_FIELDS)


def read(connection: sqlite3.Connection) -> tuple[dict[str, VersionSet], set[tuple[str, str]]]:
    """Return every note's versions by its id, and what left the machine as (note's id, digest). Raise sqlite3.Error.

    Former versions, and those that were sent or received, are superseded by the note as it stands.
    """
    run = connection.execute
    places: dict[str, dict[int, Anchor]] = defaultdict(dict)
    for uuid, serial, *anchor in run(f"SELECT uuid, serial, {_ANCHOR} FROM placement ORDER BY serial"):
        places[uuid][serial] = _anchor(anchor)
    heads = {row[0]: migrated(_note(row)) for row in run(f"SELECT {_NOTE} FROM note")}
    for uuid, at in run("SELECT uuid, at FROM removed"):
        heads.setdefault(uuid, migrated_removal(uuid, at))
    former: dict[str, list[Version]] = defaultdict(list)
    for (text,) in run("SELECT note FROM former ORDER BY id"):
        note = _note([json.loads(text)[name] for name in NOTE_FIELDS])
        former[note.uuid].append(migrated(note))
    given = {(str(uuid), str(digest)) for uuid, digest in run("SELECT uuid, digest FROM shared")}
    shared: dict[str, set[str]] = defaultdict(set)
    for uuid, digest in given:
        shared[uuid].add(digest)
    sets = {uuid: join(head, former[uuid], shared[uuid], places[uuid]) for uuid, head in heads.items()}
    return sets, given


def join(
    head: Version, former: Iterable[Version], known: Iterable[str] = (), placements: Places | None = None
) -> VersionSet:
    """Return the set of a note of which `head` stands, and `former` and the digests `known` gave way to it.

    The places that were confirmed for it are a version of their own: another machine may hold others for the same note.
    """
    older = {version.digest: version for version in former}
    at = head.digest
    found, gone = {**older, at: head}, (set(older) | set(known)) - {at}
    if placements:
        placed = replace(head, placements=placements, parents=(at,), is_migrated=False)
        found[placed.digest] = placed
        gone.add(at)
    return VersionSet(uuid=head.uuid, versions=found, superseded=frozenset(gone))


def migrated(note: Note) -> Version:
    """Return a note as old files hold it as a version."""
    return Version(uuid=note.uuid, note=note, at=note.changed, by=note.author, is_migrated=True)


def migrated_removal(uuid: str, at: str) -> Version:
    """Return the removal of a note, at the time `at`, as old files remember it."""
    return Version(uuid=uuid, note=None, at=at, is_migrated=True)


def purge(connection: sqlite3.Connection, uuid: str) -> None:
    """Destroy the words of a note in a backup of format 1. Raise sqlite3.Error."""
    run = connection.execute
    run(
        "INSERT INTO note_fts(note_fts, rowid, text, quote, tags)"
        " SELECT 'delete', id, text, quote, tags FROM note WHERE uuid = ?",
        (uuid,),
    )
    for table in ("note", "former", "placement"):
        run(f"DELETE FROM {table} WHERE uuid = ?", (uuid,))


def purge_versions(connection: sqlite3.Connection, uuid: str, digests: Collection[str]) -> None:
    """Destroy the words of these versions of a note in a backup of format 1. Raise sqlite3.Error."""
    run = connection.execute
    note = run(f"SELECT {_NOTE} FROM note WHERE uuid = ?", (uuid,)).fetchone()
    if note is not None and digest_of_format_1(_note(note)) in digests:
        purge(connection, uuid)
        return
    for number, text in run("SELECT id, note FROM former WHERE uuid = ?", (uuid,)).fetchall():
        if digest_of_format_1(_note([json.loads(text)[name] for name in NOTE_FIELDS])) in digests:
            run("DELETE FROM former WHERE id = ?", (number,))


def _note(row: Iterable[Any]) -> Note:
    uuid, item, quote, start, prefix, suffix, whole, theme, serial, text, colour, tags, bookmark, *rest = row
    marking, author, created, changed = rest
    return Note(
        uuid=uuid,
        anchor=_anchor((item, quote, start, prefix, suffix, whole)),
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


def _anchor(row: Iterable[Any]) -> Anchor:
    item, quote, start, prefix, suffix, whole = row
    return Anchor(item=item, quote=quote, start=start, prefix=prefix, suffix=suffix, whole=bool(whole))
