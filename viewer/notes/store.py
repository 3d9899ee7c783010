"""The notes file: one for each series, in the reader's own folder, each change saved before it is called saved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from viewer.errors import NotesTrouble
from viewer.model import Anchor, Note
from viewer.notes import notes_file, schema, tables
from viewer.notes.sqlite_errors import NEWER, PROTECTED, advice, as_notes_trouble, shown
from viewer.records import record

_NOTE = ", ".join(tables.NOTE_COLUMNS)
_NOTE_VALUES = ", ".join("?" * len(tables.NOTE_COLUMNS))
_NOTE_SET = ", ".join(f"{name} = excluded.{name}" for name in tables.NOTE_COLUMNS[1:])
_ANCHOR = ", ".join(tables.ANCHOR_COLUMNS)
_SAVE = f"INSERT INTO note({_NOTE}) VALUES ({_NOTE_VALUES}) ON CONFLICT(uuid) DO UPDATE SET {_NOTE_SET}"
_INDEX = "INSERT INTO note_fts(rowid, text, quote, tags) SELECT id, text, quote, tags FROM note WHERE uuid = ?"
_UNINDEX = (
    "INSERT INTO note_fts(note_fts, rowid, text, quote, tags)"
    " SELECT 'delete', id, text, quote, tags FROM note WHERE uuid = ?"
)
_PLACE = f"INSERT OR REPLACE INTO placement(uuid, serial, {_ANCHOR}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_MARK_REMOVED = "INSERT OR REPLACE INTO removed(uuid, at) VALUES (?, ?)"


@record
class NoteChange:
    """One note before and after; None where it is not there. `placed` is its place in edition `serial`, likewise.

    `former` are the versions, newest first, that come with a note which was not there.
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


def path_for(home: Path, series: str) -> Path:
    """Where the notes of a series are kept; the name holds nothing but letters, digits, `-` and `_`."""
    clean = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in series)[:64]
    return home / "notes" / f"{clean or '_'}.db"


