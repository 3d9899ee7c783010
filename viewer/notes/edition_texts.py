"""The plain texts of an edition's items, read theme by theme when first asked for, and their order."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from viewer.bundle.bundle import Bundle
from viewer.errors import NotFound
from viewer.model import Finding, Item, Passage, Recommendation, Statistic
from viewer.text.edition_text import text_plain

MIN_QUOTE = 32  # characters; a shorter quotation also stands in items that have nothing to do with it

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

    def only_item_with(self, quote: str) -> str | None:
        """Return the only item of the edition in which `quote` stands; None where it is short, absent or repeated."""
        if len(quote) < MIN_QUOTE:
            return None
        joined, starts = self._joined
        at = joined.find(quote)
        if at < 0 or joined.find(quote, at + 1) >= 0:
            return None
        return starts[bisect_right(starts, (at, "\U0010ffff")) - 1][1]

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
