"""Sums that figures allow, worked out before the reader's eyes with every step shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from viewer.figures.text import base_count, base_noun, is_trend, parse_amount
from viewer.model import Observation, Statistic
from viewer.records import record
from viewer.text import wording

LEAST_COMPARED, MOST_COMPARED = 2, 6  # figures side by side

_COUNT_OF = re.compile(r"(?<![\d.,])(\d[\d,]*) of (?:the |these |all )?(\d[\d,]*)(?![\d,]*\.?\d|%)")
_WIDER = re.compile(r"\b(?:whole|entire|total|altogether)\b", re.IGNORECASE)  # a base wider than what is measured
_INEXACT = ("about", "almost", "around", "approximately", "nearly", "some", "roughly", "circa", "just")


@record
class Working:
    """A sum with its steps: what it finds, each step, the result, and what to beware of."""

    title: str
    steps: tuple[str, ...]
    result: str
    caution: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, one line each."""
        return tuple(line for line in (self.title, *self.steps, self.result, self.caution) if line)


def workings(statistic: Statistic) -> tuple[Working, ...]:
    """Return every sum that one figure's own numbers allow."""
    found = (_published_against_count(statistic), _share_of_base(statistic), *_between_periods(statistic))
    return tuple(working for working in found if working is not None)


def _share_of_base(statistic: Statistic) -> Working | None:
    """Return how many a share of its base is: `≈ 311 reports`; None where the base gives no number to take it of."""
    base, share = base_count(statistic), _exact_value(statistic)
    if statistic.unit != wording.SHARE or not base or share is None or not 0 <= share <= 100:
        return None
    if _WIDER.search(statistic.base):
        return None
    half = _half_of_last_digit(share)
    low, high = (max(Decimal(0), min(Decimal(100), share + by)) * base / 100 for by in (-half, half))
    count = share * base / 100
    shown = wording.qualified(statistic.observations[0], statistic.unit)
    return Working(
        title=f"How many is {shown} of {statistic.base}?",
        steps=(
            f"{wording.number(share)} ÷ 100 × {wording.number(base)} = {_plain(count)}",
            f"{wording.number(share)}% is rounded: {wording.number(share - half)}% to {wording.number(share + half)}%"
            f" of {wording.number(base)}"
            f" is {_plain(low)} to {_plain(high)}",
        ),
        result=f"≈ {round(count):,} {wording.noun_for(base_noun(statistic) or 'cases', round(count))}",
        caution=_caution(statistic.observations[0], statistic.unit),
    )


def _published_against_count(statistic: Statistic) -> Working | None:
    """Return `the published 51% against 306/610 = 50.2%`, where the text itself gives the counts."""
    share = _exact_value(statistic)
    found = _COUNT_OF.search(statistic.statement) or _COUNT_OF.search(statistic.caveat)
    if statistic.unit != wording.SHARE or share is None or found is None:
        return None
    part, whole = parse_amount(found[1]), parse_amount(found[2])
    if whole <= 0 or part > whole:
        return None
    worked = part / whole * 100
    agrees = abs(share - worked) <= _half_of_last_digit(share)
    return Working(
        title=f"Does the published {wording.qualified(statistic.observations[0], statistic.unit)} fit its counts?",
        steps=(f"{wording.number(part)} ÷ {wording.number(whole)} × 100 = {_plain(worked, 1)}",),
        result=_agreement(
            wording.number(share),
            f"{wording.number(part)}/{wording.number(whole)}",
            worked,
            share - worked,
            agrees=agrees,
        ),
        caution="" if agrees else "Quote the published figure as published, and say that its counts give another.",
    )


def _agreement(share: str, fraction: str, worked: Decimal, gap: Decimal, *, agrees: bool) -> str:
    """Return the sentence that holds a published share against what its counts give; `gap` is in points."""
    shown, points = _plain(worked, 1), _plain(abs(gap), 1)
    if agrees:
        return f"The published {share}% against {fraction} = {shown}%: they agree within rounding."
    if gap > 0:
        return f"The published {share}% against {fraction} = {shown}%: it is {points} points higher."
    return f"The published {share}% against {fraction} = {shown}%: it is {points} points lower."


def _between_periods(statistic: Statistic) -> Iterable[Working]:
    if not is_trend(statistic.observations):
        return
    for before, after in pairwise(statistic.observations):
        if before.amount is not None and after.amount is not None:
            yield change_between(before, after, statistic.unit)


