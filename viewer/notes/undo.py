"""What can be undone and redone: steps of changes to the notes, the newest last."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from viewer.notes.note_changes import NoteChange
from viewer.records import record, replace

MAX_STEPS = 200


@record
class UndoStep:
    """One thing that the reader did, in words ("highlight"), with its changes.

    Steps of one `group` that follow each other, such as one sitting of typing, become one.
    """

    name: str
    changes: tuple[NoteChange, ...]
    group: str = ""

    @property
    def reversed(self) -> UndoStep:
        """The step that takes this one back."""
        return replace(self, changes=tuple(change.reversed for change in reversed(self.changes)))

    def at(self, moment: str) -> UndoStep:
        """Return the step as it is done at another time, ISO."""
        return replace(self, changes=tuple(replace(change, at=moment) for change in self.changes))


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

    def push(self, name: str, changes: Sequence[NoteChange], group: str = "") -> None:
        """Remember a step; one of the same group that continues the last one is added to it."""
        self._redoable.clear()
        last = self.to_undo
        if group and last is not None and last.group == group and _continues(last.changes, changes):
            self._undoable[-1] = replace(last, changes=_merge(last.changes, changes))
        else:
            self._undoable.append(UndoStep(name=name, changes=tuple(changes), group=group))
            del self._undoable[:-MAX_STEPS]

    def mark_undone(self) -> None:
        """Move the last step to those that can be redone."""
        self._redoable.append(self._undoable.pop())

    def mark_redone(self) -> None:
        """Move the step that was redone back to those that can be undone."""
        self._undoable.append(self._redoable.pop())

    def forget(self, uuids: Collection[str]) -> None:
        """Forget all changes to these notes, whose words were destroyed."""
        for steps in (self._undoable, self._redoable):
            kept = [replace(step, changes=tuple(c for c in step.changes if c.uuid not in uuids)) for step in steps]
            steps[:] = [step for step in kept if step.changes]


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
