"""Statistics on paper: the figure as sure as its source, and never without qualifier, base, period and source."""

from __future__ import annotations

from functools import cache

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph

from viewer.figures.chart import Chart, ChartRow, make_chart
from viewer.model import Statistic
from viewer.sheets.drawing import RAIL
from viewer.sheets.flowables import GUTTER, Columns, LineDrawing, NestedColumns, ValueTable, marking_suffix
from viewer.sheets.sheet_item import SheetItem
from viewer.sheets.text_flowables import item_foot, raised, target_mark, text_flowables
from viewer.sheets.typography import SEMIBOLD, TypeStyles, colour, line, tied, tied_line
from viewer.text import wording

LONGEST_BESIDE = 16  # characters of a value that stands beside its bar
MOST_TOGETHER = 12  # rows that stay on one page with what they stand on
LINE_HEIGHT = 92.0  # points of a line chart at 100 %
_RAIL_END, _VALUE, _TEXT = 0.30, 0.315, 0.47  # shares of the column


def figure_flowables(
    placed: SheetItem, styles: TypeStyles, column: float, *, full: bool, short_caveat: bool
) -> list[Flowable]:
    """Return the flowables of one statistic, in a column as wide as that, in points.

    `full` adds its statement, which a summary leaves to its title.
    """
    statistic = placed.item
    assert isinstance(statistic, Statistic)
    drawn = make_chart(statistic)
    text = _title_and_basis(placed, statistic, styles, full=full, short_caveat=short_caveat)
    if len(drawn.rows) == 1 and drawn.rows[0].rank is None:
        return [_single(text, statistic, drawn.rows[0], styles)]
    if drawn.line:
        for one in text:
            one.keepWithNext = 1
        drawing = LineDrawing(drawn.line, styles.figure, styles.pt(LINE_HEIGHT))
        return [*text, drawing, value_table(drawn, styles.figure)]
    return _several(text, drawn, styles, column)


def _single(text: list[Flowable], statistic: Statistic, row: ChartRow, styles: TypeStyles) -> Flowable:
    shown = wording.measured(statistic.observations[0], statistic.unit)
    observation = statistic.observations[0]
    bare = wording.bare_value(observation, statistic.unit)
    if row.bar is not None and len(bare) <= LONGEST_BESIDE and len(observation.qualifier) <= LONGEST_BESIDE:
        value = [Paragraph(line(bare), styles.value)]
        drop = styles.pt(2.5)
        if observation.qualifier:
            value.insert(0, Paragraph(line(observation.qualifier), styles.figure))
            drop += styles.figure.leading
        return Columns(
            [(_VALUE, value), (_TEXT, text)],
            bar=row.bar, bar_at=(0.0, _RAIL_END), bar_height=styles.pt(RAIL), bar_drop=drop, after=styles.pt(7),
        )  # fmt: skip
    size = styles.big if len(shown) <= 22 else styles.worded
    return Columns([(0.0, [Paragraph(line(shown), size)]), (_TEXT, text)], after=styles.pt(7))


def _title_and_basis(
    placed: SheetItem, statistic: Statistic, styles: TypeStyles, *, full: bool, short_caveat: bool
) -> list[Flowable]:
    """Return title, statement, and what the figure stands on."""
    size = styles.figure.fontSize
    target = target_mark(statistic.id if placed.is_target else "")
    signs = [str(number) for number in placed.sources_behind] if full else placed.signs
    suffix = raised(signs, size) + marking_suffix(placed.marking_label, size)
    title = f'{target}<font name="{SEMIBOLD}">{line(placed.headline)}</font>{suffix}'
    out: list[Flowable] = [Paragraph(title, styles.figure)]
    if full:
        out += text_flowables(statistic.statement, styles.statement, links=placed.links)
    out.append(Paragraph(tied_line(_basis(placed, statistic)), styles.small))
    if caveat := placed.caveat(short=short_caveat):
        out += text_flowables(caveat, styles.small, slanted=True)
    return [*out, *item_foot(placed, styles.small)]


def _basis(placed: SheetItem, statistic: Statistic) -> str:
    """Return base, period, place and source in one line."""
    basis = wording.basis_and_sources(statistic, placed.source_numbers)
    return basis[0].upper() + basis[1:]


def _several(text: list[Flowable], drawn: Chart, styles: TypeStyles, column: float) -> list[Flowable]:
    """Return the rows under one another at the left, and beside them, as with a single figure, what they rest on."""
    values_beside = all(row.rank is None and _fits(row.measured, styles, column) for row in drawn.rows)
    rows = [_row(row, styles, value_beside_bar=values_beside) for row in drawn.rows]
    at = len(rows) if len(rows) <= MOST_TOGETHER else MOST_TOGETHER // 2
    first_rows = [one for row in rows[:at] for one in row]
    alone = [Columns([(0.0, row), (_TEXT, [])]) for row in rows[at:-1]]
    last = [Columns([(0.0, row), (_TEXT, [])], after=styles.pt(7)) for row in rows[max(at, len(rows) - 1) :]]
    after = 0.0 if last else styles.pt(7)
    return [Columns([(0.0, first_rows), (_TEXT, text)], first=1, after=after), *alone, *last]


def value_table(drawn: Chart, style: ParagraphStyle) -> ValueTable:
    """Return all values of a long trend, which stand under its line."""
    strong = f'<font name="{SEMIBOLD}">'
    values = [f"{line(row.period)}&nbsp; {strong}{tied_line(row.measured)}</font>" for row in drawn.rows]
    return ValueTable([Paragraph(value, style) for value in values], style)


def _fits(shown: str, styles: TypeStyles, column: float) -> bool:
    """Return whether a value fits into the column of values, in two lines at most and with no number broken."""
    room = (_TEXT - _VALUE) * column - GUTTER
    words = [stringWidth(word, SEMIBOLD, styles.figure.fontSize) for word in tied(shown).split(" ")]
    return max(words, default=0.0) <= room and sum(words) <= 1.6 * room


@cache
def _ranked(styles: TypeStyles) -> ParagraphStyle:
    return styles.figure.clone(
        "ranked", bulletFontName=SEMIBOLD, bulletFontSize=styles.figure.fontSize, bulletColor=colour("accent"),
        leftIndent=styles.figure.fontSize * 1.7, spaceAfter=styles.pt(1.5),
    )  # fmt: skip


def _row(row: ChartRow, styles: TypeStyles, *, value_beside_bar: bool) -> list[Flowable]:
    """Return what is measured, over its bar; the value beside the bar, else behind what is measured."""
    what = line(" · ".join(part for part in (row.label, row.period) if part))
    shown = row.measured
    if row.rank is not None:
        return [Paragraph(f"{what}: {line(shown)}" if shown else what, _ranked(styles), bulletText=str(row.rank))]
    strong = f'<font name="{SEMIBOLD}">{tied_line(shown)}</font>'
    over = what if value_beside_bar else "&nbsp; ".join(part for part in (what, strong) if part)
    name = [Paragraph(over, styles.figure)] if over else []
    value = [Paragraph(strong, styles.figure)] if value_beside_bar else []
    if row.bar is None:
        return [
            NestedColumns([(0.0, name), *([(_VALUE / _TEXT, value)] if value_beside_bar else [])], after=styles.pt(2))
        ]
    drawn = NestedColumns(
        [(0.0, []), (_VALUE / _TEXT, value)], bar=row.bar, bar_at=(0.0, _RAIL_END / _TEXT),
        bar_height=styles.pt(RAIL * 0.8), bar_drop=styles.pt(3), after=styles.pt(4),
    )  # fmt: skip
    return [*name, drawn]
