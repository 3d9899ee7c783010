"""The notes file: one for each series, in the reader's own folder, each change saved before it is called saved."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from viewer import paths
from viewer.errors import NotesTrouble
from viewer.model import Note
from viewer.notes import memory, migration, note_changes, notes_file, tables, undo_steps
from viewer.notes.memory import Destroyed
from viewer.notes.note_changes import NoteChange, StoredNote, stored_note
from viewer.notes.sqlite_errors import NEWER, PROTECTED, advice_for, as_notes_trouble, file_label
from viewer.notes.tables import State, VersionRow, VersionSet
from viewer.notes.undo_steps import StepChange, StoredStep
from viewer.notes.validity import fault_of
from viewer.notes.versions import Version, other_names
from viewer.records import record, replace

_NOT_READ = "The notes could not be read"


@record
class SetAside:
    """A version of a note that cannot be used, alone: `words` are what can be read of it, `why` what is wrong."""

    uuid: str
    words: str
    why: str


@record
class FileContents:
    """What a notes file holds: the notes that stand, and the versions that cannot be used."""

    notes: tuple[StoredNote, ...]  # those that were removed too
    set_aside: tuple[SetAside, ...] = ()

    @property
    def current(self) -> list[Note]:
        """The notes that stand."""
        return [stored.note for stored in self.notes if stored.note is not None]

    @property
    def removed(self) -> dict[str, str]:
        """The ids of removed notes, and when they were removed."""
        return {stored.uuid: stored.version.at for stored in self.notes if stored.note is None}


def path_for(home: Path, series: str) -> Path:
    """Return where the notes of a series are kept; the name holds only letters, digits, `-` and `_`."""
    clean = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in series)[:64]
    return home / "notes" / f"{clean or '_'}.db"


class NoteStore:
    """An open notes file. Every method raises NotesTrouble in the reader's words; nothing is half saved.

    `read_only` is why it cannot be written, empty where it can. Any thread may use a store, one at a time: the
    others wait. Several may be open on one file, in one program or in several.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, read_only: str = "") -> None:
        self.path, self._connection, self.read_only = path, connection, read_only
        self._lock, self._patience = threading.RLock(), notes_file.BUSY_TIMEOUT
        self._session = os.urandom(8).hex()  # tells what this window writes from what others do
        self._seen_version, self._identity, self._was_replaced = self._data_version(), notes_file.identity(path), False

    @classmethod
    def open(cls, path: Path) -> NoteStore:
        """Open the notes file at `path`, which is made where there is none. Raise Damaged or NotesTrouble.

        A file of an older version is brought to this one, and kept beside it as a backup. One of a newer version, or
        one that may not be written, is opened for reading alone.
        """
        with as_notes_trouble(f"{file_label(path)} was not opened"):
            if not paths.is_taken(path):
                notes_file.create(path)
            notes_file.check(path)
            version = notes_file.user_version(path)
            if version > tables.VERSION:
                return cls(path, notes_file.connect(path, read_only=True), NEWER)
            if not notes_file.is_writable(path):
                opened = migration.in_memory(path) if version < tables.VERSION else None
                return cls(path, opened or notes_file.connect(path, read_only=True), PROTECTED)
            if version < tables.VERSION:
                migration.migrate(path)
            path.chmod(0o600)
            return cls(path, notes_file.connect(path))

    def close(self) -> None:
        """Close the file; what was being written in this window is sealed."""
        with self._lock:
            if not self.read_only:
                with suppress(NotesTrouble, sqlite3.Error):
                    self.seal()
            self._connection.close()

    def wait_at_most(self, seconds: float) -> None:
        """Give up, from now on, what another program has not let go of after so many seconds."""
        with self._lock:
            self._patience = seconds
            self._connection.execute(f"PRAGMA busy_timeout = {round(1000 * seconds)}").fetchone()

    # Reading

    def contents(self) -> FileContents:
        """Return all notes of the series, in the order in which they were made."""
        by_note: dict[str, list[VersionRow]] = defaultdict(list)
        with self._reading():
            for uuid, row in tables.head_rows(self._connection):
                by_note[uuid].append(row)
            for uuid in tables.headless(self._connection):
                by_note[uuid] = tables.rows_of(self._connection, uuid)
        aside = [one for uuid, rows in by_note.items() for row in rows if (one := _set_aside(uuid, row)) is not None]
        heads = (_usable(uuid, rows).heads for uuid, rows in by_note.items())
        found = [stored_note(some) for some in heads if some]
        return FileContents(notes=tuple(sorted(found, key=_made)), set_aside=tuple(aside))

    def versions(self, uuid: str) -> VersionSet:
        """Return all versions of a note whose words are here, and which of them are superseded."""
        with self._reading():
            return tables.set_of(uuid, tables.rows_of(self._connection, uuid))

    def all_versions(self) -> dict[str, VersionSet]:
        """Return the versions of all notes, by the note's id."""
        with self._reading():
            return tables.all_sets(self._connection)

    def former(self, uuid: str) -> list[Version]:
        """Return the versions of a note that gave way to another which says something else, the newest first."""
        found = self.versions(uuid)
        current = [version.note for version in found.heads.values()]
        gone = [version for version in found.versions.values() if version.note not in current]
        return sorted(gone, key=lambda version: version.at, reverse=True)

    def given(self) -> set[tuple[str, str]]:
        """Return which versions of which notes left this machine, by id and digest."""
        with self._reading():
            return set(self._connection.execute("SELECT uuid, digest FROM version WHERE given = 1"))

    def destroyed(self) -> Destroyed:
        """Return whose words were destroyed: notes, and single versions."""
        with self._reading():
            return tables.destroyed(self._connection)

    def steps(self) -> list[StoredStep]:
        """Return the reader's last steps, the oldest first, those that were undone too."""
        with self._reading():
            return undo_steps.stored_steps(self._connection)

    def setting(self, name: str) -> str:
        """Return what the reader set under that name; empty where nothing was."""
        with self._reading():
            found = self._connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
            return found[0] if found else ""

    def settings(self) -> dict[str, str]:
        """Return all that the reader set, by name."""
        with self._reading():
            return dict(self._connection.execute("SELECT name, value FROM setting"))

    def changed_elsewhere(self) -> bool:
        """Return whether another window saved something since this was last asked."""
        with self._reading():
            was_replaced, self._was_replaced = self._reopen_if_replaced() or self._was_replaced, False
            version = self._data_version()
            changed, self._seen_version = was_replaced or version != self._seen_version, version
            return changed

    def _reopen_if_replaced(self) -> bool:
        """Open the file that another window put in the place of this one, such as a backup; return whether it did."""
        if notes_file.identity(self.path) in (None, self._identity):
            return False
        fresh = NoteStore.open(self.path)
        self._connection.close()
        self._connection, self.read_only, self._identity = fresh._connection, fresh.read_only, fresh._identity
        self.wait_at_most(self._patience)
        return True

    # Writing: each is one transaction

    def save(self, changes: Sequence[NoteChange], author: str = "", step: StoredStep | None = None) -> list[StoredNote]:
        """Save the changes together; return the notes as they then stand, in the same order.

        `step` is what they are for undo: a new step, or one that is known and is undone or redone by them.
        """
        is_removal = all(change.after is None for change in changes)
        with self._transaction("The note was not removed" if is_removal else "The note was not saved") as connection:
            if step is not None and step.is_known:
                note_changes.check_not_destroyed(connection, changes)
            found = [note_changes.apply_change(connection, change, author, self._session) for change in changes]
            if step is not None:
                self._remember(connection, step, [done for _, done in found])
            return [stored for stored, _ in found]

    def remember_step(self, step: StoredStep) -> None:
        """Remember a step that was saved in another way."""
        with self._transaction("It could not be remembered how to undo this") as connection:
            undo_steps.remember(connection, step)

    def forget_step(self, step_id: str) -> None:
        """Let a step go that cannot be done any more."""
        with self._transaction("The step was not forgotten") as connection:
            undo_steps.forget(connection, [step_id])

    def _remember(self, connection: sqlite3.Connection, step: StoredStep, done: Sequence[StepChange]) -> None:
        if step.is_known:
            undo_steps.mark(connection, step)
        else:
            undo_steps.remember(connection, replace(step, changes=tuple(done)))

    def seal(self, uuids: Sequence[str] | None = None) -> None:
        """Seal what is being written of these notes, of all where none are named."""
        with self._reading():
            if not self._connection.execute("SELECT 1 FROM version WHERE state = 'open' LIMIT 1").fetchone():
                return
        with self._transaction("The note was not saved") as connection:
            note_changes.seal(connection, uuids)

    def join(self, incoming: Iterable[VersionSet], destroyed: Destroyed | None = None) -> None:
        """Join versions that came from elsewhere with those that are here, all of it or nothing.

        What is `destroyed` is destroyed here too, and first. What was destroyed here stays so.
        """
        with self._transaction("No note was taken over") as connection:
            note_changes.seal(connection)
            if destroyed is not None:
                tables.destroy(connection, destroyed)
            purged = {uuid for (uuid,) in connection.execute("SELECT uuid FROM purged")}
            for found in incoming:
                if found.uuid not in purged:
                    rows = tables.rows_of(connection, found.uuid)
                    before = tables.set_of(found.uuid, rows)
                    tables.write_set(connection, before.joined(_without_destroyed(found, rows)), before)

    def mark_given(self, given: Iterable[tuple[str, str]]) -> None:
        """Remember that these versions, by the note's id and their digest, left this machine."""
        with self._transaction("It could not be remembered which notes were given away") as connection:
            connection.executemany("UPDATE version SET given = 1 WHERE uuid = ? AND digest = ?", list(given))

    def destroy(self, wanted: Destroyed) -> Destroyed:
        """Destroy the words of notes in all their versions, and of versions that gave way to others.

        Return that with all digests by which such a version is known.
        """
        with self._transaction("The words were not destroyed") as connection:
            for uuid, at in wanted.notes.items():
                tables.purge(connection, uuid, at)
            versions: dict[str, frozenset[str]] = {}
            for uuid, digests in wanted.versions.items():
                known = tables.set_of(uuid, tables.rows_of(connection, uuid))
                gone = set(digests) - set(known.heads)
                gone |= other_names(known.versions[one] for one in gone & known.versions.keys()) - set(known.heads)
                tables.purge_versions(connection, uuid, gone)
                versions[uuid] = frozenset(gone)
        done = Destroyed(notes=wanted.notes, versions=versions)
        memory.remember_destroyed(self.path, done)
        self._rewrite()
        return done

    def _rewrite(self) -> None:
        """Write the file anew, so that no free page keeps what was deleted."""
        with self._lock, as_notes_trouble("The words were destroyed, but the notes file could not be written anew"):
            self._connection.execute("VACUUM")

    def set_setting(self, name: str, value: str) -> None:
        """Keep what the reader set under that name."""
        with self._transaction("The change was not saved") as connection:
            connection.execute("INSERT OR REPLACE INTO setting(name, value) VALUES (?, ?)", (name, value))

    def _data_version(self) -> int:
        found: tuple[int] = self._connection.execute("PRAGMA data_version").fetchone()
        return found[0]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock, as_notes_trouble(_NOT_READ):
            yield

    @contextmanager
    def _transaction(self, not_done: str) -> Iterator[sqlite3.Connection]:
        """Do all of what is done inside, or nothing; `not_done` is the sentence for that, up to its colon."""
        if self.read_only:
            raise NotesTrouble(f"{not_done}: {self.read_only}.", advice=advice_for(self.read_only))
        with self._lock, as_notes_trouble(not_done):
            if not self.path.exists():
                raise NotesTrouble(
                    f"{not_done}: the notes file is no longer in its folder.",
                    advice="Put it back, or start the viewer again, which begins a new one.",
                )
            self._was_replaced = self._reopen_if_replaced() or self._was_replaced
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise


