"""A change to one note, and how it becomes a version in the notes file; the caller holds the transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from viewer.errors import NotesTrouble
from viewer.model import Anchor, Note
from viewer.notes import tables, versions
from viewer.notes.tables import State, VersionRow, VersionSet
from viewer.notes.undo_steps import StepChange
from viewer.notes.versions import Places, Version
from viewer.records import record

IDLE = 300  # seconds after which a version that is being written is sealed
MAX_VERSIONS = 50  # of a note whose words are kept, besides those that are always kept


@record
class NoteChange:
    """One note before and after a change; None where it does not exist.

    `placed_before` and `placed_after` are, likewise, the place confirmed for it in edition `serial`. `settles`: the
    reader saw all versions of the note that stand, and chose. `is_open`: the note is being written, and the next change
    of the same window takes the place of this one. `undo_settles`: what takes it back settles the note too, since it
    brought a version that contradicts.
    """

    uuid: str
    before: Note | None
    after: Note | None
    at: str  # when, ISO
    serial: int = 0
    placed_before: Anchor | None = None
    placed_after: Anchor | None = None
    settles: bool = False
    is_open: bool = False
    undo_settles: bool = False

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
            settles=self.undo_settles,
        )

    def places(self, before: Places, after: Places) -> list[NoteChange]:
        """Return the changes that put the note, as this one leaves it, from the places `before` to those of `after`."""
        return [
            NoteChange(
                uuid=self.uuid,
                before=self.after,
                after=self.after,
                at=self.at,
                serial=serial,
                placed_before=before.get(serial),
                placed_after=after.get(serial),
            )
            for serial in sorted(before.keys() | after.keys())
            if self.after is not None and before.get(serial) != after.get(serial)
        ]


@record
class StoredNote:
    """A note as its versions say it: the version that is shown, and those that stand beside it and contradict it.

    `digest` is that of the version shown. A note that was removed has a version without a note.
    """

    uuid: str
    digest: str
    version: Version
    contradicting: tuple[Version, ...] = ()

    @property
    def note(self) -> Note | None:
        """The note; None where it was removed."""
        return self.version.note


def stored_note(heads: dict[str, Version]) -> StoredNote:
    """Return what a reader sees of the versions of a note that stand, by digest, the first one leading."""
    found = list(heads.values())
    return StoredNote(
        uuid=found[0].uuid,
        digest=next(iter(heads)),
        version=versions.shown(found),
        contradicting=versions.contradicting(found),
    )


def apply_change(
    connection: sqlite3.Connection, change: NoteChange, author: str, session: str
) -> tuple[StoredNote, StepChange]:
    """Write the change as a version made from the one that the reader saw; return the note as it stands then.

    What another window saved meanwhile is not undone by it, and stands beside this version. With it comes what the
    change was, by digests. Raise NotesTrouble for a note whose words were destroyed.
    """
    if tables.is_purged(connection, change.uuid):
        raise NotesTrouble("The note was not saved: its words were destroyed for good.", advice="Write a new note.")
    rows = tables.rows_of(connection, change.uuid)
    known = tables.set_of(change.uuid, rows)
    heads = known.heads
    base, parents = _base(change, heads, known)
    replaced = _replaced(change, base, rows, session)
    if replaced is not None:
        parents = (parents - {replaced.digest}) | set(replaced.version.parents if replaced.version else ())
        tables.drop(connection, change.uuid, replaced.digest)
    seal(connection, [change.uuid])
    version = Version(
        uuid=change.uuid,
        note=change.after,
        at=change.at,
        by=author,
        placements=_placements(change, base),
        parents=tuple(sorted(parents)),
        unknown=base.unknown if base else {},
    )
    state = State.OPEN if change.is_open else State.SEALED
    tables.put(connection, version, state, session=session if change.is_open else "")
    before = base.digest if base is not None and not base.is_removal else ""
    done = StepChange(uuid=change.uuid, before=before, after=version.digest, undo_settles=change.undo_settles)
    return _stored(connection, change.uuid), done


def check_not_destroyed(connection: sqlite3.Connection, changes: Iterable[NoteChange]) -> None:
    """Raise NotesTrouble where a step that is undone or redone would bring back words that were destroyed."""
    for change in changes:
        names = versions.other_names([_said_by(change)])
        if names & {row.digest for row in tables.rows_of(connection, change.uuid) if row.state == State.PURGED}:
            raise NotesTrouble("Nothing was undone: the words were destroyed for good in another window.", advice="")


def _said_by(change: NoteChange) -> Version:
    return Version(uuid=change.uuid, note=change.after, at=change.at)


def _stored(connection: sqlite3.Connection, uuid: str) -> StoredNote:
    """Return a note as it stands now; what gave way by what another version says is marked so."""
    rows = tables.rows_of(connection, uuid)
    found = tables.set_of(uuid, rows)
    heads = found.heads
    gone = [row.digest for row in rows if not row.is_superseded and row.digest not in heads and row.version is not None]
    tables.supersede(connection, uuid, gone)
    return stored_note(heads)


def seal(connection: sqlite3.Connection, uuids: Sequence[str] | None = None) -> None:
    """Seal what is being written of these notes, of all where none are named; let versions of long ago go."""
    run = connection.execute
    if uuids is None:
        uuids = [uuid for (uuid,) in run("SELECT DISTINCT uuid FROM version WHERE state = 'open'")]
    for uuid in uuids:
        if run("UPDATE version SET state = 'sealed', session = '' WHERE uuid = ? AND state = 'open'", (uuid,)).rowcount:
            _thin(connection, uuid)


def _base(change: NoteChange, heads: dict[str, Version], known: VersionSet) -> tuple[Version | None, set[str]]:
    """Return the version that the reader changed, None where there is none, and what the new version supersedes."""
    if heads:
        shown = stored_note(heads)
        if _is_seen(change, shown.version):
            others = {digest for digest, version in heads.items() if version in shown.contradicting}
            is_for_all = change.settles or change.after is None
            return shown.version, set(heads) if is_for_all else set(heads) - others
    for digest, version in {**known.versions, **heads}.items():
        if _is_seen(change, version):
            return version, set(heads) if change.settles else {digest}
    return None, set(heads) if change.settles else set()


def _is_seen(change: NoteChange, version: Version) -> bool:
    """Return whether `version` is what the reader saw before the change."""
    is_same_place = not change.serial or version.placements.get(change.serial) == change.placed_before
    return version.note == change.before and is_same_place


def _replaced(change: NoteChange, base: Version | None, rows: Iterable[VersionRow], session: str) -> VersionRow | None:
    """Return the open version in whose place the new one is put: this window's, if it goes on writing."""
    for row in rows:
        if change.is_open and row.state == State.OPEN and row.session == session and row.version is not None:
            goes_on = base is not None and row.version.note == base.note and _seconds(row.version.at, change.at) <= IDLE
            return row if goes_on else None
    return None


