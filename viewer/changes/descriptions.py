"""What changed and how, in a few words, and all that either side of a change says."""

from __future__ import annotations

from collections.abc import Mapping

from viewer.changes.presented_values import NOT_COMPARABLE
from viewer.changes.records import Change, ChangeKind, Direction
from viewer.figures.text import source_name
from viewer.model import Finding, Item, Passage, Recommendation, Source, Statistic, Theme
from viewer.text import wording
from viewer.text.edition_text import as_text
from viewer.text.safe import visible


def subject_words(change: Change) -> str:
    """Return what changed as its edition names it: `Finding 2`, `Passage 3.4`, `Figure 1, its title`."""
    match change.latest:
        case Theme() as theme:
            return visible(f"Theme {theme.label}".strip() + f", {theme.title}")
        case Finding() | Recommendation() as item:
            return visible(wording.capitalised(wording.place_in_theme(item)))
        case Statistic() as statistic:
            return visible(f"{wording.capitalised(wording.place_in_theme(statistic))}, {statistic.title}")
        case Passage() as passage:
            heading = f", {visible(passage.heading)}" if passage.heading else ""
            return visible(f"Passage {wording.item_number(passage)}") + heading
        case Source() as source:
            return f"Source {source.number}, {visible(source_name(source))}"


def kind_words(change: Change, theme_titles: Mapping[str, str]) -> str:
    """Return how it changed, in a few words; `theme_titles` are the earlier edition's, by id."""
    return "; ".join(describe_kind(change, kind, theme_titles) for kind in change.kinds)


def describe_kind(change: Change, kind: ChangeKind, theme_titles: Mapping[str, str]) -> str:
    """Return how it changed in one of its ways."""
    match kind:
        case ChangeKind.FIGURES:
            return _values_words(change)
        case ChangeKind.GROUNDS:
            return f"{NOT_COMPARABLE}: {wording.listed(change.broken)}" if change.broken else _basis_words(change)
        case ChangeKind.REMARKED if change.marking:
            was, now = change.marking
            if now.level > was.level:
                return f"marking raised from {was.label} to {now.label}"
            return f"marking lowered from {was.label} to {now.label}"
        case ChangeKind.MOVED:
            return _moved_words(change, theme_titles)
        case ChangeKind.RENAMED if change.old is not None:
            return f"was {change.old.id}, matched by its text ({change.likeness}% alike)"
        case ChangeKind.REFERENCES:
            return "other sources, issues or figures behind it"
        case _:
            return kind.value


def _values_words(change: Change) -> str:
    if any(value.old and value.new and value.old.rank != value.new.rank for value in change.values):
        return "another order"
    return {Direction.UP: "up", Direction.DOWN: "down"}.get(change.direction, "other values")


def _basis_words(change: Change) -> str:
    old, new = change.old, change.new
    if not isinstance(old, Statistic) or not isinstance(new, Statistic):
        return "other grounds"
    pairs = (("period", old.period, new.period), ("base", old.base, new.base))
    named = (f"{name} {now or 'no longer given'}, was {was or 'not given'}" for name, was, now in pairs if was != now)
    return "; ".join(named) or "other grounds"


def _moved_words(change: Change, theme_titles: Mapping[str, str]) -> str:
    old, new = change.old, change.new
    home = old.theme if isinstance(old, Item) else ""
    if isinstance(new, Item) and home != new.theme:
        return f"moved from {theme_titles.get(home, home)}"
    return "moved within its theme" if home else "moved"


def text_of(thing: object) -> str:
    """Return what one side says: for a figure its title, statement, basis and caveat; empty for None."""
    match thing:
        case Theme():
            return f"{as_text(thing.title)}\n\n{thing.summary}"
        case Statistic():
            parts = (as_text(thing.title), thing.statement, as_text(wording.basis(thing)), thing.caveat)
            return "\n\n".join(part for part in parts if part)
        case Passage():
            return f"{as_text(thing.heading)}\n\n{thing.text}" if thing.heading else thing.text
        case Recommendation():
            wanted = " · ".join(part for part in (thing.owner, thing.due) if part)
            return f"{thing.text}\n\n{as_text(wanted)}" if wanted else thing.text
        case Finding():
            return thing.text
        case Source():
            return as_text(". ".join(part for part in (source_name(thing), thing.locator, thing.note) if part))
    return ""


def title_and_body(thing: object) -> tuple[str, str]:
    """Return the title of a side, and what stands under it on a sheet, where a figure's basis has lines of its own."""
    match thing:
        case Statistic():
            return thing.title, "\n\n".join(part for part in (thing.statement, thing.caveat) if part)
        case Theme():
            return thing.title, thing.summary
        case Passage():
            return thing.heading, thing.text
        case _:
            return "", text_of(thing)
