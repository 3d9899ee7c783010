"""The names that the drafts define, over all files, for references to be checked against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from viewer.publish.draft_files import DraftTable
from viewer.publish.faults import DraftLocation, Faults, Names
from viewer.records import field, record


@record
class Known:
    """The names of every kind; an item is a finding, a passage or a statistic, and all share one space of names."""

    faults: Faults
    markings: Names = field(default_factory=lambda: Names("marking"))
    sources: Names = field(default_factory=lambda: Names("source"))
    tags: Names = field(default_factory=lambda: Names("tag"))
    themes: Names = field(default_factory=lambda: Names("theme"))
    statistics: Names = field(default_factory=lambda: Names("statistic"))
    items: Names = field(default_factory=lambda: Names("item"))

    def define_item(self, name: str, place: DraftLocation, names: Names | None = None) -> None:
        """Add the id of an item, to the `names` of its own kind too."""
        if names is not None and name not in names:
            names.define(name, place, self.faults)
        self.items.define(name, place, self.faults)

    def use_item(self, table: DraftTable, values: Mapping[str, Any]) -> None:
        """Remember what the item of this table refers to."""
        self.markings.use(values["marking"], table.place_of("marking"))
        for key, names in (("sources", self.sources), ("tags", self.tags), ("statistics", self.statistics)):
            for name in values.get(key, ()):
                names.use(name, table.place_of(key))

    def check(self) -> None:
        """Report every reference to a name that no draft defines."""
        for names in (self.markings, self.sources, self.tags, self.themes, self.statistics):
            names.check(self.faults)
