"""One version of a note as a person reads it: what it stands on, what it says, by whom and when."""

from __future__ import annotations

from viewer.model import Anchor
from viewer.notes import export
from viewer.notes.notebook import Notebook
from viewer.notes.versions import Version
from viewer.pages.style import page_style_sheet
from viewer.text import wording
from viewer.text.edition_text import note_html
from viewer.text.safe import Html, escape, format_html, join_html
from viewer.ui.appearance import Appearance

NO_WORDS = format_html("<p>No words: a highlight or bookmark.</p>")
LINE_BREAK = format_html("<br/>")


def version_style(look: Appearance, ground: str = "") -> str:
    """Return the style of what is shown here; `ground` is the colour behind a quotation, else a soft one."""
    quoted = f"span.quoted {{ background-color: {ground or look.palette.soft}; }}"
    return page_style_sheet(look.palette, look.scale) + quoted


def version_html(book: Notebook, version: Version) -> Html:
    """Return a version whole, with its marking."""
    resolved = book.resolved(version)
    if resolved is None:
        return format_html("<p>The note was removed.</p>")
    note = resolved.note
    details = [
        book.settings.meaning(note.colour) if note.colour else "",
        "bookmarked" if note.bookmark else "",
        " ".join(f"#{tag}" for tag in note.tags),
        who_and_when(version),
        book.notes.marking_line(resolved),
    ]
    place = f"{export.place_of_note(book, note)}, as it was in serial {note.serial}"
    return format_html(
        "<body>{}{}{}</body>",
        note_html(note.text) or NO_WORDS,
        format_html('<p class="basis">{}</p>', " · ".join(part for part in details if part)),
        captioned(place, quoted_html(note.anchor)),
    )


def who_and_when(version: Version) -> str:
    """Return when a version was made, by the reader's own clock, and by whom."""
    return " · ".join(part for part in (wording.local_time(version.at), version.by) if part)


def captioned(title: str, body: Html) -> Html:
    """Return something under a quiet line."""
    return format_html('<p class="basis">{}</p>{}', title, body)


def quoted_html(anchor: Anchor) -> Html:
    """Return the words on which a note was made, with what stood around them."""
    return quoted_within(anchor.prefix, anchor.quote, anchor.suffix)


def quoted_within(before: str, quote: str, after: str) -> Html:
    """Return a quotation with what stands before and after it."""
    parts = [join_html(map(escape, part.split("\n")), LINE_BREAK) for part in (before, quote, after)]
    return format_html('<p>{}<span class="quoted">{}</span>{}</p>', *parts)
