"""A series' notes beside an open edition: what the reader does to them, each step saved, and able to be undone."""

from __future__ import annotations

import uuid as uuids
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from viewer import clock
from viewer.bundle.bundle import Bundle
from viewer.errors import NotesTrouble
from viewer.model import Anchor, Note
from viewer.notes import carry, stored_changes
from viewer.notes.anchors import anchor_item, make_anchor
from viewer.notes.carry import ResolvedNote
from viewer.notes.edition_texts import EditionTexts
from viewer.notes.memory import Destroyed
from viewer.notes.note_changes import NoteChange, StoredNote
from viewer.notes.note_settings import NoteSettings
from viewer.notes.resolved_notes import ResolvedNotes
from viewer.notes.store import FileContents, NoteStore
from viewer.notes.undo import StepOutcome, UndoStack, UndoStep
from viewer.notes.undo_steps import StepChange, StoredStep
from viewer.notes.versions import Version
from viewer.records import replace
from viewer.text.filter_words import FilterWords, comparable


def now() -> str:
    """Return this moment as notes keep it: ISO, in UTC, to the millisecond."""
    return clock.now().isoformat(timespec="milliseconds")


def _compared(resolved: ResolvedNote) -> str:
    note = resolved.note
    return comparable("\n".join((note.text, resolved.quote, *(f"#{tag}" for tag in note.tags))))


