"""Sheet -> slides: one finding or figure a page, as large as it fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable, PageBreak, Paragraph, Spacer

from viewer.dissemination.issuing import Imprint
from viewer.figures.chart import Bar, Chart, make_chart
from viewer.model import Finding, Recommendation, Statistic
from viewer.records import record
from viewer.sheets.figures import value_table
from viewer.sheets.flowables import Columns, LineDrawing, OutlinedTitle, marking_suffix
from viewer.sheets.layout import PageLayout
from viewer.sheets.recipe import SheetPart
from viewer.sheets.sheet import Chapter, PlacedNote, Sheet
from viewer.sheets.sheet_item import SheetItem
from viewer.sheets.story import check_block, note_box, section_part, source_words
from viewer.sheets.text_flowables import item_foot, raised, target_mark, text_flowables
from viewer.sheets.typography import LIGHT_FACE, SEMIBOLD, TypeStyles, colour, line, styles_at
from viewer.text import wording
from viewer.text.safe import visible

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle

_SIZES = (42, 37, 32, 28, 24, 20)  # points of a finding: the largest that fits
_UPPER = 0.42  # of the free room that stays above a slide's text
_LINE_HEIGHT = 150  # points of a line chart
_KIT = 1.7  # the scale of what surrounds it
_TITLE_SIZES = (42, 36, 30, 26, 22)  # points of a slide's title: the largest that takes few lines
_TITLE_LINES = 4


@record
class SlideStyles:
    """The styles of slides."""

    base: TypeStyles
    title: ParagraphStyle
    kicker: ParagraphStyle
    figure: ParagraphStyle
    value: ParagraphStyle
    words: ParagraphStyle
    text: ParagraphStyle
    values: ParagraphStyle
    quiet: ParagraphStyle
    source: ParagraphStyle


def _slide_styles() -> SlideStyles:
    styles = styles_at(_KIT)
    plain = styles_at(1.0)
    return SlideStyles(
        base=styles,
        title=styles.title.clone("slide title", fontSize=42, leading=49),
        kicker=styles.kicker.clone("slide kicker", fontSize=15, leading=19, textColor=colour("accent")),
        figure=styles.heading.clone("slide figure", fontSize=28, leading=34, spaceAfter=12, keepWithNext=0),
        value=plain.big.clone("slide value", fontName=LIGHT_FACE, fontSize=72, leading=82),
        words=plain.big.clone("slide words", fontName=LIGHT_FACE, fontSize=40, leading=48),
        text=styles.statement.clone("slide told", fontSize=20, leading=27, spaceBefore=14, spaceAfter=10),
        values=plain.figure.clone("slide values", fontSize=14, leading=18),
        quiet=styles.small.clone("slide basis", fontSize=13.5, leading=18.5),
        source=plain.small.clone("slide source", fontSize=11.5, leading=15.5),
    )


def slides(sheet: Sheet, imprint: Imprint, check: str, page: PageLayout) -> list[Flowable]:
    """Return the pages: title, one for each item, note and question, then sources and check."""
    look = _slide_styles()
    out: list[Flowable] = _set(_title(sheet, look, page), page)
    for at, chapter in enumerate(sheet.chapters):
        key = f"chapter-{at}" if chapter.title and not sheet.is_single else ""
        if chapter.is_own_heading:
            head = _title_flowable(line(chapter.title), look, page, key, visible(chapter.title), 1)
            out += [PageBreak(), *_set([head], page)]
            continue
        for section in chapter.sections:
            for placed in section.items:
                out += [PageBreak(), *_slide(sheet, chapter, placed, look, page, key)]
                key = ""
        for note in chapter.notes:
            out += [PageBreak(), *_note(chapter, note, look, page)]
    for number, question in enumerate(sheet.recipe.questions, 1):
        kicker = Paragraph(f"For discussion · {number}", look.kicker)
        asked = _fitted(partial(_question, question), page)
        out += [PageBreak(), kicker, *_set(asked, page, above=look.kicker.leading)]
    return [*out, PageBreak(), *_end(sheet, imprint, check)]


def _question(question: str, style: ParagraphStyle) -> list[Flowable]:
    return [Paragraph(line(question), style)]


def _set(
    body: list[Flowable], page: PageLayout, foot: list[Flowable] | None = None, *, above: float = 0.0
) -> list[Flowable]:
    """Return a body a little above the slide's middle with its foot below; one after the other where it is full."""
    foot = foot or []
    free = page.room - above - _height(body, page) - _height(foot, page) - 4
    if free <= 0:
        return [*body, *foot]
    upper = free * _UPPER if foot else free * (_UPPER - 0.08)
    return [_Gap(upper), *body, _Gap(free - upper), *foot] if foot else [_Gap(upper), *body]


