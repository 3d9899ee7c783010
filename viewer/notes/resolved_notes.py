"""All notes of a series as they stand in one edition: by id, by item, and in the order of the pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from viewer.bundle.bundle import Bundle
from viewer.model import Marking, NoteState
from viewer.notes import carry
from viewer.notes.carry import ResolvedNote
from viewer.notes.edition_texts import EditionTexts
from viewer.notes.note_changes import StoredNote
from viewer.notes.store import FileContents
from viewer.notes.versions import Places, Version
from viewer.records import replace
from viewer.text import wording


class ResolvedNotes(Mapping[str, ResolvedNote]):
    """The notes by id, each resolved against the edition of `bundle`, whose number is `serial`."""

    def __init__(self, bundle: Bundle, texts: EditionTexts) -> None:
        self._bundle, self._texts = bundle, texts
        self.serial = bundle.edition.serial
        self._by_id: dict[str, ResolvedNote] = {}
        self._by_item: dict[str, list[ResolvedNote]] | None = None
        self._stored: dict[str, StoredNote] = {}
        self._placements: dict[str, Places] = {}

    def load(self, contents: FileContents) -> None:
        """Replace all notes by what the notes file holds."""
        self._stored = {stored.uuid: stored for stored in contents.notes}
        self._placements = {uuid: stored.version.placements for uuid, stored in self._stored.items()}
        notes = [stored.note for stored in contents.notes if stored.note is not None]
        found = carry.resolve_all(notes, self._placements, self._texts, self.serial)
        self._by_id = {resolved.note.uuid: self._marked(resolved) for resolved in found}
        self._by_item = None

    def _marked(self, resolved: ResolvedNote) -> ResolvedNote:
        return replace(resolved, both_changed=True) if self.contradicting(resolved.note.uuid) else resolved

    def follow(self, stored: StoredNote) -> None:
        """Take over how a note stands after a change that was saved."""
        uuid, note = stored.uuid, stored.note
        self._stored[uuid], self._placements[uuid] = stored, stored.version.placements
        if note is None:
            self._by_id.pop(uuid, None)
        else:
            found = carry.resolve(note, stored.version.placements, self._texts, self.serial)
            self._by_id[uuid] = self._marked(found)
        self._by_item = None

    def stored(self, uuid: str) -> StoredNote | None:
        """Return a note as its versions say it, one that was removed too; None where it is not known."""
        return self._stored.get(uuid)

    def contradicting(self, uuid: str) -> tuple[Version, ...]:
        """Return the versions that stand beside the one that is shown, until the reader settles it."""
        stored = self._stored.get(uuid)
        return stored.contradicting if stored else ()

    def __getitem__(self, uuid: str) -> ResolvedNote:
        return self._by_id[uuid]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    @property
    def placements(self) -> carry.Placements:
        """Where the reader confirmed notes to stand."""
        return self._placements

    def in_order(self) -> list[ResolvedNote]:
        """Return every note in the order of the pages; those without a place come last."""
        return sorted(self._by_id.values(), key=lambda resolved: resolved.order)

    def on_item(self, item_id: str) -> list[ResolvedNote]:
        """Return the notes that stand on an item, in the order of its text."""
        if self._by_item is None:
            self._by_item = defaultdict(list)
            for resolved in self.in_order():
                if resolved.anchor is not None:
                    self._by_item[resolved.anchor.item].append(resolved)
        return self._by_item.get(item_id, [])

    @property
    def noted_items(self) -> frozenset[str]:
        """The ids of the items that have a note, highlight or bookmark."""
        return frozenset(resolved.anchor.item for resolved in self._by_id.values() if resolved.anchor)

    def unsettled(self) -> list[ResolvedNote]:
        """Return, in order, the notes that were changed on both sides, moved, or have no place.

        Of the latter those of later editions are left out.
        """
        return [
            resolved
            for resolved in self.in_order()
            if resolved.both_changed or (resolved.state is not NoteState.PLACED and resolved.note.serial <= self.serial)
        ]

    def tags(self) -> list[str]:
        """Return every tag in use, in the order of the alphabet."""
        return sorted({tag for resolved in self._by_id.values() for tag in resolved.note.tags}, key=str.casefold)

    def caveats_of(self, resolved: ResolvedNote) -> tuple[str, ...]:
        """Return the labels of the handling caveats of the item on which a note stands."""
        item = self._texts.item(resolved.item, resolved.note.theme)
        return self._bundle.caveats_of(item) if item else ()

    def marking_line(self, resolved: ResolvedNote) -> str:
        """Return the label of the marking in force, with the handling caveats of its item."""
        return wording.marking_line(self.marking_of(resolved).label, self.caveats_of(resolved))

    def marking_of(self, resolved: ResolvedNote) -> Marking:
        """Return the marking in force: the note's own or its item's, whichever is higher.

        A code that this edition does not know counts as its highest marking.
        """
        note, known = resolved.note, {marking.code: marking for marking in self._bundle.markings}
        item = self._texts.item(resolved.item, note.theme)
        if item is None and not note.marking:
            return self._bundle.highest_marking
        own = known.get(note.marking, self._bundle.highest_marking) if note.marking else self._bundle.markings[0]
        of_item = known[item.marking] if item else own
        return max(own, of_item, key=lambda marking: marking.level)
