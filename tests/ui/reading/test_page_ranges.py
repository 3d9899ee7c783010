"""Places in an item's text and in the document of its page, and the sentences between which the keys step."""

from __future__ import annotations

import pytest

from viewer.ui.reading.page_ranges import characters, sentences, units


@pytest.mark.parametrize("text", ["plain", "ŵ ŷ", "a\U0001f600b", "\U0001f600" * 3])
def test_positions_in_the_document_and_in_the_text_agree(text: str) -> None:
    for at in range(len(text) + 1):
        assert characters(text, units(text[:at])) == at


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
