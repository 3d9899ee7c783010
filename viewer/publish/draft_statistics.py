"""`statistics.toml` -> statistics with their observations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from viewer.bundle.rules import MAX_VALUE
from viewer.model import Observation, Statistic, StatisticKind
from viewer.publish.draft_files import DraftTable
from viewer.publish.draft_tables import read_table_file
from viewer.publish.faults import Faults
from viewer.publish.fields import (
    item_name,
    item_prose,
    label,
    line,
    listed,
    magnitude,
    name,
    names,
    number,
    one_of,
    pages,
    read_fields,
    remark,
    whole,
)
from viewer.publish.item_text import read_item_text
from viewer.publish.known import Known
from viewer.records import replace

_STATISTIC = {
    "id": item_name(required=True),
    "label": label(),
    "title": line(required=True),
    "statement": item_prose(),
    "kind": one_of(*StatisticKind),
    "unit": line(required=True),
    "population": line(),
    "base": line(),
    "period": line(),
    "place": line(),
    "caveat": remark(),
    "short_caveat": remark(),
    "page": pages(),
    "marking": name(),
    "caveats": names(),
    "sources": names(),
    "tags": names(),
    "observations": listed(),
}
_OBSERVATION = {
    "label": line(most=MAX_VALUE),
    "period": line(most=MAX_VALUE),
    "value": number(),
    "low": number(),
    "high": number(),
    "magnitude": magnitude(),
    "qualifier": line(most=MAX_VALUE),
    "words": line(most=MAX_VALUE),
    "rank": whole(minimum=1),
}


def read_statistics(folder: Path, known: Known) -> list[Statistic]:
    """Return the statistics as the file has them; the marking of one that names none is empty, and positions are 0."""
    table = read_table_file(folder, "statistics.toml", known.faults)
    if table is None:
        known.statistics.complete = False
        return []
    if set(table.values) - {"statistic"}:
        known.statistics.complete = False
    read_fields(table, {"statistic": listed()}, known.faults)
    return [_statistic(entry, known) for entry in table.tables("statistic", known.faults)]


def place_in_themes(
    statistics: Sequence[Statistic], markings: Mapping[str, str], findings: Mapping[str, Sequence[str]]
) -> tuple[Statistic, ...]:
    """Return the statistics in the order of their themes, the keys of `markings`, each with its position there.

    `markings` gives the marking of each theme, `findings` the findings that rest on a statistic.
    """
    found = []
    by_theme: dict[str, list[Statistic]] = {}
    for statistic in statistics:
        by_theme.setdefault(statistic.theme, []).append(statistic)
    for theme, marking in markings.items():
        for position, statistic in enumerate(by_theme.get(theme, ()), start=1):
            found.append(
                replace(
                    statistic,
                    position=position,
                    marking=statistic.marking or marking,
                    findings=tuple(findings.get(statistic.id, ())),
                )
            )
    return tuple(found)


def _statistic(table: DraftTable, known: Known) -> Statistic:
    values = read_fields(table, _STATISTIC, known.faults)
    theme = values["id"].partition(".")[0]
    known.themes.use(theme, table.place_of("id"))
    known.define_item(values["id"], table.place_of("id"), known.statistics)
    known.use_item(table, values)
    kind = StatisticKind(values["kind"] or "single")
    values["observations"] = _observations(table, kind if values["kind"] else None, known.faults)
    values["kind"] = kind
    place = table.place_of("statement")
    text = read_item_text(values["statement"], lambda _: place, known)
    values["statement"], values["sources"] = text.text, text.cited(values["sources"])
    if values["short_caveat"] and not values["caveat"]:
        known.faults.add(table.place_of("short_caveat"), "a short caveat stands for a longer one, and there is none")
    return Statistic(theme=theme, position=0, footnotes=text.footnotes, references=text.references, **values)


def _observations(table: DraftTable, kind: StatisticKind | None, faults: Faults) -> tuple[Observation, ...]:
    entries = table.tables("observations", faults)
    observations = []
    for position, entry in enumerate(entries, start=1):
        observation = Observation(position=position, **read_fields(entry, _OBSERVATION, faults))
        _check(observation, kind, entry, faults)
        observations.append(observation)
    place = table.place_of("observations")
    if not entries:
        if isinstance(table.values.get("observations", []), list):
            faults.add(place, "the statistic has no observations")
    elif kind is StatisticKind.SINGLE and len(entries) > 1:
        faults.add(place, f"a single statistic has one observation, not {len(entries)}")
    elif kind is StatisticKind.TREND and len(entries) < 2:
        faults.add(place, "a trend has at least two observations")
    return tuple(observations)


def _check(observation: Observation, kind: StatisticKind | None, table: DraftTable, faults: Faults) -> None:
    place, low, value, high = table.place, observation.low, observation.value, observation.high
    if low is not None and high is not None and low > high:
        faults.add(place, f"low {low:f} is above high {high:f}")
    elif value is not None and ((low is not None and value < low) or (high is not None and value > high)):
        faults.add(place, f"the value {value:f} lies outside low and high")
    if observation.magnitude and low is value is high is None:
        faults.add(table.place_of("magnitude"), f'"{observation.magnitude}" stands behind a number, and there is none')
    if kind is StatisticKind.RANKING:
        if "rank" not in table.values:
            faults.add(place, "an observation of a ranking has a rank")
    elif not table.values.keys() & {"value", "words", "low", "high", "rank"}:
        faults.add(place, "the observation has neither a value, nor words, nor low or high, nor a rank")
    if kind in (StatisticKind.RANKING, StatisticKind.BREAKDOWN) and not observation.label:
        faults.add(place, f"an observation of a {kind} has a label")
