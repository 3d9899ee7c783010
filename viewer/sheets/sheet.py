"""A Sheet: all that will stand on paper, cut for its audience, before any writer lays it out."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from viewer.changes.presented import PresentedChange
from viewer.model import (
    Finding,
    Footnote,
    Item,
    Marking,
    Observation,
    Passage,
    Recommendation,
    Source,
    Statistic,
    Term,
    exact_amount,
    group_digits,
)
from viewer.records import field_names, record
from viewer.sheets.recipe import Form, Paper, Recipe, SheetPart
from viewer.sheets.sheet_item import SheetItem
from viewer.text import wording
from viewer.text.format_1 import published_text

NOTE_LABEL = "Officer’s note, not part of the assessment"
FORM_NAMES = {
    Form.SUMMARY: "Theme summary",
    Form.BRIEFING: "Briefing",
    Form.FIGURES: "Figures",
    Form.HANDOUT: "Training handout",
    Form.CARD: "Pocket card",
    Form.SLIDES: "Slides",
    Form.CHANGES: "Changes",
}
PART_NAMES = {
    SheetPart.FINDINGS: "Key findings",
    SheetPart.FIGURES: "Figures",
    SheetPart.NARRATIVE: "Narrative",
    SheetPart.NOTES: "Officer’s notes",
    SheetPart.SOURCES: "Sources",
    SheetPart.GLOSSARY: "Abbreviations",
}
_KINDS: dict[type, str] = {
    Finding: "finding",
    Recommendation: "recommendation",
    Statistic: "statistic",
    Passage: "passage",
}
_HASHED_NAMES: dict[tuple[type, str], str] = {(Passage, "label"): "number"}
_LATER = frozenset(
    (kind, name)
    for kind in _KINDS
    for name in ("label", "likelihood", "confidence", "short_caveat", "caveats", "footnotes")
    if (kind, name) not in _HASHED_NAMES
)
_NOT_CONTENT = ("position", "page", "tags", "findings", "statistics", "references")
HASH_LENGTH = 16  # hex digits


@record
class SheetNote:
    """A reader's note as a sheet needs it: on which item, its words, the code of its own marking.

    `quote` are the words that were noted. `is_unconfirmed` says that they went elsewhere, and that the reader has not
    confirmed the item.
    """

    item: str
    text: str
    marking: str
    quote: str = ""
    is_unconfirmed: bool = False


@record
class PlacedNote:
    """A note with the words for where it belongs."""

    about: str
    text: str
    quote: str
    marking_label: str


@record
class Section:
    """Items of one kind in a row."""

    part: SheetPart
    items: tuple[SheetItem, ...]

    @property
    def title(self) -> str:
        """What they stand under: the name of their part, or that they are recommendations."""
        return "Recommendations" if isinstance(self.items[0].item, Recommendation) else PART_NAMES[self.part]


@record
class Chapter:
    """Items of one theme, or a heading of the reader's own (then without sections)."""

    kicker: str
    title: str
    short: str
    summary: str
    sections: tuple[Section, ...] = ()
    notes: tuple[PlacedNote, ...] = ()
    is_own_heading: bool = False
    label: str = ""  # the publisher's number of its theme, "5.1"
    target: str = ""  # the id of its theme, where a cross-reference of this sheet leads to it


@record
class HeldItem:
    """An item that the sheet holds, with the hash of its content."""

    id: str
    hash: str


@record
class Origin:
    """The edition that a sheet is made from, and who signed it."""

    series: str
    name: str
    title: str
    label: str
    serial: int
    issued: str
    review: str
    publisher: str
    signer: str
    key_id: str
    fingerprint: str

    @property
    def named(self) -> str:
        """The edition as it is named on paper: name, serial and issue date."""
        return f"{self.name}, serial {self.serial}, issued {wording.day(self.issued)}"

    @property
    def signature(self) -> str:
        """Who signed it, with which key, and the first 16 digits of its fingerprint, in groups of four."""
        key, fingerprint = group_digits(self.key_id), group_digits(self.fingerprint[:16])
        return f"signed by {self.signer}, key {key}, fingerprint {fingerprint}"


