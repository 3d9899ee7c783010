"""The names that the drafts define, over all files, for references to be checked against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from viewer.publish.draft_files import Table
from viewer.publish.faults import Faults, Names, Place


@dataclass(frozen=True, slots=True)
class Known:
    """The names of every sort; an item is a finding, a passage or a statistic, and all share one space of names."""

    faults: Faults
    markings: Names = field(default_factory=lambda: Names("marking"))
    sources: Names = field(default_factory=lambda: Names("source"))
    tags: Names = field(default_factory=lambda: Names("tag"))
    themes: Names = field(default_factory=lambda: Names("theme"))
    statistics: Names = field(default_factory=lambda: Names("statistic"))
    items: Names = field(default_factory=lambda: Names("item"))

    def define_item(self, name: str, place: Place, sort: Names | None = None) -> None:
        """Take the id of an item, and its place among the names of `sort`."""
        if sort is not None and name not in sort:
            sort.define(name, place, self.faults)
        self.items.define(name, place, self.faults)

    def use_item(self, table: Table, values: Mapping[str, Any]) -> None:
        """Remember what the item of this table refers to."""
        self.markings.use(values["marking"], table.place_of("marking"))
        for key, sort in (("sources", self.sources), ("tags", self.tags), ("statistics", self.statistics)):
            for name in values.get(key, ()):
                sort.use(name, table.place_of(key))

    def check(self) -> None:
        """Report every reference to a name that no draft defines."""
        for names in (self.markings, self.sources, self.tags, self.themes, self.statistics):
            names.check(self.faults)
