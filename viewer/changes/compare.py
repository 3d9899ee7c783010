"""Two bundles -> everything that changed from the one to the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from viewer.bundle.bundle import Bundle
from viewer.changes import matching
from viewer.changes.records import Change, ChangeKind, Changes, Subject
from viewer.changes.value_changes import value_changes
from viewer.figures.text import series_breaks, source_name
from viewer.model import Finding, Item, Marking, Passage, Recommendation, Source, Statistic, Theme
from viewer.records import record
from viewer.text.edition_text import text_html

_NUMBER = re.compile(r"\d[\d.,]*(?<![.,])")
_Any = Theme | Item | Source
_Thing = TypeVar("_Thing", Theme, Finding, Recommendation, Statistic, Passage, Source)
_SUBJECTS: dict[type, Subject] = {
    Theme: Subject.THEME,
    Finding: Subject.FINDING,
    Recommendation: Subject.RECOMMENDATION,
    Statistic: Subject.STATISTIC,
    Passage: Subject.PASSAGE,
    Source: Subject.SOURCE,
}


@record
class _EditionContent:
    """All of one edition, by id in reading order."""

    bundle: Bundle
    themes: dict[str, Theme]
    findings: dict[str, Finding]
    recommendations: dict[str, Recommendation]
    statistics: dict[str, Statistic]
    passages: dict[str, Passage]
    sources: dict[str, Source]
    markings: dict[str, Marking]

    @classmethod
    def of(cls, bundle: Bundle) -> _EditionContent:
        """Return everything that `bundle` holds."""
        themes = bundle.themes()
        return cls(
            bundle=bundle,
            themes=_by_id(themes),
            findings=_by_id(item for theme in themes for item in bundle.findings(theme.id)),
            recommendations=_by_id(item for theme in themes for item in bundle.recommendations(theme.id)),
            statistics=_by_id(item for theme in themes for item in bundle.statistics(theme.id)),
            passages=_by_id(item for theme in themes for item in bundle.passages(theme.id)),
            sources=_by_id(bundle.sources()),
            markings={marking.code: marking for marking in bundle.markings},
        )


class _EditionComparison:
    """Two editions side by side, and what the older one's ids are called in the newer where they differ."""

    def __init__(self, old: Bundle, new: Bundle) -> None:
        self.before, self.after = _EditionContent.of(old), _EditionContent.of(new)
        self._new_ids: dict[str, str] = {}

    def compare(
        self,
        old: dict[str, _Thing],
        new: dict[str, _Thing],
        text: Callable[[_Thing], str],
        kinds: Callable[[_Thing, _Thing], list[ChangeKind]],
    ) -> list[Change]:
        """Return what changed among the things of one kind; what they refer to must have been compared before."""
        pairs = {id_: (id_, 100) for id_ in new if id_ in old} | _matched_by_text(old, new, text)
        self._new_ids |= {_key(old[was]): _key(new[now]) for now, (was, _) in pairs.items() if was != now}
        moved = self._moved(old, new, {now: was for now, (was, _) in pairs.items()})
        found = []
        for id_, thing in new.items():
            if id_ not in pairs:
                found.append(Change(subject=_SUBJECTS[type(thing)], old=None, new=thing, kinds=(ChangeKind.NEW,)))
                continue
            was, likeness = pairs[id_]
            change = self._change(old[was], thing, kinds(old[was], thing), likeness, moved=id_ in moved)
            found += [change] if change.kinds else []
        kept = {was for was, _ in pairs.values()}
        gone = (thing for id_, thing in old.items() if id_ not in kept)
        return found + [
            Change(subject=_SUBJECTS[type(it)], old=it, new=None, kinds=(ChangeKind.WITHDRAWN,)) for it in gone
        ]

    def _moved(self, old: dict[str, _Thing], new: dict[str, _Thing], pairs: dict[str, str]) -> frozenset[str]:
        """Return the ids of what stands in another theme, or in another order among those that stayed."""
        order = {id_: at for at, id_ in enumerate(old)}
        groups: dict[str, list[str]] = {}
        out = set()
        for now in new:
            if now not in pairs:
                continue
            home, old_home = _home(new[now]), _home(old[pairs[now]])
            if home == self._new_ids.get(old_home, old_home):
                groups.setdefault(home, []).append(now)
            else:
                out.add(now)
        for group in groups.values():
            jumped = matching.out_of_order([order[pairs[now]] for now in group])
            out |= {now for now in group if order[pairs[now]] in jumped}
        return frozenset(out)

    def _change(self, old: _Any, new: _Any, kinds: list[ChangeKind], likeness: int, *, moved: bool) -> Change:
        marking = self._marking(old, new)
        figure = (old, new) if isinstance(old, Statistic) and isinstance(new, Statistic) else None
        found = (
            *kinds,
            *([ChangeKind.REMARKED] if marking else []),
            *([ChangeKind.MOVED] if moved and not isinstance(new, Source) else []),
            *([ChangeKind.RENAMED] if old.id != new.id else []),
        )
        return Change(
            subject=_SUBJECTS[type(new)],
            old=old,
            new=new,
            kinds=found,
            likeness=likeness,
            marking=marking,
            values=value_changes(*figure) if figure else (),
            broken=series_breaks(*figure) if figure else (),
        )

    def _marking(self, old: _Any, new: _Any) -> tuple[Marking, Marking] | None:
        if isinstance(old, Source) or isinstance(new, Source):
            return None
        was, now = self.before.markings[old.marking], self.after.markings[new.marking]
        return None if (was.label, was.level) == (now.label, now.level) else (was, now)

    def item_kinds(self, old: Item, new: Item) -> list[ChangeKind]:
        """Return how an item differs but for its place and marking."""
        found = []
        if isinstance(old, Statistic) and isinstance(new, Statistic):
            found += [ChangeKind.FIGURES] if value_changes(old, new) else []
            found += [ChangeKind.GROUNDS] if _grounds(old) != _grounds(new) else []
        was, now = _wording(old), _wording(new)
        if found:
            was, now = _unnumbered(was), _unnumbered(now)
        if was != now and list(map(text_html, was)) != list(map(text_html, now)):  # marks of sources are no words
            found.insert(0, ChangeKind.REWORDED)
        return found + ([ChangeKind.REFERENCES] if self._references(old) != _references(new) else [])

    def _references(self, old: Item) -> frozenset[str]:
        return frozenset(self._new_ids.get(id_, id_) for id_ in _references(old))


