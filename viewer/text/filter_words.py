"""Words typed into a filter or into find in page: which texts hold them, and where.

A hyphen or an apostrophe between letters counts for nothing here: `on-line` and `online` find each other, and so do
`offender's` and `offenders`. So it falls from the words that were typed and from the text alike, once both are folded.
"""

from __future__ import annotations

import re

from viewer.text.folded import Folded, Piece, fold_text
from viewer.text.quotation_marks import straight_quotes

Span = tuple[int, int]

_JOINT = re.compile(r"(?<=[^\W\d_])['-](?=[^\W\d_])")
_HALF_TYPED = re.compile(r"(?<=[^\W\d_])['-]+$|^['-]+(?=[^\W\d_])")  # what may yet become such
_TYPED = re.compile(r'"([^"]*)"?|([^\s"]+)')


def fold_joined(text: str) -> Folded:
    """Return `text` folded and without the hyphens and apostrophes between its letters."""
    folded = fold_text(text)
    if "-" not in folded.text and "'" not in folded.text:
        return folded
    pieces: list[Piece] = [
        (joint.start() - number, 1, joint.start(), 2) for number, joint in enumerate(_JOINT.finditer(folded.text))
    ]
    if not pieces:
        return folded
    return Folded(text=_JOINT.sub("", folded.text), steps=(*folded.steps, tuple(pieces)))


def comparable(text: str) -> str:
    """Return a text as FilterWords compares it."""
    return fold_joined(text).text


def places_of(typed: str, text: str | Folded) -> list[Span]:
    """Return where `typed` stands in `text` as a whole, also within words; none within another."""
    folded = fold_joined(text) if isinstance(text, str) else text
    return _places(comparable(typed), folded)


class FilterWords:
    """The words typed into a filter: a text passes that holds all of them, in any order, each also within a word.

    Words in quotation marks stand one after the other. A possessive is a form of its word: `child's` finds `child`.
    """

    def __init__(self, typed: str) -> None:
        words = (quoted or bare for quoted, bare in _TYPED.findall(straight_quotes(typed)))
        self.parts = tuple(dict.fromkeys(filter(None, map(_part, words))))

    def are_in(self, compared: str) -> bool:
        """Return whether a text that `comparable` made holds all words."""
        return all(part in compared for part in self.parts)

    def spans(self, text: str) -> list[Span]:
        """Return where the words stand in `text`, in order; those that overlap are one."""
        folded = fold_joined(text) if self.parts else Folded("")
        out: list[Span] = []
        for start, end in sorted(span for part in self.parts for span in _places(part, folded)):
            if out and start <= out[-1][1]:
                out[-1] = out[-1][0], max(end, out[-1][1])
            else:
                out.append((start, end))
        return out


def _part(word: str) -> str:
    """Return a typed word as it is compared: without the end of a possessive, and without what may be half typed."""
    folded = fold_text(word).text.strip()
    return _JOINT.sub("", _HALF_TYPED.sub("", folded).removesuffix("'s"))


def _places(part: str, folded: Folded) -> list[Span]:
    out: list[Span] = []
    at = folded.text.find(part) if part else -1
    while at >= 0:
        out.append(folded.original_span(at, at + len(part)))
        at = folded.text.find(part, at + len(part))
    return out
