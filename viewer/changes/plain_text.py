"""All changes as plain text for a terminal: what went in `[-…-]`, what came in `{+…+}`, as wdiff writes them."""

from __future__ import annotations

from collections.abc import Iterator

from viewer.changes.headline import headline
from viewer.changes.presented import PresentedChange, present_change
from viewer.changes.records import ChangeKind, Changes
from viewer.changes.word_difference import Segment
from viewer.text.edition_text import text_plain

_WORDED = (ChangeKind.REWORDED, ChangeKind.NEW, ChangeKind.WITHDRAWN)


def text_lines(found: Changes) -> Iterator[str]:
    """Yield all of it line by line."""
    yield _editions(found)
    yield headline(found.all)
    yield from found.cautions
    theme = None
    for change in found.all:
        if change.theme != theme:
            theme = change.theme
            yield ""
            yield found.theme_titles.get(theme, "Sources") if theme else "Sources"
        yield from _change_lines(present_change(change, found.earlier_titles))


def cited_change(presented: PresentedChange, found: Changes, marking_label: str) -> str:
    """Return a change as it is copied: its marking where one has to be said, both sides, and both editions named."""
    old, new = text_plain(presented.old_text), text_plain(presented.new_text)
    lines = (
        marking_label,
        f"{presented.subject}: {presented.how}",
        f"Then: {old}" if old else "",
        f"Now: {new}" if new else "",
        _editions(found),
    )
    return "\n".join(line for line in lines if line)


def _editions(found: Changes) -> str:
    old, new = (f"{edition.name}, serial {edition.serial}" for edition in (found.old, found.new))
    return f"{old} → {new}"


def _change_lines(presented: PresentedChange) -> Iterator[str]:
    yield f"  {presented.subject}: {presented.how}"
    yield from (f"      {row.line}" for row in presented.changed_rows)
    if any(presented.change.has(kind) for kind in _WORDED):
        text = "".join(map(_marked, presented.segments))
        yield from (f"      {line}" for line in text.splitlines())


def _marked(segment: Segment) -> str:
    return {"gone": f"[-{segment.text}-]", "come": f"{{+{segment.text}+}}"}.get(segment.kind, segment.text)
