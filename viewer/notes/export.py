"""Notes written to a file: as Markdown with citations, as CSV, or as JSON to exchange."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from viewer import paths
from viewer.errors import FileTrouble, NotFound
from viewer.model import Note, NoteState
from viewer.notes import exchange
from viewer.notes.carry import ResolvedNote
from viewer.notes.notebook import Notebook
from viewer.text import wording
from viewer.text.blocks_markdown import escape_markdown
from viewer.text.safe_csv import csv_text

_COLUMNS = (
    *("place", "theme", "item", "quotation", "words now", "note", "colour", "meaning", "tags", "bookmark", "state"),
    *("marking", "author", "made", "changed", "edition serial", "id"),
)
PLACELESS = "Without a place in this edition"
_STATES = {NoteState.MOVED: "moved, to be confirmed", NoteState.PLACELESS: "without a place in this edition"}


def write(book: Notebook, notes: Sequence[ResolvedNote], path: Path) -> None:
    """Write the notes to `path`: `.md` to read, `.csv` as a table, `.json` or `.jsonld` to exchange.

    Raise FileTrouble for another ending, or where the file cannot be written; NotesTrouble.
    """
    ending = path.suffix
    match ending.casefold():
        case ".md":
            paths.write_atomically(path, markdown(book, notes).encode("utf-8", "replace"), mode=0o600)
        case ".csv":
            paths.write_atomically(path, csv(book, notes).encode("utf-8-sig", "replace"), mode=0o600)
        case ".json" | ".jsonld":
            exchange.write_out(book, notes, path)
        case _:
            form = f"in the form “{ending}”" if ending else "without an ending that says the form"
            raise FileTrouble(
                f"Notes cannot be written {form}, only as .md, .csv or .json.",
                advice="Choose a name with such an ending.",
            )


def markdown(book: Notebook, notes: Sequence[ResolvedNote]) -> str:
    """Return the notes by theme, each under its citation, with its quotation, its text, and its marking and tags."""
    edition = book.bundle.edition
    title = f"# Notes on {edition.title}, {edition.label}"
    marking = f"Marking: {highest_marking(book, notes)}. {wording.count(len(notes), 'note')}."
    parts = [title, marking]
    for section, group in groupby(notes, key=section_of):
        parts.append(f"## {theme_title(book, section) if section else PLACELESS}")
        parts += [_paragraph(book, resolved) for resolved in group]
    return "\n\n".join(parts) + "\n"


def csv(book: Notebook, notes: Iterable[ResolvedNote]) -> str:
    """Return the notes as a table, one in each row."""
    return csv_text([_COLUMNS, *(_row(book, resolved) for resolved in notes)])


def section_of(resolved: ResolvedNote) -> str:
    """Return the id of the theme under which a note is listed; empty for a note without a place."""
    return resolved.theme if resolved.anchor else ""


def highest_marking(book: Notebook, notes: Iterable[ResolvedNote]) -> str:
    """Return the label of the highest marking among the notes, with all caveats; that of the lowest for none."""
    listed = list(notes)
    markings = [book.notes.marking_of(resolved) for resolved in listed]
    highest = max(markings, key=lambda marking: marking.level, default=book.bundle.markings[0])
    caveats = dict.fromkeys(label for resolved in listed for label in book.notes.caveats_of(resolved))
    return wording.marking_line(highest.label, caveats)


def theme_title(book: Notebook, theme_id: str) -> str:
    """Return the theme's number and name; its id where this edition has no such theme."""
    try:
        theme = book.bundle.theme(theme_id)
    except NotFound:
        return f"{theme_id} (not in this edition)"
    return f"{theme.label} {theme.title}".strip()


def citation_of(book: Notebook, resolved: ResolvedNote) -> str:
    """Return where the note stands, as it is cited: `TACSEA 2012/13, 3.4, p. 12`; its item's id without a place."""
    item = book.texts.item(resolved.item, resolved.theme) if resolved.anchor else None
    if item is None:
        return f"{resolved.previous.item} (serial {resolved.note.serial})"
    return wording.citation(book.bundle.edition, book.bundle.theme(item.theme), item)


def short_place_of(book: Notebook, resolved: ResolvedNote) -> str:
    """Return the place without the edition: `3.4`, `3, finding 2`; the item's id without a place."""
    item = book.texts.item(resolved.item, resolved.theme) if resolved.anchor else None
    return wording.item_place(item, book.bundle.theme(item.theme)) if item else resolved.previous.item


def place_of_note(book: Notebook, note: Note) -> str:
    """Return the place at which a note was made, without the edition: `3, finding 2`; an id where that is gone."""
    item = book.texts.item(note.anchor.item, note.theme)
    return wording.item_place(item, book.bundle.theme(item.theme)) if item else note.anchor.item


def _paragraph(book: Notebook, resolved: ResolvedNote) -> str:
    now = f"Now, to be confirmed:\n\n{_quotation(resolved.words_now)}" if resolved.words_now else ""
    parts = [
        f"**{citation_of(book, resolved)}**",
        _quotation(resolved.noted_words),
        now,
        resolved.note.text.strip(),
        _details(book, resolved),
    ]
    return "\n\n".join(part for part in parts if part)


def _quotation(words: str) -> str:
    return "\n".join(f"> {line}" for line in words.split("\n"))


def _details(book: Notebook, resolved: ResolvedNote) -> str:
    note = resolved.note
    parts = [
        book.settings.meaning(note.colour) if note.colour else "",
        "bookmarked" if note.bookmark else "",
        " ".join(f"#{escape_markdown(tag)}" for tag in note.tags),
        note.author,
        wording.local_day(note.changed),
        book.notes.marking_line(resolved),
        _STATES.get(resolved.state, ""),
    ]
    return f"*{' · '.join(part for part in parts if part)}*"


def _row(book: Notebook, resolved: ResolvedNote) -> tuple[str | int, ...]:
    note = resolved.note
    return (
        *(citation_of(book, resolved), theme_title(book, resolved.theme), resolved.item),
        *(resolved.noted_words, resolved.words_now, note.text),
        *(note.colour, book.settings.meaning(note.colour) if note.colour else "", " ".join(note.tags)),
        *("yes" if note.bookmark else "", resolved.state.value, book.notes.marking_line(resolved)),
        *(note.author, note.created, note.changed, note.serial, note.uuid),
    )
