"""The notes file's tables, and the versions of notes as rows of them; the caller holds the transaction."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum

from viewer.notes import versions
from viewer.notes.limits import MAX_TEXT
from viewer.notes.memory import Destroyed
from viewer.notes.versions import Version
from viewer.records import field, record

APPLICATION_ID = 0x42524E54  # "BRNT"
VERSION = 2  # as user_version

_STANDS_ANYWAY = 2  # in the column `superseded`: as all versions of its note, and the first of them
_COLUMNS = "uuid, digest, body, checksum, state, superseded, given, session"
_INSERT = f"INSERT OR REPLACE INTO version({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_SELECT = "SELECT digest, body, checksum, state, superseded, given, session FROM version"


class State(StrEnum):
    """What is there of a version besides its digest."""

    OPEN = "open"  # being written: the next save of the same window takes its place
    SEALED = "sealed"
    THINNED = "thinned"  # superseded long ago; its words were let go
    KNOWN = "known"  # known to be superseded, without its words
    PURGED = "purged"  # its words were destroyed, and are never taken in again


@record
class VersionRow:
    """One version as the file holds it: None for what has no words here, or whose words do not fit their checksum.

    `body` is what stands in the file. `session` is the window that writes an open one. `is_given`: it left this
    machine in an export.
    """

    digest: str
    version: Version | None
    body: str
    state: str
    is_superseded: bool
    is_given: bool
    session: str

    @property
    def is_damaged(self) -> bool:
        """Whether words stand here that are not those that were saved."""
        return self.version is None and (bool(self.body) or self.state in (State.OPEN, State.SEALED))


@record
class VersionSet:
    """All that is known of one note: its versions by digest, and the digests of those known to be superseded."""

    uuid: str
    versions: Mapping[str, Version] = field(default_factory=dict)
    superseded: frozenset[str] = frozenset()

    def joined(self, other: VersionSet) -> VersionSet:
        """Return the union of both: the same in any order, and any number of times."""
        found = dict(self.versions)
        for digest, version in other.versions.items():
            known = found.get(digest)  # the same digest, other times: only of migrated versions
            found[digest] = version if known is None or version.body < known.body else known
        return set_with(self.uuid, found, self.superseded | other.superseded)

    @property
    def heads(self) -> dict[str, Version]:
        """Its versions that stand, by digest, the one that is shown first."""
        return versions.heads(self.versions, self.superseded)


def set_with(uuid: str, found: Mapping[str, Version], gone: AbstractSet[str]) -> VersionSet:
    """Return the set of a note of these versions, of which `gone` and those that others were made from gave way.

    So did what a program of format 1 says again of a version that gave way.
    """
    superseded = gone | versions.superseded_by(found.values())
    if any(version.is_migrated and digest not in superseded for digest, version in found.items()):
        superseded |= versions.other_names(found[digest] for digest in superseded & found.keys())
    return VersionSet(uuid=uuid, versions=found, superseded=frozenset(superseded))


def create(connection: sqlite3.Connection) -> None:
    """Create the tables in an empty file. Raise sqlite3.Error."""
    from sqlite_utils import Database

    database = Database(connection, execute_plugins=False, recursive_triggers=False)
    texts = dict.fromkeys(("uuid", "digest", "body", "checksum", "state"), str)
    table = database.table("version")
    columns = {**texts, "superseded": int, "given": int, "session": str}
    table.create(columns, pk=("uuid", "digest"), not_null=set(columns), strict=True)
    table.create_index(["superseded"])
    table.create_index(["state"])
    for name, kept in (("purged", ("uuid", "at")), ("setting", ("name", "value"))):
        database.table(name).create(dict.fromkeys(kept, str), pk=kept[0], not_null=set(kept), strict=True)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.commit()


# Reading


def rows_of(connection: sqlite3.Connection, uuid: str) -> list[VersionRow]:
    """Return all versions of a note, in no order."""
    return [_row(uuid, values) for values in connection.execute(f"{_SELECT} WHERE uuid = ?", (uuid,))]


def head_rows(connection: sqlite3.Connection) -> Iterator[tuple[str, VersionRow]]:
    """Yield the versions that stand, of all notes, with the note's id."""
    found = connection.execute(f"SELECT {_COLUMNS} FROM version WHERE superseded IN (0, {_STANDS_ANYWAY})")
    for uuid, *values in found:
        yield uuid, _row(uuid, values)


