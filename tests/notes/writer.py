"""A process that saves notes as fast as it can and says so after each commit: for tests that kill it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from viewer.model import Anchor, Note
from viewer.notes.note_changes import NoteChange
from viewer.notes.store import NoteStore

NOTES = 5


def main(path: Path) -> None:
    """Saves versions of five notes in turn; prints each note's id and version once it is saved."""
    store = NoteStore.open(path)
    anchor = Anchor(item="t.p1", quote="a quotation of some length", start=10, prefix="before ", suffix=" after")
    notes: dict[int, Note] = {}
    version = 0
    while True:
        version += 1
        at = version % NOTES
        before = notes.get(at)
        fresh = before or Note(uuid=str(uuid4()), anchor=anchor, theme="t", serial=1)
        after = replace(fresh, text=f"{version} " + "words that take some room " * (version % 40), changed=str(version))
        store.save([NoteChange(uuid=after.uuid, before=before, after=after, at=str(version))])
        notes[at] = after
        sys.stdout.write(f"{after.uuid} {version}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
