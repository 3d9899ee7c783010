"""Notes written out for people: Markdown with citations, and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from viewer.errors import NotFound
from viewer.model import NoteState, Theme
from viewer.notes.carry import ResolvedNote
from viewer.notes.notebook import Notebook
from viewer.text import wording
from viewer.text.safe_csv import csv_text

_COLUMNS = (
    *("place", "theme", "item", "quotation", "note", "colour", "meaning", "tags", "bookmark", "state"),
    *("marking", "author", "made", "changed", "edition serial", "id"),
)
PLACELESS = "Without a place in this edition"
_STATES = {NoteState.MOVED: "moved, to be confirmed", NoteState.PLACELESS: "without a place in this edition"}


def markdown(book: Notebook, standings: Iterable[ResolvedNote]) -> str:
    """The notes by theme, each under its citation, with its quotation, its words, and what it is marked with."""
    edition = book.bundle.edition
    held = list(standings)
    marking = highest(book, held)
    top = [f"# Notes on {edition.title}, {edition.label}", f"Marking: {marking}. {wording.count(len(held), 'note')}."]
    parts = ["\n\n".join(top)]
    for head, group in groupby(held, key=group_of):
        parts.append(f"## {theme_title(book, head) if head else PLACELESS}")
        parts += [_paragraph(book, standing) for standing in group]
    return "\n\n".join(parts) + "\n"


def csv(book: Notebook, standings: Iterable[ResolvedNote]) -> str:
    """The notes as a table, one in each row."""
    return csv_text([_COLUMNS, *(_row(book, standing) for standing in standings)])


def group_of(standing: ResolvedNote) -> str:
    """The theme under which a note is listed; empty for the notes without a place, which stand together."""
    return standing.theme if standing.anchor else ""


def highest(book: Notebook, standings: Sequence[ResolvedNote]) -> str:
    """The label of the highest marking among the notes; that of the scheme's lowest for none."""
    markings = [book.marking_of(standing.note, standing.item) for standing in standings]
    return max(markings, key=lambda marking: marking.level, default=book.bundle.markings[0]).label


def theme_title(book: Notebook, theme_id: str) -> str:
    """The theme's number and name; its id where this edition has it no more."""
    theme = _theme(book, theme_id)
    return f"{theme.number} {theme.title}".strip() if theme else f"{theme_id} (not in this edition)"


def citation_of(book: Notebook, standing: ResolvedNote) -> str:
    """Where the note stands, as it is cited: `TACSEA 2012/13, 3.4, p. 12`; its item's id without a place."""
    item = book.texts.item(standing.item, standing.theme) if standing.anchor else None
    if item is None:
        return f"{standing.previous.item} (serial {standing.note.serial})"
    return wording.citation(book.bundle.edition, book.bundle.theme(item.theme), item)


def short_place_of(book: Notebook, standing: ResolvedNote) -> str:
    """The place without the edition: `3.4`, `3, finding 2`; the item's id without a place."""
    item = book.texts.item(standing.item, standing.theme) if standing.anchor else None
    return wording.item_place(item, book.bundle.theme(item.theme)) if item else standing.previous.item


def _theme(book: Notebook, theme_id: str) -> Theme | None:
    try:
        return book.bundle.theme(theme_id)
    except NotFound:
        return None


def _paragraph(book: Notebook, standing: ResolvedNote) -> str:
    note, anchor = standing.note, standing.anchor or standing.previous
    quoted = "\n".join(f"> {line}" for line in anchor.quote.split("\n"))
    said = [f"**{citation_of(book, standing)}**", quoted, note.text.strip(), _about(book, standing)]
    return "\n\n".join(part for part in said if part)


def _about(book: Notebook, standing: ResolvedNote) -> str:
    note = standing.note
    parts = [
        book.meaning(note.colour) if note.colour else "",
        "bookmarked" if note.bookmark else "",
        " ".join(f"#{tag}" for tag in note.tags),
        note.author,
        note.changed[:10],
        book.marking_of(note, standing.item).label,
        _STATES.get(standing.state, ""),
    ]
    return f"*{' · '.join(part for part in parts if part)}*"


def _row(book: Notebook, standing: ResolvedNote) -> tuple[str | int, ...]:
    note, anchor = standing.note, standing.anchor or standing.previous
    return (
        *(citation_of(book, standing), theme_title(book, standing.theme), anchor.item, anchor.quote, note.text),
        *(note.colour, book.meaning(note.colour) if note.colour else "", " ".join(note.tags)),
        *("yes" if note.bookmark else "", standing.state.value, book.marking_of(note, standing.item).label),
        *(note.author, note.created, note.changed, note.serial, note.uuid),
    )
