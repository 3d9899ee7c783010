"""Opens the notes of an edition's series: the file, its backup, and what to say where something is wrong."""

from __future__ import annotations

from pathlib import Path

from viewer.errors import NotesTrouble
from viewer.notes import backups, recovery
from viewer.notes.recovery import BackupOffer
from viewer.notes.sqlite_errors import Damaged, advice
from viewer.notes.store import NoteStore, path_for
from viewer.records import record


@record
class OpenedNotes:
    """An open store, the sentences to be said about it, and a backup that the reader may go back to."""

    store: NoteStore
    messages: tuple[str, ...] = ()
    offer: BackupOffer | None = None

    @property
    def backup(self) -> Path | None:
        """The file of the backup."""
        return self.offer.backup if self.offer else None


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
        said = f"Your notes can be read but not changed: {store.read_only}. {advice(store.read_only)}"
        return OpenedNotes(store=store, messages=(said,))
    told, offer = [], None
    try:
        offer = recovery.offer(store)
        backups.sweep(path)
        if backups.back_up(path, keep=offer.backup if offer else None):
            offer = recovery.offer(store)  # under another name now
    except NotesTrouble as trouble:
        told.append(f"{trouble} {trouble.advice}")
    if offer is not None:
        begun = f"Your notes were begun anew after a damaged file was set aside as {offer.aside.name}."
        told.append(f"{begun} {offer.message}")
    return OpenedNotes(store=store, messages=tuple(told), offer=offer)


def _begun_anew(path: Path, damage: Damaged) -> OpenedNotes:
    aside = backups.set_aside(path)
    said = [f"{damage} It was set aside as {aside.name}; nothing of it was deleted."]
    store = NoteStore.open(path)
    recovery.begun_after(store, aside)
    offer = recovery.offer(store)
    if offer is not None:
        said.append(offer.message)
    return OpenedNotes(store=store, messages=tuple(said), offer=offer)
