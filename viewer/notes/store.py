"""The notes file: one for each series, in the reader's own folder, each change saved before it is called saved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from viewer.errors import NotesTrouble
from viewer.model import Anchor, Note
from viewer.notes import notes_file, tables
from viewer.notes.note_changes import ANCHOR, NOTE, NoteChange, apply_change, keep_former, mark_shared
from viewer.notes.sqlite_errors import NEWER, PROTECTED, advice_for, as_notes_trouble, file_label


def path_for(home: Path, series: str) -> Path:
    """Return where the notes of a series are kept; the name holds only letters, digits, `-` and `_`."""
    clean = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in series)[:64]
    return home / "notes" / f"{clean or '_'}.db"


class NoteStore:
    """An open notes file. Every method raises NotesTrouble in the reader's words; nothing is half saved.

    `read_only` is why it cannot be written, empty where it can.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, read_only: str = "") -> None:
        self.path, self._connection, self.read_only = path, connection, read_only
        self._seen_version, self._identity, self._was_replaced = self._data_version(), notes_file.identity(path), False

    @classmethod
    def open(cls, path: Path) -> NoteStore:
        """Open the notes file at `path`, which is made where there is none. Raise Damaged or NotesTrouble.

        A file of a newer version, or one that may not be written, is opened for reading alone.
        """
        with as_notes_trouble(f"{file_label(path)} was not opened"):
            if not path.exists():
                notes_file.create(path)
            notes_file.check(path)
            is_newer = notes_file.user_version(path) > tables.VERSION
            if is_newer or not notes_file.is_writable(path):
                return cls(path, notes_file.connect(path, read_only=True), NEWER if is_newer else PROTECTED)
            path.chmod(0o600)
            connection = notes_file.connect(path)
            if notes_file.user_version(path) < tables.VERSION:
                tables.upgrade(connection)
            return cls(path, connection)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    # Reading

    def notes(self) -> list[Note]:
        """Return all notes of the series, in the order in which they were made."""
        with as_notes_trouble("The notes could not be read"):
            found = self._connection.execute(f"SELECT {NOTE} FROM note ORDER BY id")
            return [tables.note_from_row(row) for row in found]

    def placements(self) -> list[tuple[str, int, Anchor]]:
        """Return the confirmed places as (note's id, edition's serial, anchor there), older editions first."""
        with as_notes_trouble("The notes could not be read"):
            found = self._connection.execute(f"SELECT uuid, serial, {ANCHOR} FROM placement ORDER BY serial")
            return [(uuid, serial, tables.anchor_from_row(tuple(rest))) for uuid, serial, *rest in found]

    def removed(self) -> dict[str, str]:
        """Return the ids of removed notes, and when they were removed; their words are not kept."""
        with as_notes_trouble("The notes could not be read"):
            return dict(self._connection.execute("SELECT uuid, at FROM removed"))

    def shared(self) -> set[tuple[str, str]]:
        """Return which versions of which notes went out or came in, by id and digest."""
        with as_notes_trouble("The notes could not be read"):
            return set(self._connection.execute("SELECT uuid, digest FROM shared"))

    def former(self, uuid: str) -> list[Note]:
        """Return the versions of a note that gave way to another, the newest first."""
        with as_notes_trouble("The notes could not be read"):
            found = self._connection.execute("SELECT note FROM former WHERE uuid = ? ORDER BY id DESC", (uuid,))
            return [tables.note_from_json(text) for (text,) in found]

    def setting(self, name: str) -> str:
        """Return what the reader set under that name; empty where nothing was."""
        with as_notes_trouble("The notes could not be read"):
            found = self._connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
            return found[0] if found else ""

    def changed_elsewhere(self) -> bool:
        """Return whether another window saved something since this was last asked."""
        was_replaced, self._was_replaced = self._reopen_if_replaced() or self._was_replaced, False
        with as_notes_trouble("The notes could not be read"):
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
        return True

    # Writing: each is one transaction

    def save(self, changes: Sequence[NoteChange]) -> list[Note]:
        """Save the changes together; return the versions of another window that they overwrote, kept as former ones."""
        is_removal = all(change.after is None for change in changes)
        with self._transaction("The note was not removed" if is_removal else "The note was not saved"):
            overwritten = [apply_change(self._connection, change) for change in changes]
        return [note for note in overwritten if note is not None]

    def take_over(self, changes: Sequence[NoteChange], former: Sequence[Note], shared: Iterable[Note], at: str) -> None:
        """Write an import, all of it or nothing: its changes, the versions that gave way, and what both sides now know.

        `at` is the time of the import, ISO.
        """
        with self._transaction("No note was taken over"):
            for change in changes:
                apply_change(self._connection, change)
            keep_former(self._connection, former, at)
            mark_shared(self._connection, shared)

    def share(self, notes: Iterable[Note]) -> None:
        """Remember that these versions went out."""
        with self._transaction("The notes were not written out, as it could not be remembered which went"):
            mark_shared(self._connection, notes)

    def set_setting(self, name: str, value: str) -> None:
        """Keep what the reader set under that name."""
        with self._transaction("The change was not saved"):
            self._connection.execute("INSERT OR REPLACE INTO setting(name, value) VALUES (?, ?)", (name, value))

    def _data_version(self) -> int:
        found: tuple[int] = self._connection.execute("PRAGMA data_version").fetchone()
        return found[0]

    @contextmanager
    def _transaction(self, not_done: str) -> Iterator[None]:
        """Do all of what is done inside, or nothing; `not_done` is the sentence for that, up to its colon."""
        if self.read_only:
            raise NotesTrouble(f"{not_done}: {self.read_only}.", advice=advice_for(self.read_only))
        with as_notes_trouble(not_done):
            if not self.path.exists():
                raise NotesTrouble(
                    f"{not_done}: the notes file is no longer in its folder.",
                    advice="Put it back, or start the viewer again, which begins a new one.",
                )
            self._was_replaced = self._reopen_if_replaced() or self._was_replaced
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise
