"""Positions in an item's plain text <-> positions in the document that shows it, mark by mark.

The page shows what the plain text leaves out, such as the marks of footnotes, and ends a line of it with the end of a
block or cell. A position in a document counts UTF-16 units.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter

from PySide6.QtGui import QTextDocument, QTextFragment

NO_WIDTH = "\u200b"  # a space without width
_FOOTNOTES = ("source:", "note:")
Step = tuple[int, int]  # a character of the text, and its position in the document


def is_footnote_mark(fragment: QTextFragment) -> bool:
    """Return whether a fragment of a page is the mark of a footnote."""
    return fragment.charFormat().anchorHref().startswith(_FOOTNOTES)


def footnote_spans(document: QTextDocument) -> Iterator[Step]:
    """Yield from where to where each footnote's mark stands in a document, in order."""
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            fragment = pieces.fragment()
            if is_footnote_mark(fragment):
                yield fragment.position(), fragment.position() + fragment.length()
            pieces += 1
        block = block.next()


def wide_text(document: QTextDocument, marks: Iterable[Step] = ()) -> str:
    """Return a document's text, every character at its position; what stands in `marks` as characters without width."""
    text = document.toRawText()
    if not text.isascii():
        text = "".join(char if ord(char) < 0x10000 else "\ufffd\ufffd" for char in text)
    pieces, at = [], 0
    for start, end in marks:
        pieces += [text[at:start], NO_WIDTH * (end - start)]
        at = end
    return "".join((*pieces, text[at:]))


def units(text: str) -> int:
    """Return how many document positions `text` takes."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def characters(text: str, position: int) -> int:
    """Return how many characters of `text` the first `position` document positions hold."""
    if units(text) == len(text):
        return min(position, len(text))
    return bisect_left(range(len(text)), position, key=lambda at: units(text[:at]))


class TextPlaces:
    """Where the characters of one item's text stand in a document.

    `steps` are the characters from which on characters and positions go side by side, in order; the first is 0.
    """

    def __init__(self, text: str, steps: list[Step]) -> None:
        self._text, self.steps = text, steps

    def position(self, character: int) -> int:
        """Return where a character stands; of the text's length, where the document goes on behind its last one."""
        at, position = self.steps[bisect_right(self.steps, character, key=itemgetter(0)) - 1]
        return position + units(self._text[at:character])

    def span(self, start: int, end: int) -> Step:
        """Return from where to where the characters from `start` to before `end` stand, marks at their ends left out.

        Nothing is selected where `end` is not behind `start`.
        """
        first = self.position(start)
        return first, self.position(end - 1) + units(self._text[end - 1 : end]) if end > start else first

    def character(self, position: int) -> int:
        """Return how many characters of the text stand before a position of the document."""
        index = bisect_right(self.steps, position, key=itemgetter(1)) - 1
        if index < 0:
            return 0
        at, start = self.steps[index]
        end = self.steps[index + 1][0] if index + 1 < len(self.steps) else len(self._text)
        return at + characters(self._text[at:end], position - start)


def text_places(document: QTextDocument, start: int, last: int, text: str) -> TextPlaces:
    """Return where `text` stands in a document whose words from `start` to `last` show it."""
    steps: list[Step] = [(0, start)]
    at, expected = 0, start
    for position, words, begins_block in _shown(document, start, last):
        if at >= len(text):
            break
        if begins_block and at and text[at] == "\n":
            at, expected = at + 1, expected + 1
        if text.startswith(words, at):
            if position != expected:
                steps.append((at, position))
            at, expected = at + len(words), position + units(words)
            continue
        for char in words:
            if at < len(text) and (char == text[at] or (char.isspace() and text[at].isspace())):
                if position != expected:
                    steps.append((at, position))
                at, expected = at + 1, position + units(char)
            position += units(char)
    if steps[1:] and steps[1][0] == 0:  # a mark stands before the first word
        del steps[0]
    return TextPlaces(text, steps)


def _shown(document: QTextDocument, start: int, last: int) -> Iterator[tuple[int, str, bool]]:
    """Yield the words of a stretch of a document but for marks: position, words, whether they begin a block."""
    block = document.findBlock(start)
    while block.isValid() and block.position() <= last:
        pieces, begins = block.begin(), True
        while not pieces.atEnd():
            fragment = pieces.fragment()
            if fragment.position() >= start and not is_footnote_mark(fragment):
                yield fragment.position(), fragment.text(), begins
                begins = False
            pieces += 1
        block = block.next()
