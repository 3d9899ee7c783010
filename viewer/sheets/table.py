"""Sheet -> CSV: its figures, one observation a row, or its changes; safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from viewer.dissemination.issuing import Imprint
from viewer.model import Observation, Statistic, exact_amount
from viewer.records import record, replace
from viewer.sheets.changes_table import CHANGE_COLUMNS, change_rows
from viewer.sheets.recipe import RecipeError
from viewer.sheets.sheet import Sheet
from viewer.sheets.sheet_item import SheetItem, TextLinks
from viewer.text import wording
from viewer.text.blocks import blocks_plain
from viewer.text.commonmark import read_text
from viewer.text.edition_text import text_plain
from viewer.text.safe import visible
from viewer.text.safe_csv import Cell, CsvColumn, csv_table, number_cell

_Row = TypeVar("_Row")


@record
class FigureRow:
    """One observation of a figure, with the sheet on which it stands."""

    sheet: Sheet
    imprint: Imprint
    item: SheetItem
    statistic: Statistic
    observation: Observation


def _number(observation: Observation, bound: Decimal | None) -> Cell:
    return number_cell(exact_amount(bound, observation.magnitude))


def _linked(text: str, links: TextLinks) -> str:
    """Return a text in plain words with its marks in brackets, and its references with what they lead to."""
    return blocks_plain(read_text(text), links.bracketed, lambda one: one.text + links.behind(one))


def _notes(placed: SheetItem) -> Iterator[str]:
    yield from (f"[{note.sign}] {_linked(note.text, placed.links)}" for note in placed.footnotes)


FIGURE_COLUMNS: tuple[CsvColumn[FigureRow], ...] = (
    CsvColumn(name="marking", cell=lambda row: row.item.marking_label or row.sheet.marking.label),
    CsvColumn(name="place", cell=lambda row: row.item.place),
    CsvColumn(name="title", cell=lambda row: row.statistic.title),
    CsvColumn(name="label", cell=lambda row: row.observation.label),
    CsvColumn(name="period", cell=lambda row: row.observation.period),
    CsvColumn(name="as published", cell=lambda row: wording.measured(row.observation, row.statistic.unit)),
    CsvColumn(name="qualifier", cell=lambda row: row.observation.qualifier),
    CsvColumn(name="value", cell=lambda row: number_cell(row.observation.amount)),
    CsvColumn(name="low", cell=lambda row: _number(row.observation, row.observation.low)),
    CsvColumn(name="high", cell=lambda row: _number(row.observation, row.observation.high)),
    CsvColumn(name="words", cell=lambda row: row.observation.words),
    CsvColumn(name="rank", cell=lambda row: row.observation.rank),
    CsvColumn(name="unit", cell=lambda row: row.statistic.unit),
    CsvColumn(name="population", cell=lambda row: row.statistic.population),
    CsvColumn(name="base", cell=lambda row: wording.base(row.statistic)),
    CsvColumn(name="measured in", cell=lambda row: row.statistic.period),
    CsvColumn(name="where", cell=lambda row: row.statistic.place),
    CsvColumn(name="caveat", cell=lambda row: text_plain(row.statistic.caveat)),
    CsvColumn(name="short caveat", cell=lambda row: text_plain(row.statistic.short_caveat)),
    CsvColumn(name="statement", cell=lambda row: _linked(row.statistic.statement, row.item.links)),
    CsvColumn(name="notes", cell=lambda row: "\n".join(_notes(row.item))),
    CsvColumn(name="sources", cell=lambda row: "; ".join(map(str, row.item.source_numbers))),
    CsvColumn(name="edition", cell=lambda row: row.sheet.origin.name),
    CsvColumn(name="serial", cell=lambda row: row.sheet.origin.serial),
    CsvColumn(name="sheet", cell=lambda row: row.imprint.id),
    CsvColumn(name="warning", cell=lambda row: "; ".join(row.sheet.warnings)),
)


def figures_of(sheet: Sheet) -> Sheet:
    """Return what a table can hold of a sheet: its figures alone, or all its changes. Raises RecipeError for none."""
    if sheet.changes is not None:
        return sheet
    figures = {one.item.id for one in _figures(sheet)}
    if not figures:
        raise RecipeError("No figure is on the sheet, so a table would be empty.", advice="Write it as another kind.")
    return replace(sheet, held=tuple(one for one in sheet.held if one.id in figures))


def sheet_csv(sheet: Sheet, imprint: Imprint) -> str:
    """Return the sheet's figures, or its changes, as CSV; a text like a formula has an apostrophe before it."""
    if sheet.changes is not None:
        return _csv(CHANGE_COLUMNS, change_rows(sheet, sheet.changes, imprint))
    return _csv(FIGURE_COLUMNS, _figure_rows(sheet, imprint))


def _csv(columns: Sequence[CsvColumn[_Row]], rows: Iterable[_Row]) -> str:
    return csv_table([_visible(column) for column in columns], rows)


def _visible(column: CsvColumn[_Row]) -> CsvColumn[_Row]:
    """Return the column with its texts made visible."""

    def cell(row: _Row) -> Cell:
        found = column.cell(row)
        return visible(found) if isinstance(found, str) else found

    return CsvColumn(name=column.name, cell=cell)


def _figure_rows(sheet: Sheet, imprint: Imprint) -> Iterator[FigureRow]:
    for one in _figures(sheet):
        assert isinstance(one.item, Statistic)
        for observation in one.item.observations:
            yield FigureRow(sheet=sheet, imprint=imprint, item=one, statistic=one.item, observation=observation)


def _figures(sheet: Sheet) -> Iterator[SheetItem]:
    for chapter in sheet.chapters:
        for section in chapter.sections:
            yield from (one for one in section.items if isinstance(one.item, Statistic))
