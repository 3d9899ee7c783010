"""From an address to a page, and back and forward through the pages opened so far."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from viewer.bundle.bundle import Bundle
from viewer.errors import NotFound
from viewer.pages.overview import glossary_page, issues_page, references_page, sources_page, start_page, tag_page
from viewer.pages.parts import Page
from viewer.pages.theme import part_number, theme_page
from viewer.ui.reading.history import History, VisitedPlace

START = "page:start"
FOOTNOTES = ("source:", "note:")  # addresses of what is shown beside its mark, not as a page
MOST_KEPT = 12  # pages kept ready for going back
MOST_DIGITS = 6  # of a part's number in an address


class Navigator(QObject):
    """Opens pages of one edition by address.

    Signals: `page_opened(page, scroll)`, then `target_named(item id or "#section")` where the address names a
    place on the page, or `returned(item id)` where the reader comes back to one; `footnote_requested(address)` for a
    source or a note; `moved` when back and forward may have changed.
    """

    page_opened = Signal(object, int)
    target_named = Signal(str)
    returned = Signal(str)
    footnote_requested = Signal(str)
    moved = Signal()

    def __init__(self, bundle: Bundle, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bundle = bundle
        self._order = [f"theme:{theme.id}" for theme in bundle.themes()]
        self._kept: dict[str, Page] = {}  # the one shown last stands last
        self.history = History()

    @property
    def address(self) -> str:
        """The address of the page that is open."""
        return self.history.present.address if self.history.present else START

    def go(self, address: str, scroll: int = 0, *, new_entry: bool = False) -> None:
        """Open the page at `address`; an address that leads nowhere in this edition opens nothing.

        With `new_entry`, Back comes back to where the reader is, also from another place of the same page.
        """
        kind, _, name = address.partition(":")
        if address.startswith(FOOTNOTES):
            self.footnote_requested.emit(address)
            return
        try:
            where, target = self._resolved(kind, name)
            shown = self._page(where)
        except NotFound:
            return
        fresh = where != self.address or self.history.present is None
        self.history.visit(where, new_entry=new_entry)
        if fresh or not target:
            self.page_opened.emit(shown, scroll)
        if target:
            self.target_named.emit(target)
        self.moved.emit()

    def back(self) -> None:
        """Open the place behind, as it was scrolled."""
        if self.history.can_go_back:
            self._return_to(self.history.back())

    def forward(self) -> None:
        """Open the place ahead, as it was scrolled."""
        if self.history.can_go_forward:
            self._return_to(self.history.forward())

    def turn_theme(self, by: int) -> None:
        """Open the next or previous theme in reading order; from elsewhere the first or last."""
        here = self.address.partition("/")[0]
        outside = 0 if by > 0 else len(self._order) - 1
        at = self._order.index(here) + by if here in self._order else outside
        if 0 <= at < len(self._order):
            self.go(self._order[at])

    def _return_to(self, place: VisitedPlace) -> None:
        self.page_opened.emit(self._page(place.address), place.scroll)
        if place.item:
            self.returned.emit(place.item)
        self.moved.emit()

    def _resolved(self, kind: str, name: str) -> tuple[str, str]:
        """Return the address of the page, and the place on it."""
        if kind == "item":
            return self._theme_address(self._bundle.item(name).theme, name), name
        if kind == "theme" and "#" in name:
            theme, _, section = name.partition("#")
            return self._theme_address(theme, f"#{section}"), f"#{section}"
        return f"{kind}:{name}", ""

    def _theme_address(self, theme: str, target: str) -> str:
        part = part_number(self._bundle, theme, target)
        return f"theme:{theme}" if part == 1 else f"theme:{theme}/{part}"

    def _page(self, address: str) -> Page:
        shown = self._kept.pop(address, None) or self._make_page(address)
        self._kept[address] = shown
        if len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        return shown

    def _make_page(self, address: str) -> Page:
        kind, _, rest = address.partition(":")
        name, _, number = rest.partition("/")
        part = max(1, int(number)) if number.isdecimal() and len(number) <= MOST_DIGITS else 1
        match kind, name:
            case "theme", _:
                return theme_page(self._bundle, name, part)
            case "tag", _:
                return tag_page(self._bundle, name, part)
            case "references", _:
                return references_page(self._bundle, name, part)
            case "page", "start":
                return start_page(self._bundle, part)
            case "page", "glossary":
                return glossary_page(self._bundle.terms(), part)
            case "page", "sources":
                return sources_page(self._bundle, part)
            case "page", "issues":
                return issues_page(self._bundle, part)
        raise NotFound(f"This edition has no page “{address}”.")
