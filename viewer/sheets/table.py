"""Sheet -> CSV: its figures, one observation a row, safe to open in a spreadsheet."""

from __future__ import annotations

import csv as csv_format
from collections.abc import Iterator
from io import StringIO

from viewer import wording
from viewer.model import Observation, Statistic
from viewer.sheets.sheet import Block, Imprint, Sheet
from viewer.texts import visible

HEADS = (
    "marking", "place", "title", "label", "period", "qualifier", "value", "low", "high", "words", "rank", "unit",
    "population", "base", "measured in", "where", "caveat", "statement", "sources", "edition", "serial", "sheet",
)  # fmt: skip
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv(sheet: Sheet, imprint: Imprint) -> str:
    """The sheet's figures as CSV: numbers as numbers, texts that a spreadsheet would run begin with an apostrophe."""
    out = StringIO()
    writer = csv_format.writer(out, lineterminator="\r\n")
    writer.writerow(HEADS)
    for block in _figures(sheet):
        assert isinstance(block.item, Statistic)
        for observation in block.item.observations:
            writer.writerow(_cells(sheet, imprint, block, block.item, observation))
    return out.getvalue()


def _figures(sheet: Sheet) -> Iterator[Block]:
    for chapter in sheet.chapters:
        for section in chapter.sections:
            yield from (block for block in section.blocks if isinstance(block.item, Statistic))


def _cells(
    sheet: Sheet, imprint: Imprint, block: Block, statistic: Statistic, observation: Observation
) -> tuple[str | float | int, ...]:
    s, o = statistic, observation
    numbers = tuple("" if value is None else _number(value) for value in (o.value, o.low, o.high))
    rank: str | int = "" if o.rank is None else o.rank
    return (
        neutral(block.label or sheet.marking.label), neutral(block.place), neutral(s.title), neutral(o.label),
        neutral(o.period), neutral(o.qualifier), *numbers, neutral(o.words), rank, neutral(s.unit),
        neutral(s.population), neutral(wording.base(s)), neutral(s.period), neutral(s.place), neutral(s.caveat),
        neutral(s.statement), "; ".join(map(str, block.cites)), neutral(sheet.origin.name), sheet.origin.serial,
        imprint.id,
    )  # fmt: skip


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def neutral(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula."""
    text = visible(text)
    return f"'{text}" if text.lstrip(" ").startswith(_DANGEROUS) else text
