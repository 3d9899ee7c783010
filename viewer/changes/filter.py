"""Which changes hold the words typed into their filter: in what they are called, or in the texts of either side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from viewer.bundle.entry_text import entry_text, entry_title
from viewer.changes.descriptions import kind_words, subject_words
from viewer.changes.records import Change
from viewer.model import Item, Source, Theme
from viewer.text.filter_words import FilterWords, comparable


class ChangeFilter:
    """Filters changes, and keeps each as it is compared; `themes` are the titles of themes by their ids."""

    def __init__(self, themes: Mapping[str, str]) -> None:
        self._themes = themes
        self._compared: dict[int, tuple[Change, str]] = {}  # by the id of the object, which is kept with it

    def passing(self, changes: Iterable[Change], words: FilterWords) -> tuple[Change, ...]:
        """Return the changes that hold all `words`."""
        return tuple(change for change in changes if not words.parts or words.are_in(self._text(change)))

    def _text(self, change: Change) -> str:
        if id(change) not in self._compared:
            sides = (_side(side) for side in (change.old, change.new) if side is not None)
            words = subject_words(change), kind_words(change, self._themes), self._themes.get(change.theme, "")
            self._compared[id(change)] = change, comparable("\n".join((*words, *sides)))
        return self._compared[id(change)][1]


def _side(side: Theme | Item | Source) -> str:
    if isinstance(side, Source):
        return "\n".join((side.title, side.author, side.year, side.locator, side.note))
    return f"{entry_title(side)}\n{entry_text(side)}"
