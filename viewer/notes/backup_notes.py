"""The notes of a backup beside those that are here now, and how some or all of them are taken back."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from pathlib import Path

from viewer.errors import NotesTrouble
from viewer.model import Note
from viewer.notes import backups, joining, memory, salvage
from viewer.notes.joining import JoinedNote
from viewer.notes.note_changes import stored_note
from viewer.notes.note_settings import SETTINGS
from viewer.notes.salvage import Readable
from viewer.notes.store import NoteStore
from viewer.notes.tables import VersionSet
from viewer.notes.versions import Version
from viewer.records import record

NOT_READABLE = "No note can be read in this backup."
NOT_HELD = "The backup does not hold this note, or its words were destroyed for good."


class SinceThen(StrEnum):
    """What became of a note since a backup was made; in the order in which a reader looks for them."""

    GONE = "gone"
    REMOVED = "removed since"
    CHANGED = "changed since"
    SAME = "unchanged"


@record
class BackupNote:
    """A note as a backup has it, and what became of it since."""

    version: Version
    note: Note  # as that version has it
    since: SinceThen

    @property
    def uuid(self) -> str:
        """The note's id."""
        return self.version.uuid


def notes_in(store: NoteStore, backup: Path) -> tuple[BackupNote, ...]:
    """Return the notes that stand in a backup, first those that are gone. Raise NotesTrouble.

    Notes whose words were destroyed since are left out.
    """
    here, purged = store.all_versions(), store.destroyed().notes
    found = salvage.readable(backup).sets
    notes = [
        BackupNote(version=version, note=version.note, since=_since(version, here.get(one.uuid)))
        for one in found
        if one.uuid not in purged and (version := _shown(one)) is not None and version.note is not None
    ]
    order = list(SinceThen)
    return tuple(sorted(notes, key=lambda one: (order.index(one.since), one.note.created, one.uuid)))


def take_back(store: NoteStore, path: Path, uuids: Collection[str], author: str, moment: str) -> list[JoinedNote]:
    """Make notes stand as they do in a backup, by `author` at `moment` (ISO); return those that changed by it.

    What stands now stays among the former versions. Raise NotesTrouble where the backup does not hold one of them.
    """
    readable = salvage.readable(path)
    purged = store.destroyed().notes
    wanted = {one.uuid: one for one in readable.sets if one.uuid in uuids and one.uuid not in purged and _noted(one)}
    if not wanted or wanted.keys() != set(uuids):
        raise NotesTrouble(NOT_HELD, advice="`notes restore --list` lists the backups.")
    here = store.all_versions()
    changed = [_standing_as_there(here.get(uuid), one, author, moment) for uuid, one in wanted.items()]
    return _joined(store, path, [one for one in changed if one is not None], readable)


def restore(store: NoteStore, path: Path, author: str, moment: str) -> list[JoinedNote]:
    """Bring back, by `author` at `moment` (ISO), all notes of a backup that are gone or were removed since.

    Notes that were changed since stay as they are. Names that the reader set count where none are set here. Return the
    notes that came back. Raise NotesTrouble.
    """
    readable = salvage.readable(path)
    if not readable.sets:
        raise NotesTrouble(NOT_READABLE, advice="Choose another backup.")
    here, purged = store.all_versions(), store.destroyed().notes
    changed = []
    for one in readable.sets:
        version = _shown(one)
        is_missing = version is not None and _since(version, here.get(one.uuid)) in (SinceThen.GONE, SinceThen.REMOVED)
        if one.uuid not in purged and is_missing and _noted(one):
            changed.append(_standing_as_there(here.get(one.uuid), one, author, moment))
    take_names_back(store, path)
    return _joined(store, path, [one for one in changed if one is not None], readable)


def take_names_back(store: NoteStore, backup: Path) -> None:
    """Set the names that a backup holds where none are set here. Raise NotesTrouble."""
    for name in SETTINGS:
        value = backups.setting_in(backup, name)
        if value and not store.setting(name):
            store.set_setting(name, value)


def _joined(store: NoteStore, backup: Path, changed: list[JoinedNote], readable: Readable) -> list[JoinedNote]:
    joining.join(store, changed, (), memory.destroyed(store.path).joined(readable.destroyed), keep=backup)
    return changed


def _shown(found: VersionSet) -> Version | None:
    """Return the version of a note that is shown; None where none stands."""
    heads = found.heads
    return stored_note(heads).version if heads else None


def _noted(found: VersionSet) -> bool:
    version = _shown(found)
    return version is not None and version.note is not None


def _since(version: Version, here: VersionSet | None) -> SinceThen:
    now = _shown(here) if here is not None else None
    if now is None:
        return SinceThen.GONE
    if now.note is None:
        return SinceThen.REMOVED
    return SinceThen.SAME if version.says_the_same_as(now) else SinceThen.CHANGED


def _standing_as_there(here: VersionSet | None, there: VersionSet, author: str, moment: str) -> JoinedNote | None:
    """Return a note joined with what a backup has of it, that made to stand; None where it stands so already."""
    version = _shown(there)
    assert version is not None
    if here is not None and _since(version, here) is SinceThen.SAME:
        return None
    joined = joining.joined(here, there)
    is_as_there = joined.after.note == version.note and not joined.after.contradicting
    return joined if is_as_there else joined.choosing(version, author, moment)
