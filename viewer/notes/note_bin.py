"""What the bin shows: notes that were removed, and versions of notes that gave way to others, with their words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import StrEnum

from viewer.model import Note
from viewer.notes.memory import Destroyed
from viewer.notes.store import NoteStore
from viewer.notes.tables import VersionSet
from viewer.notes.versions import Version, moment
from viewer.records import record


class BinKind(StrEnum):
    """What lies in the bin."""

    REMOVED = "removed note"
    FORMER = "former version"


@record
class BinEntry:
    """Words that do not stand any more: of a removed note the last ones, or a former version of any note.

    `at` (ISO) and `by` say when and by whom the note was removed, or the version made.
    """

    kind: BinKind
    digest: str
    version: Version
    note: Note  # as that version has it
    at: str
    by: str

    @property
    def uuid(self) -> str:
        """The note's id."""
        return self.version.uuid


def entries(store: NoteStore) -> tuple[BinEntry, ...]:
    """Return what lies in the bin of a notes file, the latest first. Raise NotesTrouble."""
    found = (entry for known in store.all_versions().values() for entry in _entries(known))
    return tuple(sorted(found, key=lambda entry: (moment(entry.at), entry.digest), reverse=True))


def _entries(known: VersionSet) -> Iterator[BinEntry]:
    """Yield what of one note lies in the bin; a version that says what stands is not missed, and is left out."""
    heads = known.heads
    said = [version for version in heads.values() if version.note is not None]
    by_time = sorted(known.versions.items(), key=lambda one: (moment(one[1].at), one[0]), reverse=True)
    for digest, version in by_time:
        if digest in heads or version.note is None or any(version.says_the_same_as(other) for other in said):
            continue
        if said:
            kind, at, by = BinKind.FORMER, version.at, version.by
        else:  # the last words of a note that was removed
            removal = next(iter(heads.values()), version)
            kind, at, by = BinKind.REMOVED, removal.at, removal.by
            said.append(version)
        yield BinEntry(kind=kind, digest=digest, version=version, note=version.note, at=at, by=by)


def removed_notes(store: NoteStore) -> list[BinEntry]:
    """Return the removed notes whose words are here, the one removed last first. Raise NotesTrouble."""
    return [entry for entry in entries(store) if entry.kind is BinKind.REMOVED]


def words_of(chosen: Collection[BinEntry], at: str) -> Destroyed:
    """Return the words of these entries as what is to be destroyed; of a removed note, all that it ever said."""
    notes = {entry.uuid: at for entry in chosen if entry.kind is BinKind.REMOVED}
    versions: dict[str, frozenset[str]] = {}
    for entry in chosen:
        if entry.uuid not in notes:
            versions[entry.uuid] = versions.get(entry.uuid, frozenset()) | {entry.digest}
    return Destroyed(notes=notes, versions=versions)
