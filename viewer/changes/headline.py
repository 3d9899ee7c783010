"""What changed between two editions in a sentence or two, as a briefing opens with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from viewer.changes.records import Change, ChangeKind, Direction, Subject
from viewer.text import wording

_NOUNS = {
    Subject.THEME: "theme",
    Subject.FINDING: "finding",
    Subject.RECOMMENDATION: "recommendation",
    Subject.STATISTIC: "figure",
    Subject.PASSAGE: "passage",
    Subject.SOURCE: "source",
}
_FIRST = (Subject.FINDING, Subject.RECOMMENDATION, Subject.STATISTIC)
_COUNTED_KINDS = (ChangeKind.NEW, ChangeKind.WITHDRAWN, ChangeKind.REWORDED, ChangeKind.MOVED, ChangeKind.RENAMED)
_DIRECTIONS = {Direction.UP: "up", Direction.DOWN: "down", Direction.SAME: "unchanged"}
_UNCLEAR, _BROKEN = "without a clear direction", "measured differently"
_ORDER = ("up", "down", _UNCLEAR, _BROKEN, *(kind.value for kind in _COUNTED_KINDS))


def headline(changes: Iterable[Change]) -> str:
    """Return the changes as a briefing opens: `2 findings new, 1 withdrawn, 4 reworded; 3 figures up, 1 down.`"""
    return " ".join(part for part in headlines(changes) if part)


def headlines(changes: Iterable[Change]) -> tuple[str, str]:
    """Return what a briefing opens with, on findings and figures, and what it adds on all the rest."""
    listed = list(changes)
    if not listed:
        return "Nothing changed.", ""
    first = _sentence(_amounts(subject, listed) for subject in _FIRST)
    remarked = sum(change.has(ChangeKind.REMARKED) for change in listed)
    rest = _sentence(
        (
            *(_amounts(subject, listed) for subject in (Subject.PASSAGE, Subject.THEME, Subject.SOURCE)),
            f"{wording.count(remarked, 'marking')} changed" if remarked else "",
        )
    )
    return first or ("Findings and figures stand as they were." if rest else "Only references changed."), rest


def _sentence(parts: Iterable[str]) -> str:
    joined = "; ".join(part for part in parts if part)
    return f"{joined}." if joined else ""


def _amounts(subject: Subject, listed: list[Change]) -> str:
    """Return how many of one subject changed in each way: `3 figures up, 1 down`; empty for none."""
    counts: Counter[str] = Counter()
    for change in listed:
        if change.subject is subject:
            counts.update(_counted_as(change))
    named = [(counts[name], name) for name in _ORDER if counts[name]]
    if not named:
        return ""
    (first, name), *rest = named
    return ", ".join(
        [f"{wording.count(first, _NOUNS[subject])} {name}", *(f"{amount:,} {name}" for amount, name in rest)]
    )


def _counted_as(change: Change) -> list[str]:
    kinds = [kind.value for kind in _COUNTED_KINDS if change.has(kind)]
    if change.broken:
        return [*kinds, _BROKEN]
    return [*kinds, _DIRECTIONS.get(change.direction, _UNCLEAR)] if change.has(ChangeKind.FIGURES) else kinds
