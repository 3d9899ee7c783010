"""Faults in drafts, gathered so that their author sees all of them at once, and the names that drafts define."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from viewer.errors import DraftErrors
from viewer.records import record


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


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ` (did you mean "x"?)` for the nearest of the known names, or nothing where none is near."""
    near = get_close_matches(name, list(known), n=1)
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
                faults.add(place, f'there is no {self.kind} "{name}"{did_you_mean(name, self._defined)}')
