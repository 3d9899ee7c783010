"""Opens the notes of an edition's series: the file, its backup, and what to say where something is wrong."""

from __future__ import annotations

from pathlib import Path

from viewer import wording
from viewer.errors import NotesTrouble
from viewer.notes import backups
from viewer.notes.store import NoteStore, path_for
from viewer.notes.troubles import Damaged
from viewer.record import record


@record
class OpenedNotes:
    """An open store, the sentences to be said about it, and a backup that the reader may go back to."""

    store: NoteStore
    said: tuple[str, ...] = ()
    backup: Path | None = None


def open_notes(home: Path, series: str) -> OpenedNotes:
    """The notes of a series in the reader's folder. A file that cannot be read is set aside, and a new one begun.

    Raises NotesTrouble where not even that can be done.
    """
    path = path_for(home, series)
    try:
        store = NoteStore.open(path)
    except Damaged as damage:
        return _begun_anew(path, damage)
    if store.read_only:
        return OpenedNotes(store=store, said=(f"Your notes can be read but not changed: {store.read_only}.",))
    try:
        backups.sweep(path)
        backups.back_up(path)
    except NotesTrouble as trouble:
        return OpenedNotes(store=store, said=(str(trouble),))
    return OpenedNotes(store=store)


def _begun_anew(path: Path, damage: Damaged) -> OpenedNotes:
    backup = backups.newest_good(path)
    aside = backups.set_aside(path)
    said = [f"{damage} It was set aside as {aside.name}; nothing of it was deleted."]
    if backup is not None:
        held = wording.count(backups.count_in(backup) or 0, "note")
        said.append(f"A backup with {held} is there and can be put in its place.")
    return OpenedNotes(store=NoteStore.open(path), said=tuple(said), backup=backup)
