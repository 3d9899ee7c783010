"""What can be taken back, and brought again: steps of changes to the notes, newest last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from viewer.notes.store import NoteChange
from viewer.records import record

MOST = 200


@record
class UndoStep:
    """One thing that the reader did, in words ("highlight"), with its changes. Steps of one `run` become one."""

    what: str
    changes: tuple[NoteChange, ...]
    run: str = ""

    @property
    def reversed(self) -> UndoStep:
        """The step that takes this one back."""
        return replace(self, changes=tuple(change.reversed for change in reversed(self.changes)))


class UndoStack:
    """Steps behind and ahead; a new step forgets what lay ahead."""

    def __init__(self) -> None:
        self._behind: list[UndoStep] = []
        self._ahead: list[UndoStep] = []

    @property
    def to_undo(self) -> UndoStep | None:
        """The step that undo would take back."""
        return self._behind[-1] if self._behind else None

    @property
    def to_redo(self) -> UndoStep | None:
        """The step that redo would bring again."""
        return self._ahead[-1] if self._ahead else None

    def did(self, what: str, changes: Sequence[NoteChange], run: str = "") -> None:
        """Remembers a step; one of the same run that goes on from the last one is added to it."""
        self._ahead.clear()
        last = self.to_undo
        if run and last is not None and last.run == run and _goes_on(last.changes, changes):
            self._behind[-1] = replace(last, changes=_joined(last.changes, changes))
        else:
            self._behind.append(UndoStep(what=what, changes=tuple(changes), run=run))
            del self._behind[:-MOST]

    def undone(self) -> None:
        """The last step was taken back."""
        self._ahead.append(self._behind.pop())

    def redone(self) -> None:
        """The step ahead was brought again."""
        self._behind.append(self._ahead.pop())

    def forget(self) -> None:
        """Forgets everything: the notes are others now."""
        self._behind.clear()
        self._ahead.clear()


def _goes_on(first: Sequence[NoteChange], then: Sequence[NoteChange]) -> bool:
    """Whether no other window changed one of the notes in between."""
    left = {change.uuid: change.after for change in first}
    return all(left.get(change.uuid, change.before) == change.before for change in then)


def _joined(first: Sequence[NoteChange], then: Sequence[NoteChange]) -> tuple[NoteChange, ...]:
    """Both as one: of changes to the same note the first `before` and the last `after` count."""
    out = {change.uuid: change for change in first}
    for change in then:
        known = out.get(change.uuid)
        out[change.uuid] = replace(
            change,
            before=known.before if known else change.before,
            placed_before=known.placed_before if known else change.placed_before,
        )
    return tuple(out.values())
