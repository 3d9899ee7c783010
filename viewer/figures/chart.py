"""Statistic -> chart: what is drawn and how far, the same for screen and paper.

A chart is rows of text with a bar each. Bars start at zero. A bar is sharp only where the figure is: what
"almost" or "more than" leave open is drawn as a fading end, so that no drawing claims more than its source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from viewer.figures.text import is_trend
from viewer.model import Observation, Statistic, StatisticKind, exact_amount
from viewer.records import record
from viewer.text import wording

MOST_BARS = 12  # values of a trend with a bar each; more are drawn as a line
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

    @property
    def measured(self) -> str:
        """The value with what it counts: `61 notifications`; in a ranking, where it counts nothing, the value alone."""
        return f"{self.shown} {self.counted}" if self.counted and self.shown and self.rank is None else self.shown


@record
class LinePoint:
    """One value of a line: how far from the left, how high, and between which heights it may lie; all 0 to 1.

    `height` is None where the source gives no value: there the line is broken.
    """

    x: float
    height: float | None
    low: float
    high: float


@record
class Line:
    """A long trend drawn as a line over its table of values.

    `lines` are the values that have a line across, each with its height; `first` and `last` the periods at its ends.
    """

    points: tuple[LinePoint, ...]
    lines: tuple[tuple[float, str], ...]
    first: str
    last: str

    @property
    def runs(self) -> tuple[tuple[tuple[float, float], ...], ...]:
        """The points as (x, height) that are joined: those between which no value is missing."""
        runs: list[list[tuple[float, float]]] = [[]]
        for point in self.points:
            if point.height is None:
                runs.append([])
            else:
                runs[-1].append((point.x, point.height))
        return tuple(tuple(run) for run in runs if run)


@record
class Chart:
    """A statistic made ready to draw; `whole` is the value at the end of the rail, in `unit`, `end` the same in words.

    Of a long trend `line` is the drawing, and the rows, then without bars, are its table of values.
    """

    title: str
    unit: str
    rows: tuple[ChartRow, ...]
    whole: float | None
    end: str = ""
    line: Line | None = None

    @property
    def spoken(self) -> str:
        """The chart as a sentence, for those who hear it."""
        return f"{self.title}: {'; '.join(_spoken_row(row) for row in self.rows)}."


def make_chart(statistic: Statistic) -> Chart:
    """Return the chart of a statistic; its rows have no bars where a bar would say more than the source does."""
    line = _line(statistic)
    whole = None if line else _end_of_rail(statistic)
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
    end = _words_of_end(statistic, whole)
    return Chart(title=statistic.title, unit=statistic.unit, rows=rows, whole=whole, end=end, line=line)


def _end_of_rail(statistic: Statistic) -> float | None:
    """Return the value at the rail's end: all of a share, the largest of several counts; None for a lone count."""
    values = [float(o.amount) for o in statistic.observations if o.amount is not None]
    if statistic.unit == wording.CHANGE or not values or min(values) < 0 or statistic.kind is StatisticKind.RANKING:
        return None
    if statistic.unit == wording.SHARE:
        return 100.0 if max(values) <= 100 else None
    several = statistic.kind in (StatisticKind.TREND, StatisticKind.BREAKDOWN) and len(values) > 1
    return max(values) if several and max(values) > 0 else None


def _words_of_end(statistic: Statistic, whole: float | None) -> str:
    """Return the value at the rail's end exactly, with its unit's sign; empty where there is no rail."""
    if whole is None:
        return ""
    exact = Decimal(100) if statistic.unit == wording.SHARE else max(_amounts(statistic))
    return wording.bare_value(Observation(position=1, value=exact), statistic.unit)


def _amounts(statistic: Statistic) -> list[Decimal]:
    return [o.amount for o in statistic.observations if o.amount is not None]


_YEAR = re.compile(r"[12]\d{3}")


def _line(statistic: Statistic) -> Line | None:
    """Return a trend of more than `MOST_BARS` values as a line from zero; None for any other figure."""
    shown = statistic.observations
    if statistic.kind is not StatisticKind.TREND or len(shown) <= MOST_BARS or not is_trend(shown):
        return None
    spans = [_span(observation) for observation in shown]
    amounts = [*(bound for span in spans if span for bound in span), *_amounts(statistic)]
    if not amounts:
        return None
    bottom, top = min(Decimal(0), *amounts), max(Decimal(0), *amounts)
    if bottom == top:
        return None

    def height(amount: Decimal) -> float:
        return float((amount - bottom) / (top - bottom))

    def point(x: float, observation: Observation, span: tuple[Decimal, Decimal] | None) -> LinePoint:
        amount = observation.amount
        at = None if amount is None else height(amount)
        if span is not None:
            return LinePoint(x=x, height=at, low=height(span[0]), high=height(span[1]))
        below, above = leeway(observation) if at is not None else (0.0, 0.0)
        low, high = _inside((at or 0.0) - below), _inside((at or 0.0) + above)
        return LinePoint(x=x, height=at, low=low, high=high)

    values = dict.fromkeys((bottom, Decimal(0), top))
    return Line(
        points=tuple(map(point, _places(shown), shown, spans)),
        lines=tuple((height(value), _words_of_value(value, statistic.unit)) for value in values),
        first=shown[0].period,
        last=shown[-1].period,
    )


def _words_of_value(value: Decimal, unit: str) -> str:
    return wording.bare_value(Observation(position=1, value=value), unit) if value else "0"


def _span(observation: Observation) -> tuple[Decimal, Decimal] | None:
    """Return the bounds between which the source says that a value lies; None where it gives none."""
    low, high = (exact_amount(bound, observation.magnitude) for bound in (observation.low, observation.high))
    return None if low is None or high is None else (low, high)


def _places(shown: Sequence[Observation]) -> list[float]:
    """Return how far from the left each value stands: by its year where all are years that rise, else evenly."""
    years = [int(o.period) for o in shown if _YEAR.fullmatch(o.period)]
    if len(years) == len(shown) and all(one < other for one, other in pairwise(years)):
        return [(year - years[0]) / (years[-1] - years[0]) for year in years]
    return [at / (len(shown) - 1) for at in range(len(shown))]


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
    return wording.labelled(what, row.measured)