class NoteStore:
    """An open notes file. Every method raises NotesTrouble in the reader's words; nothing is half saved.

    `read_only` is why it cannot be written, empty where it can.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, read_only: str = "") -> None:
        self.path, self._connection, self.read_only = path, connection, read_only
        self._seen, self._file, self._replaced = self._version(), notes_file.which(path), False

    @classmethod
    def open(cls, path: Path) -> NoteStore:
        """The notes file at `path`, made where there is none. Raises Damaged, or NotesTrouble.

        A file of a newer version, or one that may not be written, is opened for reading alone.
        """
        with as_notes_trouble(f"{shown(path)} was not opened"):
            if not path.exists():
                notes_file.make(path)
            notes_file.look_at(path)
            newer = notes_file.user_version(path) > schema.VERSION
            if newer or not notes_file.is_writable(path):
                return cls(path, notes_file.connect(path, read_only=True), NEWER if newer else PROTECTED)
            path.chmod(0o600)
            connection = notes_file.connect(path)
            if notes_file.user_version(path) < schema.VERSION:
                schema.upgrade(connection)
            return cls(path, connection)

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    # Reading

    def notes(self) -> list[Note]:
        """All notes of the series, in the order in which they were made."""
        with as_notes_trouble("The notes could not be read"):
            return [tables.note_of(row) for row in self._connection.execute(f"SELECT {_NOTE} FROM note ORDER BY id")]

    def placements(self) -> list[tuple[str, int, Anchor]]:
        """Where notes were confirmed to stand: note, serial of the edition, anchor there; older editions first."""
        with as_notes_trouble("The notes could not be read"):
            found = self._connection.execute(f"SELECT uuid, serial, {_ANCHOR} FROM placement ORDER BY serial")
            return [(uuid, serial, tables.anchor_of(tuple(rest))) for uuid, serial, *rest in found]

    def removed(self) -> dict[str, str]:
        """The notes that were removed, and when: nothing of their words."""
        with as_notes_trouble("The notes could not be read"):
            return dict(self._connection.execute("SELECT uuid, at FROM removed"))

    def shared(self) -> set[tuple[str, str]]:
        """Which versions of which notes went out or came in, by uuid and digest."""
        with as_notes_trouble("The notes could not be read"):
            return set(self._connection.execute("SELECT uuid, digest FROM shared"))

    def former(self, uuid: str) -> list[Note]:
        """Versions of a note that gave way to another, the newest first."""
        with as_notes_trouble("The notes could not be read"):
            found = self._connection.execute("SELECT note FROM former WHERE uuid = ? ORDER BY id DESC", (uuid,))
            return [tables.from_json(text) for (text,) in found]

    def search(self, words: str) -> set[str]:
        """The ids of the notes that hold `words` anywhere in their text, quotation or tags, whatever the case."""
        words = words.strip().replace("\0", "")
        with as_notes_trouble("The notes could not be searched"):
            if len(words) < 3:  # the index is of three letters and more
                sought = (f"%{_like(words)}%",) * 3
                found = self._connection.execute(
                    "SELECT uuid FROM note WHERE text LIKE ? ESCAPE '\\' OR quote LIKE ? ESCAPE '\\'"
                    " OR tags LIKE ? ESCAPE '\\'",
                    sought,
                )
            else:
                quoted = '"' + words.replace('"', '""') + '"'
                found = self._connection.execute(
                    "SELECT uuid FROM note WHERE id IN (SELECT rowid FROM note_fts WHERE note_fts MATCH ?)",
                    (quoted.encode("utf-8", "replace").decode(),),
                )
            return {uuid for (uuid,) in found}

    def setting(self, name: str) -> str:
        """What the reader set under that name; empty where nothing was."""
        with as_notes_trouble("The notes could not be read"):
            found = self._connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
            return found[0] if found else ""

    def changed_elsewhere(self) -> bool:
        """Whether another window saved something since this was last asked."""
        replaced, self._replaced = self._follow_file() or self._replaced, False
        with as_notes_trouble("The notes could not be read"):
            now = self._version()
        changed, self._seen = replaced or now != self._seen, now
        return changed

    def _follow_file(self) -> bool:
        """Opens the file that another window put in the place of ours, such as a backup; returns whether it did."""
        if notes_file.which(self.path) in (None, self._file):
            return False
        fresh = NoteStore.open(self.path)
        self._connection.close()
        self._connection, self.read_only, self._file = fresh._connection, fresh.read_only, fresh._file
        return True

    # Writing: each is one transaction

    def save(self, changes: Sequence[NoteChange]) -> list[Note]:
        """Saves the changes together; returns what another window had saved meanwhile, kept now as former versions."""
        is_removal = all(change.after is None for change in changes)
        with self._transaction("The note was not removed" if is_removal else "The note was not saved"):
            gave_way = [self._apply(change) for change in changes]
        return [note for note in gave_way if note is not None]

    def take_over(self, changes: Sequence[NoteChange], former: Sequence[Note], shared: Iterable[Note], at: str) -> None:
        """What an import does, all of it or nothing: changes, versions kept besides, and what is now known of both."""
        with self._transaction("No note was taken over"):
            for change in changes:
                self._apply(change)
            self._keep(former, at)
            self._share(shared)

    def share(self, notes: Iterable[Note]) -> None:
        """Remembers that these versions went out."""
        with self._transaction("The notes were not written out, as it could not be remembered which went"):
            self._share(notes)

    def set_setting(self, name: str, value: str) -> None:
        """Keeps what the reader set under that name."""
        with self._transaction("The change was not saved"):
            self._connection.execute("INSERT OR REPLACE INTO setting(name, value) VALUES (?, ?)", (name, value))

    def _apply(self, change: NoteChange) -> Note | None:
        """Makes the change; returns the version of another window that gave way to it, None where there was none."""
        run = self._connection.execute
        stored = self._note(change.uuid)
        gave_way = stored if stored not in (change.before, change.after) else None
        if change.after is None:
            run("DELETE FROM former WHERE uuid = ?", (change.uuid,))
        if gave_way is not None:
            self._keep([gave_way], change.at)
        if stored is None and change.after is not None:
            self._keep(reversed(change.former), change.at)
        if change.after != stored:
            self._put(change.uuid, change.after, change.at)
        if change.placed_after is not None:
            run(_PLACE, (change.uuid, change.serial, *tables.anchor_values(change.placed_after)))
        elif change.placed_before is not None:
            run("DELETE FROM placement WHERE uuid = ? AND serial = ?", (change.uuid, change.serial))
        return gave_way

    def _put(self, uuid: str, note: Note | None, at: str) -> None:
        """Puts the note in place of what is stored under its id, in the table and in the index."""
        run = self._connection.execute
        run(_UNINDEX, (uuid,))
        if note is None:
            run("DELETE FROM note WHERE uuid = ?", (uuid,))
            run(_MARK_REMOVED, (uuid, at))
        else:
            run(_SAVE, tables.note_values(note))
            run(_INDEX, (uuid,))
            run("DELETE FROM removed WHERE uuid = ?", (uuid,))

    def _keep(self, notes: Iterable[Note], at: str) -> None:
        kept = [(note.uuid, at, tables.as_json(note)) for note in notes]
        self._connection.executemany("INSERT INTO former(uuid, kept, note) VALUES (?, ?, ?)", kept)

    def _share(self, notes: Iterable[Note]) -> None:
        sent = [(note.uuid, tables.digest(note)) for note in notes]
        self._connection.executemany("INSERT OR IGNORE INTO shared(uuid, digest) VALUES (?, ?)", sent)

    def _note(self, uuid: str) -> Note | None:
        found = self._connection.execute(f"SELECT {_NOTE} FROM note WHERE uuid = ?", (uuid,)).fetchone()
        return tables.note_of(found) if found else None

    def _version(self) -> int:
        found: tuple[int] = self._connection.execute("PRAGMA data_version").fetchone()
        return found[0]

    @contextmanager
    def _transaction(self, not_done: str) -> Iterator[None]:
        """All of what is done inside, or nothing; `not_done` is the sentence for that, up to its colon."""
        if self.read_only:
            raise NotesTrouble(f"{not_done}: {self.read_only}.", advice=advice(self.read_only))
        with as_notes_trouble(not_done):
            if not self.path.exists():
                raise NotesTrouble(
                    f"{not_done}: the notes file is no longer in its folder.",
                    advice="Put it back, or start the viewer again, which begins a new one.",
                )
            self._replaced = self._follow_file() or self._replaced
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise


def _like(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").encode("utf-8", "replace").decode()
