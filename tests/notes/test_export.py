"""Notes written out can be read by people and by spreadsheets, with citations and markings."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from viewer.bundle.bundle import Bundle
from viewer.errors import FileTrouble
from viewer.notes import export
from viewer.notes.notebook import Notebook


@pytest.fixture
def noted(book: Notebook, passage_ids: list[str]) -> Notebook:
    """A notebook with one full note and one bookmark."""
    book.settings.author = "A. Reader"
    book.add([book.anchor_at(passage_ids[0], 0, 30)], text="Ask **them**.", colour=2, tags=("p2p",))
    book.add([book.anchor_at(passage_ids[1])], bookmark=True)
    return book


def test_markdown_cites_quotes_and_says_whose_words_they_are(noted: Notebook) -> None:
    out = export.markdown(noted, noted.notes.in_order())
    first = noted.notes.in_order()[0]
    assert first.anchor is not None
    for part in (
        "# Notes on Made-up assessment, 2001", "2 notes.", f"> {first.anchor.quote}", "Ask **them**.", "#p2p",
        "For training", "A. Reader", "bookmarked", export.citation_of(noted, first),
    ):  # fmt: skip
        assert part in out
    assert export.citation_of(noted, first).startswith("MADE-UP 2001, ")


def test_the_table_has_a_row_for_each_note_and_no_formula(noted: Notebook, passage_ids: list[str]) -> None:
    noted.add([noted.anchor_at(passage_ids[2], 0, 9)], text='=HYPERLINK("x")')
    rows = list(csv.DictReader(io.StringIO(export.csv(noted, noted.notes.in_order()))))
    assert len(rows) == 3
    assert rows[0]["note"] == "Ask **them**."
    assert rows[2]["note"] == '\'=HYPERLINK("x")'
    assert {row["state"] for row in rows} == {"placed"}


def test_the_highest_marking_stands_at_the_head(noted: Notebook) -> None:
    noted.change(noted.notes.in_order()[0].note.uuid, marking="restricted")
    assert "Marking: RESTRICTED" in export.markdown(noted, noted.notes.in_order())


def test_notes_without_a_place_stand_together_under_a_heading_of_their_own(
    noted: Notebook, later: Callable[..., Bundle], passage_ids: list[str]
) -> None:
    newer = Notebook(noted.store, later(lambda item, text: None if item == passage_ids[0] else text))
    out = export.markdown(newer, newer.notes.in_order())
    heads = [line for line in out.splitlines() if line.startswith("## ")]
    theme = newer.notes[noted.notes.in_order()[1].note.uuid].theme
    assert heads == [f"## {export.theme_title(newer, theme)}", f"## {export.PLACELESS}"]


def test_a_form_that_there_is_not_is_refused(noted: Notebook) -> None:
    with pytest.raises(FileTrouble, match="cannot be written in the form"):
        export.write(noted, noted.notes.in_order(), Path("notes.docx"))


def test_what_moved_is_written_with_the_words_that_were_noted(noted: Notebook, later: Callable[..., Bundle]) -> None:
    first = noted.notes.in_order()[0]
    newer = Notebook(noted.store, later(lambda _id, text: text[:8] + "indeed " + text[8:]))
    moved = newer.notes[first.note.uuid]
    assert moved.state.value == "moved"
    out = export.markdown(newer, [moved])
    assert f"> {first.quote}\n\nNow, to be confirmed:\n\n> {moved.words_now}" in out
    assert "moved, to be confirmed" in out
    row = next(csv.DictReader(io.StringIO(export.csv(newer, [moved]))))
    assert (row["quotation"], row["words now"], row["state"]) == (first.quote, moved.words_now, "moved")
