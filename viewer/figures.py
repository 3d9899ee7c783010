"""What can be said of figures without a drawing: in one line, as a citation, beside others, and worked out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from viewer import wording
from viewer.model import Edition, Observation, Source, Statistic, Theme
from viewer.record import record

LEAST_COMPARED, MOST_COMPARED = 2, 6

_COUNT_OF = re.compile(r"(?<![\d.,])(\d[\d,]*) of (?:the |these |all )?(\d[\d,]*)(?![\d,]*\.?\d|%)")
_AMOUNT = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?")
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


def value_text(statistic: Statistic) -> str:
    """All its values in one line, each with its qualifier and label: `6.8% (1998) → 5% (2009)`."""
    shown = statistic.observations
    if len(shown) == 1:
        return wording.measured(shown[0], statistic.unit) or _ranked(shown[0], statistic)
    if _is_trend(shown):
        return " → ".join(f"{wording.measured(o, statistic.unit)} ({o.period})" for o in shown)
    return "; ".join(_ranked(o, statistic) for o in shown)


def _is_trend(shown: Sequence[Observation]) -> bool:
    return len({o.label for o in shown}) == 1 and all(o.period for o in shown)


def _ranked(observation: Observation, statistic: Statistic) -> str:
    rank = f"{observation.rank}." if observation.rank is not None else ""
    told = wording.labelled(observation.label, wording.measured(observation, statistic.unit))
    return " ".join(part for part in (rank, told) if part)


def sort_value(statistic: Statistic) -> float | None:
    """The number by which a table sorts it: its only or its largest value; None where there is none."""
    values = [v for o in statistic.observations for v in (o.value if o.value is not None else o.low,) if v is not None]
    return max(values, default=None)


def year(statistic: Statistic) -> str:
    """The latest year that its period names, as four digits; empty where it names none."""
    named = " ".join((statistic.period, *(o.period for o in statistic.observations)))
    return max(re.findall(r"\b(?:1[5-9]|20)\d\d\b", named), default="")


def source_names(statistic: Statistic, sources: dict[str, Source]) -> str:
    """Its sources as they are cited: `NSPCC, 2011; Ofcom, 2011`; where there is none, that is said."""
    named = (sources[id_] for id_ in statistic.sources if id_ in sources)
    return "; ".join(map(source_name, named)) or "no source named"


def source_name(source: Source) -> str:
    """A source in few words: author, title, year."""
    return ", ".join(part for part in (source.author, source.title, source.year) if part)


def cited_text(
    edition: Edition, theme: Theme, statistic: Statistic, sources: dict[str, Source], stamp: str = ""
) -> str:
    """The figure as text that may travel alone: what it says, what it stands on, its caveat, source and place.

    `stamp` is the marking to stand above it, empty for the lowest.
    """
    lines = (
        stamp,
        f"{statistic.title}: {value_text(statistic)}",
        statistic.statement,
        wording.basis(statistic),
        f"Caveat: {statistic.caveat}" if statistic.caveat else "",
        f"Source: {source_names(statistic, sources)}",
        wording.citation(edition, theme, statistic),
    )
    return "\n".join(line for line in lines if line)


# Beside each other


def warnings_for(statistics: Sequence[Statistic]) -> tuple[str, ...]:
    """Why these figures should not simply be compared: one sentence each for population, unit, period, place, base."""
    out = [_differs(name, values) for name, values in _grounds(statistics) if len({v.casefold() for v in values}) > 1]
    if any(_is_unsure(o) for s in statistics for o in s.observations):
        out.append("Not every figure is exact: where the source says “almost” or “about”, so does this comparison.")
    return tuple(out)


def _grounds(statistics: Sequence[Statistic]) -> tuple[tuple[str, list[str]], ...]:
    return (
        ("unit", [s.unit for s in statistics]),
        ("population", [s.population for s in statistics]),
        ("period", [s.period for s in statistics]),
        ("place", [s.place for s in statistics]),
        ("base", [s.base for s in statistics]),
    )


def _differs(name: str, values: Sequence[str]) -> str:
    known = list(dict.fromkeys(value for value in values if value))
    missing = sum(not value for value in values)
    listed = "; ".join(known)
    if missing and len(known) <= 1:
        verb = "gives" if missing == 1 else "give"
        return f"{wording.count(missing, 'figure')} of {len(values)} {verb} no {name}: {listed} for the rest."
    gap = f"; {missing} give none" if missing > 1 else "; one gives none" if missing else ""
    return f"The {name} differs: {listed}{gap}."


def broken_grounds(old: Statistic, new: Statistic) -> tuple[str, ...]:
    """Why the same figure in two editions cannot be compared: what it measures has changed. Empty where it can."""
    pairs = (
        ("kind", old.kind.value, new.kind.value),
        ("unit", old.unit, new.unit),
        ("population", old.population, new.population),
        ("place", old.place, new.place),
        ("base", base_noun(old), base_noun(new)),
    )
    return tuple(
        f"the {name} was “{was or 'not given'}” and is “{now or 'not given'}”"
        for name, was, now in pairs
        if was.casefold() != now.casefold()
    )


def base_noun(statistic: Statistic) -> str:
    """What the base counts, without how many: `reports` of `610 reports`."""
    return " ".join(_AMOUNT.sub(" ", statistic.base).split())


# Worked out


def workings(statistic: Statistic) -> tuple[Working, ...]:
    """Every sum that one figure's own numbers allow."""
    found = (_published_against_count(statistic), _share_of_base(statistic), *_between_periods(statistic))
    return tuple(working for working in found if working is not None)


