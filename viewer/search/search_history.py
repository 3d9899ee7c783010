"""What the reader searched for before, and the searches kept by name: in `searches.json` in the reader's own folder."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from viewer import paths
from viewer.records import record

FILE = "searches.json"
FORMAT = 1
MOST_PAST = 50
MOST_SAVED = 200
LONGEST = 500  # characters of one search
_LARGEST = 1_000_000  # bytes; a larger file is not this program's


@record
class Searches:
    """Past searches, the latest first, saved ones in order, and whether past ones are kept."""

    past: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    keeping: bool = True


class SearchHistory:
    """The searches of one reader. Every change is written at once; a failure to write raises FileTrouble."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._writable = True
        self.now = self._read()

    def note(self, words: str) -> None:
        """Puts a search at the head of the past ones, unless the reader does not want them kept."""
        words = _tidy(words)
        if words and self.now.keeping:
            others = tuple(known for known in self.now.past if known != words)
            self._change(replace(self.now, past=(words, *others)[:MOST_PAST]))

    def clear(self) -> None:
        """Forgets the past searches; saved ones stay."""
        self._change(replace(self.now, past=()))

    def keep(self, on: bool) -> None:
        """Keeps past searches from now on, or forgets them and keeps none."""
        self._change(replace(self.now, keeping=on, past=self.now.past if on else ()))

    def save(self, words: str) -> None:
        """Keeps a search for good."""
        words = _tidy(words)
        if words and words not in self.now.saved:
            self._change(replace(self.now, saved=(*self.now.saved, words)[-MOST_SAVED:]))

    def forget(self, words: str) -> None:
        """Lets a saved search go."""
        words = _tidy(words)
        self._change(replace(self.now, saved=tuple(known for known in self.now.saved if known != words)))

    def is_saved(self, words: str) -> bool:
        """Whether this search is kept for good."""
        return _tidy(words) in self.now.saved

    def _change(self, to: Searches) -> None:
        if to == self.now:
            return
        self.now = to
        if not self._writable:
            return
        document = {"format": FORMAT, "keeping": to.keeping, "past": to.past, "saved": to.saved}
        data = json.dumps(document, ensure_ascii=False, indent=1).encode()
        paths.write_atomically(paths.ensure_private_folder(self._home) / FILE, data, mode=0o600)

    def _read(self) -> Searches:
        """What the file holds. A damaged file counts as none; one of a newer program is never written over."""
        path = self._home / FILE
        try:
            if not path.is_file() or path.stat().st_size > _LARGEST:
                return Searches()
            document = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return Searches()
        if not isinstance(document, dict):
            return Searches()
        if document.get("format") != FORMAT:
            self._writable = False
            return Searches()
        return Searches(
            past=_words(document.get("past"), MOST_PAST),
            saved=_words(document.get("saved"), MOST_SAVED),
            keeping=document.get("keeping") is not False,
        )


def _tidy(words: str) -> str:
    return " ".join(words.encode(errors="replace").decode().split())[:LONGEST]


def _words(found: object, most: int) -> tuple[str, ...]:
    if not isinstance(found, list):
        return ()
    kept = (_tidy(words) for words in found if isinstance(words, str))
    return tuple(dict.fromkeys(words for words in kept if words))[:most]
