"""A sheet of changes as a table: one change a row, one value a row for figures, each side in columns of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from viewer.changes.presented import PresentedChange
from viewer.changes.presented_values import PresentedRow
from viewer.dissemination.issuing import Imprint
from viewer.model import Observation, Statistic, exact_amount
from viewer.records import record
from viewer.sheets.sheet import ChangesChapter, Origin, Sheet, SheetChanges
from viewer.text import wording
from viewer.text.edition_text import text_plain
from viewer.text.safe_csv import Cell, CsvColumn, number_cell

_NO_VALUE = Observation(position=1)


@record
class ChangeRow:
    """A change, or one value of a changed figure, with the sheet on which it stands."""

    sheet: Sheet
    imprint: Imprint
    chapter: ChangesChapter
    change: PresentedChange
    values: PresentedRow | None
    then: SideCells | None
    now: SideCells | None


@record
class SideCells:
    """One side of a row: what it says in its edition; `statistic` is None for what is no figure."""

    text: str
    statistic: Statistic | None
    observation: Observation
    sources: tuple[str, ...]
    origin: Origin


def _of_statistic(cell: Callable[[Statistic], str]) -> Callable[[SideCells], Cell]:
    return lambda side: cell(side.statistic) if side.statistic else ""


_SIDE_COLUMNS: tuple[CsvColumn[SideCells], ...] = (
    CsvColumn(name="wording", cell=lambda side: text_plain(side.text)),
    CsvColumn(name="label", cell=lambda side: side.observation.label),
    CsvColumn(name="period", cell=lambda side: side.observation.period),
    CsvColumn(name="qualifier", cell=lambda side: side.observation.qualifier),
    CsvColumn(name="value", cell=lambda side: number_cell(side.observation.amount)),
    CsvColumn(
        name="low", cell=lambda side: number_cell(exact_amount(side.observation.low, side.observation.magnitude))
    ),
    CsvColumn(
        name="high", cell=lambda side: number_cell(exact_amount(side.observation.high, side.observation.magnitude))
    ),
    CsvColumn(name="words", cell=lambda side: side.observation.words),
    CsvColumn(name="rank", cell=lambda side: side.observation.rank),
    CsvColumn(name="unit", cell=_of_statistic(lambda statistic: statistic.unit)),
    CsvColumn(name="population", cell=_of_statistic(lambda statistic: statistic.population)),
    CsvColumn(name="base", cell=_of_statistic(wording.base)),
    CsvColumn(name="measured in", cell=_of_statistic(lambda statistic: statistic.period)),
    CsvColumn(name="where", cell=_of_statistic(lambda statistic: statistic.place)),
    CsvColumn(name="sources", cell=lambda side: "; ".join(side.sources)),
    CsvColumn(name="edition", cell=lambda side: side.origin.name),
    CsvColumn(name="serial", cell=lambda side: side.origin.serial),
    CsvColumn(name="issued", cell=lambda side: side.origin.issued),
    CsvColumn(name="fingerprint", cell=lambda side: side.origin.fingerprint),
)


def _then(column: CsvColumn[SideCells]) -> CsvColumn[ChangeRow]:
    return CsvColumn(name=f"{column.name} then", cell=lambda row: column.cell(row.then) if row.then else "")


def _now(column: CsvColumn[SideCells]) -> CsvColumn[ChangeRow]:
    return CsvColumn(name=f"{column.name} now", cell=lambda row: column.cell(row.now) if row.now else "")


CHANGE_COLUMNS: tuple[CsvColumn[ChangeRow], ...] = (
    CsvColumn(name="marking", cell=lambda row: row.change.marking_label or row.sheet.marking.label),
    CsvColumn(name="theme", cell=lambda row: row.chapter.title),
    CsvColumn(name="change", cell=lambda row: row.change.heading),
    CsvColumn(name="how", cell=lambda row: row.change.how),
    CsvColumn(name="comparable", cell=lambda row: _comparable(row.change)),
    CsvColumn(name="difference", cell=lambda row: row.values.result if row.values else ""),
    *map(_then, _SIDE_COLUMNS),
    *map(_now, _SIDE_COLUMNS),
    CsvColumn(name="sheet", cell=lambda row: row.imprint.id),
    CsvColumn(name="warning", cell=lambda row: "; ".join(row.sheet.warnings)),
)


def change_rows(sheet: Sheet, changes: SheetChanges, imprint: Imprint) -> Iterator[ChangeRow]:
    """Yield the rows under CHANGE_COLUMNS: of a figure one for each value, of all else one."""
    for chapter in changes.chapters:
        for change in chapter.changes:
            for values in change.rows or (None,):
                yield ChangeRow(
                    sheet=sheet,
                    imprint=imprint,
                    chapter=chapter,
                    change=change,
                    values=values,
                    then=_then_cells(change, values, changes.earlier),
                    now=_now_cells(change, values, sheet.origin),
                )


def _then_cells(change: PresentedChange, values: PresentedRow | None, origin: Origin) -> SideCells | None:
    old = change.change.old
    if old is None:
        return None
    return SideCells(
        text=change.old_text,
        statistic=old if isinstance(old, Statistic) else None,
        observation=values.old.observation if values and values.old else _NO_VALUE,
        sources=change.sources_then,
        origin=origin,
    )


def _now_cells(change: PresentedChange, values: PresentedRow | None, origin: Origin) -> SideCells | None:
    new = change.change.new
    if new is None:
        return None
    return SideCells(
        text=change.new_text,
        statistic=new if isinstance(new, Statistic) else None,
        observation=values.new.observation if values and values.new else _NO_VALUE,
        sources=change.sources_now,
        origin=origin,
    )


def _comparable(change: PresentedChange) -> str:
    found = change.change
    if not isinstance(found.latest, Statistic) or found.old is None or found.new is None:
        return ""
    return f"no: {wording.listed(found.broken)}" if found.broken else "yes"