def base_count(statistic: Statistic) -> float | None:
    """The number in its base: 610 of `610 reports`; None where the base holds none or several."""
    found = _AMOUNT.findall(statistic.base)
    return _amount(found[0]) if len(found) == 1 else None


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
        result=f"≈ {round(count):,} {wording.noun(nouns, round(count))}",
        caution=_caution(statistic.observations[0], statistic.unit),
    )


def _published_against_count(statistic: Statistic) -> Working | None:
    """`the published 51% against 306/610 = 50.2%`, where the text itself gives the counts."""
    share = _only_exact(statistic)
    found = _COUNT_OF.search(statistic.statement) or _COUNT_OF.search(statistic.caveat)
    if statistic.unit != wording.SHARE or share is None or found is None:
        return None
    part, whole = _amount(found[1]), _amount(found[2])
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
    if not _is_trend(shown):
        return
    for before, after in pairwise(shown):
        if before.value is not None and after.value is not None:
            yield change(before, after, statistic.unit)


def change(before: Observation, after: Observation, unit: str) -> Working:
    """From one value to a later one, in points (of a percentage) or in numbers, and in per cent; both have values."""
    assert before.value is not None
    assert after.value is not None
    gap = after.value - before.value
    what = wording.noun("percentage points" if unit in (wording.SHARE, wording.CHANGE) else unit, abs(gap))
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
    worked = change(one.observations[0], other.observations[0], one.unit)
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


def _is_unsure(observation: Observation) -> bool:
    return bool(observation.qualifier or observation.words)


def _caution(observation: Observation, unit: str) -> str:
    word = observation.qualifier or observation.words
    if not word:
        return ""
    kind = "an exact figure" if word.lower().startswith(_UNSURE) else "just this number"
    return f"The source says “{wording.qualified(observation, unit)}”, not {kind}: so is what follows from it."


def _amount(text: str) -> float:
    return float(text.replace(",", ""))


def _decimals(value: float) -> int:
    return len(f"{value:.2f}".rstrip("0").partition(".")[2])


def _plain(value: float, digits: int = 2) -> str:
    """A number for a step: up to so many digits after the point, never in millions, with a true minus sign."""
    rounded = f"{value:,.{digits}f}"
    rounded = rounded.rstrip("0").rstrip(".") if "." in rounded else rounded
    return rounded.replace("-", "−")


def _signed(value: float, digits: int = 2) -> str:
    return ("+" if value > 0 else "") + _plain(value, digits)
