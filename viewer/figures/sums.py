"""Sums that figures allow, worked out before the reader's eyes with every step shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from viewer.figures.text import amount, base_count, base_noun, is_trend
from viewer.model import Observation, Statistic
from viewer.records import record
from viewer.text import wording

LEAST_COMPARED, MOST_COMPARED = 2, 6
_COUNT_OF = re.compile(r"(?<![\d.,])(\d[\d,]*) of (?:the |these |all )?(\d[\d,]*)(?![\d,]*\.?\d|%)")
_WIDER = re.compile(r"\b(?:whole|entire|total|altogether)\b", re.IGNORECASE)  # a base wider than what is measured
_UNSURE = ("about", "almost", "around", "approximately", "nearly", "some", "roughly", "circa", "just")


@record
class Working:
    """A sum done before the reader's eyes: what it finds, each step, and what to beware of."""

    title: str
    steps: tuple[str, ...]
    result: str
    caution: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, one line each."""
        return tuple(line for line in (self.title, *self.steps, self.result, self.caution) if line)


def workings(statistic: Statistic) -> tuple[Working, ...]:
    """Every sum that one figure's own numbers allow."""
    found = (_published_against_count(statistic), _share_of_base(statistic), *_between_periods(statistic))
    return tuple(working for working in found if working is not None)


def _share_of_base(statistic: Statistic) -> Working | None:
    base, share = base_count(statistic), _only_exact(statistic)
    if statistic.unit != wording.SHARE or not base or share is None or not 0 <= share <= 100:
        return None
    if _WIDER.search(statistic.base):
        return None
    half = 0.5 * 10 ** -_decimals(share)
    low, high = (max(0.0, min(100.0, share + by)) * base / 100 for by in (-half, half))
    count = share * base / 100
    nouns = base_noun(statistic) or "cases"
    shown = wording.qualified(statistic.observations[0], statistic.unit)
    return Working(
        title=f"How many is {shown} of {statistic.base}?",
        steps=(
            f"{_plain(share)} ÷ 100 × {_plain(base)} = {_plain(count)}",
            f"{_plain(share)}% is rounded: {_plain(share - half)}% to {_plain(share + half)}% of {_plain(base)}"
            f" is {_plain(low)} to {_plain(high)}",
        ),
        result=f"≈ {round(count):,} {wording.noun_for(nouns, round(count))}",
        caution=_caution(statistic.observations[0], statistic.unit),
    )


def _published_against_count(statistic: Statistic) -> Working | None:
    """`the published 51% against 306/610 = 50.2%`, where the text itself gives the counts."""
    share = _only_exact(statistic)
    found = _COUNT_OF.search(statistic.statement) or _COUNT_OF.search(statistic.caveat)
    if statistic.unit != wording.SHARE or share is None or found is None:
        return None
    part, whole = amount(found[1]), amount(found[2])
    if whole <= 0 or part > whole:
        return None
    worked = part / whole * 100
    gap = share - worked
    agrees = abs(gap) <= 0.5 * 10 ** -_decimals(share) + 1e-9
    side = "higher" if gap > 0 else "lower"
    apart = "they agree within rounding" if agrees else f"it is {_plain(abs(gap), 1)} points {side}"
    counted = f"{_plain(part)}/{_plain(whole)} = {_plain(worked, 1)}%"
    return Working(
        title=f"Does the published {wording.qualified(statistic.observations[0], statistic.unit)} fit its counts?",
        steps=(f"{_plain(part)} ÷ {_plain(whole)} × 100 = {_plain(worked, 1)}",),
        result=f"The published {_plain(share)}% against {counted}: {apart}.",
        caution="" if agrees else "Quote the published figure as published, and say that its counts give another.",
    )


def _between_periods(statistic: Statistic) -> Iterable[Working]:
    shown = statistic.observations
    if not is_trend(shown):
        return
    for before, after in pairwise(shown):
        if before.value is not None and after.value is not None:
            yield change_between(before, after, statistic.unit)


