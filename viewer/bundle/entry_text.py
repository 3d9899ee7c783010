"""The text of an item in the tables for search: a rule of the format, which building and searching share."""

from __future__ import annotations

from collections.abc import Iterable

from viewer.model import Footnote, Item, Observation, Passage, Recommendation, Statistic, Theme
from viewer.text.edition_text import text_plain
from viewer.text.wording import measured


def entry_title(thing: Theme | Item) -> str:
    """Return the title under which a theme or item is found: of a finding or recommendation none."""
    match thing:
        case Theme() | Statistic():
            return thing.title
        case Passage():
            return thing.heading
        case _:
            return ""


def entry_text(thing: Theme | Item) -> str:
    """Return what a search reads of a theme or item: a line for each thing it says, empty ones left out."""
    match thing:
        case Theme():
            return text_plain(thing.summary)
        case Statistic():
            return statistic_text(thing)
        case Recommendation():
            return prose_text(thing.text, (thing.owner, thing.due), thing.footnotes)
        case _:
            return prose_text(thing.text, (), thing.footnotes)


def prose_text(text: str, lines: Iterable[str], footnotes: Iterable[Footnote]) -> str:
    """Return a text without markup, then the `lines`, then the notes at its foot."""
    return _lines(text_plain(text), *lines, *(text_plain(note.text) for note in footnotes))


def statistic_text(statistic: Statistic) -> str:
    """Return the statement, what it stands on, the values as shown, the caveats, and the notes at its foot."""
    s = statistic
    return _lines(
        text_plain(s.statement),
        *(s.population, s.base, s.period, s.place),
        *(_observation_text(observation, s.unit) for observation in s.observations),
        text_plain(s.caveat),
        text_plain(s.short_caveat),
        *(text_plain(note.text) for note in s.footnotes),
    )


def _observation_text(observation: Observation, unit: str) -> str:
    """Return an observation's label, period and value as shown: `Girls 2011 more than 61%`."""
    parts = (observation.label, observation.period, measured(observation, unit))
    return " ".join(part for part in parts if part)


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
