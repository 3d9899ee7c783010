"""Sheet -> flowables: every form but the slides, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Paragraph, Spacer

from viewer.dissemination.issuing import Imprint
from viewer.model import Finding, Passage, Recommendation, Source, Statistic, group_digits
from viewer.sheets import figures
from viewer.sheets.changes_story import changes_story, earlier_sources
from viewer.sheets.flowables import (
    CheckBlock,
    ContentsLine,
    NoteBox,
    OutlinedTitle,
    WritingRoom,
    marking_suffix,
)
from viewer.sheets.layout import page_layout
from viewer.sheets.recipe import Form, Paper, SheetPart
from viewer.sheets.sheet import NOTE_LABEL, Chapter, PlacedNote, Section, Sheet
from viewer.sheets.sheet_item import SheetItem
from viewer.sheets.text_flowables import item_foot, raised, target_mark, text_flowables
from viewer.sheets.typography import SEMIBOLD, TypeStyles, colour, line
from viewer.text import wording
from viewer.text.safe import visible

_FULL = (Form.BRIEFING, Form.FIGURES)  # forms that print a figure's statement
_ROOM = {SheetPart.FINDINGS: 3, SheetPart.FIGURES: 0, SheetPart.NARRATIVE: 0}  # lines to write on, in a handout
_QUESTION_ROOM = 5
LEAST_ROOM = 200  # points for a chapter to begin on a page
_LAST = 3  # lines that keep the check company on a last page
_UNDER = 1.5  # points between an item's text and what stands under it
_LONG_RECIPIENT = 60  # characters, from which on the head of a page may shorten it
_SHORT = 9  # lines of sources and abbreviations that stay on one page
SHRUNK = {Paper.A6: 0.78, Paper.A5: 0.9}


def story(sheet: Sheet, imprint: Imprint, check: str, styles: TypeStyles) -> list[Flowable]:
    """Return all flowables of the sheet from title to check."""
    out: list[Flowable] = []
    out += _head(sheet, styles)
    if sheet.recipe.form is Form.BRIEFING and len(sheet.chapters) > 1:
        out += _contents(sheet, styles)
    for at, chapter in enumerate(sheet.chapters):
        if at and not sheet.chapters[at - 1].is_own_heading:
            out += _between(sheet)
        out += _chapter(sheet, chapter, at, styles)
    if sheet.changes:
        out += changes_story(sheet, sheet.changes, styles)
    out += _questions(sheet, styles)
    end = list(_end(sheet, styles))
    last = check_block(sheet, imprint, check, styles)
    apart = 0 if sheet.recipe.form is Form.CARD or len(end) <= _SHORT else len(end) - _LAST
    return [*out, *end[:apart], KeepTogether([*end[apart:], last])]


def _between(sheet: Sheet) -> list[Flowable]:
    """Return what parts two chapters: a new page where each is handed out alone, or where little room is left."""
    if len(sheet.held) <= 2 * len(sheet.chapters):
        return []
    if sheet.recipe.form in (Form.SUMMARY, Form.HANDOUT):
        return [PageBreak()]
    return [CondPageBreak(LEAST_ROOM)]


# The head


def _head(sheet: Sheet, styles: TypeStyles) -> list[Flowable]:
    out: list[Flowable] = []
    if sheet.warnings:
        out.append(
            Paragraph(
                "&nbsp;&nbsp;·&nbsp;&nbsp;".join(line(warning).upper() for warning in sheet.warnings), styles.warning
            )
        )
    if sheet.kicker:
        out.append(Paragraph(line(sheet.kicker), styles.kicker))
    target = target_mark(sheet.chapters[0].target) if sheet.is_single else ""
    out.append(OutlinedTitle(target + line(sheet.title), styles.title, "top", visible(sheet.title), 0))
    out += text_flowables(sheet.summary, styles.summary) if sheet.summary else []
    if sheet.recipe.purpose:
        out.append(
            Paragraph(f'<font name="{SEMIBOLD}">Purpose</font>&nbsp; {line(sheet.recipe.purpose)}', styles.statement)
        )
    if sheet.recipe.introduction:
        out += [Spacer(0, styles.pt(4)), *text_flowables(sheet.recipe.introduction, styles.own)]
    return out


def _contents(sheet: Sheet, styles: TypeStyles) -> list[Flowable]:
    out: list[Flowable] = [Paragraph("CONTENTS", styles.section)]
    for at, chapter in enumerate(sheet.chapters):
        if chapter.title:
            label = f"{line(chapter.label)}&nbsp; " if chapter.label else ""
            out.append(ContentsLine(_key(at), Paragraph(label + line(chapter.title), styles.contents), styles))
    return [*out, PageBreak()]


# Chapters


def _key(at: int) -> str:
    return f"chapter-{at}"


def _chapter(sheet: Sheet, chapter: Chapter, at: int, styles: TypeStyles) -> Iterator[Flowable]:
    if chapter.title and not sheet.is_single:
        if chapter.kicker:
            yield Paragraph(line(chapter.kicker), styles.chapter)
        title = target_mark(chapter.target) + line(chapter.title)
        yield OutlinedTitle(title, styles.heading, _key(at), visible(chapter.title), 1)
        if sheet.recipe.form is not Form.CARD and chapter.summary:
            yield from text_flowables(chapter.summary, styles.summary)
    for section in chapter.sections:
        yield from _section(sheet, section, styles)
    yield from _notes(chapter.notes, styles)


def _section(sheet: Sheet, section: Section, styles: TypeStyles) -> Iterator[Flowable]:
    name = section.title
    if sheet.recipe.form is Form.SUMMARY and section.part is SheetPart.NARRATIVE:
        name = "What stands behind them"
    yield Paragraph(name.upper(), styles.section)
    room = _ROOM[section.part] if sheet.recipe.form is Form.HANDOUT else 0
    for placed in section.items:
        flowables = _item(sheet, placed, styles)
        if room:
            yield KeepTogether([*flowables, WritingRoom(room, styles.pt(19), styles.pt(20))])
        else:
            yield from flowables


def _item(sheet: Sheet, placed: SheetItem, styles: TypeStyles) -> list[Flowable]:
    match section_part(placed):
        case SheetPart.FINDINGS:
            return _text(placed, styles.finding, styles)
        case SheetPart.FIGURES:
            full, short = sheet.recipe.form in _FULL, sheet.has_little_room
            recipe = sheet.recipe
            column = page_layout(recipe.form, recipe.paper, two_sided=recipe.two_sided).column
            return figures.figure_flowables(placed, styles, column, full=full, short_caveat=short)
        case _:
            return _passage(placed, styles)


def section_part(placed: SheetItem) -> SheetPart:
    """Return the part to which a placed belongs."""
    match placed.item:
        case Finding() | Recommendation():
            return SheetPart.FINDINGS
        case Statistic():
            return SheetPart.FIGURES
        case _:
            return SheetPart.NARRATIVE


def _passage(placed: SheetItem, styles: TypeStyles) -> list[Flowable]:
    item = placed.item
    assert isinstance(item, Passage)
    head: list[Flowable] = [Paragraph(line(item.heading), styles.passage_heading)] if item.heading else []
    return [*head, *_text(placed, styles.passage, styles)]


def _text(placed: SheetItem, style: ParagraphStyle, styles: TypeStyles) -> list[Flowable]:
    """Return an item's text with its number before it, its sources behind it, and its notes under it."""
    behind = raised([str(number) for number in placed.sources_behind], style.fontSize)
    text = text_flowables(
        placed.item.text,
        style,
        links=placed.links,
        number=wording.item_number(placed.item),
        before=target_mark(placed.item.id if placed.is_target else ""),
        after=behind + marking_suffix(placed.marking_label, style.fontSize),
    )
    under = item_foot(placed, styles.small.clone("under", leftIndent=style.leftIndent))
    return [*_with_foot(text, under, styles.pt(_UNDER), style.spaceAfter)]


