"""The text of an item as its draft has it -> the text without its notes, the notes, and what it cites."""

from __future__ import annotations

import re
from collections.abc import Callable

from viewer.bundle.rules import MAX_REMARK
from viewer.model import Footnote
from viewer.publish.faults import DraftLocation
from viewer.publish.known import Known
from viewer.publish.prose import character_flaws, size_flaw
from viewer.publish.text_flaws import text_flaws
from viewer.records import record
from viewer.text.blocks import CrossReference, FootnoteMark, Paragraph, blocks_plain, inlines
from viewer.text.commonmark import CROSS_REFERENCE, FOOTNOTE_MARK, read_text

_NOTE = re.compile(r"\[\^([a-z0-9]+(?:-[a-z0-9]+)*)\]:(?:[ \t]+(.*)|)")

PlaceOfLine = Callable[[int], DraftLocation]  # of a line of the text, 0 and up


@record
class ItemText:
    """A text without its notes; `marked` are the sources that it names at their place, in order."""

    text: str
    footnotes: tuple[Footnote, ...] = ()
    marked: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    def cited(self, listed: tuple[str, ...]) -> tuple[str, ...]:
        """Return all sources: those named at their place, then those `listed` for the text as a whole."""
        return tuple(dict.fromkeys((*self.marked, *listed)))


@record
class _DraftNote:
    """A note as it stands below a text, and the line, 0 and up, at which it begins."""

    id: str
    text: str
    line: int


def read_item_text(text: str, place_of: PlaceOfLine, known: Known, *, tables: bool = False) -> ItemText:
    """Return an item's text, notes and references, and report what is wrong with them.

    Below a text its notes stand, each in a line `[^id]: words`, which may go on in lines that are set in.
    """
    body, notes = _split(text)
    if too_long := size_flaw(text):
        known.faults.add(place_of(0), too_long)
    flaws = [*character_flaws(text, allowed="\n"), *text_flaws(body, tables=tables, marks=True)]
    for number, flaw in flaws:
        known.faults.add(place_of(number), flaw)
    if flaws and not notes and "[" not in body:
        return ItemText(text=body)
    return _linked(body, notes, place_of, known)


def _split(text: str) -> tuple[str, list[_DraftNote]]:
    """Return the text without the notes below it, and these."""
    lines = text.split("\n")
    first = next((at for at in range(len(lines)) if _only_notes(lines[at:])), len(lines))
    notes: list[_DraftNote] = []
    for at, line in enumerate(lines[first:], start=first):
        if found := _NOTE.fullmatch(line):
            notes.append(_DraftNote(id=found[1], text=(found[2] or "").strip(), line=at))
        elif line.strip():
            last = notes[-1]
            notes[-1] = _DraftNote(id=last.id, text=f"{last.text} {line.strip()}".strip(), line=last.line)
    return "\n".join(lines[:first]).rstrip(), notes


def _only_notes(lines: list[str]) -> bool:
    """Return whether all lines belong to notes, and the first one begins one."""
    return _NOTE.fullmatch(lines[0]) is not None and all(
        not line.strip() or line.startswith("  ") or _NOTE.fullmatch(line) for line in lines
    )


def _linked(body: str, notes: list[_DraftNote], place_of: PlaceOfLine, known: Known) -> ItemText:
    blocks = read_text(body)
    found = tuple(inlines(blocks))
    lines = {match[1]: body.count("\n", 0, match.start()) for match in reversed([*FOOTNOTE_MARK.finditer(body)])}
    marks = tuple(dict.fromkeys(one.target for one in found if isinstance(one, FootnoteMark)))
    by_id = {note.id: note for note in notes}
    for note in notes:
        _check_note(note, notes, marks, place_of, known)
    for mark in marks:
        if mark not in by_id:
            known.marks.append((mark, place_of(lines.get(mark, 0))))
    if body and not blocks_plain(blocks):
        known.faults.add(place_of(0), "the text has no words")
    at_line = {match[2]: body.count("\n", 0, match.start()) for match in reversed([*CROSS_REFERENCE.finditer(body)])}
    for target in _targets(body):
        known.places.use(target, place_of(at_line.get(target, 0)))
    for note in notes:
        for target in _targets(note.text):
            known.places.use(target, place_of(note.line))
    return ItemText(
        text=body,
        footnotes=tuple(Footnote(id=mark, text=by_id[mark].text) for mark in marks if mark in by_id),
        marked=tuple(mark for mark in marks if mark not in by_id),
        references=_targets(body, *(note.text for note in notes)),
    )


def _targets(*texts: str) -> tuple[str, ...]:
    """Return the ids of the items and themes to which texts lead, each once, in the order of the texts."""
    leading = (inlines(read_text(text)) for text in texts if "](#" in text)
    return tuple(dict.fromkeys(one.target for found in leading for one in found if isinstance(one, CrossReference)))


def _check_note(
    note: _DraftNote, notes: list[_DraftNote], marks: tuple[str, ...], place_of: PlaceOfLine, known: Known
) -> None:
    place, faults = place_of(note.line), known.faults
    if next(other for other in notes if other.id == note.id) is not note:
        faults.add(place, f'the note "{note.id}" is already below this text')
    if note.id not in marks:
        faults.add(place, f"nowhere in the text stands [^{note.id}], at whose place this note would be shown")
    if too_long := size_flaw(note.text, MAX_REMARK):
        faults.add(place, too_long)
    if not note.text:
        faults.add(place, "the note is empty")
    for _, flaw in text_flaws(note.text, marks=True):
        faults.add(place, flaw)
    blocks = read_text(note.text)
    if note.text and not (len(blocks) == 1 and isinstance(blocks[0], Paragraph)):
        faults.add(place, "write the note as one paragraph, without lists")
    if any(isinstance(one, FootnoteMark) for one in inlines(blocks)):
        faults.add(place, "a note has no notes of its own; name its source with sources=, or in words")
    known.notes.append((note.id, place))
