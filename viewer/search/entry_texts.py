"""The title and text of every entry as the items themselves have them: what the index says of an item is not shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from viewer.bundle.entry_text import observation_text, statistic_text
from viewer.model import Observation
from viewer.search.entries import THEME, Entries
from viewer.text.folding import fold
from viewer.text.markdown import plain_text
from viewer.text.safe import visible

_AT_ONCE = 64  # items read by one statement; always so many parameters, so that SQLite prepares it once
_MOST_KEPT = 4000  # entries whose texts stay in memory
_IDS = f"({', '.join('?' * _AT_ONCE)})"
_MARKDOWN = {  # the id, title and text of what has a text in Markdown
    THEME: f"SELECT id, title, summary FROM theme WHERE id IN {_IDS}",
    "finding": f"SELECT id, '', text FROM finding WHERE id IN {_IDS}",
    "passage": f"SELECT id, heading, text FROM passage WHERE id IN {_IDS}",
}
_STATISTICS = (
    f"SELECT id, title, statement, population, base, period, place, unit, caveat FROM statistic WHERE id IN {_IDS}"
)
_OBSERVATION = ("position", "label", "period", "value", "low", "high", "qualifier", "words", "rank")
_OBSERVATIONS = (
    f"SELECT statistic, {', '.join(_OBSERVATION)} FROM observation WHERE statistic IN {_IDS}"
    " ORDER BY statistic, position"
)
_TITLES = (
    "SELECT id, 'theme', title FROM theme UNION ALL SELECT id, 'statistic', title FROM statistic"
    " UNION ALL SELECT id, 'passage', heading FROM passage WHERE heading != ''"
)


class EntryText(NamedTuple):
    """An entry with its texts: `folded` is title, new line, text, as they are compared; `edge` is where text begins."""

    number: int
    title: str
    text: str
    folded: str
    edge: int


class EntryTexts:
    """Reads titles and texts of entries, and keeps some thousands of them."""

    def __init__(self, connection: sqlite3.Connection, entries: Entries) -> None:
        self._connection, self._entries = connection, entries
        self._kept: dict[int, EntryText] = {}  # while words are typed, mostly the same entries are looked at again

    def of(self, numbers: Collection[int]) -> Mapping[int, EntryText]:
        """Return the texts of these entries, and perhaps of others; unknown numbers are left out."""
        missing = [number for number in numbers if number not in self._kept]
        if missing:
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
                missing = list(numbers)
            self._read(missing)
        return self._kept

    @cached_property
    def titles(self) -> dict[int, str]:
        """The folded titles by their entries' numbers, empty ones left out."""
        numbers = {(entry.item, entry.kind): number for number, entry in self._entries.by_number.items()}
        rows = self._connection.execute(_TITLES)
        return {numbers[id_, kind]: fold(visible(title)) for id_, kind, title in rows if title}

    def _read(self, numbers: Sequence[int]) -> None:
        known = self._entries.by_number
        by_kind: dict[str, dict[str, int]] = {}
        for number in numbers:
            if number in known:
                by_kind.setdefault(known[number].kind, {})[known[number].item] = number
        for kind, wanted in by_kind.items():
            ids = list(wanted)
            for at in range(0, len(ids), _AT_ONCE):
                part: list[str | None] = [*ids[at : at + _AT_ONCE]]
                part += [None] * (_AT_ONCE - len(part))
                for id_, title, text in self._texts(kind, part):
                    self._kept[wanted[id_]] = entry_text(wanted[id_], visible(title), text)

    def _texts(self, kind: str, ids: Sequence[str | None]) -> Iterator[tuple[str, str, str]]:
        """Yield id, title and text of the items or themes of one kind."""
        if kind != "statistic":
            for id_, title, text in self._connection.execute(_MARKDOWN[kind], ids):
                yield id_, title, plain_text(text)
            return
        observations: dict[str, list[Observation]] = {}
        for id_, *values in self._connection.execute(_OBSERVATIONS, ids):
            observation = Observation(**dict(zip(_OBSERVATION, values, strict=True)))
            observations.setdefault(id_, []).append(observation)
        for id_, title, statement, *basis, unit, caveat in self._connection.execute(_STATISTICS, ids):
            shown = (observation_text(one, unit) for one in observations.get(id_, ()))
            yield id_, title, visible(statistic_text(statement, basis, shown, caveat))


def entry_text(number: int, title: str, text: str) -> EntryText:
    """Return the record of an entry's title and text."""
    folded, edge = (fold(f"{title}\n{text}"), len(title) + 1) if title else (fold(text), 0)
    return EntryText(number, title, text, folded, edge)
