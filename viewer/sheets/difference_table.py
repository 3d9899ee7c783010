"""A sheet of changes -> CSV: one change a row, one changed value a row for figures, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from viewer.changes import presented
from viewer.model import Observation, Statistic
from viewer.sheets import difference_words
from viewer.sheets.sheet import Difference, Imprint, Origin, Sheet, SheetChanges
from viewer.text import wording
from viewer.text.markdown import plain_text

_SIDE = ("wording", "label", "period", "qualifier", "value", "low", "high", "words", "rank", "unit", "population",
         "base", "measured in", "where", "sources", "edition", "serial", "issued", "fingerprint")  # fmt: skip
HEADS = (
    *("marking", "theme", "change", "how", "comparable", "difference"),
    *(f"{name} then" for name in _SIDE),
    *(f"{name} now" for name in _SIDE),
    "sheet",
)
Cells = tuple[str | float | int, ...]


def rows(sheet: Sheet, comparison: SheetChanges, imprint: Imprint) -> Iterator[Cells]:
    """The rows under HEADS, their texts as they are: numbers as numbers."""
    for chapter in comparison.chapters:
        for one in chapter.differences:
            for then, now, result in _values(one):
                yield (
                    one.label or sheet.marking.label,
                    chapter.title,
                    difference_words.head(one),
                    difference_words.how(one),
                    _comparable(one),
                    result,
                    *_side(one.change.old, then, one.cited, comparison.former),
                    *_side(one.change.new, now, one.cites, sheet.origin),
                    imprint.id,
                )


def _comparable(one: Difference) -> str:
    if not isinstance(one.change.present, Statistic) or one.change.old is None or one.change.new is None:
        return ""
    return f"no: {wording.listed(one.change.broken)}" if one.change.broken else "yes"


def _values(one: Difference) -> Iterator[tuple[Observation | None, Observation | None, str]]:
    change = one.change
    if not isinstance(change.present, Statistic):
        yield None, None, ""
        return
    for step in change.values:
        yield step.old, step.new, presented.step_result(step, change.present.unit, broken=bool(change.broken))
    if not change.values:
        for observation in change.present.observations:
            yield (None if change.old is None else observation), (None if change.new is None else observation), ""


def _side(thing: object, observation: Observation | None, cites: tuple[str, ...], origin: Origin) -> Cells:
    if thing is None:
        return ("",) * len(_SIDE)
    s = thing if isinstance(thing, Statistic) else None
    o = observation or Observation(position=1)
    numbers = tuple("" if value is None else _number(value) for value in (o.value, o.low, o.high))
    grounds = (s.unit, s.population, wording.base(s), s.period, s.place) if s else ("",) * 5
    rank: str | int = "" if o.rank is None else o.rank
    return (
        plain_text(presented.text_of(thing)), o.label, o.period, o.qualifier, *numbers, o.words, rank, *grounds,
        "; ".join(cites), origin.name, origin.serial, origin.issued, origin.fingerprint,
    )  # fmt: skip


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value
