"""Rows -> CSV in which no spreadsheet finds a formula: every table that leaves the program is written here."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Generic, TypeVar

from viewer.records import record

Cell = str | int | float | Decimal | None
Row = TypeVar("Row")

_STARTS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")  # what spreadsheets read as a formula, the full-width signs too
_NUMBER = re.compile(r"[+\-−]?\d[\d,]*(?:\.\d+)?%?")
_UNSEEN = re.compile(r"[\x00\ufeff\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")  # all but tab and line ends


def safe_cell(cell: Cell) -> Cell:
    """Return `cell` as a spreadsheet may have it: text that would be a formula gets an apostrophe before it.

    What commands a terminal is made visible. Numbers, and text that is nothing but a number such as `-5` or `+30%`,
    stay as they are.
    """
    if not isinstance(cell, str):
        return cell
    text = _CONTROL.sub(lambda found: f"[U+{ord(found[0]):04X}]", _UNSEEN.sub("", cell))
    if text[:1] in ("\t", "\r", "\n") or (text.lstrip()[:1] in _STARTS and not _NUMBER.fullmatch(text)):
        return f"'{text}"
    return text


class ExactNumber(Decimal):
    """A number that is written with the digits it has, and never as a power of ten."""

    def __str__(self) -> str:
        return format(self, "f")


def number_cell(value: Decimal | None) -> Cell:
    """Return a number as a cell, with the digits it has; None, an empty cell, for none."""
    return None if value is None else ExactNumber(value)


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Return the rows as CSV by RFC 4180: text in quotation marks, so that no separator splits it; numbers bare."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([["" if cell is None else safe_cell(cell) for cell in row] for row in rows])
    return out.getvalue()


@record
class CsvColumn(Generic[Row]):
    """A column of a table: its name in the first line, and the cell that it takes from each row."""

    name: str
    cell: Callable[[Row], Cell]


def csv_table(columns: Sequence[CsvColumn[Row]], rows: Iterable[Row]) -> str:
    """Return the rows as CSV under the columns' names."""
    names = [column.name for column in columns]
    return csv_text([names, *([column.cell(row) for column in columns] for row in rows)])


def write_csv(path: Path, rows: Iterable[Sequence[Cell]]) -> None:
    """Put the rows into the file `path`, whole or not at all, as UTF-8 that spreadsheets recognise.

    Raises FileTrouble.
    """
    from viewer.paths import write_atomically

    write_atomically(path, csv_text(rows).encode("utf-8-sig", errors="replace"))
