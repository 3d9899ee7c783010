"""The names that the drafts define, over all files, for references to be checked against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from viewer.publish.draft_files import DraftTable
from viewer.publish.faults import DraftLocation, Faults, Names
from viewer.records import field, record


@record
class Known:
    """The names of every kind.

    An item is a finding, a recommendation, a passage or a statistic; items and themes share one space of names, the
    `places` to which a cross-reference may lead.
    """

    faults: Faults
    markings: Names = field(default_factory=lambda: Names("marking"))
    caveats: Names = field(default_factory=lambda: Names("caveat"))
    parts: Names = field(default_factory=lambda: Names("part"))
    likelihood: Names = field(default_factory=lambda: Names("likelihood"))
    confidence: Names = field(default_factory=lambda: Names("confidence"))
    sources: Names = field(default_factory=lambda: Names("source"))
    tags: Names = field(default_factory=lambda: Names("tag"))
    themes: Names = field(default_factory=lambda: Names("theme"))
    findings: Names = field(default_factory=lambda: Names("finding"))
    statistics: Names = field(default_factory=lambda: Names("statistic"))
    places: Names = field(default_factory=lambda: Names("item or theme"))
    marks: list[tuple[str, DraftLocation]] = field(default_factory=list)  # of sources, where they stand in texts
    notes: list[tuple[str, DraftLocation]] = field(default_factory=list)  # below texts

    def define_theme(self, name: str, place: DraftLocation) -> None:
        """Add the id of a theme."""
        self.themes.define(name, place, self.faults)
        self.places.define(name, place, Faults())

    def define_item(self, name: str, place: DraftLocation, names: Names | None = None) -> None:
        """Add the id of an item, to the `names` of its own kind too."""
        if names is not None and name not in names:
            names.define(name, place, self.faults)
        self.places.define(name, place, self.faults)

    def use_item(self, table: DraftTable, values: Mapping[str, Any]) -> None:
        """Remember what the item or theme of this table refers to."""
        for key in ("marking", "likelihood", "confidence"):
            if key in values:
                self._names(key).use(values[key], table.place_of(key))
        for key in ("sources", "tags", "statistics", "findings", "caveats"):
            for name in values.get(key, ()):
                self._names(key).use(name, table.place_of(key))

    def _names(self, key: str) -> Names:
        found = getattr(self, "markings" if key == "marking" else key)
        assert isinstance(found, Names)
        return found

    def check(self) -> None:
        """Report every reference to a name that no draft defines."""
        for names in (self.markings, self.caveats, self.parts, self.likelihood, self.confidence, self.sources,
                      self.tags, self.themes, self.findings, self.statistics, self.places):  # fmt: skip
            names.check(self.faults)
        for name, place in self.notes:
            if name in self.sources:
                self.faults.add(place, f'"{name}" is the id of a source; a note has one of its own')
        for name, place in self.marks if self.sources.complete else ():
            if name not in self.sources:
                found = (
                    f"[^{name}] leads nowhere: below the text stands no line [^{name}]: with a note, and there is no"
                )
                self.faults.add(place, f"{found} source of that name{self.sources.suggestion(name)}")