def compare_editions(old: Bundle, new: Bundle) -> Changes:
    """Return what changed from `old` to `new`: matched by id, and what is left by text that is nearly the same."""
    both = _EditionComparison(old, new)
    before, after = both.before, both.after
    found = [
        *both.compare(before.sources, after.sources, source_name, _source_kinds),
        *both.compare(before.themes, after.themes, _theme_text, _theme_kinds),
        *both.compare(before.statistics, after.statistics, _statistic_text, both.item_kinds),
        *both.compare(before.findings, after.findings, _item_text, both.item_kinds),
        *both.compare(before.recommendations, after.recommendations, _item_text, both.item_kinds),
        *both.compare(before.passages, after.passages, _item_text, both.item_kinds),
    ]
    return Changes(
        old=old.edition,
        new=new.edition,
        all=tuple(sorted(found, key=_reading_order(before, after))),
        cautions=_cautions(old, new),
        earlier_titles=_titles(before),
        theme_titles=_titles(before) | _titles(after),
    )


def _matched_by_text(
    old: dict[str, _Thing], new: dict[str, _Thing], text: Callable[[_Thing], str]
) -> dict[str, tuple[str, int]]:
    gone = {id_: text(thing) for id_, thing in old.items() if id_ not in new}
    come = {id_: text(thing) for id_, thing in new.items() if id_ not in old}
    return matching.match_by_text(gone, come) if gone and come else {}