def change_between(before: Observation, after: Observation, unit: str) -> Working:
    """From one value to a later one, in points (of a percentage) or in numbers, and in per cent; both have values."""
    assert before.value is not None
    assert after.value is not None
    gap = after.value - before.value
    what = wording.noun_for("percentage points" if unit in (wording.SHARE, wording.CHANGE) else unit, abs(gap))
    steps = [f"{_plain(after.value)} − {_plain(before.value)} = {_signed(gap)} {what}"]
    if before.value > 0 and unit != wording.CHANGE:
        relative = gap / before.value * 100
        steps.append(f"{_signed(gap)} ÷ {_plain(before.value)} × 100 = {_signed(relative, 1)} per cent")
        told = f"{_signed(gap)} {what}, or {_signed(relative, 1)} per cent of what it was."
    else:
        told = f"{_signed(gap)} {what}."
    whence = " to ".join(o.period or wording.measured(o, unit) for o in (before, after))
    cautions = dict.fromkeys(filter(None, (_caution(before, unit), _caution(after, unit))))
    return Working(title=f"Change, {whence}", steps=tuple(steps), result=told, caution=" ".join(cautions))


def part_of_whole(part: Statistic, whole: Statistic) -> Working | None:
    """One count as a share of another; None unless both are single counts and the first is no larger."""
    small, large = _only_exact(part), _only_exact(whole)
    if small is None or large is None or {part.unit, whole.unit} & {wording.SHARE, wording.CHANGE}:
        return None
    if large <= 0 or not 0 <= small <= large:
        return None
    caution = "" if part.unit == whole.unit else f"One counts {part.unit}, the other {whole.unit}."
    return Working(
        title=f"“{part.title}” as a share of “{whole.title}”",
        steps=(f"{_plain(small)} ÷ {_plain(large)} × 100 = {_plain(small / large * 100, 1)}",),
        result=f"≈ {_plain(small / large * 100, 1)}%, worked out here and published nowhere.",
        caution=caution,
    )


def difference(one: Statistic, other: Statistic) -> Working | None:
    """From one single figure to another of the same unit; None where either has no lone value."""
    if one.unit != other.unit or _only_exact(one) is None or _only_exact(other) is None:
        return None
    worked = change_between(one.observations[0], other.observations[0], one.unit)
    return Working(
        title=f"From “{one.title}” to “{other.title}”",
        steps=worked.steps,
        result=worked.result,
        caution=worked.caution,
    )


def workings_between(statistics: Sequence[Statistic]) -> tuple[Working, ...]:
    """The sums that two figures allow beside each other; none for more, as they would not mean one thing."""
    if len(statistics) != LEAST_COMPARED:
        return ()
    one, other = statistics
    found = (difference(one, other), part_of_whole(one, other), part_of_whole(other, one))
    return tuple(working for working in found if working is not None)


def _only_exact(statistic: Statistic) -> float | None:
    """The value of a figure that is one number; None in words, where a band or several values stand for it."""
    if len(statistic.observations) != 1 or statistic.observations[0].words:
        return None
    return statistic.observations[0].value


def _caution(observation: Observation, unit: str) -> str:
    word = observation.qualifier or observation.words
    if not word:
        return ""
    kind = "an exact figure" if word.lower().startswith(_UNSURE) else "just this number"
    return f"The source says “{wording.qualified(observation, unit)}”, not {kind}: so is what follows from it."


def _decimals(value: float) -> int:
    return len(f"{value:.2f}".rstrip("0").partition(".")[2])


def _plain(value: float, digits: int = 2) -> str:
    """A number for a step: up to so many digits after the point, never in millions, with a true minus sign."""
    rounded = f"{value:,.{digits}f}"
    rounded = rounded.rstrip("0").rstrip(".") if "." in rounded else rounded
    return rounded.replace("-", "−")


def _signed(value: float, digits: int = 2) -> str:
    return ("+" if value > 0 else "") + _plain(value, digits)