class _Gap(Flowable):
    """Free room that stays at the top of a page, where a Spacer would not."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the whole width and its height."""
        return width, self.height

    def draw(self) -> None:
        """Draw nothing."""


def _height(flowables: list[Flowable], page: PageLayout) -> float:
    return sum(one.wrap(page.column, 1e6)[1] + one.getSpaceBefore() + one.getSpaceAfter() for one in flowables)


def _title_flowable(
    markup: str, look: SlideStyles, page: PageLayout, key: str, title: str, level: int
) -> OutlinedTitle:  # fmt: skip
    """Return a title in the largest size in which it takes few lines."""
    for size in _TITLE_SIZES:
        style = look.title.clone("slide title", fontSize=size, leading=size * 1.17)
        made = OutlinedTitle(markup, style, key, title, level)
        if made.wrap(page.column, 1e6)[1] <= _TITLE_LINES * style.leading:
            break
    return made


def _title(sheet: Sheet, look: SlideStyles, page: PageLayout) -> list[Flowable]:
    styles = look.base
    out: list[Flowable] = []
    if sheet.warnings:
        out.append(
            Paragraph(
                "&nbsp;&nbsp;·&nbsp;&nbsp;".join(line(warning).upper() for warning in sheet.warnings), styles.warning
            )
        )
    out.append(Paragraph(line(sheet.kicker), styles.kicker))
    target = target_mark(sheet.chapters[0].target) if sheet.is_single else ""
    out.append(_title_flowable(target + line(sheet.title), look, page, "top", visible(sheet.title), 0))
    out.append(_Gap(12))
    out += text_flowables(sheet.summary, styles.summary) if sheet.summary else []
    out += [Paragraph(line(sheet.recipe.purpose), look.text)] if sheet.recipe.purpose else []
    return [*out, *(text_flowables(sheet.recipe.introduction, look.text) if sheet.recipe.introduction else [])]


def _slide(
    sheet: Sheet, chapter: Chapter, placed: SheetItem, look: SlideStyles, page: PageLayout, key: str
) -> Iterator[Flowable]:
    target = target_mark(placed.item.id if placed.is_target else "")
    if key:
        target += target_mark(chapter.target)
    where = " · ".join(text for text in (chapter.short, _kind(placed)) if text)
    if key:
        yield OutlinedTitle(target + line(where), look.kicker, key, visible(chapter.title), 1)
    else:
        yield Paragraph(target + line(where), look.kicker)
    is_figure = section_part(placed) is SheetPart.FIGURES
    body = _figure(placed, look) if is_figure else _text(placed, page)
    foot = [*item_foot(placed, look.quiet), *_cited(sheet, placed, look)]
    yield from _set(body, page, foot, above=look.kicker.leading + look.kicker.spaceAfter)


def _kind(placed: SheetItem) -> str:
    """Return what the item of a slide is, by the publisher's label where it has one."""
    match placed.item:
        case Statistic():
            return placed.item.label or "Figure"
        case Finding():
            place = wording.place_in_theme(placed.item)
            return place if placed.item.label and place == placed.item.label else f"Key {place}"
        case Recommendation():
            place = wording.place_in_theme(placed.item)
            return place[0].upper() + place[1:]
        case _:
            return placed.place


def _text(placed: SheetItem, page: PageLayout) -> list[Flowable]:
    """Return the item's text in the largest size that leaves room for what stands at its foot."""
    behind = raised([str(number) for number in placed.sources_behind], 26) + marking_suffix(placed.marking_label, 26)
    return _fitted(lambda style: text_flowables(placed.item.text, style, links=placed.links, after=behind), page)


def _fitted(made: Callable[[ParagraphStyle], list[Flowable]], page: PageLayout) -> list[Flowable]:
    """Return what is made in the largest size that fits a page."""
    style = styles_at(1.0).finding
    for size in _SIZES:
        large = style.clone(f"slide {size}", fontSize=size, leading=size * 1.3, leftIndent=0, spaceAfter=size * 0.2)
        out = made(large)
        if sum(one.wrap(page.column * 0.94, 1e6)[1] + one.getSpaceAfter() for one in out) <= page.room - 110:
            break
    return out


