"""What the reader set for the notes of a series: the name that new notes bear, and what the five colours mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from viewer.errors import NotesTrouble
from viewer.notes.limits import names_left_out
from viewer.notes.store import NoteStore

SETTINGS = ("author", *(f"colour-{number}" for number in range(1, 6)))
COLOURS = ("amber", "green", "blue", "rose", "violet")
MEANINGS = ("Act on", "For training", "Question", "Check", "Follow up")  # unless the reader names others


class NoteSettings:
    """Holds what was read from the notes file, so that nobody waits for it, and writes to it; raises NotesTrouble."""

    def __init__(self, store: NoteStore) -> None:
        self._store = store
        self._known = store.settings()

    def take_over(self, known: Mapping[str, str]) -> None:
        """Follow what another window may have set, as it was read from the file."""
        self._known = dict(known)

    def _value(self, name: str) -> str:
        return self._known.get(name, "")

    def _set(self, name: str, value: str) -> None:
        self._store.set_setting(name, value)
        self._known[name] = value

    def meaning(self, colour: int) -> str:
        """Return what a colour, 1 to 5, stands for in this reader's words."""
        return self._value(f"colour-{colour}") or MEANINGS[colour - 1]

    @property
    def meanings(self) -> list[str]:
        """What the five colours stand for."""
        return [self.meaning(colour) for colour in range(1, len(COLOURS) + 1)]

    @property
    def author(self) -> str:
        """The name that new notes bear; empty where the reader gave none."""
        return self._value("author")

    @author.setter
    def author(self, name: str) -> None:
        self._set("author", " ".join(name.split()))

    def set_names(self, author: str, meanings: Sequence[str]) -> None:
        """Name the reader and the five colours; an empty meaning restores the usual one.

        Raise NotesTrouble where one is too long; then nothing is changed.
        """
        if too_long := names_left_out(author.strip(), [meaning.strip() for meaning in meanings]):
            raise NotesTrouble(too_long, advice="")
        self.author = author
        for colour, meaning in enumerate(meanings, 1):
            self._set(f"colour-{colour}", meaning.strip())
