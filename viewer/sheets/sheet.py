"""A Sheet: all that will stand on paper, cut for its audience, before any writer lays it out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from viewer.changes.records import Change
from viewer.model import Finding, Item, Marking, Passage, Source, Statistic, Term, group_digits
from viewer.records import record
from viewer.sheets.recipe import Form, Paper, Part

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
    Part.FINDINGS: "Key findings",
    Part.FIGURES: "Figures",
    Part.NARRATIVE: "Narrative",
    Part.NOTES: "Officer’s notes",
    Part.SOURCES: "Sources",
    Part.GLOSSARY: "Abbreviations",
}
_NOT_CONTENT = ("position", "page", "tags", "findings", "statistics")
HASH_LENGTH = 16  # hex digits


@record
class SheetNote:
    """A reader's note as a sheet needs it: on which item, its words, the code of its own marking."""

    item: str
    text: str
    marking: str
    quote: str = ""


@record
class Block:
    """One item with its place ("3.4"), the numbers of its sources, and its marking's label where it has to be said."""

    item: Item
    place: str
    cites: tuple[int, ...]
    label: str


@record
class PlacedNote:
    """A note with the words for where it belongs."""

    about: str
    text: str
    quote: str
    label: str


@record
class Section:
    """Items of one kind in a row, under the name of their part."""

    part: Part
    blocks: tuple[Block, ...]


@record
class Chapter:
    """Items of one theme, or a heading of the reader's own (then without sections)."""

    kicker: str
    title: str
    short: str
    summary: str
    sections: tuple[Section, ...] = ()
    notes: tuple[PlacedNote, ...] = ()
    own: bool = False


@record
class Held:
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
    def spaced_key_id(self) -> str:
        """The key id in groups of four."""
        return group_digits(self.key_id)

    @property
    def spaced_fingerprint(self) -> str:
        """The first 16 digits of the fingerprint in groups of four."""
        return group_digits(self.fingerprint[:16])


@record
class Difference:
    """One change as it stands on a sheet, both its sides allowed to the sheet's audience.

    `cites` and `cited` are the sources of the newer and the older side, those that only the earlier edition has with
    an asterisk behind their number. `label` is its marking's, where it has to be said.
    """

    change: Change
    place: str  # "3, finding 2"; of the earlier edition where it was withdrawn
    former: str  # the place in the earlier edition, where it is another one
    how: str  # "reworded; moved within its theme"
    label: str
    cites: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()


@record
class DifferenceChapter:
    """The changes of one theme or of the sources."""

    kicker: str
    title: str
    differences: tuple[Difference, ...]


@record
class SheetChanges:
    """What a sheet of changes tells: since which edition, and theme by theme.

    `gone` are the ids of withdrawn items that it tells of; `whole` says that nothing was chosen from among the changes.
    """

    former: Origin
    cautions: tuple[str, ...]
    chapters: tuple[DifferenceChapter, ...]
    sources: tuple[Source, ...]  # of the earlier edition, where the newer does not have them just so
    gone: tuple[str, ...]
    whole: bool


@record
class Sheet:
    """What is laid out, and how; `marking` is the highest of what it holds, `audience` its ceiling.

    `stamps` are short warnings for every page. `withheld` says how many items for which reason.
    """

    form: Form
    paper: Paper
    large: bool
    two_sided: bool
    language: str
    title: str
    kicker: str
    summary: str
    purpose: str
    introduction: str
    questions: tuple[str, ...]
    recipient: str
    copies: int
    marking: Marking
    audience: Marking
    origin: Origin
    stamps: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    sources: tuple[Source, ...]
    terms: tuple[Term, ...]
    parts: tuple[Part, ...]
    held: tuple[Held, ...]
    withheld: tuple[tuple[str, int], ...]
    missing: tuple[str, ...] = ()
    remark: str = ""
    changes: SheetChanges | None = None  # of a sheet of changes, in place of chapters

    @property
    def withheld_count(self) -> int:
        """How many items, notes and words of the reader's own are withheld."""
        return sum(count for _, count in self.withheld)

    @property
    def is_one_page(self) -> bool:
        """Whether it is meant to keep to one page: the summary of one theme."""
        return self.form is Form.SUMMARY and len(self.chapters) == 1

    @property
    def is_single(self) -> bool:
        """Whether the whole sheet is one theme, whose title is the sheet's."""
        return len(self.chapters) == 1 and self.chapters[0].title == self.title


@record
class Imprint:
    """What makes one issue of a sheet traceable: its id, when it was made (ISO, UTC), and the register's head."""

    id: str
    made: str
    head: str  # of the register before this sheet's own row: 12 hex digits; empty in a preview

    @property
    def is_preview(self) -> bool:
        """Whether nothing was issued."""
        return not self.head

    @property
    def registered(self) -> str:
        """How the register stood, in words: `register 9b1f04c2d7aa`; empty in a preview."""
        if self.is_preview:
            return ""
        return f"register {self.head}" if self.head.strip("0") else "first in its register"


PREVIEW = Imprint(id="0000-0000", made="", head="")


def item_hash(item: Item) -> str:
    """A hash of what an item says: the same as long as no word, figure, source or marking of it changes."""
    content = {name: value for name, value in asdict(item).items() if name not in _NOT_CONTENT}
    kind = {Finding: "finding", Statistic: "statistic", Passage: "passage"}[type(item)]
    text = json.dumps([kind, content], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH]
