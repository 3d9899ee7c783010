"""What every note must be for the rest of the program to work with it: checked at import, and at each reading."""

from __future__ import annotations

from viewer.model import Anchor, Note
from viewer.notes.limits import MAX_TAGS, MAX_TEXT
from viewer.notes.versions import Version

MAX_CONTEXT = 200  # characters of what stands around a quotation, and of a name
MAX_SERIAL = 2**53


def fault_of(version: Version) -> str:
    """Return the name of the field that makes a version unusable; empty where it can be used."""
    places = next((f"placements, {fault}" for at in version.placements.values() if (fault := _anchor(at))), "")
    if places or any(not 0 <= serial <= MAX_SERIAL for serial in version.placements):
        return places or "placements"
    return _note(version.note) if version.note is not None else ""


def _note(note: Note) -> str:
    if fault := _anchor(note.anchor):
        return fault
    checks = (
        ("serial", 0 <= note.serial <= MAX_SERIAL),
        ("text", len(note.text) <= MAX_TEXT and "\0" not in note.text),
        ("colour", 0 <= note.colour <= 5),
        ("tags", len(note.tags) <= MAX_TAGS),
        ("author", len(note.author) <= MAX_CONTEXT),
    )
    return next((name for name, is_right in checks if not is_right), "")


def _anchor(anchor: Anchor) -> str:
    if not 0 < len(anchor.quote) <= MAX_TEXT:
        return "quote"
    if not 0 <= anchor.start <= MAX_TEXT:
        return "start"
    return "prefix" if max(len(anchor.prefix), len(anchor.suffix)) > MAX_CONTEXT else ""