def _placements(change: NoteChange, base: Version | None) -> Places:
    places = dict(base.placements) if base else {}
    if change.placed_after is not None:
        places[change.serial] = change.placed_after
    elif change.placed_before is not None:
        places.pop(change.serial, None)
    return places


def _seconds(first: str, then: str) -> float:
    try:
        return abs((datetime.fromisoformat(then) - datetime.fromisoformat(first)).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _thin(connection: sqlite3.Connection, uuid: str) -> None:
    """Let the words of versions of long ago go, where there are many.

    Kept are the newest, the last of each day, what stands, and what contradicted another version.
    """
    (count,) = connection.execute("SELECT count(*) FROM version WHERE uuid = ? AND body <> ''", (uuid,)).fetchone()
    if count <= MAX_VERSIONS:
        return
    found = tables.set_of(uuid, tables.rows_of(connection, uuid))
    in_order = sorted(found.versions.items(), key=lambda item: (versions.moment(item[1].at), item[0]))
    last_of_day = {versions.moment(version.at)[:10]: digest for digest, version in in_order}
    contradicted = {
        parent for version in found.versions.values() if len(version.parents) > 1 for parent in version.parents
    }
    newest = {digest for digest, _ in in_order[-MAX_VERSIONS:]}
    kept = newest | set(last_of_day.values()) | contradicted | set(found.heads)
    tables.empty(connection, uuid, [digest for digest, _ in in_order if digest not in kept], State.THINNED)
