"""Carries notes onto an edition: each is placed, moved, or without a place; none is changed by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from viewer.model import Anchor, Note, NoteState
from viewer.notes.anchors import PLACELESS, Located, is_lost, locate, moved_to, search_words
from viewer.notes.edition_texts import LAST, EditionTexts, Order
from viewer.records import record
from viewer.text import wording

Placements = Mapping[str, Mapping[int, Anchor]]  # the confirmed places: by note, by serial of the edition


@record
class ResolvedNote:
    """A note resolved against the open edition.

    `anchor` is where it stands there, None without a place; `previous` is the anchor from which it was located, of an
    earlier edition or this one. `theme` is the theme that holds it now. `order` sorts notes by page. `both_changed`:
    another version of it stands beside this one, and the reader has not chosen yet.
    """

    note: Note
    state: NoteState
    anchor: Anchor | None
    previous: Anchor
    theme: str
    order: tuple[Order, int]
    both_changed: bool = False

    @property
    def item(self) -> str:
        """The item it stands on; without a place, the one it stood on."""
        return (self.anchor or self.previous).item

    @property
    def quote(self) -> str:
        """The words it stands on; without a place, those it stood on."""
        return (self.anchor or self.previous).quote

    @property
    def noted_words(self) -> str:
        """The words that were noted, or last confirmed: never a guess of where they went."""
        return self.quote if self.state is NoteState.PLACED else self.previous.quote

    @property
    def words_now(self) -> str:
        """The other words at the place that is still to be confirmed; empty where there are none."""
        if self.state is not NoteState.MOVED or self.anchor is None or self.anchor.quote == self.previous.quote:
            return ""
        return self.anchor.quote


def resolve_all(notes: Iterable[Note], placements: Placements, texts: EditionTexts, serial: int) -> list[ResolvedNote]:
    """Return where each note stands in the edition of that serial, in the order of the notes."""
    held = [(note, placements.get(note.uuid, {})) for note in notes]
    located = [_locate_in_item(note, placed, texts, serial) for note, placed in held]
    texts.look_for(words for previous, own in located if is_lost(own) for words in search_words(previous))
    return [_resolved(note, placed, *own, texts, serial) for (note, placed), own in zip(held, located, strict=True)]


def resolve(note: Note, placed: Mapping[int, Anchor], texts: EditionTexts, serial: int) -> ResolvedNote:
    """Return where a note stands: as confirmed in this edition, else located from its place in the nearest one."""
    return _resolved(note, placed, *_locate_in_item(note, placed, texts, serial), texts, serial)


def _resolved(
    note: Note, placed: Mapping[int, Anchor], previous: Anchor, own: Located, texts: EditionTexts, serial: int
) -> ResolvedNote:
    """Return a note as it stands; `own` is what its own item has of it."""
    found = (_find_elsewhere(previous, texts) or own) if is_lost(own) else own
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


def _locate_in_item(
    note: Note, placed: Mapping[int, Anchor], texts: EditionTexts, serial: int
) -> tuple[Anchor, Located]:
    """Return the anchor to start from, and where it leads in its own item; nowhere where that vanished."""
    previous = _known_anchor(note, placed, serial)
    text = texts.text(previous.item, note.theme)
    return previous, PLACELESS if text is None else locate(previous, text)


def _find_elsewhere(previous: Anchor, texts: EditionTexts) -> Located | None:
    """Return where an item that has only these words now has them, if exactly one has; the reader confirms it."""
    places = {place for words in search_words(previous) if (place := _place_of(words, previous, texts)) is not None}
    if len(places) != 1:
        return None
    ((item, start),) = places
    text = texts.text(item) or ""
    anchor = moved_to(previous, item, text, start)
    return Located(state=NoteState.MOVED, anchor=anchor) if anchor else None


def _place_of(words: str, previous: Anchor, texts: EditionTexts) -> tuple[str, int] | None:
    """Return the item and position at which the quotation stands within the only place of these words."""
    place = texts.only_place_of(words)
    return None if place is None else (place[0], place[1] + words.index(previous.quote))


def summary(notes: Iterable[ResolvedNote]) -> str:
    """Return how the notes stand: `41 notes: 36 in place, 3 moved, 2 without a place.` or `No notes yet.`"""
    notes = list(notes)
    states = [resolved.state for resolved in notes]
    if not states:
        return "No notes yet."
    parts = [f"{states.count(NoteState.PLACED):,} in place"]
    if NoteState.MOVED in states:
        parts.append(f"{states.count(NoteState.MOVED):,} moved")
    if NoteState.PLACELESS in states:
        parts.append(f"{states.count(NoteState.PLACELESS):,} without a place")
    if both := sum(resolved.both_changed for resolved in notes):
        parts.append(f"{both:,} changed on both sides")
    return f"{wording.count(len(states), 'note')}: {', '.join(parts)}."
