"""What a step changes, read from the versions of the notes file, and how much of it still applies."""

from __future__ import annotations

from collections.abc import Iterator

from viewer.notes.note_changes import NoteChange
from viewer.notes.resolved_notes import ResolvedNotes
from viewer.notes.store import NoteStore
from viewer.notes.tables import VersionSet
from viewer.notes.undo import UndoStep
from viewer.notes.undo_steps import StepChange
from viewer.notes.versions import Version
from viewer.records import replace


def changes_of(step: UndoStep, store: NoteStore) -> UndoStep:
    """Return the step with its changes; without those whose versions the file does not hold any more."""
    if step.changes:
        return step
    found = tuple(change for one in step.stored for change in _changes(one, store.versions(one.uuid)))
    return replace(step, changes=found)


def _changes(one: StepChange, known: VersionSet) -> Iterator[NoteChange]:
    versions: dict[str, Version] = {**known.versions, **known.heads}
    before, after = versions.get(one.before), versions.get(one.after)
    if after is None or (before is None and one.before):
        return
    change = NoteChange(
        uuid=one.uuid,
        before=before.note if before else None,
        after=after.note,
        at=after.at,
        undo_settles=one.undo_settles,
    )
    places = change.places(before.placements if before else {}, after.placements)
    if change.before != change.after or not places:
        yield change
    yield from places


def applicable(step: UndoStep, notes: ResolvedNotes) -> UndoStep:
    """Return the step without the notes that are not as it needs them: somebody changed them since."""
    firsts: dict[str, NoteChange] = {}
    for change in step.changes:
        firsts.setdefault(change.uuid, change)
    moved = {change.uuid for change in step.changes if not _is_placed(change, notes)}
    fit = {uuid for uuid, change in firsts.items() if _is_as_before(change, notes)} - moved
    return replace(step, changes=tuple(change for change in step.changes if change.uuid in fit))


def _is_as_before(change: NoteChange, notes: ResolvedNotes) -> bool:
    stored = notes.stored(change.uuid)
    return (stored.note if stored else None) == change.before


def _is_placed(change: NoteChange, notes: ResolvedNotes) -> bool:
    stored = notes.stored(change.uuid)
    if not change.serial or stored is None or stored.note is None:
        return True
    return stored.version.placements.get(change.serial) == change.placed_before
