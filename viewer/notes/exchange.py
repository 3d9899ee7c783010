"""Notes from a colleague's file: first a report of what taking it in would do, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from viewer import paths
from viewer.errors import ImportRefused, TooLarge
from viewer.model import Note
from viewer.notes.note_changes import NoteChange
from viewer.notes.notebook import Notebook, now
from viewer.notes.tables import digest
from viewer.notes.w3c import NoteCollection, pack, unpack
from viewer.records import record, replace
from viewer.signing.intake import read_file
from viewer.text import wording

MAX_FILE = 64 * 1024 * 1024  # bytes of a file of notes


class ConflictWinner(StrEnum):
    """Which version of a note stays where both sides changed it; the other is kept as a former one."""

    NEWEST = "newest"
    LOCAL = "mine"
    INCOMING = "theirs"


@record
class ImportReport:
    """What an import would do, by kind; nothing was written yet. Pairs are (local, incoming).

    A version is shared once it went out to others or came in from them.
    """

    new: tuple[Note, ...] = ()  # incoming
    same: tuple[Note, ...] = ()
    newer: tuple[tuple[Note, Note], ...] = ()  # the local version is shared, the incoming one is not
    older: tuple[Note, ...] = ()  # incoming: shared, so that the local version goes on from it
    conflicting: tuple[tuple[Note, Note], ...] = ()  # neither version is shared: both sides changed the note
    removed_here: tuple[Note, ...] = ()  # incoming: they do not come back
    removed_there: tuple[Note, ...] = ()  # local: unchanged since they were shared
    kept_though_removed: tuple[Note, ...] = ()  # local: changed since they were shared, or never shared
    unknown_items: int = 0  # of the new ones: without a place in the edition that is open
    collection: NoteCollection | None = None  # where it comes from, with what goes along with the new ones

    @property
    def changes_anything(self) -> bool:
        """Whether the import would write anything."""
        return bool(self.new or self.newer or self.conflicting or self.removed_there)

    def lines(self) -> list[str]:
        """Return the report in sentences, first those of what changes something."""
        counts = [
            (len(self.new), "new, to be added" + self._placeless()),
            (len(self.newer), "newer than yours, to be taken over"),
            (len(self.conflicting), "changed on both sides: choose whose stay"),
            (len(self.removed_there), "removed by the other side, to be removed here"),
            (len(self.same), "the same as yours"),
            (len(self.older), "older than yours, left alone"),
            (len(self.removed_here), "removed by you, not to come back"),
            (len(self.kept_though_removed), "removed by the other side but not the same as yours, kept"),
        ]
        return [f"{wording.count(amount, 'note')}: {what}." for amount, what in counts if amount] or ["No notes."]

    def _placeless(self) -> str:
        return f" ({self.unknown_items:,} on items that this edition does not have)" if self.unknown_items else ""


def read_exchange_file(path: Path) -> NoteCollection:
    """Return the notes in the file `path`. Raise FileTrouble or ImportRefused."""
    try:
        return unpack(read_file(path, limit=MAX_FILE))
    except TooLarge as err:
        raise ImportRefused(f"{paths.display_name(path)} is larger than any file of notes.") from err


def report(collection: NoteCollection, book: Notebook) -> ImportReport:
    """Return what importing the collection would do. Raise ImportRefused for notes on another series."""
    series = book.bundle.edition.series
    if collection.series != series:
        raise ImportRefused(
            f"These are notes on the series “{collection.series}”, not on “{series}”, which is open.",
            advice="Open an edition of their series, then import them again.",
        )
    return _compare(collection, book)


def _compare(collection: NoteCollection, book: Notebook) -> ImportReport:
    shared, removed = book.store.shared(), book.store.removed()
    singles: dict[str, list[Note]] = {name: [] for name in ("new", "same", "older", "removed_here")}
    pairs: dict[str, list[tuple[Note, Note]]] = {"newer": [], "conflicting": []}
    for incoming in collection.notes:
        known = book.notes.get(incoming.uuid)
        if known is None:
            singles["removed_here" if incoming.uuid in removed else "new"].append(incoming)
        elif digest(known.note) == digest(incoming):
            singles["same"].append(incoming)
        elif (incoming.uuid, digest(incoming)) in shared:
            singles["older"].append(incoming)
        else:
            both_changed = (incoming.uuid, digest(known.note)) not in shared
            pairs["conflicting" if both_changed else "newer"].append((known.note, incoming))
    local = [book.notes[uuid].note for uuid in collection.removed if uuid in book.notes]
    sent = {note.uuid for note in collection.notes}
    unchanged = [note for note in local if (note.uuid, digest(note)) in shared and note.uuid not in sent]
    return ImportReport(
        new=tuple(singles["new"]),
        same=tuple(singles["same"]),
        newer=tuple(pairs["newer"]),
        older=tuple(singles["older"]),
        conflicting=tuple(pairs["conflicting"]),
        removed_here=tuple(singles["removed_here"]),
        removed_there=tuple(unchanged),
        kept_though_removed=tuple(note for note in local if note not in unchanged and note.uuid not in sent),
        collection=collection,
        unknown_items=sum(book.texts.item(note.anchor.item, note.theme) is None for note in singles["new"]),
    )


def take_over(found: ImportReport, book: Notebook, winner: ConflictWinner = ConflictWinner.NEWEST) -> int:
    """Write what the report says, in one transaction; return how many notes changed. Raise NotesTrouble.

    Of notes that changed on both sides the other version is kept as a former one.
    """
    moment = now()
    conflicts = [(local, incoming, _incoming_wins(local, incoming, winner)) for local, incoming in found.conflicting]
    changes = [
        NoteChange(uuid=note.uuid, before=None, after=note, at=moment, former=_former(found, note))
        for note in found.new
    ]
    taken = [*found.newer, *((local, incoming) for local, incoming, wins in conflicts if wins)]
    changes += [NoteChange(uuid=local.uuid, before=local, after=incoming, at=moment) for local, incoming in taken]
    changes += [NoteChange(uuid=note.uuid, before=note, after=None, at=moment) for note in found.removed_there]
    former = [local if wins else incoming for local, incoming, wins in conflicts]
    both = [incoming for _, incoming in (*found.newer, *found.conflicting)]
    placed = [change for note in found.new for change in _placements(found, note, moment)]
    book.store.take_over([*changes, *placed], former, [*found.new, *found.same, *both], moment)
    book.undo_stack.clear()
    book.reload()
    return len(changes)


def _former(found: ImportReport, note: Note) -> tuple[Note, ...]:
    return found.collection.former.get(note.uuid, ()) if found.collection else ()


def _placements(found: ImportReport, note: Note, moment: str) -> list[NoteChange]:
    """Return the changes that put a new note where its reader confirmed it to stand."""
    placed = found.collection.placements.get(note.uuid, {}) if found.collection else {}
    change = NoteChange(uuid=note.uuid, before=note, after=note, at=moment)
    return [replace(change, serial=serial, placed_after=anchor) for serial, anchor in placed.items()]


def _incoming_wins(local: Note, incoming: Note, winner: ConflictWinner) -> bool:
    if winner is ConflictWinner.NEWEST:
        return _moment(incoming.changed) > _moment(local.changed)
    return winner is ConflictWinner.INCOMING


def _moment(iso: str) -> datetime:
    try:
        return datetime.fromisoformat(iso)
    except ValueError:
        return datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def share_as_json(book: Notebook, notes: Iterable[Note]) -> bytes:
    """Return the notes as a file to exchange, and remember which versions went out. Raise NotesTrouble.

    What is remembered tells a later import which of two versions goes on from the other.
    """
    sent = tuple(notes)
    former = {note.uuid: tuple(book.store.former(note.uuid)) for note in sent}
    series, removed = book.bundle.edition.series, book.store.removed()
    placements = book.notes.placements
    data = pack(NoteCollection(series=series, notes=sent, removed=removed, placements=placements, former=former))
    if not book.store.read_only:
        book.store.share(sent)
    return data