def change_between(before: Observation, after: Observation, unit: str) -> Working:
    """Return the change to a later value, in points (of a percentage) or numbers, and in per cent; both have values."""
    was, now = before.amount, after.amount
    assert was is not None
    assert now is not None
    gap = now - was
    changed = _gap_words(gap, unit)
    steps = [f"{_number(now)} − {_subtracted(was)} = {changed}"]
    if was > 0 and unit != wording.CHANGE:
        relative = gap / was * 100
        steps.append(f"{_signed(gap)} ÷ {_number(was)} × 100 = {_signed(relative, 1)} per cent")
        result = f"{changed}, or {_signed(relative, 1)} per cent of what it was."
    else:
        result = f"{changed}."
    start, end = (o.period or wording.measured(o, unit) for o in (before, after))
    cautions = dict.fromkeys(filter(None, (_caution(before, unit), _caution(after, unit))))
    return Working(title=f"Change, {start} to {end}", steps=tuple(steps), result=result, caution=" ".join(cautions))


def _gap_words(gap: Decimal, unit: str) -> str:
    """Return a difference with what it counts: `+3 percentage points`, `−1 report`, `+£1,250.50`."""
    if unit in (wording.SHARE, wording.CHANGE):
        return f"{_signed(gap)} {wording.noun_for('percentage points', abs(gap))}"
    sign, noun = wording.currency(unit)
    shown = _signed(gap)
    shown = f"{shown[0]}{sign}{shown[1:]}" if shown[0] in "+−" else sign + shown
    return f"{shown} {noun if sign else wording.noun_for(noun, abs(gap))}".rstrip()


def workings_between(statistics: Sequence[Statistic]) -> tuple[Working, ...]:
    """Return the sums that two figures allow beside each other; none for more, as they would not mean one thing."""
    if len(statistics) != LEAST_COMPARED:
        return ()
    one, other = statistics
    found = (difference(one, other), part_of_whole(one, other), part_of_whole(other, one))
    return tuple(working for working in found if working is not None)


def difference(one: Statistic, other: Statistic) -> Working | None:
    """Return the change from one single figure to another of the same unit; None where either has no lone value."""
    if one.unit != other.unit or _exact_value(one) is None or _exact_value(other) is None:
        return None
    changed = change_between(one.observations[0], other.observations[0], one.unit)
    return Working(
        title=f"From “{one.title}” to “{other.title}”",
        steps=changed.steps,
        result=changed.result,
        caution=changed.caution,
    )


def part_of_whole(part: Statistic, whole: Statistic) -> Working | None:
    """Return one count as a share of another; None unless both are single counts and the first is no larger."""
    small, large = _exact_value(part), _exact_value(whole)
    if small is None or large is None or {part.unit, whole.unit} & {wording.SHARE, wording.CHANGE}:
        return None
    if large <= 0 or not 0 <= small <= large:
        return None
    share = _plain(small / large * 100, 1)
    return Working(
        title=f"“{part.title}” as a share of “{whole.title}”",
        steps=(f"{_number(small)} ÷ {_number(large)} × 100 = {share}",),
        result=f"≈ {share}%, worked out here and published nowhere.",
        caution="" if part.unit == whole.unit else f"One counts {part.unit}, the other {whole.unit}.",
    )


def _exact_value(statistic: Statistic) -> Decimal | None:
    """Return the value of a figure that is one number; None where words, a band or several values stand for it."""
    if len(statistic.observations) != 1 or statistic.observations[0].words:
        return None
    return statistic.observations[0].amount


def _caution(observation: Observation, unit: str) -> str:
    word, shown = observation.qualifier or observation.words, wording.qualified(observation, unit)
    if not word:
        return ""
    if word.lower().startswith(_INEXACT):
        return f"The source says “{shown}”, not an exact figure: so is what follows from it."
    return f"The source says “{shown}”, not just this number: so is what follows from it."


def _half_of_last_digit(value: Decimal) -> Decimal:
    """Return half of one in the last digit written: 0.5 for 51, 0.05 for 6.8 and for 5.0."""
    exponent = value.as_tuple().exponent
    return Decimal(5).scaleb(min(0, exponent if isinstance(exponent, int) else 0) - 1)


def _number(value: Decimal) -> str:
    """Return a published number for a step, all its digits written out: `24,800,000` for 24.8 million."""
    return wording.number(value.quantize(Decimal(1)) if value == value.to_integral_value() and abs(value) >= 1_000_000
                          else value)  # fmt: skip


def _subtracted(value: Decimal) -> str:
    """Return a number behind a minus: one below zero in brackets."""
    return f"({_number(value)})" if value < 0 else _number(value)


def _plain(value: Decimal, digits: int = 2) -> str:
    """Return what was worked out, rounded to so many digits after the point, or to two that say something."""
    if value and abs(value) < Decimal(1).scaleb(-digits):
        digits = 1 - value.adjusted()
    rounded = f"{value:,.{digits}f}"
    rounded = rounded.rstrip("0").rstrip(".") if "." in rounded else rounded
    return rounded.replace("-", "−")


def _signed(value: Decimal, digits: int = 2) -> str:
    return ("+" if value > 0 else "") + _plain(value, max(digits, _digits_after_point(value)) if digits > 1 else digits)


def _digits_after_point(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
