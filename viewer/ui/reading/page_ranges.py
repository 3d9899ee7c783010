"""Ranges of items' texts <-> places in the document that shows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from PySide6.QtGui import QTextCursor, QTextDocument

from viewer.ui.reading.page_map import ItemMap
from viewer.ui.reading.text_places import TextPlaces, text_places

Range = tuple[str, int, int]  # item, start and end in characters of its plain text
_SENTENCE = re.compile(r"[^\s].*?(?:[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9])|$)", re.MULTILINE)


def cursor_of(document: QTextDocument, places: ItemMap, wanted: Range, text: str) -> QTextCursor | None:
    """Return the place of a range in the document; None where the page does not show its item."""
    item, start, end = wanted
    if places.start_of(item) is None:
        return None
    last = document.characterCount() - 1
    first, after = _places_of(document, places, item, text).span(min(start, len(text)), min(end, len(text)))
    cursor = QTextCursor(document)
    cursor.setPosition(min(last, first))
    cursor.setPosition(min(last, after), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def ranges_of(cursor: QTextCursor, places: ItemMap, text_of: Callable[[str], str]) -> list[Range]:
    """Return the parts of items' texts that are selected, without spaces at their ends; none for anything else."""
    out = []
    first, last = sorted((cursor.anchor(), cursor.position()))
    for item in places.between(first, last):
        text = text_of(item)
        cell = places.cell_of(item)
        if not text or last < cell[0] or first > cell[1]:
            continue
        if cursor.hasComplexSelection() and not cell[0] <= first <= last <= cell[1]:
            start, end = 0, len(text)  # over cells of the page's table, which are selected whole
        else:
            held = _places_of(cursor.document(), places, item, text)
            start, end = held.character(first), held.character(last)
        chosen = text[start:end]
        start += len(chosen) - len(chosen.lstrip())
        end -= len(chosen) - len(chosen.rstrip())
        if start < end:
            out.append((item, start, end))
    return out


def _places_of(document: QTextDocument, places: ItemMap, item: str, text: str) -> TextPlaces:
    """Return where an item's text stands, found once for each page that is shown."""
    held = places.text_places.get(item)
    if held is None or held[0] != text:
        start = places.start_of(item)
        assert start is not None
        held = places.text_places[item] = text, text_places(document, start, places.cell_of(item)[1], text)
    return held[1]


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a text begin and end; a line's end ends one too."""
    return [match.span() for match in _SENTENCE.finditer(text) if match.group().strip()]


def sentence_steps(places: ItemMap, text_of: Callable[[str], str]) -> Iterator[Range]:
    """Yield all sentences of the page in the order of the eye."""
    for item in places.ids:
        yield from ((item, start, end) for start, end in sentences(text_of(item)))
