"""The title and text of every entry as the items themselves have them: what the index says of an item is not shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from viewer.bundle.bundle import Bundle
from viewer.search.entries import THEME, Entries
from viewer.search.title_index import TitleIndex
from viewer.text.folded import Folded, fold_text
from viewer.text.safe import visible

_AT_ONCE = 64  # items read by one statement; always so many parameters, so that SQLite prepares it once
_MOST_KEPT = 4000  # entries whose texts stay in memory
_TITLES = (
    "SELECT id, 'theme', title FROM theme UNION ALL SELECT id, 'statistic', title FROM statistic"
    " UNION ALL SELECT id, 'passage', heading FROM passage WHERE heading != ''"
)


class EntryText(NamedTuple):
    """An entry with its texts: `folded` is title, new line, text, as they are compared; `edge` is where text begins.

    `folding` leads from places in `folded` to those in title, new line, text as they are written. `name` is the short
    name of a theme, folded, empty for an item.
    """

    number: int
    title: str
    text: str
    folded: str
    edge: int
    folding: Folded
    name: str = ""


class EntryTexts:
    """Reads titles and texts of entries, and keeps some thousands of them."""

    def __init__(self, bundle: Bundle, entries: Entries) -> None:
        self._bundle, self._entries = bundle, entries
        self._names = {theme.id: fold_text(visible(theme.short)).text for theme in bundle.themes()}
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
    def titles(self) -> TitleIndex:
        """The folded titles of all entries, empty ones left out."""
        numbers = {(entry.item, entry.kind): number for number, entry in self._entries.by_number.items()}
        rows = self._bundle.connection.execute(_TITLES)
        return TitleIndex({numbers[id_, kind]: fold_text(visible(title)).text for id_, kind, title in rows if title})

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
                for id_, title, text in self._bundle.searched(kind, part):
                    name = self._names[id_] if kind == THEME else ""
                    self._kept[wanted[id_]] = entry_text(wanted[id_], visible(title), visible(text), name)


def entry_text(number: int, title: str, text: str, name: str = "") -> EntryText:
    """Return the record of an entry's title and text, and of the folded short name of a theme."""
    folding = fold_text(f"{title}\n{text}" if title else text)
    edge = len(fold_text(title).text) + 1 if title else 0
    return EntryText(number, title, text, folding.text, edge, folding, name)
