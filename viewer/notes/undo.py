"""What can be undone and redone: steps of changes to the notes, the newest last."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from viewer.notes.note_changes import NoteChange
from viewer.notes.undo_steps import StepChange, StoredStep
from viewer.notes.versions import digest_of_format_1
from viewer.records import record, replace

MAX_STEPS = 200


@record
class UndoStep:
    """One thing that the reader did, in words ("highlight"), with its changes.

    Steps of one `group` that follow each other, such as one sitting of typing, become one. One that was read from the
    notes file has `stored`, and its changes once they are wanted.
    """

    name: str
    changes: tuple[NoteChange, ...]
    group: str = ""
    id: str = ""
    stored: tuple[StepChange, ...] = ()

    @property
    def to_store(self) -> StoredStep:
        """The step as the store is told of it when its changes are saved."""
        return StoredStep(id=self.id, name=self.name)

    @property
    def reversed(self) -> UndoStep:
        """The step that takes this one back."""
        return replace(self, changes=tuple(change.reversed for change in reversed(self.changes)))

    def at(self, moment: str) -> UndoStep:
        """Return the step as it is done at another time, ISO."""
        return replace(self, changes=tuple(replace(change, at=moment) for change in self.changes))


@record
class StepOutcome:
    """What became of a step that was undone or redone: its name, the notes that it changed, and how many it left.

    Those are left that another window or machine changed since.
    """

    name: str
    uuids: tuple[str, ...]
    left: int = 0


class UndoStack:
    """Steps that can be undone, and steps that can be redone; a new step forgets the latter."""

    def __init__(self) -> None:
        self._undoable: list[UndoStep] = []
        self._redoable: list[UndoStep] = []

    @property
    def to_undo(self) -> UndoStep | None:
        """The step that undo would take back."""
        return self._undoable[-1] if self._undoable else None

    @property
    def to_redo(self) -> UndoStep | None:
        """The step that redo would bring again."""
        return self._redoable[-1] if self._redoable else None

    def load(self, steps: Sequence[StoredStep]) -> None:
        """Take over the steps of earlier runs, the oldest first."""
        read = [(step, UndoStep(name=step.name, changes=(), id=step.id, stored=step.changes)) for step in steps]
        self._undoable = [made for step, made in read if not step.is_undone]
        self._redoable = [made for step, made in reversed(read) if step.is_undone]

    def next_step(self, name: str, changes: Sequence[NoteChange], group: str = "") -> UndoStep:
        """Return the step that `changes` are, or the last one of the same group if they continue it."""
        last = self.to_undo
        if group and last is not None and last.group == group and _continues(last.changes, changes):
            return replace(last, changes=_merge(last.changes, changes))
        return UndoStep(name=name, changes=tuple(changes), group=group, id=os.urandom(8).hex())

    def push(self, step: UndoStep) -> None:
        """Remember a step in the place of what it continues."""
        self._redoable.clear()
        if self.to_undo is not None and self.to_undo.id == step.id:
            self._undoable.pop()
        self._undoable.append(step)
        del self._undoable[:-MAX_STEPS]

    def mark_undone(self, step: UndoStep | None) -> None:
        """Move the last step, as it was really undone, to those that can be redone; None forgets it."""
        self._undoable.pop()
        if step is not None:
            self._redoable.append(step)

    def mark_redone(self, step: UndoStep | None) -> None:
        """Move the step, as it was really redone, back to those that can be undone; None forgets it."""
        self._redoable.pop()
        if step is not None:
            self._undoable.append(step)

    def forget(self, uuids: Collection[str]) -> None:
        """Forget all changes to these notes, whose words were destroyed."""
        self._keep(lambda change: change.uuid not in uuids)

    def forget_versions(self, versions: Mapping[str, frozenset[str]]) -> None:
        """Forget the changes from or to versions whose words were destroyed, by the note's id and their digests.

        Of a version of this format, the digest by which format 1 knows it is among them: it counts the words alone.
        """

        def is_kept(change: NoteChange | StepChange) -> bool:
            gone = versions.get(change.uuid)
            return not gone or gone.isdisjoint(_digests(change))

        self._keep(is_kept)

    def _keep(self, is_kept: Callable[[NoteChange | StepChange], bool]) -> None:
        for steps in (self._undoable, self._redoable):
            kept = [
                replace(
                    step,
                    changes=tuple(change for change in step.changes if is_kept(change)),
                    stored=tuple(change for change in step.stored if is_kept(change)),
                )
                for step in steps
            ]
            steps[:] = [step for step in kept if step.changes or step.stored]


def _digests(change: NoteChange | StepChange) -> Iterator[str]:
    for one in (change.before, change.after):
        if isinstance(one, str):
            yield one
        elif one is not None:
            yield digest_of_format_1(one)


def _continues(first: Sequence[NoteChange], then: Sequence[NoteChange]) -> bool:
    """Return whether no other window changed one of the notes in between."""
    left = {change.uuid: change.after for change in first}
    return all(left.get(change.uuid, change.before) == change.before for change in then)


def _merge(first: Sequence[NoteChange], then: Sequence[NoteChange]) -> tuple[NoteChange, ...]:
    """Join both: of changes to the same note the first `before` and the last `after` count."""
    merged = {change.uuid: change for change in first}
    for change in then:
        known = merged.get(change.uuid)
        merged[change.uuid] = replace(
            change,
            before=known.before if known else change.before,
            placed_before=known.placed_before if known else change.placed_before,
        )
    return tuple(merged.values())
