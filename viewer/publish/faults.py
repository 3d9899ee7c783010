"""Faults in drafts, gathered so that their author sees all of them at once, and the names that drafts define."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from viewer.errors import DraftErrors
from viewer.records import record

_NEAR = 66  # of 100: how alike two names are at least, for one to be suggested in place of the other
_MOST_SOUGHT = 100  # names of one kind for which a suggestion is sought: where more are unknown, the cause is another


@record
class DraftLocation:
    """A line of a draft; `file` is relative to the folder of the drafts, with forward slashes."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Faults:
    """Every fault found so far."""

    def __init__(self) -> None:
        self._found: set[tuple[str, int, str]] = set()

    def add(self, place: DraftLocation, reason: str) -> None:
        """Record one fault; the same reason at the same place counts once."""
        self._found.add((place.file, place.line, reason))

    def raise_if_any(self) -> None:
        """Raise DraftErrors with all faults, by file and line, when there is at least one."""
        if self._found:
            raise DraftErrors([f"{file}:{line}: {reason}" for file, line, reason in sorted(self._found)])


def did_you_mean(name: str, known: Collection[str]) -> str:
    """Return ` (did you mean "x"?)` for the nearest of the known names, or nothing where none is near."""
    near = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return f' (did you mean "{near[0]}"?)' if near else ""


@dataclass(slots=True)
class Names:
    """The names of one kind that the drafts define, each with its place, and the references made to them.

    References are held until every draft is read. Where a draft that defines such names could not be read,
    `complete` is false and no reference is a fault.
    """

    kind: str  # "source", "tag"
    complete: bool = True
    _defined: dict[str, DraftLocation] = field(default_factory=dict)
    _used: list[tuple[str, DraftLocation]] = field(default_factory=list)
    _suggested: dict[str, str] = field(default_factory=dict)

    def define(self, name: str, place: DraftLocation, faults: Faults) -> None:
        """Add a name; a second definition is a fault."""
        if not name:
            self.complete = False
        elif name in self._defined:
            faults.add(place, f'the {self.kind} "{name}" is already defined at {self._defined[name]}')
        else:
            self._defined[name] = place

    def use(self, name: str, place: DraftLocation) -> None:
        """Remember a reference to the name."""
        if name:
            self._used.append((name, place))

    @property
    def uses(self) -> tuple[tuple[str, DraftLocation], ...]:
        """Every reference so far with its place, in the order of reading."""
        return tuple(self._used)

    def __contains__(self, name: object) -> bool:
        return name in self._defined

    def check(self, faults: Faults) -> None:
        """Report each reference to a name that no draft defines."""
        if not self.complete:
            return
        for name, place in self._used:
            if name not in self._defined:
                faults.add(place, f'there is no {self.kind} "{name}"{self.suggestion(name)}')

    def suggestion(self, name: str) -> str:
        """Return a hint at the nearest defined name, sought once for each unknown one and for so many at most."""
        if name not in self._suggested and len(self._suggested) < _MOST_SOUGHT:
            self._suggested[name] = did_you_mean(name, self._defined)
        return self._suggested.get(name, "")
