"""Carries notes onto an edition: each is placed, moved, or without a place; none is changed by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from viewer.model import Anchor, Note, NoteState
from viewer.notes.anchors import PLACELESS, Located, locate
from viewer.notes.edition_texts import LAST, EditionTexts, Order
from viewer.records import record, replace
from viewer.text import wording

Placements = Mapping[str, Mapping[int, Anchor]]  # the confirmed places: by note, by serial of the edition


@record
class ResolvedNote:
    """A note resolved against the open edition.

    `anchor` is where it stands there, None without a place; `previous` is the anchor from which it was located, of an
    earlier edition or this one. `theme` is the theme that holds it now. `order` sorts notes by page.
    """

    note: Note
    state: NoteState
    anchor: Anchor | None
    previous: Anchor
    theme: str
    order: tuple[Order, int]

    @property
    def item(self) -> str:
        """The item it stands on; without a place, the one it stood on."""
        return (self.anchor or self.previous).item

    @property
    def quote(self) -> str:
        """The words it stands on; without a place, those it stood on."""
        return (self.anchor or self.previous).quote


def resolve_all(notes: Iterable[Note], placements: Placements, texts: EditionTexts, serial: int) -> list[ResolvedNote]:
    """Return where each note stands in the edition of that serial, in the order of the notes."""
    return [resolve(note, placements.get(note.uuid, {}), texts, serial) for note in notes]


def resolve(note: Note, placed: Mapping[int, Anchor], texts: EditionTexts, serial: int) -> ResolvedNote:
    """Return where a note stands: as confirmed in this edition, else located from its place in the nearest one."""
    previous = _known_anchor(note, placed, serial)
    found = _find(previous, note.theme, texts)
    if serial in placed and found.anchor is not None:
        found = found._replace(state=NoteState.PLACED)
    anchor = found.anchor
    item = texts.item(anchor.item, note.theme) if anchor else None
    order = texts.order(anchor.item, note.theme) if anchor else _order_without_place(previous, note, texts)
    return ResolvedNote(
        note=note,
        state=found.state,
        anchor=anchor,
        previous=previous,
        theme=item.theme if item else note.theme,
        order=(order, anchor.start if anchor and not anchor.whole else -1),
    )


def _order_without_place(previous: Anchor, note: Note, texts: EditionTexts) -> Order:
    """Sort it after all that have a place, by its item's position."""
    return (*LAST[:2], texts.order(previous.item, note.theme)[2])


def _known_anchor(note: Note, placed: Mapping[int, Anchor], serial: int) -> Anchor:
    """Return the anchor to start from: of this edition, of the nearest one before it, else as the note was made."""
    if note.serial == serial and serial not in placed:
        return note.anchor
    before = [known for known in placed if known <= serial and known >= note.serial]
    return placed[max(before)] if before else note.anchor


def _find(previous: Anchor, theme: str, texts: EditionTexts) -> Located:
    text = texts.text(previous.item, theme)
    if text is None:
        return _find_elsewhere(previous, texts)
    return locate(previous, text)


def _find_elsewhere(previous: Anchor, texts: EditionTexts) -> Located:
    """Look for the words of a vanished item, if exactly one other item has them; the reader confirms."""
    item = texts.only_item_with(previous.quote)
    text = texts.text(item) if item else None
    if item is None or text is None:
        return PLACELESS
    start = text.find(previous.quote)
    found = locate(replace(previous, item=item, start=start, whole=previous.whole and text == previous.quote), text)
    return found._replace(state=NoteState.MOVED) if found.anchor else PLACELESS


def summary(notes: Iterable[ResolvedNote]) -> str:
    """Return how the notes stand: `41 notes: 36 in place, 3 moved, 2 without a place.` or `No notes yet.`"""
    states = [resolved.state for resolved in notes]
    if not states:
        return "No notes yet."
    parts = [f"{states.count(NoteState.PLACED):,} in place"]
    if NoteState.MOVED in states:
        parts.append(f"{states.count(NoteState.MOVED):,} moved")
    if NoteState.PLACELESS in states:
        parts.append(f"{states.count(NoteState.PLACELESS):,} without a place")
    return f"{wording.count(len(states), 'note')}: {', '.join(parts)}."
