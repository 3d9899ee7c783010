"""Statistic -> chart: what is drawn and how far, the same for screen and paper.

A chart is rows of text with a bar each. Bars start at zero. A bar is sharp only where the figure is: what
"almost" or "more than" leave open is drawn as a fading end, so that no drawing claims more than its source.
"""

from __future__ import annotations

from viewer.model import Observation, Statistic, StatisticKind, exact_amount
from viewer.records import record
from viewer.text import wording

SOFT = 0.04  # of the rail: the fading end where the source gives a qualifier but no bounds

_BELOW = ("almost", "nearly", "just under", "less than", "under", "below", "up to", "fewer than")
_ABOVE = ("more than", "over", "at least", "above", "or more", "a majority", "the majority", "most")


@record
class Bar:
    """A bar on its rail: full up to `solid`, fading until `soft`; both 0 to 1, solid <= soft."""

    solid: float
    soft: float


@record
class ChartRow:
    """One observation of a chart: its label, its value as written, its bar if one is honest, its place in a ranking."""

    label: str
    period: str
    shown: str
    counted: str  # what the value counts, in its number: "depot" of one; empty for a percentage
    bar: Bar | None
    rank: int | None


@record
class Chart:
    """A statistic made ready to draw; `whole` is the value at the end of the rail, in `unit`."""

    title: str
    unit: str
    rows: tuple[ChartRow, ...]
    whole: float | None

    @property
    def spoken(self) -> str:
        """The chart as a sentence, for those who hear it."""
        return f"{self.title}: {'; '.join(_spoken_row(row) for row in self.rows)}."


def make_chart(statistic: Statistic) -> Chart:
    """Return the chart of a statistic; its rows have no bars where a bar would say more than the source does."""
    whole = _end_of_rail(statistic)
    rows = tuple(
        ChartRow(
            label=observation.label,
            period=observation.period,
            shown=wording.qualified(observation, statistic.unit),
            counted=wording.counted_noun(observation, statistic.unit),
            bar=_bar(observation, whole),
            rank=observation.rank,
        )
        for observation in statistic.observations
    )
    return Chart(title=statistic.title, unit=statistic.unit, rows=rows, whole=whole)


def _end_of_rail(statistic: Statistic) -> float | None:
    """Return the value at the rail's end: all of a share, the largest of several counts; None for a lone count."""
    values = [float(o.amount) for o in statistic.observations if o.amount is not None]
    if statistic.unit == wording.CHANGE or not values or min(values) < 0 or statistic.kind is StatisticKind.RANKING:
        return None
    if statistic.unit == wording.SHARE:
        return 100.0 if max(values) <= 100 else None
    several = statistic.kind in (StatisticKind.TREND, StatisticKind.BREAKDOWN) and len(values) > 1
    return max(values) if several and max(values) > 0 else None


def _bar(observation: Observation, whole: float | None) -> Bar | None:
    if whole is None or observation.amount is None:
        return None
    low, high = (exact_amount(bound, observation.magnitude) for bound in (observation.low, observation.high))
    if low is not None and high is not None:
        return Bar(solid=_inside(float(low) / whole), soft=_inside(float(high) / whole))
    at = float(observation.amount) / whole
    below, above = leeway(observation)
    return Bar(solid=_inside(at - below), soft=_inside(at + above))


def leeway(observation: Observation) -> tuple[float, float]:
    """Return how far below and above its value a figure may lie by its qualifier, in shares of the rail; 0 if exact."""
    qualifier = observation.qualifier.lower()
    if not qualifier and not observation.words:
        return 0.0, 0.0
    if qualifier.startswith(_BELOW):
        return SOFT, 0.0
    if qualifier.startswith(_ABOVE):
        return 0.0, SOFT
    return SOFT / 2, SOFT / 2


def _inside(share: float) -> float:
    return min(1.0, max(0.0, share))


def _spoken_row(row: ChartRow) -> str:
    rank = f"{row.rank}." if row.rank is not None else ""
    what = " ".join(part for part in (rank, row.label, row.period) if part)
    return wording.labelled(what, row.shown)