@record
class ChangesChapter:
    """The changes of one theme or of the sources, each allowed to the sheet's audience in both editions."""

    kicker: str
    title: str
    changes: tuple[PresentedChange, ...]


@record
class SheetChanges:
    """What a sheet of changes holds: since which edition, and theme by theme.

    `withdrawn` are the ids of withdrawn items that it names; `is_complete` says that nothing was chosen from among
    the changes.
    """

    earlier: Origin
    cautions: tuple[str, ...]
    chapters: tuple[ChangesChapter, ...]
    sources: tuple[Source, ...]  # of the earlier edition, where the newer does not have them just so
    withdrawn: tuple[str, ...]
    is_complete: bool


@record
class Sheet:
    """What is laid out, and how; `marking` is the highest of what it holds, `audience` its ceiling.

    Both say in their labels the handling caveats, too; `caveats` are the labels of those of what it holds.
    `recipe` is the one that gives this sheet again: its entries are the items held, and where the reader's own words
    are withheld, it has none. `warnings` stand on every page. `withheld` says how many items for which reason.
    """

    recipe: Recipe
    language: str
    title: str
    kicker: str
    summary: str
    marking: Marking
    caveats: tuple[str, ...] = ()
    audience: Marking
    origin: Origin
    warnings: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    sources: tuple[Source, ...]
    terms: tuple[Term, ...]
    held: tuple[HeldItem, ...]
    withheld: tuple[tuple[str, int], ...]
    missing: tuple[str, ...] = ()
    remark: str = ""
    changes: SheetChanges | None = None  # of a sheet of changes, in place of chapters

    @property
    def withheld_count(self) -> int:
        """How many items, notes and words of the reader's own are withheld."""
        return sum(count for _, count in self.withheld)

    @property
    def has_little_room(self) -> bool:
        """Whether caveats stand in the publisher's short form: in a pocket, and where one figure fills a page."""
        return self.recipe.form in (Form.CARD, Form.SLIDES) or self.recipe.paper is Paper.A6

    @property
    def is_one_page(self) -> bool:
        """Whether it is meant to keep to one page: the summary of one theme."""
        return self.recipe.form is Form.SUMMARY and len(self.chapters) == 1

    @property
    def is_single(self) -> bool:
        """Whether the whole sheet is one theme, whose title is the sheet's."""
        return len(self.chapters) == 1 and self.chapters[0].title == self.title


@record
class RenderedSheet:
    """A sheet's bytes, the variant that was laid out, and how many pages one copy has (0 where there are none)."""

    data: bytes
    sheet: Sheet
    pages: int = 0


def item_hash(item: Item) -> str:
    """Return a hash of what an item says: the same as long as no word, figure, source or marking of it changes.

    What only a later format has counts where it says something, so that hashes of older sheets stay what they were.
    """
    content = {
        _HASHED_NAMES.get((type(item), name), name): _hashed(getattr(item, name))
        for name in field_names(type(item))
        if name not in _NOT_CONTENT and (getattr(item, name) or (type(item), name) not in _LATER)
    }
    text = json.dumps([_KINDS[type(item)], content], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH]


def _hashed(value: Any) -> Any:
    """Return a value of an item as JSON has it: numbers as format 1 held them, texts as they were published."""
    match value:
        case Observation():
            amounts = {name: exact_amount(getattr(value, name), value.magnitude) for name in ("value", "low", "high")}
            plain = {name: getattr(value, name) for name in field_names(Observation) if name != "magnitude"}
            return plain | {name: _hashed_number(amount) for name, amount in amounts.items()}
        case Footnote():
            return [value.id, value.text]
        case tuple():
            return [_hashed(one) for one in value]
        case str():
            return published_text(value)
    return value


def _hashed_number(amount: Decimal | None) -> float | str | None:
    if amount is None:
        return None
    return float(amount) if Decimal(repr(float(amount))) == amount else str(amount)
