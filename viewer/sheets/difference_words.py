"""One change in the words that every writer of a sheet uses: its head, its values side by side, what it stands on."""

from __future__ import annotations

from collections.abc import Iterator

from viewer.changes import presented
from viewer.changes.records import ChangeKind, ValueChange
from viewer.changes.word_difference import Piece, difference
from viewer.model import Observation, Passage, Statistic, Theme
from viewer.records import record
from viewer.sheets.sheet import Difference, Origin, Sheet, SheetChanges
from viewer.text import wording
from viewer.text.safe import visible

KEY = "Struck through: what went. Underlined: what came. What is new or withdrawn as a whole says so."
HEADS = ("Then", "Now", "Difference")


@record
class Row:
    """One value of a figure in both editions, with its qualifier; a side is empty where it has none."""

    label: str
    then: str
    now: str
    result: str


def head(one: Difference) -> str:
    """What changed: `3, finding 2`, `3, figure 1: its title`, `3.4: its heading`."""
    match one.change.present:
        case Statistic() | Theme() as thing:
            title = thing.title
        case Passage() as thing:
            title = thing.heading
        case _:
            title = ""
    place = f"{one.place} of the earlier edition" if one.change.new is None else one.place
    return f"{place}: {visible(title)}" if title else place


def how(one: Difference) -> str:
    """How it changed, and where it stood before."""
    former = f"was {one.former}" if one.former else ""
    return "; ".join(part for part in (one.how, former) if part)


def rows(one: Difference) -> tuple[Row, ...]:
    """The values of a figure that are not as they were; all of them where none changed, or where one side is none."""
    old, new = one.change.old, one.change.new
    if not isinstance(one.change.present, Statistic):
        return ()
    broken, unit = bool(one.change.broken), one.change.present.unit
    if one.change.values:
        return tuple(_row(step, old, unit, broken=broken) for step in one.change.values)
    then = old.observations if isinstance(old, Statistic) else ()
    now = new.observations if isinstance(new, Statistic) else ()
    if then and now:
        return tuple(
            Row(label=_label(o), then=_value(o, _unit(old, unit)), now=_value(o, unit), result="unchanged") for o in now
        )
    return tuple(Row(label=_label(o), then=_value(o, unit), now="", result="") for o in then) + tuple(
        Row(label=_label(o), then="", now=_value(o, unit), result="") for o in now
    )


def _row(step: ValueChange, old: object, unit: str, *, broken: bool) -> Row:
    was, now = step.old, step.new
    moved = was is not None and now is not None and was.period != now.period
    label = _label(now or was, with_period=not moved)
    result = presented.step_result(step, unit, broken=broken)
    return Row(
        label=label,
        then=_value(was, _unit(old, unit), with_period=moved),
        now=_value(now, unit, with_period=moved),
        result=result[:1].upper() + result[1:],
    )


def _unit(statistic: object, unit: str) -> str:
    return statistic.unit if isinstance(statistic, Statistic) else unit


def _label(observation: Observation | None, *, with_period: bool = True) -> str:
    if observation is None:
        return ""
    parts = (observation.label, observation.period if with_period else "")
    return ", ".join(part for part in parts if part)


def _value(observation: Observation | None, unit: str, *, with_period: bool = False) -> str:
    if observation is None:
        return "–"
    rank = f"place {observation.rank}" if observation.rank is not None else ""
    shown = " ".join(part for part in (rank, wording.measured(observation, unit)) if part) or "no value"
    return f"{shown} ({observation.period})" if with_period and observation.period else shown


def footings(one: Difference) -> tuple[tuple[str, str], ...]:
    """What a figure stands on in each edition: population, base, period, place and source; once where that is equal."""
    old, new = one.change.old, one.change.new
    then = wording.basis_and_sources(old, one.cited) if isinstance(old, Statistic) else ""
    now = wording.basis_and_sources(new, one.cites) if isinstance(new, Statistic) else ""
    if then and then == now:
        return (("Then and now", now),)
    return tuple((when, text) for when, text in (("Then", then), ("Now", now)) if text)


def cites(one: Difference) -> str:
    """The sources of what is no figure: `sources 3 and 4`, and those of the earlier edition where they differ."""
    if isinstance(one.change.present, Statistic):
        return ""
    now, then = wording.source_numbers(one.cites), wording.source_numbers(one.cited)
    if one.change.old is None or one.change.new is None or now == then:
        return now or then
    return f"{now or 'no source'}, then {then or 'none'}"


def pieces(one: Difference) -> tuple[Piece, ...]:
    """Its words: what stayed, went and came; of what is new or withdrawn as a whole, all of it as it stands."""
    (title_then, then), (title_now, now) = _texts(one.change.old), _texts(one.change.new)
    if is_whole(one):
        return difference(then or now, then or now)
    if title_then != title_now:
        then, now = f"{title_then}\n\n{then}", f"{title_now}\n\n{now}"
    return difference(then, now)


def is_whole(one: Difference) -> bool:
    """Whether all of it is new or withdrawn."""
    return one.change.has(ChangeKind.NEW) or one.change.has(ChangeKind.WITHDRAWN)


def _texts(thing: object) -> tuple[str, str]:
    """The title, which the head names already, and what stands under it."""
    match thing:
        case Statistic():
            return thing.title, "\n\n".join(part for part in (thing.statement, thing.caveat) if part)
        case Theme():
            return thing.title, thing.summary
        case Passage():
            return thing.heading, thing.text
        case _:
            return "", presented.text_of(thing)


def editions(sheet: Sheet, comparison: SheetChanges) -> Iterator[tuple[str, str, str]]:
    """Both editions in words: then or now; name, serial and issue date; who signed it, and its fingerprint."""
    yield "Then", *_edition(comparison.former)
    yield "Now", *_edition(sheet.origin)


def _edition(origin: Origin) -> tuple[str, str]:
    name = f"{origin.name}, serial {origin.serial}, issued {wording.day(origin.issued)}"
    return name, (f"signed by {origin.signer}, key {origin.spaced_key_id}, fingerprint {origin.spaced_fingerprint}")
