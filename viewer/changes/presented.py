"""Changes in words: the headline of a briefing, a line for each change, and one JSON document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from viewer.changes.records import Change, ChangeKind, Changes, Direction, Subject, ValueChange
from viewer.changes.word_difference import Piece, difference
from viewer.figures.sums import change_between
from viewer.figures.text import source_name
from viewer.model import Finding, Observation, Passage, Source, Statistic, Theme
from viewer.text import wording
from viewer.text.safe import visible

_NOUNS = {
    Subject.THEME: "theme",
    Subject.FINDING: "finding",
    Subject.STATISTIC: "figure",
    Subject.PASSAGE: "passage",
    Subject.SOURCE: "source",
}
_COUNTED = (ChangeKind.NEW, ChangeKind.WITHDRAWN, ChangeKind.REWORDED, ChangeKind.MOVED, ChangeKind.RENAMED)
_ARROWS = {Direction.UP: "up", Direction.DOWN: "down", Direction.SAME: "unchanged"}
NO_DIRECTION = "cannot be compared"


def headline(all_changes: Iterable[Change]) -> str:
    """The changes as a briefing opens: `2 findings new, 1 withdrawn, 4 reworded; 3 figures up, 1 down.`"""
    return " ".join(part for part in headlines(all_changes) if part)


def headlines(all_changes: Iterable[Change]) -> tuple[str, str]:
    """What a briefing opens with, on findings and figures, and what it adds on all the rest."""
    listed = list(all_changes)
    first = _sentence(_amounts(sort, listed) for sort in (Subject.FINDING, Subject.STATISTIC))
    remarked = sum(change.has(ChangeKind.REMARKED) for change in listed)
    rest = _sentence(
        (
            *(_amounts(sort, listed) for sort in (Subject.PASSAGE, Subject.THEME, Subject.SOURCE)),
            f"{wording.count(remarked, 'marking')} changed" if remarked else "",
        )
    )
    if not listed:
        return "Nothing changed.", ""
    return first or ("Findings and figures stand as they were." if rest else "Only references changed."), rest


def _sentence(parts: Iterable[str]) -> str:
    joined = "; ".join(part for part in parts if part)
    return f"{joined}." if joined else ""


def _amounts(sort: Subject, listed: list[Change]) -> str:
    counts: Counter[str] = Counter()
    for change in (known for known in listed if known.subject is sort):
        for way in _COUNTED:
            counts[way.value] += change.has(way)
        if change.broken:
            counts["measured differently"] += 1
        elif change.has(ChangeKind.FIGURES):
            counts[_ARROWS.get(change.direction, "without a clear direction")] += 1
    order = ("up", "down", "without a clear direction", "measured differently", *(way.value for way in _COUNTED))
    told = [(counts[name], name) for name in order if counts[name]]
    if not told:
        return ""
    (first, name), *rest = told
    return ", ".join([f"{wording.count(first, _NOUNS[sort])} {name}", *(f"{amount:,} {name}" for amount, name in rest)])


def subject_words(change: Change) -> str:
    """What changed, as the edition in which it stands names it: `Finding 2`, `Passage 3.4`, `Figure “…”`."""
    match change.present:
        case Theme() as theme:
            return f"Theme {theme.number}, {visible(theme.title)}"
        case Finding() as finding:
            return f"Finding {finding.position}"
        case Statistic() as statistic:
            return f"Figure {statistic.position}, {visible(statistic.title)}"
        case Passage() as passage:
            heading = f", {visible(passage.heading)}" if passage.heading else ""
            return f"Passage {passage.number}{heading}"
        case Source() as source:
            return f"Source {source.number}, {visible(source_name(source))}"


def kind_words(change: Change, themes: Mapping[str, str] | None = None) -> str:
    """How it changed, in a few words; `themes` gives the names of the older edition's themes by id."""
    return "; ".join(_ways(change, themes or {}))


def _ways(change: Change, themes: Mapping[str, str]) -> Iterator[str]:
    for way in change.kinds:
        match way:
            case ChangeKind.FIGURES:
                yield _figures_way(change)
            case ChangeKind.GROUNDS:
                yield f"{NO_DIRECTION}: {wording.listed(change.broken)}" if change.broken else _base_way(change)
            case ChangeKind.REMARKED if change.marking:
                was, now = change.marking
                rise = "raised" if now.level > was.level else "lowered"
                yield f"marking {rise} from {was.label} to {now.label}"
            case ChangeKind.MOVED:
                yield _moved_way(change, themes)
            case ChangeKind.RENAMED if change.old is not None:
                yield f"was {change.old.id}, matched by its text ({change.likeness}% alike)"
            case ChangeKind.REFERENCES:
                yield "other sources, issues or figures behind it"
            case _:
                yield way.value


def _figures_way(change: Change) -> str:
    if any(step.old and step.new and step.old.rank != step.new.rank for step in change.values):
        return "another order"
    return {Direction.UP: "up", Direction.DOWN: "down"}.get(change.direction, "other values")


def _base_way(change: Change) -> str:
    old, new = change.old, change.new
    if isinstance(old, Statistic) and isinstance(new, Statistic):
        pairs = (("period", old.period, new.period), ("base", old.base, new.base))
        told = (
            f"{name} {now or 'no longer given'}, was {was or 'not given'}" for name, was, now in pairs if was != now
        )
        return "; ".join(told) or "other grounds"
    return "other grounds"