def _without_destroyed(found: VersionSet, rows: Iterable[VersionRow]) -> VersionSet:
    """Return a set without the words that were destroyed here."""
    destroyed = {row.digest for row in rows if row.state == State.PURGED}
    kept = {digest: version for digest, version in found.versions.items() if digest not in destroyed}
    return replace(found, versions=kept, superseded=found.superseded | destroyed)


def _made(stored: StoredNote) -> tuple[str, str]:
    return stored.note.created if stored.note else stored.version.at, stored.uuid


def _usable(uuid: str, rows: Iterable[VersionRow]) -> VersionSet:
    found = tables.set_of(uuid, rows)
    faulty = {digest for digest, version in found.versions.items() if fault_of(version)}
    return replace(found, versions={digest: one for digest, one in found.versions.items() if digest not in faulty})


def _set_aside(uuid: str, row: VersionRow) -> SetAside | None:
    """Return what is to be told of a version that stands and cannot be used; None of any other."""
    if row.is_damaged:
        return SetAside(uuid=uuid, words=tables.words_in(row.body), why="the disk has changed it since it was saved")
    fault = fault_of(row.version) if row.version is not None and not row.is_superseded else ""
    words = row.version.note.text if row.version is not None and row.version.note else ""
    return SetAside(uuid=uuid, words=words, why=f"its {fault} is not as it should be") if fault else None
