"""The difference of two texts word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from viewer.records import record
from viewer.text.edition_text import text_plain

_WORD = re.compile(r"\s+|\w+(?:[’'.,]\w+)*|[^\w\s]")
_MOST = 4000  # words of one text; a longer one is shown as replaced whole

SegmentKind = Literal["same", "gone", "come"]


@record
class Segment:
    """A run of text that stayed, went or came."""

    kind: SegmentKind
    text: str


def word_difference(old: str, new: str) -> tuple[Segment, ...]:
    """Return what of `old` stayed and went, and what came in `new`, in reading order; both are Markdown.

    The segments that are not `come` joined give the old text as the page shows it, those not `gone` the new one.
    """
    before, after = _WORD.findall(text_plain(old)), _WORD.findall(text_plain(new))
    if max(len(before), len(after)) > _MOST:
        return _joined([_gone(before), _come(after)])
    from rapidfuzz.distance import Indel

    segments: list[Segment] = []
    for step in Indel.opcodes(before, after):
        removed, added = before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]
        segments += [_same(added)] if step.tag == "equal" else [_gone(removed), _come(added)]
    return _joined(_without_lone_spaces(segments))


def spaced_out(segments: Iterable[Segment], gap: str = " ") -> tuple[Segment, ...]:
    """Return the segments with a gap between what went and what came, which would read as one word without it."""
    out: list[Segment] = []
    for segment in segments:
        before = out[-1] if out else None
        if before and {before.kind, segment.kind} == {"gone", "come"}:
            apart = before.text[-1].isspace() or segment.text[0].isspace()
            out += [] if apart else [_same(gap)]
        out.append(segment)
    return tuple(out)


def _same(words: Iterable[str]) -> Segment:
    return Segment(kind="same", text="".join(words))


def _gone(words: Iterable[str]) -> Segment:
    return Segment(kind="gone", text="".join(words))


def _come(words: Iterable[str]) -> Segment:
    return Segment(kind="come", text="".join(words))


def _without_lone_spaces(segments: list[Segment]) -> list[Segment]:
    """Let a lone space that stayed between changed words go with them: it would tear the reading apart."""
    out: list[Segment] = []
    for at, segment in enumerate(segments):
        inside = 0 < at < len(segments) - 1
        if segment.kind == "same" and inside and segment.text.isspace():
            out += [_gone(segment.text), _come(segment.text)]
        else:
            out.append(segment)
    return out


def _joined(segments: list[Segment]) -> tuple[Segment, ...]:
    """Return all that went before all that came, within every stretch between texts that stayed; no empty ones."""
    out: list[Segment] = []
    gone = come = ""
    for segment in (*segments, _same("")):
        if segment.kind == "gone":
            gone += segment.text
        elif segment.kind == "come":
            come += segment.text
        else:
            out += [_gone(gone), _come(come), segment]
            gone = come = ""
    return tuple(segment for segment in out if segment.text)
