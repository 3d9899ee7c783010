"""A sheet of changes -> flowables: both editions, then theme by theme each change with its two sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Spacer

from viewer.changes.presented import KEY, PresentedChange
from viewer.changes.presented_values import VALUE_COLUMNS, PresentedRow, ValueColumn
from viewer.changes.records import Subject
from viewer.changes.word_difference import Segment, spaced_out
from viewer.sheets.flowables import Columns, OutlinedTitle, marking_suffix
from viewer.sheets.sheet import ChangesChapter, Origin, Sheet, SheetChanges
from viewer.sheets.typography import SEMIBOLD, TypeStyles, colour, line
from viewer.text.safe import visible

_NARROW, _WIDE = 30, 58  # points for "Then", and for "Then and now"
_SHORT = 900  # characters of a change that stays on one page
LEAST_ROOM = 120  # points for a theme to begin on a page
_BEGINNINGS = {"Value": 0.0, "Then": 0.30, "Now": 0.50, "Difference": 0.70}  # of the columns of values


def changes_story(sheet: Sheet, changes: SheetChanges, styles: TypeStyles) -> Iterator[Flowable]:
    """Yield everything between the head and the sources."""
    yield Spacer(0, styles.pt(6))
    yield from _edition("Then", changes.earlier, styles)
    yield from _edition("Now", sheet.origin, styles)
    for sentence in (*changes.cautions, KEY):
        yield Columns([(0.0, [Paragraph(f"<i>{_key(sentence)}</i>", styles.small)])], after=styles.pt(1))
    for at, chapter in enumerate(changes.chapters):
        yield from _chapter(chapter, at, styles)


def _edition(when: str, origin: Origin, styles: TypeStyles) -> Iterator[Flowable]:
    yield _labelled(when, origin.named, styles, after=0, strong=True)
    yield _labelled("", f"{origin.signature[0].upper()}{origin.signature[1:]}.", styles, after=2.5)


def _key(sentence: str) -> str:
    """Return the key's own words in the manner that they speak of."""
    marked = line(sentence)
    if sentence == KEY:
        marked = marked.replace("Struck through", "<strike>Struck through</strike>")
        marked = marked.replace("Underlined", "<u>Underlined</u>")
    return marked


def earlier_sources(changes: SheetChanges, styles: TypeStyles, lines: Sequence[str]) -> Iterator[Flowable]:
    """Yield the sources that only the earlier edition has so; `lines` are they as markup."""
    if changes.sources:
        yield Paragraph("SOURCES OF THE EARLIER EDITION", styles.section)
        numbered = styles.small.clone(
            "earlier source", leftIndent=styles.pt(22), bulletFontName=SEMIBOLD, bulletColor=colour("quiet")
        )
        for source, markup in zip(changes.sources, lines, strict=True):
            yield Paragraph(markup, numbered, bulletText=f"{source.number}*")


def _chapter(chapter: ChangesChapter, at: int, styles: TypeStyles) -> Iterator[Flowable]:
    yield CondPageBreak(LEAST_ROOM)
    if chapter.kicker:
        yield Paragraph(line(chapter.kicker), styles.chapter)
    if chapter.title:
        apart = styles.heading.clone("heading apart", spaceBefore=styles.pt(22))
        style = styles.heading if chapter.kicker else apart
        yield OutlinedTitle(line(chapter.title), style, f"chapter-{at}", visible(chapter.title), 1)
    else:
        yield Spacer(0, styles.pt(20))
    for change in chapter.changes:
        flowables = list(_change(change, styles))
        length = sum(len(segment.text) for segment in change.body_segments)
        yield from [KeepTogether(flowables)] if length <= _SHORT else flowables


def _change(change: PresentedChange, styles: TypeStyles) -> Iterator[Flowable]:
    size = styles.figure.fontSize
    style = styles.figure.clone("change", spaceBefore=styles.pt(9), spaceAfter=styles.pt(2.5), keepWithNext=1)
    suffix = marking_suffix(change.marking_label, size)
    yield Paragraph(f'<font name="{SEMIBOLD}">{line(change.heading)}</font>{suffix}', style)
    face = f'name="{SEMIBOLD}"' if change.is_whole else 'color="#0B5C6B"'
    how = Paragraph(f"<font {face}>{line(change.how_sentence)}</font>", styles.figure)
    yield _kept_with_next(Columns([(0.0, [how])], after=styles.pt(3)))
    yield from _values(change, styles)
    yield from _words(change, styles)
    if change.sources_sentence:
        yield Paragraph(line(change.sources_sentence), styles.small)


def _values(change: PresentedChange, styles: TypeStyles) -> Iterator[Flowable]:
    if not change.rows:
        return
    titles = [(_BEGINNINGS[column.title], [_strong(column.title, styles.small)]) for column in VALUE_COLUMNS]
    yield _kept_with_next(Columns(titles, after=styles.pt(0.5)))
    for row in change.rows:
        cells = [(_BEGINNINGS[column.title], [_cell(column, row, styles)]) for column in VALUE_COLUMNS]
        yield _kept_with_next(Columns(cells, after=styles.pt(2)))
    for when, text in change.basis_lines:
        yield _labelled(when, text, styles, after=1.5, wide=len(when) > len("Then"))


def _cell(column: ValueColumn, row: PresentedRow, styles: TypeStyles) -> Paragraph:
    text = column.cell(row)
    return _strong(text, styles.figure) if column.is_value else Paragraph(line(text), styles.figure)


def _labelled(
    when: str, words: str, styles: TypeStyles, *, after: float, wide: bool = False, strong: bool = False
) -> Flowable:
    """Return words with `when` before them, all their lines equally far from the edge."""
    style = styles.small.clone(
        "said", leftIndent=styles.pt(_WIDE if wide else _NARROW), spaceAfter=styles.pt(after),
        bulletFontName=SEMIBOLD, bulletFontSize=styles.small.fontSize, bulletColor=colour("quiet"),
    )  # fmt: skip
    shown = f'<font name="{SEMIBOLD}">{line(words)}</font>' if strong else line(words)
    return Paragraph(shown, style, bulletText=when or None)


def _words(change: PresentedChange, styles: TypeStyles) -> Iterator[Flowable]:
    plain = change.change.subject in (Subject.STATISTIC, Subject.SOURCE)
    style = styles.statement if plain else styles.own
    indented = style.clone("wording", spaceAfter=styles.pt(2), leftIndent=0)
    yield from (Paragraph(text, indented) for text in _lines(spaced_out(change.body_segments)))


def _lines(segments: Sequence[Segment]) -> Iterator[str]:
    """Yield the segments as markup, one line of the text a paragraph."""
    out = ""
    for segment in segments:
        for at, part in enumerate(segment.text.split("\n")):
            if at and out:
                yield out
                out = ""
            out += _marked(segment.kind, part)
    if out:
        yield out


def _marked(kind: str, text: str) -> str:
    """Return text as markup whose kind is seen without colour; spaces at its ends stay plain."""
    words = text.strip()
    if not words:
        return " " if text else ""
    begin, end = " " if text[0].isspace() else "", " " if text[-1].isspace() else ""
    shown = line(words)
    if kind == "gone":
        shown = f'<strike><font color="#5B636B">{shown}</font></strike>'
    elif kind == "come":
        shown = f'<u><font name="{SEMIBOLD}">{shown}</font></u>'
    return f"{begin}{shown}{end}"


def _strong(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(f'<font name="{SEMIBOLD}">{line(text)}</font>', style)


def _kept_with_next(flowable: Columns) -> Flowable:
    flowable.keepWithNext = 1
    return flowable
