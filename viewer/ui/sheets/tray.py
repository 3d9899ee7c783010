"""The tray: what the reader has put on the sheet so far, and how it shall be cut; one recipe under work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, Signal

from viewer.bundle.bundle import Bundle
from viewer.editions.earlier import EarlierEditions
from viewer.errors import NotFound
from viewer.model import Item, Statistic
from viewer.records import replace
from viewer.sheets.recipe import (
    MOST_ENTRIES,
    EntryKind,
    Form,
    Recipe,
    RecipeEntry,
    SheetPart,
    item_entry,
    ordered,
    theme_entry,
    with_form,
)
from viewer.text import wording
from viewer.text.edition_text import text_plain
from viewer.text.safe import visible

EXCERPT = 90  # characters of an item in the tray


class Tray(QObject):
    """Holds the recipe under work, the edition that it is for, and what finds its earlier editions.

    Signals: `changed` after anything of it changed; `announced(sentence)` says what was put on.
    """

    changed = Signal()
    announced = Signal(str)

    def __init__(self, bundle: Bundle, earlier: EarlierEditions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bundle, self.earlier = bundle, earlier
        self.recipe = self.fresh()

    def __len__(self) -> int:
        return len(self.recipe.entries)

    def __bool__(self) -> bool:
        return True  # an empty tray is still a tray

    def __contains__(self, value: object) -> bool:
        return any(entry.value == value for entry in self.recipe.entries if entry.kind is not EntryKind.HEADING)

    def fresh(self) -> Recipe:
        """Return the recipe of a sheet that nothing is on yet."""
        edition = self.bundle.edition
        return Recipe(audience=self.bundle.markings[0].code, series=edition.series, serial=edition.serial)

    def tell_changes(self, since: str, theme: str = "") -> None:
        """Make it a sheet of what changed since an earlier edition, in all themes or in one; own words stay."""
        entries = (theme_entry(theme),) if theme else ()
        self._take(replace(with_form(self.recipe, Form.CHANGES), since=since, entries=entries, name=""))
        self.announced.emit("Put on the sheet: what changed")

    def clear(self) -> None:
        """Empty the tray; form, audience and recipient stay as they were chosen."""
        self._take(replace(self.recipe, entries=(), name="", title="", introduction="", questions=()))

    def load(self, recipe: Recipe) -> None:
        """Take over a recipe."""
        self._take(recipe)

    def add(self, item_id: str) -> None:
        """Put an item on the sheet, once."""
        self.add_entries([item_entry(item_id)])

    def add_theme(self, theme_id: str) -> None:
        """Put a whole theme on the sheet, once."""
        self.add_entries([theme_entry(theme_id)])

    def add_heading(self, words: str) -> None:
        """Put a heading of the reader's own on the sheet."""
        self.add_entries([RecipeEntry(kind=EntryKind.HEADING, value=words)])

    def add_items(self, items: Iterable[Item]) -> None:
        """Put several items on the sheet: those of an issue, or what a search found."""
        self.add_entries([item_entry(item.id) for item in items])

    def add_entries(self, entries: Iterable[RecipeEntry]) -> None:
        """Put on what is not there yet, and say so."""
        fresh = [entry for entry in entries if entry.kind is EntryKind.HEADING or entry.value not in self]
        if not fresh:
            self.announced.emit("It is on the sheet already.")
            return
        if len(self) + len(fresh) > MOST_ENTRIES:
            self.announced.emit(f"A sheet holds at most {MOST_ENTRIES:,} entries. Nothing was put on it.")
            return
        self._take(replace(self.recipe, entries=(*self.recipe.entries, *fresh)))
        what = self.name_of(fresh[0]) if len(fresh) == 1 else wording.count(len(fresh), "item")
        self.announced.emit(f"Put on the sheet: {what}")

    def arrange(self, entries: Iterable[RecipeEntry]) -> None:
        """Give the entries another order, or fewer of them."""
        self._take(replace(self.recipe, entries=tuple(entries)))

    def set(self, **fields: Any) -> None:
        """Change fields of the recipe."""
        self._take(replace(self.recipe, **fields))

    def set_form(self, form: Form) -> None:
        """Change the form, and with it parts and paper to those it usually has."""
        self._take(with_form(self.recipe, form))

    def set_part(self, part: SheetPart, on: bool) -> None:
        """Turn one part on or off."""
        parts = {*self.recipe.parts, part} if on else {*self.recipe.parts} - {part}
        self._take(replace(self.recipe, parts=ordered(parts)))

    def set_caveat(self, label: str, on: bool) -> None:
        """Say whether the readers hold a handling caveat of the edition."""
        held = {*self.recipe.caveats, label} if on else {*self.recipe.caveats} - {label}
        known = [caveat.label for caveat in self.bundle.caveats]
        strange = [one for one in self.recipe.caveats if one not in known]  # of another edition: refused by name
        self._take(replace(self.recipe, caveats=(*(one for one in known if one in held), *strange)))

    def name_of(self, entry: RecipeEntry) -> str:
        """Return how an entry is called in a list."""
        if entry.kind is EntryKind.HEADING:
            return visible(entry.value)
        try:
            if entry.kind is EntryKind.THEME:
                theme = self.bundle.theme(entry.value)
                return f"Theme: {visible(theme.short)}"
            return self._item_name(self.bundle.item(entry.value))
        except NotFound:
            return f"Not in this edition: {visible(entry.value)}"

    def _item_name(self, item: Item) -> str:
        place = wording.item_place(item, self.bundle.theme(item.theme))
        words = visible(item.title) if isinstance(item, Statistic) else text_plain(item.text)
        return f"{place}   {words[:EXCERPT]}{'…' if len(words) > EXCERPT else ''}"

    def _take(self, recipe: Recipe) -> None:
        if recipe != self.recipe:
            self.recipe = recipe
            self.changed.emit()
