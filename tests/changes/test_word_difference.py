"""The difference of two texts word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.changes.word_difference import Segment, spaced_out, word_difference
from viewer.text.edition_text import text_plain


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("A b c", "A b c", [("same", "A b c")]),
        ("", "New.", [("come", "New.")]),
        ("Gone.", "", [("gone", "Gone.")]),
        ("Almost half.", "About half.", [("gone", "Almost"), ("come", "About"), ("same", " half.")]),
        ("a b c d", "a x y d", [("same", "a "), ("gone", "b c"), ("come", "x y"), ("same", " d")]),
        ("It’s 1,040.", "It’s 1,210.", [("same", "It’s "), ("gone", "1,040"), ("come", "1,210"), ("same", ".")]),
    ],
)  # fmt: skip
def test_words_that_went_and_came_are_told_apart(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert [(piece.kind, piece.text) for piece in word_difference(old, new)] == expected


@given(st.text("ab .,\n*_", max_size=60), st.text("ab .,\n*_", max_size=60))
def test_the_pieces_give_back_both_texts(old: str, new: str) -> None:
    pieces = word_difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "come") == text_plain(old)
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == text_plain(new)


def test_a_text_of_many_thousand_words_is_shown_as_replaced() -> None:
    old = "word " * 5000
    assert word_difference(old, "x") == (Segment(kind="gone", text=old.strip()), Segment(kind="come", text="x"))


def test_what_went_and_what_came_do_not_read_as_one_word() -> None:
    assert "".join(segment.text for segment in spaced_out(word_difference("Almost half.", "About half."))) == (
        "Almost About half."
    )
    assert spaced_out(word_difference("a", "a b")) == word_difference("a", "a b")
