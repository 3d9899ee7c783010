"""The plain texts of an edition's items, read theme by theme when first asked for, and their order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from viewer.bundle.bundle import Bundle
from viewer.errors import NotFound
from viewer.model import Finding, Item, Passage, Recommendation, Statistic
from viewer.notes.anchors import LEAST_SOUGHT
from viewer.text.edition_text import text_plain

_BLOCK = LEAST_SOUGHT // 2

Order = tuple[int, int, int]  # the theme's position, the kind of item as the pages have them, the item's position
_RANKS: dict[type, int] = {kind: rank for rank, kind in enumerate((Finding, Recommendation, Statistic, Passage))}
LAST: Order = (1_000_000, 0, 0)  # of what has no place


class EditionTexts:
    """What notes need to know of an edition: text, theme, marking and order of any item."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._positions = {theme.id: theme.position for theme in bundle.themes()}
        self._items: dict[str, Item] = {}
        self._texts: dict[str, str] = {}
        self._read: set[str] = set()
        self._places: dict[str, tuple[str, int] | None] = {}  # of what was looked for in the whole edition

    def item(self, item_id: str, theme_id: str = "") -> Item | None:
        """Return the item of that id, None where the edition has none; `theme_id` is where it probably stands."""
        if item_id not in self._items and theme_id in self._positions:
            self._read_theme(theme_id)
        if item_id not in self._items:
            try:
                self._items[item_id] = self._bundle.item(item_id)
            except NotFound:
                return None
        return self._items[item_id]

    def text(self, item_id: str, theme_id: str = "") -> str | None:
        """Return the item's plain text, None where the edition has no such item."""
        known = self._texts.get(item_id)
        if known is not None:
            return known
        item = self.item(item_id, theme_id)
        if item is None:
            return None
        return self._texts.setdefault(item_id, text_plain(item.text))

    def order(self, item_id: str, theme_id: str = "") -> Order:
        """Return where the item stands in the order of the pages."""
        item = self.item(item_id, theme_id)
        if item is None:
            return (*LAST[:2], self._positions.get(theme_id, LAST[0]))
        return (self._positions[item.theme], _RANKS[type(item)], item.position)

    def look_for(self, words: Iterable[str]) -> None:
        """Find out at once where all of these words stand, for `only_place_of`: one pass over the whole edition."""
        fresh = {one for one in words if one not in self._places and len(one) >= LEAST_SOUGHT}
        if not fresh:
            return
        joined, _ = self._joined
        blocks: dict[str, list[tuple[str, int]]] = {}
        for one in fresh:
            for at in range(_BLOCK):  # one of these lies at a multiple of the block's length, wherever the words stand
                blocks.setdefault(one[at : at + _BLOCK], []).append((one, at))
        found: dict[str, set[int]] = {one: set() for one in fresh}
        for position in range(0, len(joined) - _BLOCK + 1, _BLOCK):
            for one, at in blocks.get(joined[position : position + _BLOCK], ()):
                if len(found[one]) < 2 and position >= at and joined.startswith(one, position - at):
                    found[one].add(position - at)
        self._places.update((one, self._place_at(starts)) for one, starts in found.items())

    def _place_at(self, starts: set[int]) -> tuple[str, int] | None:
        if len(starts) != 1:
            return None
        (at,) = starts
        begins = self._joined[1]
        start, item = begins[bisect_right(begins, (at, "\U0010ffff")) - 1]
        return item, at - start

    def only_place_of(self, words: str) -> tuple[str, int] | None:
        """Return the item and the position of the only place in the edition where these words stand.

        None where they are shorter than LEAST_SOUGHT, absent or repeated.
        """
        self.look_for((words,))
        return self._places.get(words)

    @cached_property
    def _joined(self) -> tuple[str, list[tuple[int, str]]]:
        """All texts in one, NUL between them, and where each begins."""
        for theme_id in self._positions:
            self._read_theme(theme_id)
        starts, parts, at = [], [], 0
        for item_id in self._items:
            text = self.text(item_id) or ""
            starts.append((at, item_id))
            parts.append(text)
            at += len(text) + 1
        return "\0".join(parts), starts

    def _read_theme(self, theme_id: str) -> None:
        if theme_id not in self._read:
            self._read.add(theme_id)
            self._items.update((item.id, item) for item in self._bundle.items(theme_id))
