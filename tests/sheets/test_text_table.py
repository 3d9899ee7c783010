"""Tables of texts on paper: every row and every sign, with the head on each page."""

from __future__ import annotations

import pypdfium2  # type: ignore[import-untyped, unused-ignore]
import pytest

from tests.sheets.test_pdf import pages, text
from tests.sheets.test_text_flowables import Opened, body, close, laid_out, with_passages
from viewer.sheets.recipe import Form, Paper

LONG = "| No | What | Value |\n|---|:-:|--:|\n" + "\n".join(
    f"| {n} | Words of row {n}, enough of them to go on to a second line of their cell | £{n}.50 |" for n in range(80)
)


@pytest.mark.parametrize("form", [Form.BRIEFING, Form.SLIDES])
def test_a_long_table_has_its_head_on_every_page_and_every_row_once(opened_edition: Opened, form: Form) -> None:
    data = laid_out(opened_edition(with_passages(LONG)), form)
    holding = [page for page in pages(data) if "Words of row" in page]
    assert len(holding) > 1
    assert all(page.count("No What Value") == 1 for page in holding)
    assert [text(data).count(f"£{n}.50") for n in range(80)] == [1] * 80


def test_a_table_begins_under_its_heading_however_long_it_is(opened_edition: Opened) -> None:
    data = laid_out(opened_edition(with_passages(LONG)))
    assert "NARRATIVE" in pages(data)[0]
    assert "Words of row 0" in pages(data)[0]


def test_cells_stand_as_their_columns_are_aligned_and_a_row_higher_than_a_page_goes_on(opened_edition: Opened) -> None:
    table = "| Left | Right |\n|---|--:|\n| a | 1 |\n| long word | 1,000,000 |\n"
    with pypdfium2.PdfDocument(laid_out(opened_edition(with_passages(table)))) as document:
        shown = document[0].get_textpage()
        words = shown.get_text_range()
        ends = [shown.get_charbox(words.index(cell) + len(cell) - 1, loose=True)[2] for cell in ("Right", "1,000,000")]
        begins = [shown.get_charbox(words.index(cell), loose=True)[0] for cell in ("Left", "long word")]
    assert ends[0] == pytest.approx(ends[1], abs=1)
    assert begins[0] == pytest.approx(begins[1], abs=1)
    high = f"| a | b |\n|---|---|\n| x | {'word ' * 2500}last |"
    assert text(laid_out(opened_edition(with_passages(high)))).count("word") == 2500


def test_more_columns_than_paper_has_room_for_lose_no_sign(opened_edition: Opened) -> None:
    columns = [f"Heading{n}" for n in range(24)]
    table = "\n".join((f"| {' | '.join(columns)} |", "|" + "---|" * 24, f"| {' | '.join(map(str, range(24)))} |"))
    data = laid_out(opened_edition(with_passages(table)), Form.CARD, Paper.A6)
    shown = close(body(data, Form.CARD, Paper.A6))
    assert sum(shown.count(letter) for letter in "Hg") >= 48
