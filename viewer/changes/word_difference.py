"""The difference of two texts word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from viewer.text.markdown import plain_text

_WORD = re.compile(r"\s+|\w+(?:[’'.,]\w+)*|[^\w\s]")
_MOST = 4000  # words of one text; a longer one is shown as replaced whole

Kind = Literal["same", "gone", "come"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, went or came."""

    kind: Kind
    text: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """What of `old` stayed and went, and what came in `new`, in reading order; both are the assessment's Markdown.

    The pieces that are not `come` joined give the old text as the page shows it, those not `gone` the new one.
    """
    before, after = _WORD.findall(plain_text(old)), _WORD.findall(plain_text(new))
    if max(len(before), len(after)) > _MOST:
        return _joined([Piece("gone", "".join(before)), Piece("come", "".join(after))])
    from rapidfuzz.distance import Indel

    pieces: list[Piece] = []
    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            pieces.append(Piece("same", "".join(after[step.dest_start : step.dest_end])))
            continue
        pieces.append(Piece("gone", "".join(before[step.src_start : step.src_end])))
        pieces.append(Piece("come", "".join(after[step.dest_start : step.dest_end])))
    return _joined(_without_islands(pieces))


def _without_islands(pieces: list[Piece]) -> list[Piece]:
    """A lone space that stayed between changed words goes with them: it would tear the reading apart."""
    out: list[Piece] = []
    for at, piece in enumerate(pieces):
        inside = 0 < at < len(pieces) - 1
        if piece.kind == "same" and inside and piece.text.isspace():
            out += [Piece("gone", piece.text), Piece("come", piece.text)]
        else:
            out.append(piece)
    return out


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Within every stretch between texts that stayed, all that went before all that came; no empty pieces."""
    out: list[Piece] = []
    gone = come = ""
    for piece in (*pieces, Piece("same", "")):
        if piece.kind == "gone":
            gone += piece.text
        elif piece.kind == "come":
            come += piece.text
        else:
            out += [Piece("gone", gone), Piece("come", come), piece]
            gone = come = ""
    return tuple(piece for piece in out if piece.text)
