"""One change in words: the record that every writer formats.

The window, plain text, JSON, paper, Markdown, HTML and CSV take it from here; none of them words a change itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from viewer.changes.descriptions import describe_kind, kind_words, subject_words, text_of, title_and_body
from viewer.changes.presented_values import PresentedRow, present_values
from viewer.changes.records import Change, ChangeKind
from viewer.changes.word_difference import Segment, word_difference
from viewer.model import Statistic
from viewer.records import record
from viewer.text import wording
from viewer.text.edition_text import as_text
from viewer.text.safe import visible

KEY = "Struck through: what went. Underlined: what came. What is new or withdrawn as a whole says so."


@record
class PresentedChange:
    """A change in words, with both its sides.

    `place`, `marking_label` and the numbers of the sources are known where a sheet is composed, and empty elsewhere;
    a number of a source that only the earlier edition has so bears an asterisk.
    """

    change: Change
    subject: str  # "Finding 2"
    how: str  # "reworded; moved within its theme"
    rows: tuple[PresentedRow, ...] = ()
    place: str = ""  # "3, finding 2"; of the earlier edition where it was withdrawn
    marking_label: str = ""  # where it has to be said
    sources_then: tuple[str, ...] = ()
    sources_now: tuple[str, ...] = ()

    @property
    def how_sentence(self) -> str:
        """How it changed, as a sentence."""
        return f"{wording.capitalised(self.how)}."

    @property
    def is_whole(self) -> bool:
        """Whether all of it is new or withdrawn."""
        return self.change.has(ChangeKind.NEW) or self.change.has(ChangeKind.WITHDRAWN)

    @property
    def heading(self) -> str:
        """The place with the title, as a sheet names it: `3, finding 2`, `3, figure 1: its title`."""
        place = f"{self.place} of the earlier edition" if self.change.new is None else self.place
        title = visible(title_and_body(self.change.latest)[0])
        return f"{place}: {title}" if title else place

    @property
    def changed_rows(self) -> tuple[PresentedRow, ...]:
        """The values without those that stand as they were."""
        return tuple(row for row in self.rows if row.change is not None or self.is_whole)

    @property
    def old_text(self) -> str:
        """All that the older side says, as Markdown; empty where there is none."""
        return text_of(self.change.old)

    @property
    def new_text(self) -> str:
        """All that the newer side says, as Markdown; empty where there is none."""
        return text_of(self.change.new)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The word-level difference of all that the two sides say."""
        return word_difference(self.old_text, self.new_text)

    @property
    def body_segments(self) -> tuple[Segment, ...]:
        """The words under the heading and beside the values; of what is new or withdrawn as a whole, as they stand."""
        title_then, then = title_and_body(self.change.old)
        title_now, now = title_and_body(self.change.new)
        if self.is_whole:
            return word_difference(then or now, then or now)
        if title_then != title_now:
            then, now = f"{as_text(title_then)}\n\n{then}", f"{as_text(title_now)}\n\n{now}"
        return word_difference(then, now)

    @property
    def basis_lines(self) -> tuple[tuple[str, str], ...]:
        """What a figure stands on, with its sources, as (when, line): `Then` and `Now`, or both in one where equal."""
        old, new = self.change.old, self.change.new
        then = wording.basis_and_sources(old, self.sources_then) if isinstance(old, Statistic) else ""
        now = wording.basis_and_sources(new, self.sources_now) if isinstance(new, Statistic) else ""
        if then and then == now:
            return (("Then and now", now),)
        return tuple((when, line) for when, line in (("Then", then), ("Now", now)) if line)

    @property
    def sources_sentence(self) -> str:
        """The sources of what is no figure, those of the earlier edition where they differ; empty for none."""
        if isinstance(self.change.latest, Statistic):
            return ""
        now, then = wording.source_numbers(self.sources_now), wording.source_numbers(self.sources_then)
        if self.change.old is None or self.change.new is None or now == then:
            return f"{wording.capitalised(now or then)}." if now or then else ""
        return f"{wording.capitalised(now or 'no source')}, then {then or 'none'}."


def present_change(change: Change, theme_titles: Mapping[str, str]) -> PresentedChange:
    """Return the change in words for a reader of both editions; `theme_titles` are the earlier edition's, by id."""
    return PresentedChange(
        change=change,
        subject=subject_words(change),
        how=visible(kind_words(change, theme_titles)),
        rows=present_values(change),
    )


def present_on_sheet(
    change: Change,
    theme_titles: Mapping[str, str],
    *,
    place: str,
    earlier_place: str,
    marking_label: str,
    sources_then: Sequence[str],
    sources_now: Sequence[str],
) -> PresentedChange:
    """Return the change in words for who holds neither edition: without ids, and with places and sources.

    `earlier_place` is empty where the thing stood in the same place.
    """
    kinds = [describe_kind(change, kind, theme_titles) for kind in change.kinds if kind is not ChangeKind.RENAMED]
    if change.has(ChangeKind.RENAMED):
        kinds.append(f"matched by its text ({change.likeness}% alike)")
    if earlier_place:
        kinds.append(f"was {earlier_place}")
    return PresentedChange(
        change=change,
        subject=subject_words(change),
        how=visible("; ".join(kinds)),
        rows=present_values(change),
        place=place,
        marking_label=marking_label,
        sources_then=tuple(sources_then),
        sources_now=tuple(sources_now),
    )
