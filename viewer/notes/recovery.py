"""What is offered after a notes file was damaged: the backup from before it, until the reader decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from viewer.notes import backups
from viewer.notes.store import NoteStore
from viewer.records import record
from viewer.text import wording

_BEGUN = "begun-after"  # setting: the damaged file after which this one was begun; its backups inherit it
_DECLINED = "backup-declined"  # setting: the same, once the reader went on without the backup


@record
class BackupOffer:
    """A backup from before the damage: when it was made, and its notes; the damaged file, and the notes made since."""

    backup: Path
    made: str  # ISO date
    notes: int
    aside: Path
    since: int

    @property
    def message(self) -> str:
        """The offer in sentences."""
        said = f"A backup with {wording.count(self.notes, 'note')} is there, made on {wording.day(self.made)}"
        if not self.since:
            return f"{said}, and can be put in its place."
        since = wording.count(self.since, "note")
        return f"{said}. It can take the place of what you wrote since, {since}, which would be set aside, not deleted."


def begun_after(store: NoteStore, aside: Path) -> None:
    """Remembers in a notes file that was begun anew which damaged one is set aside. Raises NotesTrouble."""
    store.set_setting(_BEGUN, aside.name)


def offer(store: NoteStore, *, also_declined: bool = False) -> BackupOffer | None:
    """The newest usable backup from before the damage; None without one, or once the reader declined it.

    Raises NotesTrouble.
    """
    aside = _aside(store)
    if aside is None or (store.setting(_DECLINED) == aside.name and not also_declined):
        return None
    for backup in backups.backups(store.path):
        notes = backups.count_in(backup)
        if notes and backups.setting_in(backup, _BEGUN) not in (aside.name, None):
            made = datetime.fromtimestamp(backup.stat().st_mtime).astimezone().date().isoformat()
            return BackupOffer(backup=backup, made=made, notes=notes, aside=aside, since=len(store.notes()))
    return None


def decline(store: NoteStore) -> None:
    """The reader goes on without the backup: it is offered no more. Raises NotesTrouble."""
    aside = _aside(store)
    if aside is not None:
        store.set_setting(_DECLINED, aside.name)


def accept(found: BackupOffer, path: Path) -> str:
    """Puts the backup in place of the notes file, which nothing holds open; returns what was done. Raises NotesTrouble.

    The file that gives way is set aside.
    """
    aside = backups.restore(found.backup, path)
    if aside is None or not found.since:
        return "The backup is in its place."
    since = wording.count(found.since, "note")
    return f"The backup is in its place. {since} written since then: set aside as {aside.name}."


def _aside(store: NoteStore) -> Path | None:
    """The damaged file after which this one was begun, if it is still there."""
    name = store.setting(_BEGUN)
    if name:
        found: Sequence[Path] = [store.path.with_name(name)]
    else:  # begun by a window that was ended before it could remember
        found = backups.asides(store.path)
        found = found if found and not store.notes() else []
    return found[-1] if found and found[-1].is_file() else None
