"""Text copied from the page: each quotation with its citation, under the marking that goes before it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextCursor

from viewer.bundle.bundle import Bundle
from viewer.model import Item
from viewer.text import wording
from viewer.text.edition_text import text_plain
from viewer.ui.reading.page_map import ItemMap
from viewer.ui.reading.selected_text import BETWEEN_ITEMS, SelectedText, selected_texts


def cited_text(bundle: Bundle, address: str, items: ItemMap, chosen: QTextCursor, present: str | None) -> str:
    """Return what is `chosen`, else the present item, else the page: each item's words as a quotation of their own."""
    quoted = selected_texts(chosen, items) if chosen.hasSelection() else []
    if not quoted and present:
        quoted = [SelectedText(item=present, text=text_plain(bundle.item(present).text))]
    quotations = [f"“{piece.text}” ({_citation(bundle, address, piece.item)})" for piece in quoted]
    label = marking_label(bundle, address, items, chosen, present)
    return (f"{label}\n" if label else "") + (BETWEEN_ITEMS.join(quotations) or _citation(bundle, address, None))


def marking_label(bundle: Bundle, address: str, items: ItemMap, chosen: QTextCursor, present: str | None) -> str:
    """Return the highest marking of all that is `chosen`, or of the present item; empty where it is the lowest."""
    ids = [present] if present else []
    if chosen.hasSelection():
        ids = items.between(chosen.selectionStart(), chosen.selectionEnd())
    shown = [thing for id_ in ids for thing in _shown_with(bundle, id_)]
    codes = {bundle.marking_of(item).code for item in shown}
    caveats = [label for item in shown for label in bundle.caveats_of(item)]
    if not ids or items.at(chosen.selectionStart()) is None:
        theme = _theme_of(address)
        codes.add(bundle.theme(theme).marking if theme else bundle.edition.marking)
        caveats += bundle.caveats_of(bundle.theme(theme)) if theme else ()
    return bundle.marking_label(codes, caveats)


def _citation(bundle: Bundle, address: str, item_id: str | None) -> str:
    if item_id:
        item = bundle.item(item_id)
        return wording.citation(bundle.edition, bundle.theme(item.theme), item)
    theme = _theme_of(address)
    return wording.citation(bundle.edition, bundle.theme(theme)) if theme else bundle.edition.name


def _shown_with(bundle: Bundle, item_id: str) -> Iterator[Item]:
    """Yield an item, and the figures beside it."""
    item = bundle.item(item_id)
    yield item
    yield from map(bundle.item, getattr(item, "statistics", ()))


def _theme_of(address: str) -> str:
    """Return the theme whose page `address` is; empty for any other page."""
    kind, _, name = address.partition(":")
    return name.partition("/")[0] if kind == "theme" else ""
