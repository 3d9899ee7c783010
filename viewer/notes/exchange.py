"""Notes from a colleague's file: first a report of what taking it in would do, then all of it or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from viewer import paths
from viewer.errors import ImportRefused, TooLarge
from viewer.notes import joining, versions
from viewer.notes.carry import ResolvedNote
from viewer.notes.joining import JoinedNote
from viewer.notes.note_changes import stored_note
from viewer.notes.notebook import Notebook, now
from viewer.notes.tables import VersionSet
from viewer.notes.versions import Version
from viewer.notes.w3c import NoteCollection, pack, unpack
from viewer.records import record, replace
from viewer.signing.intake import read_file
from viewer.text import wording

MAX_FILE = 64 * 1024 * 1024  # bytes of a file of notes


class ConflictWinner(StrEnum):
    """Which version of a note stays where both sides changed it; the others are kept as former ones."""

    BOTH = "both"  # both stand, until the reader settles it
    NEWEST = "newest"
    LOCAL = "mine"
    INCOMING = "theirs"


@record
class ImportReport:
    """What an import would do, by kind; nothing was written yet."""

    new: tuple[JoinedNote, ...] = ()
    newer: tuple[JoinedNote, ...] = ()  # the other side went on from what is here
    conflicting: tuple[JoinedNote, ...] = ()  # both sides changed the note
    removed_there: tuple[JoinedNote, ...] = ()
    same: tuple[JoinedNote, ...] = ()
    older: tuple[JoinedNote, ...] = ()  # what is here went on from it
    removed_here: tuple[JoinedNote, ...] = ()
    purged: int = 0  # notes whose words were destroyed here
    unknown_items: int = 0  # of the new ones: without a place in the edition that is open
    sets: tuple[VersionSet, ...] = ()
    says_more: bool = False  # anything that is not known here, be it only which version went on from which

    @property
    def changes_anything(self) -> bool:
        """Whether the import would change a note."""
        return bool(self.new or self.newer or self.conflicting or self.removed_there)

    def lines(self) -> list[str]:
        """Return the report in sentences, first those of what changes something."""
        counts = [
            (len(self.new), "new, to be added" + self._placeless()),
            (len(self.newer), "newer than yours, to be taken over"),
            (len(self.conflicting), "changed on both sides: both versions are kept, and you choose"),
            (len(self.removed_there), "removed by the other side, to be removed here"),
            (len(self.same), "the same as yours"),
            (len(self.older), "older than yours, left alone"),
            (len(self.removed_here), "removed by you, not to come back"),
            (self.purged, "destroyed by you, not to come back"),
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
    purged, here = book.store.destroyed().notes, book.store.all_versions()
    sets = _with_given(collection, book.store.given(), here)
    joined = [joining.joined(here.get(found.uuid), found) for found in sets if found.uuid not in purged]
    kinds: dict[str, list[JoinedNote]] = {}
    for one in joined:
        kinds.setdefault(_kind(one), []).append(one)
    by_kind = {kind: tuple(found) for kind, found in kinds.items() if kind}
    items = [one.after.note for one in by_kind.get("new", ())]
    return ImportReport(
        **by_kind,
        purged=sum(found.uuid in purged for found in sets),
        unknown_items=sum(note is not None and book.texts.item(note.anchor.item, note.theme) is None for note in items),
        sets=tuple(sets),
        says_more=any(one.set_after != here.get(one.after.uuid) for one in joined),
    )


def _kind(one: JoinedNote) -> str:
    """Return the field of the report to which a note belongs; empty for a removal of a note that is not here."""
    before, after = one.note_before, one.after.note
    if one.contradicts_now:
        return "conflicting"
    if before is None:
        if after is not None:
            return "new" if one.before is None else "newer"
        return "removed_here" if one.incoming.note is not None else ""
    if after is None:
        return "removed_there"
    if before != after or (one.before and one.before.version.placements != one.after.version.placements):
        return "newer"
    return "same" if one.incoming.says_the_same_as(one.after.version) else "older"


def _with_given(
    collection: NoteCollection, given: Iterable[tuple[str, str]], here: Mapping[str, VersionSet]
) -> list[VersionSet]:
    """Return the sets of a file; one of an old program went on from the only version that it can have had from here.

    Such a file does not say from which version a note was made. Where other versions are known than the one that left
    this machine, nobody can tell: then both stand.
    """
    if not any(version.is_migrated for found in collection.sets for version in found.versions.values()):
        return list(collection.sets)
    by_note: dict[str, set[str]] = defaultdict(set)
    for uuid, digest in given:
        by_note[uuid].add(digest)
    return [_went_on(found, here.get(found.uuid), by_note[found.uuid]) for found in collection.sets]


def _went_on(found: VersionSet, known: VersionSet | None, given: Collection[str]) -> VersionSet:
    """Return a note of a file with what gave way to it as far as this machine can tell."""
    is_old = any(version.is_migrated for version in found.heads.values())
    if not is_old or known is None or known.superseded or known.versions.keys() != given:
        return found
    return replace(found, superseded=found.superseded | (set(given) - set(found.heads)))


def take_over(found: ImportReport, book: Notebook, winner: ConflictWinner = ConflictWinner.BOTH) -> int:
    """Do what the report says, in one transaction, after a backup; return how many notes changed. Raise NotesTrouble.

    It can be undone as one step, the choice of a winner too.
    """
    conflicting = found.conflicting
    if winner is not ConflictWinner.BOTH:
        author, moment = book.settings.author, now()
        conflicting = tuple(one.choosing(_winning(one, winner), author, moment) for one in conflicting)
    changed = (*found.new, *found.newer, *conflicting, *found.removed_there)
    ids = {one.uuid for one in changed}
    joining.join(book.store, changed, (one for one in found.sets if one.uuid not in ids))
    joining.follow(book, changed, "import")
    return len(changed)


def _winning(one: JoinedNote, winner: ConflictWinner) -> Version:
    if winner is ConflictWinner.INCOMING:
        return one.incoming
    mine = one.before.version if one.before else one.incoming
    if winner is ConflictWinner.LOCAL:
        return mine
    return max(mine, one.incoming, key=lambda version: versions.moment(version.at))


def pack_notes(book: Notebook, notes: Iterable[ResolvedNote]) -> tuple[bytes, list[tuple[str, str]]]:
    """Return notes as a file to exchange, and which versions stand in it, by the note's id and digest.

    Of each note the versions that stand go out, and of those before them the digests alone, so that words which were
    changed do not travel. What is being written is sealed. Raise NotesTrouble.
    """
    sent = [resolved.note.uuid for resolved in notes]
    if not book.store.read_only:
        book.store.seal()
    here = book.store.all_versions()
    removed = [uuid for uuid, found in here.items() if found.heads and stored_note(found.heads).note is None]
    sets = [_heads_alone(here[uuid]) for uuid in (*sent, *sorted(removed)) if uuid in here]
    data = pack(NoteCollection(series=book.bundle.edition.series, sets=tuple(sets)))
    return data, [(found.uuid, digest) for found in sets for digest in found.versions]


def _heads_alone(found: VersionSet) -> VersionSet:
    heads = found.heads
    older = (found.superseded | set(found.versions) | versions.other_names(found.versions.values())) - set(heads)
    return VersionSet(uuid=found.uuid, versions=heads, superseded=frozenset(older))


def write_out(book: Notebook, notes: Sequence[ResolvedNote], path: Path) -> None:
    """Write notes to a file to exchange, and remember which versions went out. Raise ViewerError."""
    data, given = pack_notes(book, notes)
    paths.write_atomically(path, data, mode=0o600)
    if not book.store.read_only:  # only once the file is there
        book.store.mark_given(given)