def _with_foot(text: list[Flowable], foot: list[Flowable], near: float, after: float) -> Iterator[Flowable]:
    """Yield a text with what stands under it: nearer than the next item, and on the same page as its end."""
    if foot:
        last = text[-1]
        last.spaceAfter, last.keepWithNext = near, isinstance(last, Paragraph)
        foot[-1].spaceAfter = after
    yield from text
    yield from foot


def _notes(notes: Sequence[PlacedNote], styles: TypeStyles) -> Iterator[Flowable]:
    if notes:
        yield Spacer(0, styles.pt(9))
    for note in notes:
        yield from note_box(note, styles)


def note_box(note: PlacedNote, styles: TypeStyles) -> list[Flowable]:
    """Return a note, saying what it is and where it belongs."""
    pad = styles.pt(10)
    head = Paragraph(
        f"{line(NOTE_LABEL)} · {line(note.about)}{marking_suffix(note.marking_label, styles.small.fontSize)}",
        styles.small,
    )
    pieces: list[Flowable] = [head]
    if note.quote:
        pieces.append(Paragraph(f"<i>“{line(note.quote)}”</i>", styles.small))
    pieces += text_flowables(note.text, styles.note, keep_breaks=True)
    boxes = [NoteBox(piece, first=not at, last=at == len(pieces) - 1, pad=pad) for at, piece in enumerate(pieces)]
    for box in boxes[:-1]:
        box.keepWithNext = 1
    return list(boxes)


