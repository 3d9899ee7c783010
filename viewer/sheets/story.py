"""Sheet -> flowables: every form but the slides, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Paragraph, Spacer

from viewer.model import Finding, Passage, Source, Statistic, group_digits
from viewer.sheets import figures
from viewer.sheets.difference_story import comparison_story, earlier_sources
from viewer.sheets.flowables import CheckBlock, ContentsLine, Spoken, Titled, WritingRoom, cites, label
from viewer.sheets.recipe import Form, Paper, Part
from viewer.sheets.sheet import NOTE_LABEL, PART_NAMES, Block, Chapter, Imprint, PlacedNote, Section, Sheet
from viewer.sheets.typography import SEMIBOLD, Type, colour, line, paragraphs
from viewer.text import wording
from viewer.text.safe import visible

_FULL = (Form.BRIEFING, Form.FIGURES)  # forms that print a figure's statement
_ROOM = {Part.FINDINGS: 3, Part.FIGURES: 0, Part.NARRATIVE: 0}  # lines to write on, in a handout
_QUESTION_ROOM = 5
LEAST_ROOM = 200  # points for a chapter to begin on a page
_LAST = 3  # lines that keep the check company on a last page
_SHORT = 9  # lines of sources and abbreviations that stay on one page
SHRUNK = {Paper.A6: 0.78, Paper.A5: 0.9}


def story(sheet: Sheet, imprint: Imprint, check: str, kit: Type) -> list[Flowable]:
    """All flowables of the sheet from title to check."""
    out: list[Flowable] = []
    out += _head(sheet, kit)
    if sheet.form is Form.BRIEFING and len(sheet.chapters) > 1:
        out += _contents(sheet, kit)
    for at, chapter in enumerate(sheet.chapters):
        if at and not sheet.chapters[at - 1].own:
            out += _between(sheet)
        out += _chapter(sheet, chapter, at, kit)
    if sheet.changes:
        out += comparison_story(sheet, sheet.changes, kit)
    out += _questions(sheet, kit)
    end = list(_end(sheet, kit))
    last = CheckBlock(code_of(sheet, imprint, check), check_words(sheet, imprint, check), kit)
    apart = 0 if sheet.form is Form.CARD or len(end) <= _SHORT else len(end) - _LAST
    return [*out, *end[:apart], KeepTogether([*end[apart:], last])]


def _between(sheet: Sheet) -> list[Flowable]:
    """What parts two chapters: a new page where each is handed out alone; in a briefing, where little room is left."""
    if len(sheet.held) <= 2 * len(sheet.chapters):
        return []
    if sheet.form in (Form.SUMMARY, Form.HANDOUT):
        return [PageBreak()]
    return [CondPageBreak(LEAST_ROOM)]


# The head


def _head(sheet: Sheet, kit: Type) -> list[Flowable]:
    out: list[Flowable] = []
    if sheet.stamps:
        out.append(
            Paragraph("&nbsp;&nbsp;·&nbsp;&nbsp;".join(line(stamp).upper() for stamp in sheet.stamps), kit.stamp)
        )
    if sheet.kicker:
        out.append(Paragraph(line(sheet.kicker), kit.kicker))
    out.append(Titled(line(sheet.title), kit.title, "top", visible(sheet.title), 0))
    out += [Paragraph(text, kit.summary) for _, text in paragraphs(sheet.summary)]
    if sheet.purpose:
        out.append(Paragraph(f'<font name="{SEMIBOLD}">Purpose</font>&nbsp; {line(sheet.purpose)}', kit.statement))
    if sheet.introduction:
        out.append(Spacer(0, kit.pt(4)))
        out += [Paragraph(text, kit.own, bulletText=bullet or None) for bullet, text in paragraphs(sheet.introduction)]
    return out


def _contents(sheet: Sheet, kit: Type) -> list[Flowable]:
    out: list[Flowable] = [Paragraph("CONTENTS", kit.section)]
    for at, chapter in enumerate(sheet.chapters):
        if chapter.title:
            out.append(ContentsLine(_key(at), line(chapter.title), kit))
    return [*out, PageBreak()]


# Chapters


def _key(at: int) -> str:
    return f"chapter-{at}"


def _chapter(sheet: Sheet, chapter: Chapter, at: int, kit: Type) -> Iterator[Flowable]:
    if chapter.title and not sheet.is_single:
        if chapter.kicker:
            yield Paragraph(line(chapter.kicker), kit.chapter)
        yield Titled(line(chapter.title), kit.heading, _key(at), visible(chapter.title), 1)
        if sheet.form is not Form.CARD:
            yield from (Paragraph(text, kit.summary) for _, text in paragraphs(chapter.summary))
    for section in chapter.sections:
        yield from _section(sheet, section, kit)
    yield from _notes(chapter.notes, kit)


def _section(sheet: Sheet, section: Section, kit: Type) -> Iterator[Flowable]:
    name = PART_NAMES[section.part]
    if sheet.form is Form.SUMMARY and section.part is Part.NARRATIVE:
        name = "What stands behind them"
    yield Paragraph(name.upper(), kit.section)
    room = _ROOM[section.part] if sheet.form is Form.HANDOUT else 0
    for block in section.blocks:
        flowables = _block(block, kit, full=sheet.form in _FULL)
        if room:
            yield KeepTogether([*flowables, WritingRoom(room, kit.pt(19), kit.pt(20))])
        else:
            yield from flowables


def _block(block: Block, kit: Type, *, full: bool) -> list[Flowable]:
    match section_part(block):
        case Part.FINDINGS:
            return _finding(block, kit)
        case Part.FIGURES:
            return figures.figure(block, kit, full=full)
        case _:
            return _passage(block, kit)


def section_part(block: Block) -> Part:
    """The part to which a block belongs."""
    match block.item:
        case Finding():
            return Part.FINDINGS
        case Statistic():
            return Part.FIGURES
        case _:
            return Part.NARRATIVE


def _finding(block: Block, kit: Type) -> list[Flowable]:
    return _told(block, str(block.item.position), kit.finding)


def _passage(block: Block, kit: Type) -> list[Flowable]:
    item = block.item
    assert isinstance(item, Passage)
    head: list[Flowable] = [Paragraph(line(item.heading), kit.passage_heading)] if item.heading else []
    return [*head, *_told(block, item.number, kit.passage)]


def _told(block: Block, number: str, style: ParagraphStyle) -> list[Flowable]:
    """An item's text with its number before the first paragraph and its sources behind the last."""
    size = style.fontSize
    pieces = list(paragraphs(block.item.text)) or [("", "")]
    after = cites(block.cites, size) + label(block.label, size)
    out: list[Flowable] = []
    for at, (bullet, text) in enumerate(pieces):
        shown = f"{bullet}&nbsp;{text}" if bullet else text
        last = after if at == len(pieces) - 1 else ""
        out.append(Paragraph(shown + last, style, bulletText=line(number) if at == 0 else None))
    return out


