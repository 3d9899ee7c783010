"""What a list of versions of notes says of each, in the bin and of a backup, and which of them a filter lets pass."""

from __future__ import annotations

from collections.abc import Sequence

from viewer.model import Note
from viewer.notes import export
from viewer.notes.note_bin import BinEntry
from viewer.notes.notebook import Notebook
from viewer.text import wording
from viewer.text.edition_text import note_plain
from viewer.text.filter_words import FilterWords, comparable
from viewer.ui.parts.record_rows import RecordColumn

MAX_TEXT = 300  # characters of a text in a row


def bin_columns(book: Notebook) -> tuple[RecordColumn[BinEntry], ...]:
    """Return the columns of the bin."""
    return (
        RecordColumn(title="When", cell=lambda entry: wording.local_time(entry.at), width=180),
        RecordColumn(title="What", cell=lambda entry: wording.capitalised(entry.kind), width=120),
        RecordColumn(title="Words", cell=lambda entry: said_in(entry.note)),
        RecordColumn(title="Place", cell=lambda entry: export.place_of_note(book, entry.note), width=110),
        RecordColumn(title="Who", cell=lambda entry: entry.by, width=110),
    )


def said_in(note: Note) -> str:
    """Return the beginning of what a note says, in one line; of a mere highlight or bookmark its quotation."""
    if note.text:
        return note_plain(note.text[: 2 * MAX_TEXT]).replace("\n", " ")[:MAX_TEXT]
    return f"“{' '.join(note.anchor.quote[:MAX_TEXT].split())}”"


def passing(notes: Sequence[Note], words: str) -> list[bool]:
    """Return of each note whether it holds all of `words`, in text, quotation or tags."""
    wanted = FilterWords(words)
    return [not wanted.parts or wanted.are_in(comparable(_searched(note))) for note in notes]


def _searched(note: Note) -> str:
    return "\n".join((note.text, note.anchor.quote, *(f"#{tag}" for tag in note.tags)))
