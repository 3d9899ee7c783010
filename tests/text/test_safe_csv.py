"""Tables leave the program so that no spreadsheet takes a cell for a formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.text.safe_csv import Cell, csv_text, safe_cell, write_csv

FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+SUM(A1)",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\uff1d1+1",
    "\uff0bx",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_would_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["\u200b=1+1", "\ufeff=1", "\u202e=1", "\x00=1"])
def test_a_formula_behind_an_unseen_character_is_found(text: str) -> None:
    assert safe_cell(text) == f"'{text[1:]}"


@pytest.mark.parametrize("cell", [-5, 2.5, 0, None, "-5", "+30%", "−1.8", "1,250", "51%", "%", "% change", "a=b", ""])
def test_numbers_and_ordinary_text_stay_as_they_are(cell: Cell) -> None:
    assert safe_cell(cell) == cell


def test_numbers_are_bare_and_text_is_quoted_so_that_no_other_separator_splits_it() -> None:
    assert csv_text([("a;=1", 2.5, None, -3)]) == '"a;=1",2.5,"",-3\r\n'


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1, max_size=4))
def test_no_cell_read_back_begins_as_a_formula(cells: list[str]) -> None:
    (row,) = csv.reader(io.StringIO(csv_text([cells]), newline=""))
    assert len(row) == len(cells)
    for cell in row:
        begins_as_formula = cell.lstrip()[:1] in ("=", "@") or cell[:1] in ("\t", "\r")
        assert not begins_as_formula


def test_a_written_table_begins_as_spreadsheets_expect(tmp_path: Path) -> None:
    write_csv(tmp_path / "out.csv", [("é", 1)])
    assert (tmp_path / "out.csv").read_bytes() == b"\xef\xbb\xbf" + '"é",1\r\n'.encode()
