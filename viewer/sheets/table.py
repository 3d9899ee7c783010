"""Sheet -> CSV: its figures, one observation a row, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from viewer.model import Observation, Statistic
from viewer.sheets import difference_table
from viewer.sheets.recipe import RecipeError
from viewer.sheets.sheet import Block, Imprint, Sheet
from viewer.text import wording
from viewer.text.safe import visible
from viewer.text.safe_csv import Cell, csv_text

HEADS = (
    "marking", "place", "title", "label", "period", "qualifier", "value", "low", "high", "words", "rank", "unit",
    "population", "base", "measured in", "where", "caveat", "statement", "sources", "edition", "serial", "sheet",
    "warning",
)  # fmt: skip


def figures_of(sheet: Sheet) -> Sheet:
    """What a table can hold of a sheet: its figures alone, or all its changes. Raises RecipeFault for no figure."""
    if sheet.changes is not None:
        return sheet
    figures = {block.item.id for block in _figures(sheet)}
    if not figures:
        raise RecipeError("No figure is on the sheet, so a table would be empty.", advice="Write it as another kind.")
    return replace(sheet, held=tuple(one for one in sheet.held if one.id in figures))


def csv(sheet: Sheet, imprint: Imprint) -> str:
    """The sheet's figures, or its changes, as CSV; a text like a formula has an apostrophe before it."""
    if sheet.changes is not None:
        heads, rows = difference_table.HEADS, difference_table.rows(sheet, sheet.changes, imprint)
        return csv_text([(*heads, "warning"), *(_seen((*row, _warning(sheet))) for row in rows)])
    return csv_text([HEADS, *(_seen(row) for row in _rows(sheet, imprint))])


def _seen(cells: tuple[Cell, ...]) -> list[Cell]:
    return [visible(cell) if isinstance(cell, str) else cell for cell in cells]


def _warning(sheet: Sheet) -> str:
    return "; ".join(sheet.stamps)


def _rows(sheet: Sheet, imprint: Imprint) -> Iterator[tuple[Cell, ...]]:
    for block in _figures(sheet):
        assert isinstance(block.item, Statistic)
        for observation in block.item.observations:
            yield _cells(sheet, imprint, block, block.item, observation)


def _figures(sheet: Sheet) -> Iterator[Block]:
    for chapter in sheet.chapters:
        for section in chapter.sections:
            yield from (block for block in section.blocks if isinstance(block.item, Statistic))


def _cells(
    sheet: Sheet, imprint: Imprint, block: Block, statistic: Statistic, observation: Observation
) -> tuple[Cell, ...]:
    s, o = statistic, observation
    numbers = tuple("" if value is None else _number(value) for value in (o.value, o.low, o.high))
    rank: str | int = "" if o.rank is None else o.rank
    return (
        block.label or sheet.marking.label, block.place, s.title, o.label, o.period, o.qualifier, *numbers, o.words,
        rank, s.unit, s.population, wording.base(s), s.period, s.place, s.caveat, s.statement,
        "; ".join(map(str, block.cites)), sheet.origin.name, sheet.origin.serial, imprint.id, _warning(sheet),
    )  # fmt: skip


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value
