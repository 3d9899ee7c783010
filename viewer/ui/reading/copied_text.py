"""Text copied from the page: each quotation with its citation, under the marking that goes before it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextCursor

from viewer.bundle.bundle import Bundle
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
    codes = {code for id_ in ids for code in _markings(bundle, id_)}
    if not ids or items.at(chosen.selectionStart()) is None:
        codes.add(_marking_of_page(bundle, address))
    return bundle.marking_label(codes)


def _citation(bundle: Bundle, address: str, item_id: str | None) -> str:
    if item_id:
        item = bundle.item(item_id)
        return wording.citation(bundle.edition, bundle.theme(item.theme), item)
    theme = _theme_of(address)
    return wording.citation(bundle.edition, bundle.theme(theme)) if theme else bundle.edition.name


def _markings(bundle: Bundle, item_id: str) -> Iterator[str]:
    """Yield an item's marking, and those of the figures beside it."""
    item = bundle.item(item_id)
    yield item.marking
    yield from (bundle.item(figure).marking for figure in getattr(item, "statistics", ()))


def _marking_of_page(bundle: Bundle, address: str) -> str:
    theme = _theme_of(address)
    return bundle.theme(theme).marking if theme else bundle.edition.marking


def _theme_of(address: str) -> str:
    """Return the theme whose page `address` is; empty for any other page."""
    kind, _, name = address.partition(":")
    return name.partition("/")[0] if kind == "theme" else ""
