"""Which marking stands above what is copied from the page."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextCursor

from viewer.bundle.bundle import Bundle
from viewer.ui.reading.page_map import ItemMap


def stamp(bundle: Bundle, address: str, items: ItemMap, chosen: QTextCursor, present: str | None) -> str:
    """The highest marking of all that is `chosen`, or of the present item; empty where it is the lowest."""
    ids = [present] if present else []
    if chosen.hasSelection():
        ids = items.between(chosen.selectionStart(), chosen.selectionEnd())
    codes = {code for id_ in ids for code in _markings(bundle, id_)}
    if not ids or items.at(chosen.selectionStart()) is None:
        codes.add(_marking_of_page(bundle, address))
    return bundle.stamp(codes)


def _markings(bundle: Bundle, item_id: str) -> Iterator[str]:
    """An item's marking, and those of the figures that stand beside it."""
    item = bundle.item(item_id)
    yield item.marking
    yield from (bundle.item(beside).marking for beside in getattr(item, "statistics", ()))


def _marking_of_page(bundle: Bundle, address: str) -> str:
    kind, _, name = address.partition(":")
    return bundle.theme(name.partition("/")[0]).marking if kind == "theme" else bundle.edition.marking
