"""Which notes the notes view shows: by words, colour, tag, state and bookmark."""

from __future__ import annotations

from viewer.model import NoteState
from viewer.notes.carry import ResolvedNote
from viewer.notes.notebook import Notebook
from viewer.records import record


@record
class NoteFilter:
    """What is asked for; what is empty asks for nothing. `colour` -1 is any, 0 is none."""

    words: str = ""
    colour: int = -1
    tag: str = ""
    state: NoteState | None = None
    bookmark: bool = False

    def matches(self, standing: ResolvedNote) -> bool:
        """Whether the note passes, its words aside."""
        note = standing.note
        return (
            self.colour in (-1, note.colour)
            and (not self.tag or self.tag.casefold() in (tag.casefold() for tag in note.tags))
            and (self.state is None or standing.state is self.state)
            and (note.bookmark or not self.bookmark)
        )

    def apply(self, book: Notebook) -> list[ResolvedNote]:
        """The notes that pass, in the order of the pages. Raises NotesTrouble."""
        if self == NoteFilter():
            return book.in_order()
        ids = book.search(self.words)
        return [standing for standing in book.in_order() if standing.note.uuid in ids and self.matches(standing)]
