"""The filters beside the hits, each with how many hits it leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from viewer.bundle.bundle import Bundle
from viewer.model import ScaleKind
from viewer.search.engine import Facets
from viewer.search.query import KIND_NAMES, SCALES, Filter
from viewer.text.safe import visible
from viewer.ui.parts.plain_text import plain_tip
from viewer.ui.parts.widgets import head_font

FILTER = int(Qt.ItemDataRole.UserRole)
MOST_VALUES = 8  # under one heading, those with most hits; a chosen one is always there
_KINDS = (
    ("finding", "Findings"),
    ("recommendation", "Recommendations"),
    ("statistic", "Figures"),
    ("passage", "Passages"),
)
_HAS = (("figure", "With a figure"), ("note", "With a note"))


class FacetPane(QTreeWidget):
    """Filters to click. Signals: `filter_chosen(Filter)` when one is set or taken off."""

    filter_chosen = Signal(object)

    def __init__(self, bundle: Bundle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("facets")
        self.setAccessibleName("Filters")
        self.setHeaderHidden(True)
        self.setColumnCount(2)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, self.header().ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, self.header().ResizeMode.ResizeToContents)
        self._labels, self._values = _labels(bundle), _values(bundle)
        self.itemActivated.connect(self._announce)
        self.itemClicked.connect(self._announce)

    def show_facets(self, facets: Facets, chosen: tuple[Filter, ...]) -> None:
        """Show the filters that `facets` counts, with those `chosen` ticked."""
        self.clear()
        for name, heading in _HEADINGS:
            counts = facets.counts.get(name, {})
            here = {self._values[name].get(one.value.casefold(), one.value): one for one in chosen if one.name == name}
            values = [v for v in self._labels[name] if counts.get(v) or v in here]
            if len(values) > 1 or (values and (here or name == "has")):
                self._add_section(name, heading, self._most_counted(values, counts, here), counts, here)
            else:
                self._add_unmatched(name, heading, here)

    def _most_counted(self, values: list[str], counts: dict[str, int], here: dict[str, Filter]) -> list[str]:
        """Return the values with most hits and the chosen ones, in their order."""
        best = set(sorted(values, key=lambda v: -counts.get(v, 0))[:MOST_VALUES]) | here.keys()
        return [value for value in values if value in best]

    def _add_section(
        self, name: str, heading: str, values: list[str], counts: dict[str, int], here: dict[str, Filter]
    ) -> None:
        self._add_heading(heading)
        for value in values:
            row_filter = here.get(value, Filter(name=name, value=value))
            self._add_row(row_filter, self._labels[name][value], counts.get(value, 0), value in here)
        for value, chosen in here.items():
            if value not in values:
                self._add_row(chosen, value, 0, True)

    def _add_unmatched(self, name: str, heading: str, here: dict[str, Filter]) -> None:
        """Add filters that were typed and under which nothing stands, so that they can be taken off."""
        if here:
            self._add_section(name, heading, [], {}, here)

    def _add_heading(self, text: str) -> None:
        row = QTreeWidgetItem([text.upper()])
        row.setFlags(Qt.ItemFlag.ItemIsEnabled)
        row.setData(0, int(Qt.ItemDataRole.AccessibleTextRole), text)
        row.setFont(0, head_font(self.font()))
        self.addTopLevelItem(row)
        row.setFirstColumnSpanned(True)

    def _add_row(self, row_filter: Filter, label: str, count: int, chosen: bool) -> None:
        shown = f"not {label}" if row_filter.negated else label
        row = QTreeWidgetItem([f"{'✓ ' if chosen else ''}{visible(shown)}", f"{count:,}" if count else ""])
        row.setData(0, FILTER, row_filter)
        row.setToolTip(0, plain_tip(visible(f"{label}: {'take this filter off' if chosen else 'show only these'}")))
        row.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        spoken = f"{shown}, {count:,}{', chosen' if chosen else ''}"
        row.setData(0, int(Qt.ItemDataRole.AccessibleTextRole), visible(spoken))
        if chosen:
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            row.setFont(0, font)
        self.addTopLevelItem(row)

    def _announce(self, row: QTreeWidgetItem) -> None:
        chosen = row.data(0, FILTER)
        if isinstance(chosen, Filter):
            self.filter_chosen.emit(chosen)


_HEADINGS = (
    ("kind", "Kind"), ("has", "Having"), ("theme", "Theme"), ("tag", "Issue"), ("year", "Year"),
    ("source", "Source"), ("likelihood", "Likelihood"), ("confidence", "Confidence"), ("marking", "Marking"),
    ("caveat", "Handling"),
)  # fmt: skip


def _values(bundle: Bundle) -> dict[str, dict[str, str]]:
    """Return for each filter which value is meant where it was typed by number or by another word."""
    return {
        **{name: {} for name, _ in _HEADINGS},
        "kind": dict(KIND_NAMES),
        "theme": {theme.label.casefold(): theme.id for theme in bundle.themes() if theme.label},
        **{name: {step.term.casefold(): step.id for step in bundle.scale(ScaleKind(name))} for name in SCALES},
        "source": {str(source.number): source.id for source in bundle.sources()},
    }


def _labels(bundle: Bundle) -> dict[str, dict[str, str]]:
    """Return what each value of each filter is called, in reading order."""
    return {
        "kind": dict(_KINDS),
        "has": dict(_HAS),
        "theme": {theme.id: theme.short for theme in bundle.themes()},
        "tag": {tag.id: tag.label for tag in bundle.tags()},
        "year": {str(year): str(year) for year in range(1900, 2100)},
        "source": {source.id: f"{source.number}  {source.title}" for source in bundle.sources()},
        **{name: {step.id: step.term for step in bundle.scale(ScaleKind(name))} for name in SCALES},
        "caveat": {caveat.code: caveat.label for caveat in bundle.caveats},
        "marking": {marking.code: marking.label for marking in bundle.markings},
    }