class Notebook:
    """Holds the store, the notes resolved against `bundle`, and the reader's settings; methods raise NotesTrouble.

    `contents` is what the store was just found to hold, where that is known.

    Nothing changes here unless it was saved first. `clashed` gathers the ids of notes that another window changed too,
    so that two versions stand: whoever tells the reader about them empties the list.
    """

    def __init__(self, store: NoteStore, bundle: Bundle, contents: FileContents | None = None) -> None:
        self.store, self.bundle = store, bundle
        self.texts = EditionTexts(bundle)
        self.notes = ResolvedNotes(bundle, self.texts)
        self.settings = NoteSettings(store)
        self.undo_stack = UndoStack()
        self.undo_stack.load(store.steps())
        self.clashed: list[str] = []
        self._compared: dict[str, tuple[ResolvedNote, str]] = {}  # by id, and as each is compared with typed words
        self.take_over(contents or store.contents(), store.settings(), store.destroyed())

    def reload(self) -> None:
        """Read all notes anew, and resolve them."""
        self.take_over(self.store.contents(), self.store.settings(), self.store.destroyed())

    def take_over(self, contents: FileContents, settings: Mapping[str, str], destroyed: Destroyed) -> None:
        """Resolve what was read anew from the file; forget steps that concern words which were destroyed."""
        self.settings.take_over(settings)
        self.notes.load(contents)
        self.undo_stack.forget(destroyed.notes)
        self.undo_stack.forget_versions(destroyed.versions)

    def search(self, words: str) -> set[str]:
        """Return the ids of the notes that hold all of `words`, each in text, quotation or tags, in whatever order."""
        known, wanted = self._compared, FilterWords(words)
        self._compared = {
            uuid: known[uuid] if uuid in known and known[uuid][0] is resolved else (resolved, _compared(resolved))
            for uuid, resolved in self.notes.items()
        }
        return {uuid for uuid, (_, text) in self._compared.items() if wanted.are_in(text)}

    def anchor_at(self, item_id: str, start: int = 0, end: int | None = None) -> Anchor:
        """Return the anchor of a range of an item's text; of the whole item without a range. Raise NotFound."""
        text = self.texts.text(item_id)
        if text is None:
            raise self.bundle.not_found("item", item_id)
        return anchor_item(item_id, text) if end is None else make_anchor(item_id, text, start, end)

    def resolved(self, version: Version) -> ResolvedNote | None:
        """Return a note as a version has it, where it would stand in this edition; None for a removal."""
        note = version.note
        return carry.resolve(note, version.placements, self.texts, self.notes.serial) if note else None

    # What the reader does; `step` names it for undo

    def add(self, anchors: Sequence[Anchor], step: str = "note", **fields: Any) -> list[Note]:
        """Add a note with these fields at each anchor, as one step; return them."""
        wanted = self.step_to_add(anchors, step, **fields)
        self._do(wanted.name, wanted.changes)
        return [change.after for change in wanted.changes if change.after is not None]

    def step_to_add(self, anchors: Sequence[Anchor], name: str, **fields: Any) -> UndoStep:
        """Return the step that adds a note with these fields at each anchor; nothing is saved by it yet."""
        moment, author = now(), self.settings.author
        notes = [self._new_note(anchor, moment, author, **fields) for anchor in anchors]
        changes = (NoteChange(uuid=note.uuid, before=None, after=note, at=moment) for note in notes)
        return self._new_step(name, tuple(changes))

    def change(self, uuid: str, step: str = "change", group: str = "", seen: Note | None = None, **fields: Any) -> Note:
        """Change these fields of a note, and return it; changes of one `group` are one version, and undone together.

        `seen` is the note as the reader saw it, where another window may have changed it since.
        """
        before = seen or self.notes[uuid].note
        wanted = self.step_to_change(before, step, group, **fields)
        if wanted is None:
            return before
        self._do(wanted.name, wanted.changes, group)
        return wanted.changes[0].after or before

    def step_to_change(self, seen: Note, name: str, group: str = "", **fields: Any) -> UndoStep | None:
        """Return the step that changes these fields of a note; None where it has them. Nothing is saved by it yet."""
        after = replace(seen, **fields)
        if after == seen:
            return None
        moment = now()
        after = replace(after, changed=moment, author=after.author or self.settings.author)
        change = NoteChange(uuid=seen.uuid, before=seen, after=after, at=moment, is_open=bool(group))
        return self._new_step(name, (change,), group)

    def finish(self, step: UndoStep, stored: Sequence[StoredNote]) -> None:
        """Follow a step that was saved in another thread, as the store answered, and remember it for undo."""
        self._follow(stored)
        self.undo_stack.push(replace(self.undo_stack.next_step(step.name, step.changes, step.group), id=step.id))

    def _new_step(self, name: str, changes: tuple[NoteChange, ...], group: str = "") -> UndoStep:
        """Return a step with these changes alone, under the id of the one that it continues if it does."""
        return replace(self.undo_stack.next_step(name, changes, group), changes=changes)

    def remove(self, ids: Iterable[str], step: str = "removal") -> None:
        """Remove notes; their words stay in the bin."""
        moment = now()
        notes = [self.notes[uuid].note for uuid in ids if uuid in self.notes]
        self._do(step, [NoteChange(uuid=note.uuid, before=note, after=None, at=moment) for note in notes])

    def toggle_bookmark(self, item_id: str) -> bool:
        """Bookmark an item, or take its bookmark away; return whether it has one now."""
        here = self.notes.on_item(item_id)
        bookmarked = [resolved.note for resolved in here if resolved.note.bookmark]
        if not bookmarked:
            whole = next((resolved.note for resolved in here if resolved.anchor and resolved.anchor.whole), None)
            if whole:
                self.change(whole.uuid, "bookmark", bookmark=True)
            else:
                self.add([self.anchor_at(item_id)], "bookmark", bookmark=True)
            return True
        moment = now()
        changes = []
        for note in bookmarked:
            rest = replace(note, bookmark=False, changed=moment)
            after = None if rest.is_empty else rest
            changes.append(NoteChange(uuid=note.uuid, before=note, after=after, at=moment))
        self._do("bookmark", changes)
        return False

    def confirm(self, ids: Iterable[str]) -> None:
        """Keep the places where these notes were found in this edition: the reader agrees with them."""
        found = [self.notes[uuid] for uuid in ids if uuid in self.notes]
        self._place({one.note.uuid: one.anchor for one in found if one.anchor is not None}, "confirmation")

    def attach(self, uuid: str, anchor: Anchor) -> None:
        """Put a note at another place of this edition, which the reader chose."""
        if uuid not in self.notes:
            raise NotesTrouble("The note was not put there: it was removed meanwhile.", advice="")
        self._place({uuid: anchor}, "new place")

    def settle(self, uuid: str, chosen: Version, step: str = "choice of a version") -> None:
        """Choose one of the versions of a note that both sides changed; the others stay as former ones."""
        stored = self.notes.stored(uuid)
        if stored is None:
            raise NotesTrouble("The note is not there any more.", advice="")
        moment = now()
        after = replace(chosen.note, changed=moment) if chosen.note else None
        change = NoteChange(uuid=uuid, before=stored.note, after=after, at=moment, settles=True)
        self._do(step, [change, *change.places(stored.version.placements, chosen.placements)])

    def bring_back(self, *versions: Version) -> None:
        """Make former versions of notes, or the last ones of notes that were removed, those that stand, as one step."""
        moment = now()
        changes: list[NoteChange] = []
        for version in versions:
            if version.note is not None:
                stored = self.notes.stored(version.uuid)
                after = replace(version.note, changed=moment)
                change = NoteChange(uuid=version.uuid, before=stored.note if stored else None, after=after, at=moment)
                places = change.places(stored.version.placements if stored else {}, version.placements)
                changes += [change, *places]
        self._do("return of a version" if len(versions) == 1 else "return of versions", changes)

    def destroy(self, wanted: Destroyed) -> list[Path]:
        """Destroy words, in every version and backup, and forget every step that could bring them back.

        Return the files that could not be read or written, and may still hold the words.
        """
        from viewer.notes.purge import destroy

        left = destroy(self.store, wanted)
        self.reload()
        return left

    def purge(self, uuids: Collection[str]) -> list[Path]:
        """Destroy the words of notes in all their versions; return as `destroy` does."""
        return self.destroy(Destroyed(notes=dict.fromkeys(uuids, now())))

    def purge_former(self, uuid: str, digests: Collection[str]) -> list[Path]:
        """Destroy the words of versions of a note that gave way to others; return as `destroy` does."""
        return self.destroy(Destroyed(versions={uuid: frozenset(digests)}))

    def remember(self, step: str, changes: Sequence[NoteChange], stored: Sequence[StepChange]) -> None:
        """Remember a step that was saved in another way, so that it can be undone; `stored` are its changes, too."""
        if changes:
            made = self.undo_stack.next_step(step, changes)
            self.store.remember_step(StoredStep(id=made.id, name=step, changes=tuple(stored)))
            self.undo_stack.push(made)

    def undo(self) -> StepOutcome | None:
        """Take the last step back; return what became of it, None where there is none.

        Notes that another window or machine changed since are left as they are.
        """
        step = self.undo_stack.to_undo
        return None if step is None else self._repeat(step, self.undo_stack.mark_undone, is_undone=True)

    def redo(self) -> StepOutcome | None:
        """Bring again the step that was undone last; return what became of it, None where there is none."""
        step = self.undo_stack.to_redo
        return None if step is None else self._repeat(step, self.undo_stack.mark_redone, is_undone=False)

    def _repeat(self, step: UndoStep, move: Callable[[UndoStep | None], None], *, is_undone: bool) -> StepOutcome:
        """Undo or redo a step as far as it applies, and move it in the stack."""
        found = stored_changes.changes_of(step, self.store)
        kept = stored_changes.applicable(found.reversed if is_undone else found, self.notes)
        uuids = tuple(dict.fromkeys(change.uuid for change in kept.changes))
        if kept.changes:
            self._save(kept.at(now()), StoredStep(id=step.id, name=step.name, is_undone=is_undone, is_known=True))
            move(kept.reversed if is_undone else kept)
        else:
            self.store.forget_step(step.id)
            move(None)
        concerned = {one.uuid for one in step.stored} | {change.uuid for change in found.changes}
        return StepOutcome(name=step.name, uuids=uuids, left=len(concerned) - len(uuids))

    # How it is done

    def _new_note(self, anchor: Anchor, moment: str, author: str, **fields: Any) -> Note:
        item = self.texts.item(anchor.item)
        assert item is not None
        note = Note(
            uuid=str(uuids.uuid4()),
            anchor=anchor,
            theme=item.theme,
            serial=self.notes.serial,
            marking=item.marking,
            author=author,
            created=moment,
            changed=moment,
        )
        return replace(note, **fields)

    def _place(self, anchors: dict[str, Anchor], step: str) -> None:
        moment, serial = now(), self.notes.serial
        changes = [
            NoteChange(
                uuid=uuid,
                before=self.notes[uuid].note,
                after=self.notes[uuid].note,
                at=moment,
                serial=serial,
                placed_before=self.notes.placements.get(uuid, {}).get(serial),
                placed_after=anchor,
            )
            for uuid, anchor in anchors.items()
        ]
        self._do(step, changes)

    def _do(self, step: str, changes: Sequence[NoteChange], group: str = "") -> None:
        if changes:
            made = self.undo_stack.next_step(step, changes, group)
            self._save(replace(made, changes=tuple(changes)), StoredStep(id=made.id, name=made.name))
            self.undo_stack.push(made)

    def _save(self, step: UndoStep, stored_step: StoredStep) -> None:
        """Save first; what is held here follows only then."""
        self._follow(self.store.save(step.changes, self.settings.author, stored_step))

    def _follow(self, found: Sequence[StoredNote]) -> None:
        for stored in found:
            if stored.contradicting and not self.notes.contradicting(stored.uuid):
                self.clashed.append(stored.uuid)
            self.notes.follow(stored)