def _figure(placed: SheetItem, look: SlideStyles) -> list[Flowable]:
    statistic = placed.item
    assert isinstance(statistic, Statistic)
    drawn = make_chart(statistic)
    behind = raised([str(number) for number in placed.sources_behind], 24)
    title = line(placed.headline) + behind + marking_suffix(placed.marking_label, 24)
    out: list[Flowable] = [Paragraph(title, look.figure)]
    lone = len(drawn.rows) == 1 and drawn.rows[0].rank is None
    if drawn.line:
        out.append(LineDrawing(drawn.line, look.values, _LINE_HEIGHT))
    else:
        out += _large(statistic, drawn.rows[0].bar, look) if lone else list(_rows(drawn))
    out += text_flowables(statistic.statement, look.text, links=placed.links)
    basis = wording.basis(statistic) or "no population, base, period or place given"
    out.append(Paragraph(line(basis[0].upper() + basis[1:]), look.quiet))
    caveat = placed.caveat(short=True)
    out += text_flowables(caveat, look.quiet, slanted=True) if caveat else []
    return [*out, value_table(drawn, look.values)] if drawn.line else out


def _large(statistic: Statistic, bar: Bar | None, look: SlideStyles) -> list[Flowable]:
    shown = wording.measured(statistic.observations[0], statistic.unit)
    out: list[Flowable] = [Paragraph(line(shown), look.value if len(shown) <= 20 else look.words)]
    if bar:
        out.append(Columns([(0.0, [])], bar=bar, bar_at=(0.0, 0.8), bar_height=20, bar_drop=6, after=4))
    return out


def _rows(drawn: Chart) -> Iterator[Flowable]:
    size = 19.0 if len(drawn.rows) <= 6 else 13.5
    style = styles_at(1.0).figure.clone("slide row", fontSize=size, leading=size * 1.3)
    strong = style.clone("slide shown", fontName=SEMIBOLD)
    ranked = style.clone(
        "slide ranked", bulletFontName=SEMIBOLD, bulletFontSize=size, bulletColor=colour("accent"),
        leftIndent=size * 1.8, spaceAfter=size * 0.3,
    )  # fmt: skip
    for row in drawn.rows:
        what = " · ".join(part for part in (row.label, row.period) if part)
        shown = row.measured
        if row.rank is not None:
            yield Paragraph(line(f"{what}: {shown}" if shown else what), ranked, bulletText=str(row.rank))
        elif row.bar is None:
            cells = [(0.0, [Paragraph(line(what), style)]), (0.5, [Paragraph(line(shown), strong)])]
            yield Columns(cells, after=size * 0.3)
        else:
            cells = [(0.0, [Paragraph(line(what), style)]), (0.76, [Paragraph(line(shown), strong)])]
            high, drop = size * 0.8, size * 0.3
            yield Columns(cells, bar=row.bar, bar_at=(0.4, 0.74), bar_height=high, bar_drop=drop, after=size * 0.5)


def _cited(sheet: Sheet, placed: SheetItem, look: SlideStyles) -> list[Flowable]:
    """Return the sources of one slide, at its foot: a slide is shown alone."""
    cited = [source for source in sheet.sources if source.number in placed.source_numbers]
    return [Paragraph(f"{source.number}&nbsp; {source_words(source)}", look.source) for source in cited]


def _note(chapter: Chapter, note: PlacedNote, look: SlideStyles, page: PageLayout) -> list[Flowable]:
    kicker = Paragraph(line(chapter.short), look.kicker)
    return [kicker, *_set(note_box(note, look.base), page, above=look.kicker.leading)]


def _end(sheet: Sheet, imprint: Imprint, check: str) -> Iterator[Flowable]:
    styles = styles_at(1.35)
    if SheetPart.SOURCES in sheet.recipe.parts and sheet.sources:
        yield Paragraph("SOURCES", styles.section)
        yield from (Paragraph(f"{one.number}&nbsp; {source_words(one)}", styles.small) for one in sheet.sources)
    if sheet.terms:
        yield Paragraph("ABBREVIATIONS", styles.section)
        yield from (Paragraph(f"{line(t.abbreviation)}&nbsp; {line(t.expansion)}", styles.small) for t in sheet.terms)
    yield Spacer(0, 10)
    yield check_block(sheet, imprint, check, styles, size=62)