def _notes(notes: Sequence[PlacedNote], kit: Type) -> Iterator[Flowable]:
    if notes:
        yield Spacer(0, kit.pt(9))
    for note in notes:
        yield from note_box(note, kit)


def note_box(note: PlacedNote, kit: Type) -> list[Flowable]:
    """A note, saying what it is and where it belongs."""
    pad = kit.pt(10)
    head = Paragraph(f"{line(NOTE_LABEL)} · {line(note.about)}{label(note.label, kit.small.fontSize)}", kit.small)
    pieces = [head]
    if note.quote:
        pieces.append(Paragraph(f"<i>“{line(note.quote)}”</i>", kit.small))
    pieces += [
        Paragraph(f"{bullet}&nbsp;{text}" if bullet else text, kit.note) for bullet, text in paragraphs(note.text)
    ]
    boxes = [Spoken(piece, first=not at, last=at == len(pieces) - 1, pad=pad) for at, piece in enumerate(pieces)]
    for box in boxes[:-1]:
        box.keepWithNext = 1
    return list(boxes)


# The end


def _questions(sheet: Sheet, kit: Type) -> Iterator[Flowable]:
    if not sheet.questions:
        return
    yield Paragraph("FOR DISCUSSION", kit.section)
    for number, question in enumerate(sheet.questions, 1):
        asked = Paragraph(line(question), kit.finding, bulletText=str(number))
        room = WritingRoom(_QUESTION_ROOM, kit.pt(19), kit.pt(20))
        yield KeepTogether([asked, room]) if sheet.form is Form.HANDOUT else asked


def _end(sheet: Sheet, kit: Type) -> Iterator[Flowable]:
    if Part.SOURCES in sheet.parts and sheet.sources:
        yield Paragraph("SOURCES", kit.section)
        numbered = kit.small.clone(
            "source", leftIndent=kit.pt(18), bulletFontName=SEMIBOLD, bulletColor=colour("quiet")
        )
        yield from (Paragraph(source_words(one), numbered, bulletText=str(one.number)) for one in sheet.sources)
    if sheet.changes and Part.SOURCES in sheet.parts:
        words = [source_words(source) for source in sheet.changes.sources]
        yield from earlier_sources(sheet.changes, kit, words)
    if sheet.terms:
        yield Paragraph("ABBREVIATIONS", kit.section)
        for term in sheet.terms:
            told = f": {line(term.definition)}" if term.definition else ""
            name = f'<font name="{SEMIBOLD}" color="#1B1F23">{line(term.abbreviation)}</font>'
            yield Paragraph(f"{name}&nbsp; {line(term.expansion)}{told}", kit.small)


def source_words(source: Source) -> str:
    """A source as markup: author, title, year, place, and a remark."""
    return wording.source_sentence(source, line, title="<i>{}</i>")


def code_of(sheet: Sheet, imprint: Imprint, check: str) -> str:
    """What the QR code says: the sheet's id and check value, and the edition."""
    origin = sheet.origin
    return f"briefing sheet {imprint.id} check {check} edition {origin.series}/{origin.serial}"


def check_words(sheet: Sheet, imprint: Imprint, check: str) -> str:
    """What stands beside the code, as markup."""
    origin = sheet.origin
    number = sheet.withheld_count
    withheld = "one item was withheld" if number == 1 else f"{number or 'no'} items were withheld"
    sentences = [
        "Check this sheet: open its file in the viewer, or compare the code.",
        f"Sheet {imprint.id}, check value {group_digits(check)}."
        if not imprint.is_preview
        else "Preview: this sheet is not issued yet.",
        f"Made from {origin.name}, serial {origin.serial}, an edition signed by {origin.signer}, "
        f"key {origin.spaced_key_id}, fingerprint {origin.spaced_fingerprint}.",
        f"Nothing above {sheet.audience.label} is held; {withheld}.",
        sheet.remark,
    ]
    return " ".join(line(sentence) for sentence in sentences if sentence)
