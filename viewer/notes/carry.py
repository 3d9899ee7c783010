"""Carries notes onto an edition: each is placed, moved, or without a place; none is changed by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from viewer.model import Anchor, Note, NoteState
from viewer.notes.anchors import PLACELESS, Located, locate
from viewer.notes.edition_texts import LAST, EditionTexts, Order
from viewer.records import record
from viewer.text import wording

Placements = Mapping[str, Mapping[int, Anchor]]  # by note, by serial of the edition: what the reader confirmed


@record
class ResolvedNote:
    """One note in the edition that is open: where it stands there, and where it stood before.

    `anchor` is None without a place. `theme` is the theme that holds it now.
    """

    note: Note
    state: NoteState
    anchor: Anchor | None
    previous: Anchor
    theme: str
    order: tuple[Order, int]

    @property
    def item(self) -> str:
        """The item it stands on, or stood on."""
        return (self.anchor or self.previous).item


def resolve_all(notes: Iterable[Note], placements: Placements, texts: EditionTexts, serial: int) -> list[ResolvedNote]:
    """Where each note stands in the edition of that serial, in the order of the notes."""
    return [resolve(note, placements.get(note.uuid, {}), texts, serial) for note in notes]


def resolve(note: Note, placed: Mapping[int, Anchor], texts: EditionTexts, serial: int) -> ResolvedNote:
    """Where one note stands: as the reader confirmed it in this edition, else located from the nearest edition."""
    was = _known_place(note, placed, serial)
    found = _found(was, note.theme, texts)
    if serial in placed and found.anchor is not None:
        found = found._replace(state=NoteState.PLACED)
    here = found.anchor
    item = texts.item(here.item, note.theme) if here else None
    order = texts.order(here.item, note.theme) if here else (*LAST[:2], texts.order(was.item, note.theme)[2])
    return ResolvedNote(
        note=note,
        state=found.state,
        anchor=here,
        previous=was,
        theme=item.theme if item else note.theme,
        order=(order, here.start if here and not here.whole else -1),
    )


def _known_place(note: Note, placed: Mapping[int, Anchor], serial: int) -> Anchor:
    """The anchor to start from: of this edition, of the nearest one before it, else as the note was made."""
    if note.serial == serial and serial not in placed:
        return note.anchor
    before = [known for known in placed if known <= serial and known >= note.serial]
    return placed[max(before)] if before else note.anchor


def _found(was: Anchor, theme: str, texts: EditionTexts) -> Located:
    text = texts.text(was.item, theme)
    if text is None:
        return _found_elsewhere(was, texts)
    return locate(was, text)


def _found_elsewhere(was: Anchor, texts: EditionTexts) -> Located:
    """For an item that vanished: its words, if exactly one other item has them; the reader confirms."""
    item = texts.only_item_with(was.quote)
    text = texts.text(item) if item else None
    if item is None or text is None:
        return PLACELESS
    start = text.find(was.quote)
    found = locate(replace(was, item=item, start=start, whole=was.whole and text == was.quote), text)
    return found._replace(state=NoteState.MOVED) if found.anchor else PLACELESS


def summary(standings: Iterable[ResolvedNote]) -> str:
    """How the notes stand, in one sentence: `41 notes: 36 in place, 3 moved, 2 without a place.`; `No notes yet.`"""
    states = [standing.state for standing in standings]
    if not states:
        return "No notes yet."
    parts = [f"{states.count(NoteState.PLACED):,} in place"]
    if NoteState.MOVED in states:
        parts.append(f"{states.count(NoteState.MOVED):,} moved")
    if NoteState.PLACELESS in states:
        parts.append(f"{states.count(NoteState.PLACELESS):,} without a place")
    return f"{wording.count(len(states), 'note')}: {', '.join(parts)}."
