"""What can be said of figures without a drawing: in one line, as a citation, and why they should not be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from viewer.model import Edition, Observation, Source, Statistic, Theme, exact_amount
from viewer.text import wording
from viewer.text.edition_text import text_plain

_AMOUNT = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def value_text(statistic: Statistic) -> str:
    """Return all values in one line, each with its qualifier and label: `6.8% (1998) → 5% (2009)`."""
    shown = statistic.observations
    if len(shown) == 1:
        return wording.measured(shown[0], statistic.unit) or _ranked(shown[0], statistic)
    if is_trend(shown):
        return " → ".join(f"{wording.measured(o, statistic.unit)} ({o.period})" for o in shown)
    return "; ".join(_ranked(o, statistic) for o in shown)


def is_trend(shown: Sequence[Observation]) -> bool:
    """Return whether the observations measure one thing at several times."""
    return len({o.label for o in shown}) == 1 and all(o.period for o in shown)


def _ranked(observation: Observation, statistic: Statistic) -> str:
    rank = f"{observation.rank}." if observation.rank is not None else ""
    period = observation.period if observation.period != statistic.period else ""
    label = ", ".join(part for part in (observation.label, period) if part)
    labelled = wording.labelled(label, wording.measured(observation, statistic.unit))
    return " ".join(part for part in (rank, labelled) if part)


def sort_value(statistic: Statistic) -> Decimal | None:
    """Return the number by which a table sorts a figure: its only or largest value; None where there is none."""
    found = (exact_amount(o.low if o.value is None else o.value, o.magnitude) for o in statistic.observations)
    return max((value for value in found if value is not None), default=None)


def year(statistic: Statistic) -> str:
    """Return the latest year that a figure's period names, as four digits; empty where it names none."""
    named = " ".join((statistic.period, *(o.period for o in statistic.observations)))
    return max(_YEAR.findall(named), default="")


def source_names(statistic: Statistic, sources: dict[str, Source]) -> str:
    """Return a figure's sources as they are cited: `NSPCC, 2011; Ofcom, 2011`; where there is none, that is said."""
    named = (sources[id_] for id_ in statistic.sources if id_ in sources)
    return "; ".join(map(source_name, named)) or "no source named"


def source_name(source: Source) -> str:
    """Return a source in few words: author, title, year."""
    return ", ".join(part for part in (source.author, source.title, source.year) if part)


def cited_text(
    edition: Edition, theme: Theme, statistic: Statistic, sources: dict[str, Source], marking_label: str = ""
) -> str:
    """Return a figure as text that may travel alone: what it says, what it stands on, its caveat, source and place.

    `marking_label` is the marking to stand above it, empty for the lowest.
    """
    lines = (
        marking_label,
        f"{statistic.title}: {value_text(statistic)}",
        statement_text(statistic),
        *note_texts(statistic),
        wording.basis(statistic),
        f"Caveat: {text_plain(statistic.caveat)}" if statistic.caveat else "",
        f"Source: {source_names(statistic, sources)}",
        wording.citation(edition, theme, statistic),
    )
    return "\n".join(line for line in lines if line)


def statement_text(statistic: Statistic) -> str:
    """Return what a figure says in plain words, with the signs of its notes at their place: `paid [a] in all`."""
    signs = {note.id: f" [{wording.footnote_letter(at)}]" for at, note in enumerate(statistic.footnotes)}
    return text_plain(statistic.statement, signs)


def note_texts(statistic: Statistic) -> tuple[str, ...]:
    """Return the notes of a figure, each behind its sign: `[a] By what users remember.`"""
    return tuple(
        f"[{wording.footnote_letter(at)}] {text_plain(note.text)}" for at, note in enumerate(statistic.footnotes)
    )


def comparison_warnings(statistics: Sequence[Statistic]) -> tuple[str, ...]:
    """Return why these figures should not simply be compared: a sentence for each ground on which they differ.

    The grounds are unit, population, period, place and base; one more sentence says that a figure is inexact.
    """
    grounds = (
        ("unit", [s.unit for s in statistics]),
        ("population", [s.population for s in statistics]),
        ("period", [s.period for s in statistics]),
        ("place", [s.place for s in statistics]),
        ("base", [s.base for s in statistics]),
    )
    out = [_difference(ground, values) for ground, values in grounds if len({v.casefold() for v in values}) > 1]
    if any(o.qualifier or o.words for s in statistics for o in s.observations):
        out.append("Not every figure is exact: where the source says “almost” or “about”, so does this comparison.")
    return tuple(out)


def _difference(ground: str, values: Sequence[str]) -> str:
    known = list(dict.fromkeys(value for value in values if value))
    missing, given = sum(not value for value in values), "; ".join(known)
    if missing == 1 and len(known) <= 1:
        return f"1 figure of {len(values)} gives no {ground}: {given} for the rest."
    if missing and len(known) <= 1:
        return f"{missing} figures of {len(values)} give no {ground}: {given} for the rest."
    if missing == 1:
        return f"The {ground} differs: {given}; one gives none."
    if missing:
        return f"The {ground} differs: {given}; {missing} give none."
    return f"The {ground} differs: {given}."


def series_breaks(old: Statistic, new: Statistic) -> tuple[str, ...]:
    """Return why the same figure in two editions cannot be compared: what it measures has changed. Empty if it can."""
    grounds = (
        ("kind", old.kind.value, new.kind.value),
        ("unit", old.unit, new.unit),
        ("population", old.population, new.population),
        ("place", old.place, new.place),
        ("base", base_noun(old), base_noun(new)),
    )
    return tuple(
        f"the {ground} was “{was or 'not given'}” and is “{now or 'not given'}”"
        for ground, was, now in grounds
        if was.casefold() != now.casefold()
    )


def base_noun(statistic: Statistic) -> str:
    """Return what the base counts, without how many: `reports` of `610 reports`."""
    return " ".join(_AMOUNT.sub(" ", statistic.base).split())


def base_count(statistic: Statistic) -> Decimal | None:
    """Return the number in the base: 610 of `610 reports`; None where the base holds none or several."""
    found = _AMOUNT.findall(statistic.base)
    return parse_amount(found[0]) if len(found) == 1 else None


def parse_amount(text: str) -> Decimal:
    """Return the number that digits with commas between the thousands stand for."""
    return Decimal(text.replace(",", ""))
