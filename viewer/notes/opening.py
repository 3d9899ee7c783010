"""Opens the notes of an edition's series, and offers a backup where a damaged file had to be set aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from viewer.errors import NotesTrouble
from viewer.notes import backups
from viewer.notes.sqlite_errors import Damaged, advice_for
from viewer.notes.store import NoteStore, path_for
from viewer.records import record
from viewer.text import wording

_BEGUN_AFTER = "begun-after"  # setting: the damaged file after which this one was begun; its backups inherit it
_DECLINED = "backup-declined"  # setting: the same, once the reader went on without the backup


@record
class BackupOffer:
    """A backup from before the damage: when it was made, and its notes; the damaged file, and the notes made since."""

    backup: Path
    made: str  # ISO date
    notes: int
    damaged: Path
    since: int

    @property
    def message(self) -> str:
        """The offer in sentences."""
        start = f"A backup with {wording.count(self.notes, 'note')} is there, made on {wording.day(self.made)}"
        if not self.since:
            return f"{start}, and can be put in its place."
        since = wording.count(self.since, "note")
        return (
            f"{start}. It can take the place of what you wrote since, {since}, which would be set aside, not deleted."
        )


@record
class OpenedNotes:
    """An open store, the sentences to be shown about it, and a backup that the reader may go back to."""

    store: NoteStore
    messages: tuple[str, ...] = ()
    offer: BackupOffer | None = None


def open_notes(home: Path, series: str) -> OpenedNotes:
    """Open the notes of a series in the reader's folder. A damaged file is set aside, and an empty one begun.

    Raise NotesTrouble where not even that can be done.
    """
    path = path_for(home, series)
    try:
        store = NoteStore.open(path)
    except Damaged as damage:
        return _begin_anew(path, damage)
    if store.read_only:
        message = f"Your notes can be read but not changed: {store.read_only}. {advice_for(store.read_only)}"
        return OpenedNotes(store=store, messages=(message,))
    messages, offer = [], None
    try:
        offer = find_offer(store)
        backups.remove_leftovers(path)
        if backups.back_up(path, keep=offer.backup if offer else None):
            offer = find_offer(store)  # the backup has another name now
    except NotesTrouble as trouble:
        messages.append(f"{trouble} {trouble.advice}")
    if offer is not None:
        begun = f"Your notes were begun anew after a damaged file was set aside as {offer.damaged.name}."
        messages.append(f"{begun} {offer.message}")
    return OpenedNotes(store=store, messages=tuple(messages), offer=offer)


def _begin_anew(path: Path, damage: Damaged) -> OpenedNotes:
    damaged = backups.set_aside(path)
    messages = [f"{damage} It was set aside as {damaged.name}; nothing of it was deleted."]
    store = NoteStore.open(path)
    store.set_setting(_BEGUN_AFTER, damaged.name)
    offer = find_offer(store)
    if offer is not None:
        messages.append(offer.message)
    return OpenedNotes(store=store, messages=tuple(messages), offer=offer)


def find_offer(store: NoteStore, *, also_declined: bool = False) -> BackupOffer | None:
    """Return the newest usable backup from before the damage; None without one, or once the reader declined it.

    Raise NotesTrouble.
    """
    damaged = _damaged_file(store)
    if damaged is None or (store.setting(_DECLINED) == damaged.name and not also_declined):
        return None
    for backup in backups.backups(store.path):
        notes = backups.count_notes_in(backup)
        if notes and backups.setting_in(backup, _BEGUN_AFTER) not in (damaged.name, None):
            made = datetime.fromtimestamp(backup.stat().st_mtime).astimezone().date().isoformat()
            return BackupOffer(
                backup=backup, made=made, notes=notes, damaged=damaged, since=len(store.contents().current)
            )
    return None


def decline_offer(store: NoteStore) -> None:
    """Go on without the backup, which is not offered again. Raise NotesTrouble."""
    damaged = _damaged_file(store)
    if damaged is not None:
        store.set_setting(_DECLINED, damaged.name)


def accept_offer(offer: BackupOffer, path: Path) -> str:
    """Put the backup in place of the notes file, which nothing holds open; return what was done, as a sentence.

    The file that gives way is set aside. Raise NotesTrouble.
    """
    aside = backups.restore(offer.backup, path)
    if aside is None or not offer.since:
        return "The backup is in its place."
    since = wording.count(offer.since, "note")
    return f"The backup is in its place. {since} written since then: set aside as {aside.name}."


def _damaged_file(store: NoteStore) -> Path | None:
    """Return the damaged file after which this one was begun, if it is still there."""
    name = store.setting(_BEGUN_AFTER)
    if name:
        found: Sequence[Path] = [store.path.with_name(name)]
    else:  # begun by a window that was ended before it could remember
        found = backups.files_set_aside(store.path)
        found = found if found and not store.contents().current else []
    return found[-1] if found and found[-1].is_file() else None
