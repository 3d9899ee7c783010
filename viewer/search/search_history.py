"""What the reader searched for before, and the searches saved: in `searches.json` in the reader's own folder."""

from __future__ import annotations

import json
from pathlib import Path

from viewer import paths
from viewer.errors import FileTrouble, StrangeFile
from viewer.records import record, replace

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
        self.searches = self._read()

    def add(self, words: str) -> None:
        """Put a search at the head of the past ones, unless the reader does not want them kept."""
        words = _normalised(words)
        if words and self.searches.keeping:
            others = tuple(known for known in self.searches.past if known != words)
            self._change(replace(self.searches, past=(words, *others)[:MOST_PAST]))

    def clear(self) -> None:
        """Forget the past searches; saved ones stay."""
        self._change(replace(self.searches, past=()))

    def set_keeping(self, on: bool) -> None:
        """Keep past searches from now on, or forget them and keep none."""
        self._change(replace(self.searches, keeping=on, past=self.searches.past if on else ()))

    def save(self, words: str) -> None:
        """Save a search for good."""
        words = _normalised(words)
        if words and words not in self.searches.saved:
            self._change(replace(self.searches, saved=(*self.searches.saved, words)[-MOST_SAVED:]))

    def remove_saved(self, words: str) -> None:
        """Let a saved search go."""
        words = _normalised(words)
        self._change(replace(self.searches, saved=tuple(known for known in self.searches.saved if known != words)))

    def is_saved(self, words: str) -> bool:
        """Return whether this search is saved for good."""
        return _normalised(words) in self.searches.saved

    def _change(self, to: Searches) -> None:
        if to == self.searches:
            return
        self.searches = to
        if not self._writable:
            return
        document = {"format": FORMAT, "keeping": to.keeping, "past": to.past, "saved": to.saved}
        data = json.dumps(document, ensure_ascii=False, indent=1).encode()
        paths.write_atomically(paths.ensure_private_folder(self._home) / FILE, data, mode=0o600)

    def _read(self) -> Searches:
        """Return what the file holds. A damaged file counts as none; one of a newer program is never written over."""
        path = self._home / FILE
        try:
            data = paths.read_own_file(path, limit=_LARGEST)
            document = json.loads(data) if data is not None else None
        except StrangeFile:
            paths.set_aside(path)
            return Searches()
        except (FileTrouble, ValueError, RecursionError):
            return Searches()
        if not isinstance(document, dict):
            return Searches()
        if document.get("format") != FORMAT:
            self._writable = False
            return Searches()
        return Searches(
            past=_list_of_words(document.get("past"), MOST_PAST),
            saved=_list_of_words(document.get("saved"), MOST_SAVED),
            keeping=document.get("keeping") is not False,
        )


def _normalised(words: str) -> str:
    return " ".join(words.encode(errors="replace").decode().split())[:LONGEST]


def _list_of_words(found: object, most: int) -> tuple[str, ...]:
    if not isinstance(found, list):
        return ()
    kept = (_normalised(words) for words in found if isinstance(words, str))
    return tuple(dict.fromkeys(words for words in kept if words))[:most]
