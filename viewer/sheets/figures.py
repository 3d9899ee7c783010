"""Statistics on paper: the figure as sure as its source, and never without qualifier, base, period and source."""

from __future__ import annotations

from reportlab.platypus import Flowable, Paragraph

from viewer.figures.chart import Chart, ChartRow, make_chart
from viewer.model import Statistic
from viewer.sheets.drawing import RAIL
from viewer.sheets.flowables import Columns, Inner, cites, label
from viewer.sheets.sheet import Block
from viewer.sheets.typography import SEMIBOLD, Type, line, paragraphs, tied
from viewer.text import wording

LONGEST_BESIDE = 16  # characters of a value that stands beside its bar
LONGEST_WORD = 11  # characters at 100 % that fit into the column of values
MOST_TOGETHER = 12  # rows that stay on one page with what they stand on
_RAIL_END, _VALUE, _TEXT = 0.30, 0.315, 0.47  # shares of the column


def figure(block: Block, kit: Type, *, full: bool) -> list[Flowable]:
    """The flowables of one statistic; `full` adds its statement, which a summary leaves to its title."""
    statistic = block.item
    assert isinstance(statistic, Statistic)
    drawn = make_chart(statistic)
    if len(drawn.rows) == 1 and drawn.rows[0].rank is None:
        return [_single(block, statistic, drawn.rows[0], kit, full=full)]
    return _several(block, statistic, drawn, kit, full=full)


def _single(block: Block, statistic: Statistic, row: ChartRow, kit: Type, *, full: bool) -> Flowable:
    shown = wording.measured(statistic.observations[0], statistic.unit)
    told = _told(block, statistic, kit, full=full)
    observation = statistic.observations[0]
    bare = wording.bare_value(observation, statistic.unit)
    if row.bar is not None and len(bare) <= LONGEST_BESIDE and len(observation.qualifier) <= LONGEST_BESIDE:
        value = [Paragraph(line(bare), kit.value)]
        drop = kit.pt(2.5)
        if observation.qualifier:
            value.insert(0, Paragraph(line(observation.qualifier), kit.figure))
            drop += kit.figure.leading
        return Columns(
            [(_VALUE, value), (_TEXT, told)],
            bar=row.bar, bar_at=(0.0, _RAIL_END), bar_height=kit.pt(RAIL), bar_drop=drop, after=kit.pt(7),
        )  # fmt: skip
    size = kit.big if len(shown) <= 22 else kit.worded
    return Columns([(0.0, [Paragraph(line(shown), size)]), (_TEXT, told)], after=kit.pt(7))


def _told(block: Block, statistic: Statistic, kit: Type, *, full: bool) -> list[Paragraph]:
    """Title, statement, and what the figure stands on."""
    out = [Paragraph(f'<font name="{SEMIBOLD}">{line(statistic.title)}</font>{_after(block, kit)}', kit.figure)]
    if full:
        out += [
            Paragraph(text, kit.statement, bulletText=bullet or None)
            for bullet, text in paragraphs(statistic.statement)
        ]
    return [*out, *_footing(block, statistic, kit)]


def _after(block: Block, kit: Type) -> str:
    return cites(block.cites, kit.figure.fontSize) + label(block.label, kit.figure.fontSize)


def _footing(block: Block, statistic: Statistic, kit: Type) -> list[Paragraph]:
    """Base, period, place and source in one quiet line, and the caveat under it."""
    basis = wording.basis_and_sources(statistic, block.cites)
    out = [Paragraph(tied(basis[0].upper() + basis[1:]), kit.small)]
    if statistic.caveat:
        out += [Paragraph(f"<i>{text}</i>", kit.small) for _, text in paragraphs(statistic.caveat)]
    return out


def _several(block: Block, statistic: Statistic, drawn: Chart, kit: Type, *, full: bool) -> list[Flowable]:
    """The rows under one another at the left, and beside them, as with a single figure, what they stand on."""
    told = _told(block, statistic, kit, full=full)
    beside = all(row.rank is None and _fits(_shown(row), kit) for row in drawn.rows)
    rows = [_row(row, kit, beside=beside) for row in drawn.rows]
    at = len(rows) if len(rows) <= MOST_TOGETHER else MOST_TOGETHER // 2
    together = [one for row in rows[:at] for one in row]
    alone = [Columns([(0.0, row), (_TEXT, [])]) for row in rows[at:-1]]
    last = [Columns([(0.0, row), (_TEXT, [])], after=kit.pt(7)) for row in rows[max(at, len(rows) - 1) :]]
    after = 0.0 if last else kit.pt(7)
    return [Columns([(0.0, together), (_TEXT, told)], first=1, after=after), *alone, *last]


def _shown(row: ChartRow) -> str:
    return f"{row.shown} {row.counted}" if row.counted and row.shown and row.rank is None else row.shown


def _fits(shown: str, kit: Type) -> bool:
    """Whether a value fits into the column of values, in two lines at most."""
    longest = max(map(len, shown.split()), default=0)
    return len(shown) <= 2 * LONGEST_WORD and longest * kit.scale <= LONGEST_WORD


def _row(row: ChartRow, kit: Type, *, beside: bool) -> list[Flowable]:
    """What is measured, over its bar; the value `beside` the bar, else behind what is measured."""
    what = line(" · ".join(part for part in (row.label, row.period) if part))
    shown = _shown(row)
    if row.rank is not None:
        number = Paragraph(f'<font name="{SEMIBOLD}" color="#0B5C6B">{row.rank}</font>', kit.figure)
        text = Paragraph(f"{what}: {line(shown)}" if shown else what, kit.figure)
        return [Inner([(0.0, [number]), (0.045 / _TEXT, [text])], after=kit.pt(1.5))]
    strong = f'<font name="{SEMIBOLD}">{tied(shown)}</font>'
    over = what if beside else "&nbsp; ".join(part for part in (what, strong) if part)
    name = [Paragraph(over, kit.figure)] if over else []
    value = [Paragraph(strong, kit.figure)] if beside else []
    if row.bar is None:
        return [Inner([(0.0, name), *([(_VALUE / _TEXT, value)] if beside else [])], after=kit.pt(2))]
    drawn = Inner(
        [(0.0, []), (_VALUE / _TEXT, value)], bar=row.bar, bar_at=(0.0, _RAIL_END / _TEXT),
        bar_height=kit.pt(RAIL * 0.8), bar_drop=kit.pt(3), after=kit.pt(4),
    )  # fmt: skip
    return [*name, drawn]
