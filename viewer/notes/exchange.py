"""Notes in: a report of what a file would do, before anything is written, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from viewer import paths
from viewer.errors import ImportRefused, TooLarge
from viewer.model import Note
from viewer.notes.notebook import Notebook, now
from viewer.notes.store import NoteChange
from viewer.notes.tables import digest
from viewer.notes.w3c import NoteCollection, pack, unpack
from viewer.records import record
from viewer.signing.intake import read_file
from viewer.text import wording

LARGEST = 64 * 1024 * 1024  # bytes of a file of notes


class ConflictWinner(StrEnum):
    """Which version of a note stays where both sides changed it; the other is kept as a former one."""

    NEWEST = "newest"
    MINE = "mine"
    THEIRS = "theirs"


@record
class ImportReport:
    """What an import would do, by kind; nothing was written yet. Pairs are (mine, theirs)."""

    new: tuple[Note, ...] = ()
    same: tuple[Note, ...] = ()
    newer: tuple[tuple[Note, Note], ...] = ()  # theirs goes on from mine
    older: tuple[Note, ...] = ()  # theirs, from which mine went on
    conflicting: tuple[tuple[Note, Note], ...] = ()  # both went on, each in its own way
    removed_here: tuple[Note, ...] = ()  # theirs: they do not come back
    removed_there: tuple[Note, ...] = ()  # mine, unchanged since it was shared
    kept_though_removed: tuple[Note, ...] = ()  # mine, changed since, or never shared
    unknown_items: int = 0  # of the new ones: without a place in the edition that is open
    parcel: NoteCollection | None = None  # where it comes from, with what goes along with the new ones

    @property
    def changes_anything(self) -> bool:
        """Whether the import would write anything."""
        return bool(self.new or self.newer or self.conflicting or self.removed_there)

    def lines(self) -> list[str]:
        """The report in sentences, those first that change something."""
        said = [
            (len(self.new), "new, to be added" + self._placeless()),
            (len(self.newer), "newer than yours, to be taken over"),
            (len(self.conflicting), "changed on both sides: choose whose stay"),
            (len(self.removed_there), "removed by the other side, to be removed here"),
            (len(self.same), "the same as yours"),
            (len(self.older), "older than yours, left alone"),
            (len(self.removed_here), "removed by you, not to come back"),
            (len(self.kept_though_removed), "removed by the other side but not the same as yours, kept"),
        ]
        return [f"{wording.count(amount, 'note')}: {what}." for amount, what in said if amount] or ["No notes."]

    def _placeless(self) -> str:
        return f" ({self.unknown_items:,} on items that this edition does not have)" if self.unknown_items else ""


def read_exchange_file(path: Path) -> NoteCollection:
    """The notes in the file `path`. Raises FileTrouble or ImportRefused."""
    try:
        return unpack(read_file(path, limit=LARGEST))
    except TooLarge as err:
        raise ImportRefused(f"{paths.display_name(path)} is larger than any file of notes.") from err


def report(parcel: NoteCollection, book: Notebook) -> ImportReport:
    """What importing the parcel would do. Raises ImportRefused for notes on another series."""
    series = book.bundle.edition.series
    if parcel.series != series:
        raise ImportRefused(
            f"These are notes on the series “{parcel.series}”, not on “{series}”, which is open.",
            advice="Open an edition of their series, then import them again.",
        )
    return _sorted(parcel, book)


def _sorted(parcel: NoteCollection, book: Notebook) -> ImportReport:
    shared, gone = book.store.shared(), book.store.removed()
    out: dict[str, list[Note]] = {name: [] for name in ("new", "same", "older", "removed_here")}
    pairs: dict[str, list[tuple[Note, Note]]] = {"newer": [], "conflicting": []}
    for theirs in parcel.notes:
        known = book.standings.get(theirs.uuid)
        if known is None:
            out["removed_here" if theirs.uuid in gone else "new"].append(theirs)
        elif digest(known.note) == digest(theirs):
            out["same"].append(theirs)
        elif (theirs.uuid, digest(theirs)) in shared:
            out["older"].append(theirs)
        else:
            went_on = (theirs.uuid, digest(known.note)) not in shared
            pairs["conflicting" if went_on else "newer"].append((known.note, theirs))
    mine = [book.standings[uuid].note for uuid in parcel.removed if uuid in book.standings]
    here = {note.uuid for note in parcel.notes}
    unchanged = [note for note in mine if (note.uuid, digest(note)) in shared and note.uuid not in here]
    return ImportReport(
        new=tuple(out["new"]),
        same=tuple(out["same"]),
        newer=tuple(pairs["newer"]),
        older=tuple(out["older"]),
        conflicting=tuple(pairs["conflicting"]),
        removed_here=tuple(out["removed_here"]),
        removed_there=tuple(unchanged),
        kept_though_removed=tuple(note for note in mine if note not in unchanged and note.uuid not in here),
        parcel=parcel,
        unknown_items=sum(book.texts.item(note.anchor.item, note.theme) is None for note in out["new"]),
    )


def take_over(told: ImportReport, book: Notebook, whose: ConflictWinner = ConflictWinner.NEWEST) -> int:
    """Writes what the report says, in one transaction; returns how many notes changed. Raises NotesTrouble.

    Of notes that changed on both sides the other version is kept as a former one.
    """
    moment = now()
    won = [(mine, theirs, _wins(mine, theirs, whose)) for mine, theirs in told.conflicting]
    changes = [
        NoteChange(uuid=note.uuid, before=None, after=note, at=moment, former=_former(told, note)) for note in told.new
    ]
    taken = [*told.newer, *((mine, theirs) for mine, theirs, is_theirs in won if is_theirs)]
    changes += [NoteChange(uuid=mine.uuid, before=mine, after=theirs, at=moment) for mine, theirs in taken]
    changes += [NoteChange(uuid=note.uuid, before=note, after=None, at=moment) for note in told.removed_there]
    former = [mine if is_theirs else theirs for mine, theirs, is_theirs in won]
    both = [theirs for _, theirs in (*told.newer, *told.conflicting)]
    placed = [change for note in told.new for change in _placed(told, note, moment)]
    book.store.take_over([*changes, *placed], former, [*told.new, *told.same, *both], moment)
    book.undo_stack.forget()
    book.reload()
    return len(changes)


def _former(told: ImportReport, note: Note) -> tuple[Note, ...]:
    return told.parcel.former.get(note.uuid, ()) if told.parcel else ()


def _placed(told: ImportReport, note: Note, moment: str) -> list[NoteChange]:
    """The changes that put a new note where its reader confirmed it to stand."""
    placed = told.parcel.placements.get(note.uuid, {}) if told.parcel else {}
    change = NoteChange(uuid=note.uuid, before=note, after=note, at=moment)
    return [replace(change, serial=serial, placed_after=anchor) for serial, anchor in placed.items()]


def _wins(mine: Note, theirs: Note, whose: ConflictWinner) -> bool:
    """Whether theirs takes the place of mine."""
    if whose is ConflictWinner.NEWEST:
        return _moment(theirs.changed) > _moment(mine.changed)
    return whose is ConflictWinner.THEIRS


def _moment(iso: str) -> datetime:
    try:
        return datetime.fromisoformat(iso)
    except ValueError:
        return datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def share_as_json(book: Notebook, notes: Iterable[Note]) -> bytes:
    """The notes as a file to exchange. Which versions went out is remembered, so that their return is understood."""
    sent = tuple(notes)
    former = {note.uuid: tuple(book.store.former(note.uuid)) for note in sent}
    series, removed = book.bundle.edition.series, book.store.removed()
    data = pack(NoteCollection(series=series, notes=sent, removed=removed, placements=book.placements, former=former))
    if not book.store.read_only:
        book.store.share(sent)
    return data