# The end


def _questions(sheet: Sheet, styles: TypeStyles) -> Iterator[Flowable]:
    if not sheet.recipe.questions:
        return
    yield Paragraph("FOR DISCUSSION", styles.section)
    for number, question in enumerate(sheet.recipe.questions, 1):
        asked = Paragraph(line(question), styles.finding, bulletText=str(number))
        room = WritingRoom(_QUESTION_ROOM, styles.pt(19), styles.pt(20))
        yield KeepTogether([asked, room]) if sheet.recipe.form is Form.HANDOUT else asked


def _end(sheet: Sheet, styles: TypeStyles) -> Iterator[Flowable]:
    if SheetPart.SOURCES in sheet.recipe.parts and sheet.sources:
        yield Paragraph("SOURCES", styles.section)
        numbered = styles.small.clone(
            "source", leftIndent=styles.pt(18), bulletFontName=SEMIBOLD, bulletColor=colour("quiet")
        )
        yield from (Paragraph(source_words(one), numbered, bulletText=str(one.number)) for one in sheet.sources)
    if sheet.changes and SheetPart.SOURCES in sheet.recipe.parts:
        words = [source_words(source) for source in sheet.changes.sources]
        yield from earlier_sources(sheet.changes, styles, words)
    if sheet.terms:
        yield Paragraph("ABBREVIATIONS", styles.section)
        for term in sheet.terms:
            definition = f": {line(term.definition)}" if term.definition else ""
            name = f'<font name="{SEMIBOLD}" color="#1B1F23">{line(term.abbreviation)}</font>'
            yield Paragraph(f"{name}&nbsp; {line(term.expansion)}{definition}", styles.small)


def source_words(source: Source) -> str:
    """Return a source as markup: author, title, year, place, and a remark."""
    return wording.source_sentence(source, line, title="<i>{}</i>")


def check_block(sheet: Sheet, imprint: Imprint, check: str, styles: TypeStyles, size: float = 46.0) -> CheckBlock:
    """Return the end of a sheet, with a code of `size` points at 100 %."""
    words = Paragraph(_check_words(sheet, imprint, check), styles.small)
    return CheckBlock(_code_of(sheet, imprint, check), words, styles.pt(size))


def _code_of(sheet: Sheet, imprint: Imprint, check: str) -> str:
    """Return what the QR code says: the sheet's id and check value, and the edition."""
    origin = sheet.origin
    return f"briefing sheet {imprint.id} check {check} edition {origin.series}/{origin.serial}"


def _check_words(sheet: Sheet, imprint: Imprint, check: str) -> str:
    """Return what stands beside the code, as markup."""
    origin = sheet.origin
    number = sheet.withheld_count
    withheld = "one item was withheld" if number == 1 else f"{number or 'no'} items were withheld"
    sentences = [
        "Check this sheet: open its file in the viewer, or compare the code.",
        f"Sheet {imprint.id}, check value {group_digits(check)}."
        if not imprint.is_preview
        else "Preview: this sheet is not issued yet.",
        f"Made from {origin.name}, serial {origin.serial}, an edition {origin.signature}.",
        f"Nothing above {sheet.audience.label} is held; {withheld}.",
        f"Issued for {sheet.recipe.recipient}." if len(sheet.recipe.recipient) > _LONG_RECIPIENT else "",
        sheet.remark,
    ]
    return " ".join(line(sentence) for sentence in sentences if sentence)
