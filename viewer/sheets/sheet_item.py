"""One item as a sheet has it: what its marks stand for, where its references lead, and what stands under it."""

from __future__ import annotations

from viewer.model import Item, Recommendation, Statistic
from viewer.records import field, record
from viewer.text import wording
from viewer.text.blocks import CrossReference, FootnoteMark


@record
class SheetFootnote:
    """A note at its place in an item's text: the sign that stands there, and what the note says."""

    sign: str  # "a"
    text: str


@record
class SheetReference:
    """Where a cross-reference leads; `place` is empty where the audience may not have what stands there."""

    place: str  # "5.1"
    is_here: bool  # whether it stands on the sheet


@record
class TextLinks:
    """What the marks in an item's texts stand for on this sheet."""

    signs: dict[str, str] = field(default_factory=dict)  # of notes and of sources, by the id in the mark
    references: dict[str, SheetReference] = field(default_factory=dict)  # by the id of what they lead to

    def bracketed(self, mark: FootnoteMark) -> str:
        """Return the sign of a mark where no type is raised: ` [a]`; nothing for one without a sign."""
        sign = self.signs.get(mark.target)
        return f" [{sign}]" if sign else ""

    def behind(self, one: CrossReference) -> str:
        """Return what stands behind the words of a cross-reference: ` (5.1)`, or nothing."""
        reference = self.references.get(one.target)
        return wording.referred(one.text, reference.place) if reference else ""

    def is_here(self, one: CrossReference) -> bool:
        """Return whether a cross-reference leads to what stands on the sheet."""
        reference = self.references.get(one.target)
        return reference is not None and reference.is_here


@record
class SheetItem:
    """One item with its place ("3.4"), the numbers of its sources, and its marking's label where it has to be said.

    `judgement` says how likely and how sure a finding is, on the publisher's scales, and `answers` on which findings a
    recommendation is given. `is_target` says that a
    cross-reference of this sheet leads to it. Behind a value in the last cell of a table, with which some texts end,
    the numbers of sources would read as a power, so that they have a line of their own.
    """

    item: Item
    place: str
    source_numbers: tuple[int, ...]
    marking_label: str
    judgement: str = ""
    answers: str = ""
    footnotes: tuple[SheetFootnote, ...] = ()
    links: TextLinks = field(default_factory=TextLinks)
    is_target: bool = False
    ends_with_table: bool = False

    @property
    def sources_behind(self) -> tuple[int, ...]:
        """The numbers of sources that stand behind the text: those that it does not name at a place of its own."""
        return () if self.ends_with_table else self._unplaced

    @property
    def _unplaced(self) -> tuple[int, ...]:
        return tuple(number for number in self.source_numbers if str(number) not in self.links.signs.values())

    @property
    def signs(self) -> tuple[str, ...]:
        """All numbers of sources and signs of notes, as they stand where the text itself is not printed."""
        return (*map(str, self.source_numbers), *(note.sign for note in self.footnotes))

    @property
    def wanted(self) -> str:
        """Of a recommendation to whom and by when it is given; empty for what is none."""
        return wording.owner_and_due(self.item) if isinstance(self.item, Recommendation) else ""

    @property
    def headline(self) -> str:
        """The title of a figure behind the publisher's label, where it has one: `Figure 1: Fees paid`."""
        assert isinstance(self.item, Statistic)
        return wording.labelled(self.item.label, self.item.title)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What stands in lines of its own under the text: to whom, by when and on what, how sure, sources."""
        sources = wording.capitalised(wording.source_numbers(self._unplaced)) if self.ends_with_table else ""
        return tuple(line for line in (self.wanted, self.answers, self.judgement, sources) if line)

    def caveat(self, *, short: bool) -> str:
        """Return the caveat of a figure; where room is `short` in the publisher's own short form, if it has one."""
        assert isinstance(self.item, Statistic)
        return (short and self.item.short_caveat) or self.item.caveat
