"""The notes that were removed, with the words that they had last: what the bin shows."""

from __future__ import annotations

from viewer.model import Note
from viewer.notes.store import NoteStore
from viewer.notes.versions import Version, moment
from viewer.records import record


@record
class RemovedNote:
    """A note that was removed: when (ISO) and by whom, and the last version that has words."""

    uuid: str
    at: str
    by: str
    last: Version
    note: Note  # as that version has it


def removed_notes(store: NoteStore) -> list[RemovedNote]:
    """Return the removed notes whose words are here, the one removed last first. Raise NotesTrouble."""
    found = []
    for uuid, known in store.all_versions().items():
        heads = list(known.heads.values())
        if not heads or heads[0].note is not None:
            continue
        noted = [version for version in known.versions.values() if version.note is not None]
        last = max(noted, key=lambda version: (moment(version.at), version.body), default=None)
        if last is not None and last.note is not None:
            found.append(RemovedNote(uuid=uuid, at=heads[0].at, by=heads[0].by, last=last, note=last.note))
    return sorted(found, key=lambda one: (moment(one.at), one.uuid), reverse=True)