def _key(thing: _Any) -> str:
    """Return its id, told apart from a theme's where it is a source's."""
    return f"source:{thing.id}" if isinstance(thing, Source) else thing.id


def _home(thing: _Any) -> str:
    return thing.theme if isinstance(thing, Item) else ""


# In which kinds


def _theme_kinds(old: Theme, new: Theme) -> list[ChangeKind]:
    return [ChangeKind.REWORDED] if _theme_text(old) != _theme_text(new) else []


def _source_kinds(old: Source, new: Source) -> list[ChangeKind]:
    same = (source_name(old), old.locator, old.note) == (source_name(new), new.locator, new.note)
    return [] if same else [ChangeKind.REWORDED]


def _references(item: Item) -> frozenset[str]:
    """Return what an item refers to, the sorts told apart."""
    behind: tuple[str, ...] = ()
    if isinstance(item, Finding):
        behind = item.statistics
    elif isinstance(item, Recommendation):
        behind = item.findings
    return frozenset((*(f"source:{source}" for source in item.sources), *(f"#{tag}" for tag in item.tags), *behind))


def _grounds(statistic: Statistic) -> tuple[str, ...]:
    s = statistic
    return s.kind.value, s.unit, s.population, s.base, s.period, s.place


def _wording(item: Item) -> tuple[str, ...]:
    notes = tuple(note.text for note in item.footnotes)
    match item:
        case Statistic():
            return item.title, item.statement, item.caveat, *notes
        case Passage():
            return item.heading, item.text, *notes
        case Recommendation():
            return item.text, item.owner, item.due, *notes
        case Finding():
            return item.text, *notes


def _unnumbered(wording: tuple[str, ...]) -> tuple[str, ...]:
    """Return texts without their numbers: a figure whose sentence only follows its values is not reworded."""
    return tuple(_NUMBER.sub("0", text) for text in wording)


def _item_text(item: Item) -> str:
    return item.text


def _statistic_text(statistic: Statistic) -> str:
    return f"{statistic.title}. {statistic.statement}"


def _theme_text(theme: Theme) -> str:
    return f"{theme.title}. {theme.summary}"


# The whole


def _cautions(old: Bundle, new: Bundle) -> tuple[str, ...]:
    out = []
    if old.edition.series != new.edition.series:
        out.append("These are editions of two different series: what matches may do so by chance.")
    elif old.edition.serial > new.edition.serial:
        out.append("The first of the two is the later edition: what is called new here was withdrawn since.")
    if old.seal.key_id != new.seal.key_id:
        out.append("The two editions are signed with different keys.")
    if _scheme(old) != _scheme(new):
        out.append("The two editions use different marking schemes: markings are compared by label and level.")
    return tuple(out)


def _titles(side: _EditionContent) -> dict[str, str]:
    return {id_: theme.title for id_, theme in side.themes.items()}


def _scheme(bundle: Bundle) -> Sequence[tuple[str, int]]:
    return [(marking.label, marking.level) for marking in bundle.markings]


def _reading_order(before: _EditionContent, after: _EditionContent) -> Callable[[Change], tuple[int, int, int]]:
    """Return a sort key: themes as the newer edition has them, within each the subjects in order, what is gone last."""
    themes = {id_: at for at, id_ in enumerate(dict.fromkeys((*after.themes, *before.themes)))}
    sorts = list(Subject)

    def key(change: Change) -> tuple[int, int, int]:
        there = change.latest
        place = there.number if isinstance(there, Source) else there.position
        return themes.get(change.theme, len(themes)), sorts.index(change.subject), place + (change.new is None) * 10**6

    return key


def _by_id(things: Iterable[_Thing]) -> dict[str, _Thing]:
    return {thing.id: thing for thing in things}
