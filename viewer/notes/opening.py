"""Opens the notes of an edition's series, and offers a backup where a file was damaged or is gone."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from viewer import clock, paths
from viewer.errors import NotesTrouble
from viewer.notes import backups, memory, salvage
from viewer.notes.backup_notes import take_names_back
from viewer.notes.sqlite_errors import Damaged, advice_for, file_label
from viewer.notes.store import FileContents, NoteStore, path_for
from viewer.records import record
from viewer.text import wording

_BEGUN_AFTER = "begun-after"  # setting: what became of the file before; its backups inherit it
_DECLINED = "backup-declined"  # setting: the same, once the reader went on without the backup
NO_BACKUP = "No backup of them can be found on this machine."
_MISSING = "missing-"  # begins what is kept there of a file that was gone


@record
class BackupOffer:
    """A backup from before a loss: when it was made, and its notes; what became of the file, and the notes made since.

    `lost` is the name of the damaged file, or of what was missing.
    """

    backup: Path
    made: str  # ISO date
    notes: int
    lost: str
    since: int

    @property
    def message(self) -> str:
        """The offer in sentences."""
        start = f"A backup with {wording.count(self.notes, 'note')} is there, made on {wording.day(self.made)}"
        if not self.since:
            return f"{start}, and can be put in its place."
        return f"{start}. It can be put in place; what is here now, {wording.count(self.since, 'note')}, stays too."

    @property
    def begun(self) -> str:
        """How it came that notes were begun anew, as a sentence."""
        if self.lost.startswith(_MISSING):
            return "Your notes were begun anew, since the notes file was gone."
        return f"Your notes were begun anew after a damaged file was set aside as {self.lost}."


@record
class OpenedNotes:
    """An open store, the sentences to be shown about it, and a backup that the reader may go back to.

    `contents` is what the file holds, None where that was not read: a large file is not read twice.
    """

    store: NoteStore
    messages: tuple[str, ...] = ()
    offer: BackupOffer | None = None
    contents: FileContents | None = None


def open_notes(home: Path, series: str) -> OpenedNotes:
    """Open the notes of a series in the reader's folder.

    A damaged file is set aside; what can be read of it goes into a new one. A file that is gone is said to be lost.
    Raise NotesTrouble where not even that can be done.
    """
    path = path_for(home, series)
    if not paths.is_taken(path) and (memory.is_remembered(path) or backups.backups(path)):
        return _begin_after_loss(path)
    try:
        store = NoteStore.open(path)
    except Damaged as damage:
        return _begin_anew(path, damage)
    if store.read_only:
        message = f"Your notes can be read but not changed: {store.read_only}. {advice_for(store.read_only)}"
        contents = store.contents()
        return OpenedNotes(store=store, messages=(message, *_set_aside_alone(contents)), contents=contents)
    messages, offer = [], None
    try:
        memory.remember(path)
        offer = find_offer(store)
        backups.remove_leftovers(path)
        if backups.back_up(path, keep=offer.backup if offer else None):
            offer = find_offer(store)
    except NotesTrouble as trouble:
        messages.append(f"{trouble} {trouble.advice}")
    contents = store.contents()
    messages += _set_aside_alone(contents)
    if offer is not None:
        messages.append(f"{offer.begun} {offer.message}")
    return OpenedNotes(store=store, messages=tuple(messages), offer=offer, contents=contents)


def _set_aside_alone(contents: FileContents) -> list[str]:
    """Return a sentence on the notes that cannot be used, while all others can."""
    found = contents.set_aside
    if not found:
        return []
    what = f"{wording.count(len(found), 'note')} cannot be used, as {found[0].why}"
    return [f"{what}. `main.py notes list --set-aside` shows what can be read of it; a backup may hold it whole."]


def _begin_after_loss(path: Path) -> OpenedNotes:
    store = NoteStore.open(path)
    store.set_setting(_BEGUN_AFTER, f"{_MISSING}{clock.now().strftime('%Y%m%d-%H%M%S')}")
    store.join([], memory.destroyed(path))
    memory.remember(path)
    offer = find_offer(store)
    lost = f"{file_label(path)} is no longer in its folder: your notes on this series are gone, and are begun anew."
    return OpenedNotes(store=store, messages=(lost, offer.message if offer else NO_BACKUP), offer=offer)


def _begin_anew(path: Path, damage: Damaged) -> OpenedNotes:
    damaged = backups.set_aside(path)
    messages = [f"{damage} It was set aside as {damaged.name}; nothing of it was deleted."]
    store = NoteStore.open(path)
    store.set_setting(_BEGUN_AFTER, damaged.name)
    memory.remember(path)
    found = salvage.readable(damaged)
    store.join(found.sets, memory.destroyed(path).joined(found.destroyed))
    if found.sets:
        saved = len(store.contents().current)
        messages.append(f"{wording.count(saved, 'note')} could be read in it and {'is' if saved == 1 else 'are'} here.")
    offer = find_offer(store)
    if offer is not None:
        messages.append(offer.message)
    return OpenedNotes(store=store, messages=tuple(messages), offer=offer)


def find_offer(store: NoteStore, *, also_declined: bool = False) -> BackupOffer | None:
    """Return the newest usable backup from before the loss; None without one, or once the reader declined it.

    Raise NotesTrouble.
    """
    lost = _lost_before(store)
    if not lost or (store.setting(_DECLINED) == lost and not also_declined):
        return None
    for backup in backups.dated(store.path):
        notes = backups.count_notes_in(backup.file)
        if notes and backups.setting_in(backup.file, _BEGUN_AFTER) not in (lost, None):
            made = backup.made.astimezone().date().isoformat()
            since = len(store.contents().current)
            return BackupOffer(backup=backup.file, made=made, notes=notes, lost=lost, since=since)
    return None


def decline_offer(store: NoteStore) -> None:
    """Go on without the backup, which is not offered again. Raise NotesTrouble."""
    lost = _lost_before(store)
    if lost:
        store.set_setting(_DECLINED, lost)


def accept_offer(offer: BackupOffer, path: Path) -> str:
    """Join the backup with the notes that are at `path` now; return what was done. Raise NotesTrouble."""
    with closing(NoteStore.open(path)) as store:
        take_back(store, offer.backup)
        store.set_setting(_BEGUN_AFTER, "")
        count = len(store.contents().current)
    return f"The backup is in place: {wording.count(count, 'note')}, with those written since."


def take_back(store: NoteStore, backup: Path) -> None:
    """Join all notes of a backup with those of `store`, after a backup of these; what is newer stays.

    Names that the reader set count where none are set here. Raise NotesTrouble.
    """
    backups.back_up(store.path, even_if_recent=True, keep=backup)
    found = salvage.readable(backup)
    store.join(found.sets, memory.destroyed(store.path).joined(found.destroyed))
    take_names_back(store, backup)


def _lost_before(store: NoteStore) -> str:
    """Return what was lost before this file was begun: the damaged file's name, or `missing-` and when; else empty."""
    name = store.setting(_BEGUN_AFTER)
    if name.startswith(_MISSING):
        return name
    if name:
        return name if paths.is_taken(store.path.with_name(name)) else ""
    found = backups.files_set_aside(store.path)  # begun by a window that was ended before it could remember
    return found[-1].name if found and not store.contents().current else ""
