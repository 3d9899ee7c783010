"""A series' notes beside an open edition: what the reader does to them, each step saved, and able to be undone."""

from __future__ import annotations

import re
import uuid as uuids
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from viewer.bundle.bundle import Bundle
from viewer.errors import NotesTrouble
from viewer.model import Anchor, Marking, Note, NoteState
from viewer.notes import carry
from viewer.notes.anchors import anchor_item, make_anchor
from viewer.notes.carry import ResolvedNote
from viewer.notes.edition_texts import EditionTexts
from viewer.notes.store import NoteChange, NoteStore
from viewer.notes.undo import UndoStack, UndoStep

LONGEST = 20_000  # characters of a note
MOST_TAGS = 30
MEANINGS = ("Act on", "For training", "Question", "Check", "Follow up")
COLOURS = ("amber", "green", "blue", "rose", "violet")
_NO_TAG = re.compile(r"[^\w-]+")


def now() -> str:
    """This moment as notes keep it: ISO, in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def tags_of(typed: str) -> tuple[str, ...]:
    """The tags that were typed, with or without `#`, each once; at most 30, each of at most 40 characters."""
    words = (_NO_TAG.sub("", word)[:40] for word in re.split(r"[\s,#]+", typed))
    once = {word.casefold(): word for word in reversed([word for word in words if word])}
    return tuple(reversed(once.values()))[:MOST_TAGS]


class Notebook:
    """Holds the store and where each of its notes stands in `bundle`; methods raise NotesTrouble.

    Nothing changes here unless it was saved first. `gave_way` gathers what another window had saved and this one
    wrote over: it is kept in the store, and is for whoever tells the reader to empty.
    """

    def __init__(self, store: NoteStore, bundle: Bundle) -> None:
        self.store, self.bundle = store, bundle
        self.texts = EditionTexts(bundle)
        self.serial = bundle.edition.serial
        self.undo_stack = UndoStack()
        self.gave_way: list[Note] = []
        self._standings: dict[str, ResolvedNote] = {}
        self._placed: dict[str, dict[int, Anchor]] = defaultdict(dict)
        self._gone: dict[str, tuple[Note, ...]] = {}  # former versions of removed notes, for undo and redo
        self.reload()

    # What there is

    def reload(self) -> None:
        """Reads all notes anew and finds where they stand."""
        self._placed = defaultdict(dict)
        for uuid, serial, anchor in self.store.placements():
            self._placed[uuid][serial] = anchor
        notes = self.store.notes()
        stand = carry.resolve_all(notes, self._placed, self.texts, self.serial)
        self._standings = {standing.note.uuid: standing for standing in stand}
        self._by_item: dict[str, list[ResolvedNote]] | None = None

    @property
    def standings(self) -> dict[str, ResolvedNote]:
        """Every note of the series by its id."""
        return self._standings

    @property
    def placements(self) -> carry.Placements:
        """Where the reader confirmed notes to stand, by note and by serial of the edition."""
        return self._placed

    def in_order(self) -> list[ResolvedNote]:
        """Every note in the order of the pages; those without a place follow the rest of their kind."""
        return sorted(self._standings.values(), key=lambda standing: standing.order)

    def on_item(self, item_id: str) -> list[ResolvedNote]:
        """The notes that stand on an item, in the order of its text."""
        if self._by_item is None:
            self._by_item = defaultdict(list)
            for standing in self.in_order():
                if standing.anchor is not None:
                    self._by_item[standing.anchor.item].append(standing)
        return self._by_item.get(item_id, [])

    @property
    def noted(self) -> frozenset[str]:
        """The ids of the items that have a note, highlight or bookmark."""
        return frozenset(standing.anchor.item for standing in self._standings.values() if standing.anchor)

    def unsettled(self) -> list[ResolvedNote]:
        """The notes of this edition or earlier ones that moved or have no place, in order."""
        return [s for s in self.in_order() if s.state is not NoteState.PLACED and s.note.serial <= self.serial]

    def search(self, words: str) -> set[str]:
        """The ids of the notes that hold `words`; all for none."""
        return self.store.search(words) if words.strip() else set(self._standings)

    def tags(self) -> list[str]:
        """Every tag in use, in the order of the alphabet."""
        return sorted({tag for s in self._standings.values() for tag in s.note.tags}, key=str.casefold)

    def marking_of(self, note: Note, item_id: str = "") -> Marking:
        """The marking in force: the note's own or its item's, whichever is higher; one unknown here counts as highest.

        `item_id` is the item it stands on, where that is not the one it was made on.
        """
        known = {marking.code: marking for marking in self.bundle.markings}
        item = self.texts.item(item_id or note.anchor.item, note.theme)
        if item is None and not note.marking:
            return self.bundle.highest_marking
        own = known.get(note.marking, self.bundle.highest_marking) if note.marking else self.bundle.markings[0]
        of_item = known[item.marking] if item else own
        return max(own, of_item, key=lambda marking: marking.level)

    def meaning(self, colour: int) -> str:
        """What a colour, 1 to 5, stands for in this reader's words."""
        return self.store.setting(f"colour-{colour}") or MEANINGS[colour - 1]

    def set_meaning(self, colour: int, meaning: str) -> None:
        """Names a colour."""
        self.store.set_setting(f"colour-{colour}", meaning.strip()[:40])

    def keep_names(self, author: str, meanings: Sequence[str]) -> None:
        """Names the reader and the five colours; an empty meaning is the usual one again."""
        self.author = author
        for number, meaning in enumerate(meanings, 1):
            self.set_meaning(number, meaning)

    @property
    def author(self) -> str:
        """The name that new notes bear; empty where the reader gave none."""
        return self.store.setting("author")

    @author.setter
    def author(self, name: str) -> None:
        self.store.set_setting("author", " ".join(name.split())[:80])

    # Anchors in this edition

    def anchor_at(self, item_id: str, start: int = 0, end: int | None = None) -> Anchor:
        """The anchor of a range of an item's text; of the whole item without a range. Raises NotFound."""
        text = self.texts.text(item_id)
        if text is None:
            raise self.bundle.not_found("item", item_id)
        return anchor_item(item_id, text) if end is None else make_anchor(item_id, text, start, end)

    # What the reader does

    def add(self, anchors: Sequence[Anchor], what: str = "note", **said: Any) -> list[Note]:
        """Makes a note at each anchor, as one step; returns them."""
        moment, author = now(), self.author
        made = [self._made(anchor, moment, author, **said) for anchor in anchors]
        self._do(what, [NoteChange(uuid=note.uuid, before=None, after=note, at=moment) for note in made])
        return made

    def change(self, uuid: str, what: str = "change", run: str = "", seen: Note | None = None, **said: Any) -> Note:
        """Changes what a note says; changes of one `run`, such as one sitting of typing, are undone together.

        `seen` is the note as the reader saw it, where another window may have changed it since.
        """
        before = seen or self._standings[uuid].note
        after = replace(before, **said)
        if after == before:
            return before
        moment = now()
        after = replace(after, changed=moment, author=after.author or self.author)
        self._do(what, [NoteChange(uuid=uuid, before=before, after=after, at=moment)], run)
        return after

    def remove(self, ids: Iterable[str], what: str = "removal") -> None:
        """Removes notes; that they were is remembered, their words are not."""
        moment = now()
        notes = [self._standings[uuid].note for uuid in ids if uuid in self._standings]
        self._do(what, [NoteChange(uuid=note.uuid, before=note, after=None, at=moment) for note in notes])

    def toggle_bookmark(self, item_id: str) -> bool:
        """Bookmarks an item, or takes its bookmark away; returns whether it has one now."""
        marked = [s.note for s in self.on_item(item_id) if s.note.bookmark]
        if not marked:
            whole = next((s.note for s in self.on_item(item_id) if s.anchor and s.anchor.whole), None)
            if whole:
                self.change(whole.uuid, "bookmark", bookmark=True)
            else:
                self.add([self.anchor_at(item_id)], "bookmark", bookmark=True)
            return True
        moment = now()
        changes = []
        for note in marked:
            left = replace(note, bookmark=False, changed=moment)
            after = None if left.is_empty else left
            changes.append(NoteChange(uuid=note.uuid, before=note, after=after, at=moment))
        self._do("bookmark", changes)
        return False

    def confirm(self, ids: Iterable[str]) -> None:
        """The reader agrees that these notes belong where they were found in this edition."""
        found = [self._standings[uuid] for uuid in ids if uuid in self._standings]
        self._place({s.note.uuid: s.anchor for s in found if s.anchor is not None}, "confirmation")

    def attach(self, uuid: str, anchor: Anchor) -> None:
        """Puts a note at another place of this edition, by the reader's own hand."""
        if uuid not in self._standings:
            raise NotesTrouble("The note was not put there: it was removed meanwhile.", advice="")
        self._place({uuid: anchor}, "new place")

    def undo(self) -> str:
        """Takes the last step back; returns what it was, empty where there is none."""
        step = self.undo_stack.to_undo
        if step is None:
            return ""
        self._save(step.reversed)
        self.undo_stack.undone()
        return step.what

    def redo(self) -> str:
        """Brings the step again that was taken back last; returns what it was, empty where there is none."""
        step = self.undo_stack.to_redo
        if step is None:
            return ""
        self._save(step)
        self.undo_stack.redone()
        return step.what

    # How it is done

    def _made(self, anchor: Anchor, moment: str, author: str, **said: Any) -> Note:
        item = self.texts.item(anchor.item)
        assert item is not None
        fresh = Note(
            uuid=str(uuids.uuid4()),
            anchor=anchor,
            theme=item.theme,
            serial=self.serial,
            marking=item.marking,
            author=author,
            created=moment,
            changed=moment,
        )
        return replace(fresh, **said)

    def _place(self, anchors: dict[str, Anchor], what: str) -> None:
        moment = now()
        changes = []
        for uuid, anchor in anchors.items():
            note = self._standings[uuid].note
            former = self._placed[uuid].get(self.serial)
            changes.append(
                NoteChange(
                    uuid=uuid,
                    before=note,
                    after=note,
                    at=moment,
                    serial=self.serial,
                    placed_before=former,
                    placed_after=anchor,
                )
            )
        self._do(what, changes)

    def _do(self, what: str, changes: Sequence[NoteChange], run: str = "") -> None:
        if changes:
            self._save(UndoStep(what=what, changes=tuple(changes)))
            self.undo_stack.did(what, changes, run)

    def _save(self, step: UndoStep) -> None:
        """Saves first; what is held here follows only then."""
        self.gave_way += self.store.save([self._with_former(change) for change in step.changes])
        for change in step.changes:
            self._follow(change)
        self._by_item = None

    def _with_former(self, change: NoteChange) -> NoteChange:
        """Former versions go with a note that is removed, and come back with it."""
        if change.after is None:
            self._gone[change.uuid] = tuple(self.store.former(change.uuid))
        elif change.before is None:
            return replace(change, former=self._gone.get(change.uuid, ()))
        return change

    def _follow(self, change: NoteChange) -> None:
        placed = self._placed[change.uuid]
        if change.placed_after is not None:
            placed[change.serial] = change.placed_after
        elif change.placed_before is not None:
            placed.pop(change.serial, None)
        if change.after is None:
            self._standings.pop(change.uuid, None)
        else:
            self._standings[change.uuid] = carry.resolve(change.after, placed, self.texts, self.serial)
