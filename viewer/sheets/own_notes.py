"""The reader's notes as sheets need them: those with words, where they stand in the open edition."""

from __future__ import annotations

from pathlib import Path

from viewer.bundle.bundle import Bundle
from viewer.notes.notebook import Notebook
from viewer.notes.store import NoteStore, path_for
from viewer.sheets.sheet import SheetNote


def notes_of(home: Path, bundle: Bundle) -> tuple[SheetNote, ...]:
    """The notes on this edition's items, in the order of the pages; none where no notes file was ever made.

    Raises NotesTrouble where the file cannot be read.
    """
    path = path_for(home, bundle.edition.series)
    if not path.exists():
        return ()
    store = NoteStore.open(path)
    try:
        return in_notebook(Notebook(store, bundle))
    finally:
        store.close()


def in_notebook(notebook: Notebook) -> tuple[SheetNote, ...]:
    """The notes in an open notebook. One whose marking this edition does not know keeps it, and is then withheld."""
    known = {marking.code for marking in notebook.bundle.markings}
    out = []
    for resolved in notebook.notes.in_order():
        note, anchor = resolved.note, resolved.anchor
        if anchor is None or not note.text.strip():
            continue
        unknown = note.marking and note.marking not in known
        marking = note.marking if unknown else notebook.notes.marking_of(resolved).code
        quote = "" if anchor.whole else anchor.quote
        out.append(SheetNote(item=anchor.item, text=note.text, marking=marking, quote=quote))
    return tuple(out)
