"""Ranges of items' texts <-> places in the document that shows them; a position there counts UTF-16 units."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from PySide6.QtGui import QTextCursor, QTextDocument

from viewer.ui.reading.page_map import ItemMap

Range = tuple[str, int, int]  # item, start and end in characters of its plain text
_SENTENCE = re.compile(r"[^\s].*?(?:[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9])|$)", re.MULTILINE)


def units(text: str) -> int:
    """Return how many document positions `text` takes."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def characters(text: str, position: int) -> int:
    """Return how many characters of `text` the first `position` document positions hold."""
    if units(text) == len(text):
        return min(position, len(text))
    return bisect_left(range(len(text)), position, key=lambda at: units(text[:at]))


def cursor_of(document: QTextDocument, places: ItemMap, wanted: Range, text: str) -> QTextCursor | None:
    """Return the place of a range in the document; None where the page does not show its item."""
    item, start, end = wanted
    at = places.start_of(item)
    if at is None:
        return None
    last = document.characterCount() - 1
    cursor = QTextCursor(document)
    cursor.setPosition(min(last, at + units(text[:start])))
    cursor.setPosition(min(last, at + units(text[:end])), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def ranges_of(cursor: QTextCursor, places: ItemMap, text_of: Callable[[str], str]) -> list[Range]:
    """Return the parts of items' texts that are selected, without spaces at their ends; none for anything else."""
    out = []
    first, last = sorted((cursor.anchor(), cursor.position()))
    whole = cursor.hasComplexSelection()  # over cells of a table, which are selected whole, from their first position
    for item, at in zip(places.ids, places.starts, strict=True):
        text = text_of(item) if at < last or (whole and at == last) else ""
        if not text or at + units(text) <= first:
            continue
        start = 0 if whole else characters(text, max(0, first - at))
        end = len(text) if whole else characters(text, max(0, last - at))
        chosen = text[start:end]
        start += len(chosen) - len(chosen.lstrip())
        end -= len(chosen) - len(chosen.rstrip())
        if start < end:
            out.append((item, start, end))
    return out


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a text begin and end; a line's end ends one too."""
    return [match.span() for match in _SENTENCE.finditer(text) if match.group().strip()]


def sentence_steps(places: ItemMap, text_of: Callable[[str], str]) -> Iterator[Range]:
    """Yield all sentences of the page in the order of the eye."""
    for item in places.ids:
        yield from ((item, start, end) for start, end in sentences(text_of(item)))