def rows_by_number(connection: sqlite3.Connection, order: str) -> Iterator[tuple[str, VersionRow]]:
    """Yield every row with its note's id without any index, in the order of numbers; `order` is empty or ` DESC`."""
    columns = "uuid, digest, body, checksum, state, superseded, 0, ''"  # what a damaged file needs to have
    for uuid, *values in connection.execute(f"SELECT {columns} FROM version NOT INDEXED ORDER BY rowid{order}"):
        yield uuid, _row(uuid, values)


def headless(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of the notes of which no version stands: a fault of the disk, for one of each does."""
    found = connection.execute(
        "SELECT uuid FROM version GROUP BY uuid HAVING min(superseded = 1) = 1 AND max(body <> '') = 1"
    )
    return [uuid for (uuid,) in found]


def words_in(body: str) -> str:
    """Return what a person can read of a body that is damaged: the text of the note, where it is found."""
    found = re.search(r'"text":"((?:[^"\\]|\\.)*)', body)
    text = found[1] if found else body
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text).replace("\\n", "\n")[:MAX_TEXT]


def set_of(uuid: str, rows: Iterable[VersionRow]) -> VersionSet:
    """Return the versions of a note in `rows` that can be read, as a set."""
    rows = list(rows)
    known = {row.digest: row.version for row in rows if row.version is not None}
    gone = {row.digest for row in rows if row.is_superseded or row.state in (State.KNOWN, State.PURGED, State.THINNED)}
    return set_with(uuid, known, gone)


def all_sets(connection: sqlite3.Connection) -> dict[str, VersionSet]:
    """Return every note's versions by its id."""
    rows: dict[str, list[VersionRow]] = defaultdict(list)
    for uuid, *values in connection.execute(f"SELECT {_COLUMNS} FROM version"):
        rows[uuid].append(_row(uuid, values))
    return {uuid: set_of(uuid, found) for uuid, found in rows.items()}


def _row(uuid: str, values: Iterable[object]) -> VersionRow:
    digest, body, checksum, state, superseded, given, session = values
    return VersionRow(
        digest=str(digest),
        version=_read(uuid, str(digest), str(body), str(checksum)),
        body=str(body),
        state=str(state),
        is_superseded=bool(superseded),
        is_given=bool(given),
        session=str(session),
    )


def _read(uuid: str, digest: str, body: str, checksum: str) -> Version | None:
    """Return the version of a row; None where it holds no words, or others than those that were saved."""
    if not body or versions.checksum(body) != checksum:
        return None
    try:
        version = versions.parse(body)
    except ValueError:
        return None
    expected = version.digest if version.is_migrated else checksum
    return version if version.uuid == uuid and expected == digest else None


# Writing


def put(
    connection: sqlite3.Connection,
    version: Version,
    state: State = State.SEALED,
    *,
    is_superseded: bool = False,
    is_given: bool = False,
    session: str = "",
) -> str:
    """Write a version, and mark those from which it was made as superseded; return its digest."""
    body = version.body
    digest = version.digest if version.is_migrated else versions.checksum(body)
    values = (body, versions.checksum(body), state.value, int(is_superseded), int(is_given), session)
    connection.execute(_INSERT, (version.uuid, digest, *values))
    supersede(connection, version.uuid, version.parents)
    return digest


def supersede(connection: sqlite3.Connection, uuid: str, digests: Iterable[str]) -> None:
    """Mark versions as superseded; those that are not here are remembered by their digests."""
    for digest in digests:
        here = connection.execute(
            "UPDATE version SET superseded = 1 WHERE uuid = ? AND digest = ?", (uuid, digest)
        ).rowcount
        if not here:
            connection.execute(_INSERT, (uuid, digest, "", "", State.KNOWN.value, 1, 0, ""))


def drop(connection: sqlite3.Connection, uuid: str, digest: str) -> None:
    """Delete an open version, in whose place another is put."""
    connection.execute("DELETE FROM version WHERE uuid = ? AND digest = ?", (uuid, digest))


def empty(connection: sqlite3.Connection, uuid: str, digests: Iterable[str], state: State) -> None:
    """Let the words of versions go, or destroy them; their digests stay, as superseded."""
    connection.executemany(
        "UPDATE version SET body = '', checksum = '', state = ?, superseded = 1, session = ''"
        " WHERE uuid = ? AND digest = ?",
        [(state.value, uuid, digest) for digest in digests],
    )


def purge(connection: sqlite3.Connection, uuid: str, at: str) -> None:
    """Destroy the words of a note in all its versions, leave a removal in their place, and remember that, for ever."""
    rows = rows_of(connection, uuid)
    heads = set_of(uuid, rows).heads
    if any(not version.is_removal for version in heads.values()) or not heads:
        put(connection, Version(uuid=uuid, note=None, at=at, parents=tuple(sorted(heads))))
    words = [row.digest for row in rows if row.version is None or not row.version.is_removal]
    empty(connection, uuid, words, State.PURGED)
    connection.execute("INSERT OR REPLACE INTO purged(uuid, at) VALUES (?, ?)", (uuid, at))


def purge_versions(connection: sqlite3.Connection, uuid: str, digests: Iterable[str]) -> None:
    """Destroy the words of versions of a note, known here or not, and remember that, for ever."""
    gone = sorted(digests)
    supersede(connection, uuid, gone)
    empty(connection, uuid, gone, State.PURGED)


def destroy(connection: sqlite3.Connection, destroyed: Destroyed) -> None:
    """Destroy here what was destroyed elsewhere."""
    for uuid, at in destroyed.notes.items():
        purge(connection, uuid, at)
    for uuid, digests in destroyed.versions.items():
        if uuid not in destroyed.notes:
            purge_versions(connection, uuid, digests)


def destroyed(connection: sqlite3.Connection) -> Destroyed:
    """Return whose words were destroyed."""
    versions: dict[str, set[str]] = defaultdict(set)
    for uuid, digest in connection.execute("SELECT uuid, digest FROM version WHERE state = ?", (State.PURGED,)):
        versions[uuid].add(digest)
    return Destroyed(
        notes=dict(connection.execute("SELECT uuid, at FROM purged")),
        versions={uuid: frozenset(digests) for uuid, digests in versions.items()},
    )


def is_purged(connection: sqlite3.Connection, uuid: str) -> bool:
    """Return whether the words of a note were destroyed."""
    return connection.execute("SELECT 1 FROM purged WHERE uuid = ?", (uuid,)).fetchone() is not None


def write_set(connection: sqlite3.Connection, known: VersionSet, before: VersionSet) -> None:
    """Write what `known` holds beyond `before`; which versions stand is set anew."""
    run = connection.execute
    given = {digest for (digest,) in run("SELECT digest FROM version WHERE uuid = ? AND given = 1", (known.uuid,))}
    for digest, version in known.versions.items():
        if before.versions.get(digest) != version:
            put(connection, version, is_superseded=digest in known.superseded, is_given=digest in given)
    supersede(connection, known.uuid, sorted(known.superseded - before.superseded))
    restore_heads(connection, known)


def restore_heads(connection: sqlite3.Connection, known: VersionSet) -> None:
    """Let the first of all versions stand where each is superseded by another."""
    run, here = connection.execute, "WHERE uuid = ? AND digest = ?"
    run("UPDATE version SET superseded = 1 WHERE uuid = ? AND superseded <> 0", (known.uuid,))
    for digest in known.heads:
        if digest in known.superseded:
            run(f"UPDATE version SET superseded = {_STANDS_ANYWAY} {here}", (known.uuid, digest))
