"""Which notes the notes view and the verb show: by words, colour, tag, state and bookmark."""

from __future__ import annotations

from viewer.model import NoteState
from viewer.notes.carry import ResolvedNote
from viewer.notes.notebook import Notebook
from viewer.records import record
from viewer.text.folded import fold_text

ANY_COLOUR = -1


@record
class NoteFilter:
    """What is asked for; an empty field asks for nothing. `colour` is 1 to 5, 0 for none, or ANY_COLOUR."""

    words: str = ""
    colour: int = ANY_COLOUR
    tag: str = ""
    state: NoteState | None = None
    bookmark: bool = False

    def matches(self, resolved: ResolvedNote) -> bool:
        """Return whether the note passes, its words aside."""
        note = resolved.note
        return (
            self.colour in (ANY_COLOUR, note.colour)
            and (not self.tag or fold_text(self.tag).text in (fold_text(tag).text for tag in note.tags))
            and (self.state is None or resolved.state is self.state)
            and (note.bookmark or not self.bookmark)
        )

    def apply(self, book: Notebook) -> list[ResolvedNote]:
        """Return the notes that pass, in the order of the pages. Raise NotesTrouble."""
        if self == NoteFilter():
            return book.notes.in_order()
        ids = book.search(self.words)
        return [one for one in book.notes.in_order() if one.note.uuid in ids and self.matches(one)]
