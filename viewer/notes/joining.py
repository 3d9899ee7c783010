"""Notes from elsewhere joined with those that are here, as one step: from a colleague's file, or from a backup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from viewer.model import Note
from viewer.notes import backups
from viewer.notes.memory import Destroyed
from viewer.notes.note_changes import NoteChange, StoredNote, stored_note
from viewer.notes.notebook import Notebook, now
from viewer.notes.store import NoteStore
from viewer.notes.tables import VersionSet, set_with
from viewer.notes.undo_steps import StepChange
from viewer.notes.versions import Version
from viewer.records import record, replace


@record
class JoinedNote:
    """A note before a file is taken in and after it; None where it is not known before.

    `incoming` is what the file says of it, `set_incoming` all that comes in, `set_after` all that is known then.
    """

    before: StoredNote | None
    after: StoredNote
    incoming: Version
    set_incoming: VersionSet
    set_after: VersionSet

    @property
    def uuid(self) -> str:
        """The note's id."""
        return self.after.uuid

    @property
    def note_before(self) -> Note | None:
        """The note as it stands before; None where there is none, or it was removed."""
        return self.before.note if self.before else None

    @property
    def contradicts_now(self) -> bool:
        """Whether both sides changed the note, which was not so before."""
        known = self.before.contradicting if self.before else ()
        return any(version not in known for version in self.after.contradicting)

    def choosing(self, version: Version, author: str, moment: str) -> JoinedNote:
        """Return it with what `version` says made the one that stands, by `author` at `moment`; the others give way."""
        chosen = Version(
            uuid=self.uuid,
            note=replace(version.note, changed=moment) if version.note else None,
            at=moment,
            by=author,
            placements=version.placements,
            parents=tuple(sorted(self.set_after.heads)),
            unknown=version.unknown,
        )
        choice = set_with(self.uuid, {chosen.digest: chosen}, frozenset())
        set_after = self.set_after.joined(choice)
        return replace(
            self,
            after=stored_note(set_after.heads),
            set_incoming=self.set_incoming.joined(choice),
            set_after=set_after,
        )


def joined(before: VersionSet | None, incoming: VersionSet) -> JoinedNote:
    """Return a note as it is once `incoming` is taken in; `before` is None where it is not known here."""
    after = (before or VersionSet(uuid=incoming.uuid)).joined(incoming)
    return JoinedNote(
        before=stored_note(before.heads) if before and before.heads else None,
        after=stored_note(after.heads),
        incoming=next(iter(incoming.heads.values())),
        set_incoming=incoming,
        set_after=after,
    )


def join(
    store: NoteStore,
    changed: Sequence[JoinedNote],
    same: Iterable[VersionSet],
    destroyed: Destroyed | None = None,
    *,
    keep: Path | None = None,
) -> None:
    """Join notes with those of a file, in one transaction, after a backup; that in `keep` stays. Raise NotesTrouble.

    `same` are those that no reader sees change, and of which only more is known then; what is `destroyed` is destroyed
    here too.
    """
    store.seal()
    backups.back_up(store.path, even_if_recent=True, keep=keep)
    store.join([*(one.set_incoming for one in changed), *same], destroyed)


def follow(book: Notebook, changed: Sequence[JoinedNote], step: str) -> None:
    """Show what was joined, and remember it as one step for undo. Raise NotesTrouble."""
    book.reload()
    changes = [change for one in changed for change in _undoable(one)]
    book.remember(step, changes, [_step_change(one) for one in changed])


def _undoable(one: JoinedNote) -> list[NoteChange]:
    """Return the change that taking a note in was, so that undo takes it back."""
    moment, before = now(), one.before.version if one.before else None
    change = NoteChange(
        uuid=one.uuid,
        before=one.note_before,
        after=one.after.note,
        at=moment,
        undo_settles=one.contradicts_now,
    )
    return [change, *change.places(before.placements if before else {}, one.after.version.placements)]


def _step_change(one: JoinedNote) -> StepChange:
    before = one.before.digest if one.before and one.before.note else ""
    return StepChange(uuid=one.uuid, before=before, after=one.after.digest, undo_settles=one.contradicts_now)
