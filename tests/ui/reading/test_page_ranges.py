"""Ranges of items' texts in the document of their page, and the sentences between which the keys step."""

from __future__ import annotations

import pytest

from viewer.ui.reading.page_ranges import sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two three! Four?", ["One.", "Two three!", "Four?"]),
        ("In 2.5 per cent of cases, e.g. these, it rose. Then it fell",
         ["In 2.5 per cent of cases, e.g. these, it rose.", "Then it fell"]),
        ("He said “yes.” She did not.", ["He said “yes.”", "She did not."]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_would_end_them(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == found