def _moved_way(change: Change, themes: Mapping[str, str]) -> str:
    old, new = change.old, change.new
    former = old.theme if isinstance(old, Finding | Statistic | Passage) else ""
    if isinstance(new, Finding | Statistic | Passage) and former != new.theme:
        return f"moved from {themes.get(former, former)}"
    return "moved within its theme" if former else "moved"


def step_text(step: ValueChange, unit: str, *, broken: bool = False) -> str:
    """One value's way: `51% → 54%: +3 percentage points, up`."""
    sides = (_value(side, unit) for side in (step.old, step.new) if side is not None)
    result = step_result(step, unit, broken=broken)
    return ": ".join(part for part in (" → ".join(sides), result) if part)


def step_result(step: ValueChange, unit: str, *, broken: bool = False) -> str:
    """What one value's way amounts to, or why that cannot be said; empty where its places in an order say it."""
    if step.old is None or step.new is None:
        return "new" if step.old is None else "no longer given"
    if broken:
        return NO_DIRECTION
    if step.old.rank != step.new.rank:
        return ""
    if step.old.period != step.new.period and step.gap is None:
        return "the two cannot be set against each other"
    if step.gap is None or step.direction is Direction.OPEN:
        return "no clear direction, as the source is not exact"
    worked = change_between(step.old, step.new, unit)
    return f"{worked.result} {_ARROWS[step.direction].capitalize()}."


def _value(observation: Observation | None, unit: str) -> str:
    if observation is None:
        return ""
    labels = ", ".join(part for part in (observation.label, observation.period) if part)
    rank = f"place {observation.rank}" if observation.rank is not None else ""
    value = " ".join(part for part in (rank, wording.measured(observation, unit)) if part) or "no value"
    return f"{value} ({labels})" if labels else value


def pair_texts(change: Change) -> tuple[str, str]:
    """The texts of both sides, empty where one is missing: for a figure its title, statement, basis and caveat."""
    return text_of(change.old), text_of(change.new)


def text_of(thing: object) -> str:
    """What one side says: for a figure its title, statement, basis and caveat; empty for None."""
    match thing:
        case Theme():
            return f"{thing.title}\n\n{thing.summary}"
        case Statistic():
            parts = (thing.title, thing.statement, wording.basis(thing), thing.caveat)
            return "\n\n".join(part for part in parts if part)
        case Passage():
            return f"{thing.heading}\n\n{thing.text}" if thing.heading else thing.text
        case Finding():
            return thing.text
        case Source():
            return ". ".join(part for part in (source_name(thing), thing.locator, thing.note) if part)
    return ""


def pieces(change: Change) -> tuple[Piece, ...]:
    """The word-level difference of the two sides."""
    return difference(*pair_texts(change))


def lines(found: Changes, themes: Mapping[str, str]) -> Iterator[str]:
    """All of it as plain text; `themes` names the themes of both editions by id."""
    yield f"{found.old.name}, serial {found.old.serial} → {found.new.name}, serial {found.new.serial}"
    yield headline(found.all)
    yield from found.cautions
    theme = None
    for change in found.all:
        if change.theme != theme:
            theme = change.theme
            yield ""
            yield themes.get(theme, "Sources") if theme else "Sources"
        yield f"  {subject_words(change)}: {kind_words(change, themes)}"
        unit = change.present.unit if isinstance(change.present, Statistic) else ""
        yield from (f"      {step_text(step, unit, broken=bool(change.broken))}" for step in change.values)
        if change.has(ChangeKind.REWORDED) or change.has(ChangeKind.NEW) or change.has(ChangeKind.WITHDRAWN):
            yield from (f"      {line}" for line in "".join(map(_marked, pieces(change))).splitlines())


def _marked(piece: Piece) -> str:
    return {"gone": f"[-{piece.text}-]", "come": f"{{+{piece.text}+}}"}.get(piece.kind, piece.text)


def as_json(found: Changes) -> dict[str, object]:
    """All of it as one JSON document."""
    return {
        "old": _edition(found.old),
        "new": _edition(found.new),
        "headline": headline(found.all),
        "cautions": list(found.cautions),
        "changes": [_change(change) for change in found.all],
    }


def _edition(edition: object) -> dict[str, object]:
    names = ("series", "label", "serial", "issued", "review", "marking")
    return {name: getattr(edition, name) for name in names}


def _change(change: Change) -> dict[str, object]:
    old, new = pair_texts(change)
    unit = change.present.unit if isinstance(change.present, Statistic) else ""
    return {
        "sort": change.subject.value,
        "id": change.id,
        "old_id": change.old.id if change.old is not None else None,
        "theme": change.theme or None,
        "what": subject_words(change),
        "ways": [way.value for way in change.kinds],
        "how": kind_words(change),
        "likeness": change.likeness,
        "marking": [marking.label for marking in change.marking] if change.marking else None,
        "direction": change.direction.value if change.values else None,
        "cannot_be_compared": list(change.broken),
        "values": [
            {"old": _value(step.old, unit) or None, "new": _value(step.new, unit) or None,
             "difference": None if change.broken else step.gap, "direction": step.direction.value}
            for step in change.values
        ],
        "old_text": old or None,
        "new_text": new or None,
        "difference": [[piece.kind, piece.text] for piece in pieces(change)],
    }  # fmt: skip
