"""What undo says that it took back: the step, where its note stands, and the words on which it stands."""

from __future__ import annotations

from collections.abc import Sequence

from viewer.notes import export
from viewer.notes.carry import ResolvedNote
from viewer.notes.notebook import Notebook
from viewer.notes.undo import StepOutcome
from viewer.text import wording
from viewer.text.safe import visible

QUOTED = 60  # characters of a note's quotation


def sentence(outcome: StepOutcome, done: str, book: Notebook, changed: Sequence[ResolvedNote]) -> str:
    """Return what was done, such as `Undone: highlight in 3, finding 2, “the words”.`, and what was left as it is."""
    left = ""
    if outcome.left == 1:
        left = "1 note was changed elsewhere since, or its words are gone, and stays as it is now."
    elif outcome.left:
        left = (
            f"{outcome.left:,} notes were changed elsewhere since, or their words are gone, and stay as they are now."
        )
    if not outcome.uuids:
        return f"Nothing was done for “{outcome.name}”: {left}"
    where = f" in {wording.count(len(outcome.uuids), 'note')}"
    if len(changed) == 1:
        one = changed[0]
        quote = visible(" ".join(one.quote.split()))
        words = f", “{quote[:QUOTED].rstrip()}{'…' if len(quote) > QUOTED else ''}”"
        where = f" in {visible(export.short_place_of(book, one))}{words}"
    return f"{done}: {outcome.name}{where}. {left}".strip()
