"""Notes and anchors as rows of the notes file, and a note's digest, by which two copies of it are told apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from viewer.model import Anchor, Note

ANCHOR_COLUMNS = ("item", "quote", "start", "prefix", "suffix", "whole")
NOTE_COLUMNS = (
    *("uuid", *ANCHOR_COLUMNS, "theme", "serial", "text", "colour", "tags", "bookmark"),
    *("marking", "author", "created", "changed"),
)


def note_values(note: Note) -> tuple[Any, ...]:
    """A note's values in the order of NOTE_COLUMNS."""
    return (
        note.uuid,
        *anchor_values(note.anchor),
        *(note.theme, note.serial, note.text, note.colour, " ".join(note.tags), int(note.bookmark)),
        *(note.marking, note.author, note.created, note.changed),
    )


def anchor_values(anchor: Anchor) -> tuple[Any, ...]:
    """An anchor's values in the order of ANCHOR_COLUMNS."""
    return (anchor.item, anchor.quote, anchor.start, anchor.prefix, anchor.suffix, int(anchor.whole))


def note_of(row: tuple[Any, ...]) -> Note:
    """The note of a row in the order of NOTE_COLUMNS."""
    uuid, item, quote, start, prefix, suffix, whole, theme, serial, text, colour, tags, bookmark, *rest = row
    marking, author, created, changed = rest
    return Note(
        uuid=uuid,
        anchor=anchor_of((item, quote, start, prefix, suffix, whole)),
        theme=theme,
        serial=serial,
        text=text,
        colour=colour,
        tags=tuple(tags.split()),
        bookmark=bool(bookmark),
        marking=marking,
        author=author,
        created=created,
        changed=changed,
    )


def anchor_of(row: tuple[Any, ...]) -> Anchor:
    """The anchor of a row in the order of ANCHOR_COLUMNS."""
    item, quote, start, prefix, suffix, whole = row
    return Anchor(item=item, quote=quote, start=start, prefix=prefix, suffix=suffix, whole=bool(whole))


def as_json(note: Note) -> str:
    """A note as one line of JSON, for keeping a former version."""
    return json.dumps(dict(zip(NOTE_COLUMNS, note_values(note), strict=True)), ensure_ascii=False)


def from_json(text: str) -> Note:
    """The note that `as_json` wrote."""
    known: Mapping[str, Any] = json.loads(text)
    return note_of(tuple(known[name] for name in NOTE_COLUMNS))


def digest(note: Note) -> str:
    """32 hex digits that differ for any two notes that say different things; times and author do not count."""
    said = note_values(note)[:-3]
    return hashlib.blake2b(json.dumps(said, ensure_ascii=True).encode(), digest_size=16).hexdigest()
