"""Statistics on paper: the figure as sure as its source, and never without qualifier, base, period and source."""

from __future__ import annotations

from reportlab.platypus import Flowable, Paragraph

from viewer import charts, wording
from viewer.model import Statistic
from viewer.sheets.drawing import RAIL
from viewer.sheets.flowables import Columns, cites, label
from viewer.sheets.sheet import Block
from viewer.sheets.typography import SEMIBOLD, Type, line, paragraphs

LONGEST_BESIDE = 16  # characters of a value that stands beside its bar
_RAIL_END, _VALUE, _TEXT = 0.30, 0.315, 0.47  # shares of the column


def figure(block: Block, kit: Type, *, full: bool) -> list[Flowable]:
    """The flowables of one statistic; `full` adds its statement, which a summary leaves to its title."""
    statistic = block.item
    assert isinstance(statistic, Statistic)
    drawn = charts.chart(statistic)
    if len(drawn.rows) == 1 and drawn.rows[0].rank is None:
        return [_single(block, statistic, drawn.rows[0], kit, full=full)]
    return _several(block, statistic, drawn, kit, full=full)


def _single(block: Block, statistic: Statistic, row: charts.Row, kit: Type, *, full: bool) -> Flowable:
    shown = wording.measured(statistic.observations[0], statistic.unit)
    told = _told(block, statistic, kit, full=full)
    observation = statistic.observations[0]
    bare = wording.figure(observation, statistic.unit)
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
    source = "no source given" if not block.cites else f"source {wording.listed(map(str, block.cites))}"
    basis = " · ".join(part for part in (wording.basis(statistic), source) if part)
    out = [Paragraph(line(basis[0].upper() + basis[1:]), kit.small)]
    if statistic.caveat:
        out += [Paragraph(f"<i>{text}</i>", kit.small) for _, text in paragraphs(statistic.caveat)]
    return out


def _several(block: Block, statistic: Statistic, drawn: charts.Chart, kit: Type, *, full: bool) -> list[Flowable]:
    head = Paragraph(f'<font name="{SEMIBOLD}">{line(statistic.title)}</font>{_after(block, kit)}', kit.figure)
    out: list[Flowable] = [_kept(head, kit.pt(2))]
    if full:
        out += [_kept(Paragraph(text, kit.statement), 0) for _, text in paragraphs(statistic.statement)]
    rows = [_row(row, kit) for row in drawn.rows]
    for row in rows[:-1]:
        row.keepWithNext = int(len(rows) <= 12)
    out += rows
    footing = _footing(block, statistic, kit)
    for paragraph in footing[:-1]:
        paragraph.keepWithNext = 1
    if rows:
        rows[-1].keepWithNext = 1
    return [*out, *footing[:-1], Columns([(0.0, [footing[-1]])], after=kit.pt(7))]


def _kept(paragraph: Paragraph, after: float) -> Flowable:
    out = Columns([(0.0, [paragraph])], after=after)
    out.keepWithNext = 1
    return out


def _row(row: charts.Row, kit: Type) -> Flowable:
    what = " · ".join(part for part in (row.label, row.period) if part)
    if row.rank is not None:
        number = Paragraph(f'<font name="{SEMIBOLD}" color="#0B5C6B">{row.rank}</font>', kit.figure)
        text = f"{what}: {row.shown}" if row.shown else what
        return Columns([(0.0, [number]), (0.045, [Paragraph(line(text), kit.figure)])], after=kit.pt(1.5))
    name = Paragraph(line(what), kit.figure)
    shown = f"{row.shown} {row.counted}" if row.counted and row.shown else row.shown
    value = Paragraph(f'<font name="{SEMIBOLD}">{line(shown)}</font>', kit.figure)
    if row.bar is None:
        return Columns([(0.0, [name]), (_TEXT, [value])], after=kit.pt(2))
    return Columns(
        [(0.0, [name]), (0.79, [value])],
        bar=row.bar, bar_at=(_TEXT, 0.77), bar_height=kit.pt(RAIL * 0.8), bar_drop=kit.pt(3), after=kit.pt(2),
    )  # fmt: skip
