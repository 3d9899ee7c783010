"""A filter passes what holds all words by the rule of folding, in any order and mid-word, and says where they stand."""

# ruff: noqa: RUF001 - letters that look like others are what this is about

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.text.filter_words import FilterWords, comparable, fold_joined, places_of
from viewer.text.folded import fold_text

PARTS = ["a", "'", "-", "’", "é", "e\u0301", "1", "2,293", " ", "ﬁ", "й", "\u200b"]
PASSES = [
    ("gate ask", "Ask ID at A1 gate"),
    ("2293", "of 2,293 reports"),
    ("2,293", "of 2293 reports"),
    ("2011-12", "in 2011/12"),
    ("2011/12", "in 2011–12"),
    ("offender's", "the offender’s phone"),
    ("offenders", "the offender’s phone"),
    ("offender's", "an offender"),
    ("offenders'", "offenders"),
    ("offender'", "offenders"),
    ("online", "on-line"),
    ("on-line", "online"),
    ("on-", "online"),
    ("on line", "online"),
    ("cafe", "CAFÉ"),
    ("café", "cafe\u0301s"),
    ("οδοσ", "Οδός"),
    ("иод", "йод"),
    ("office", "oﬃce"),
    ("ooming", "grooming"),
    ("uk", "in the U.K."),
    ("U.K.", "uk"),
    ("“gate ask”", "Gate ask"),
    ('"two words"', "two\u00a0words"),
    ("-5", "−5 per cent"),
    ("", "anything"),
    ("  ", ""),
]
FAILS = [
    ("gate asks", "Ask ID at A1 gate"),
    ('"gate ask"', "Ask at the gate"),
    ("2011-12", "20 of 11, or 12"),
    ("therapist", "the rapist"),
    ("5½", "51/2"),
    ("-5", "5"),
    ("-", "online"),
]


@pytest.mark.parametrize(("typed", "text"), PASSES)
def test_passes_what_holds_all_words(typed: str, text: str) -> None:
    assert FilterWords(typed).are_in(comparable(text))


@pytest.mark.parametrize(("typed", "text"), FAILS)
def test_keeps_back_what_does_not(typed: str, text: str) -> None:
    assert not FilterWords(typed).are_in(comparable(text))


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("gate ask", "Ask ID at A1 gate", ["Ask", "gate"]),
        ("online", "Go on‑line, online", ["on‑line", "online"]),
        ("cafe", "cafe\u0301s and CAFÉ", ["cafe\u0301", "CAFÉ"]),
        ("2293 29", "of 2,293", ["2,293"]),
        ("ana an", "banana", ["anan"]),
        ("x", "none", []),
        ("", "none", []),
    ],
)
def test_says_where_the_words_stand(typed: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in FilterWords(typed).spans(text)] == marked


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("offender's", "offender’s, offenders", ["offender’s", "offenders"]),
        ("hidden internet", "The Hidden Internet", ["Hidden Internet"]),
        ("internet hidden", "The Hidden Internet", []),
        ("aa", "aaa", ["aa"]),
        ("", "aaa", []),
    ],
)
def test_finds_words_as_a_whole(typed: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in places_of(typed, text)] == found


@given(st.lists(st.sampled_from(PARTS)).map("".join))
def test_places_lead_back_to_the_text(text: str) -> None:
    folded = fold_joined(text)
    spans = [folded.original_span(at, at + 1) for at in range(len(folded.text))]
    assert spans == sorted(spans)
    for char, (start, end) in zip(folded.text, spans, strict=True):
        assert char == " " or char in fold_text(text[start:end]).text  # between digits it may stand for a hyphen
