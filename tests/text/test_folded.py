"""Texts fold alike that a reader takes for the same, numbers stay what they are, and every place is found again."""

# ruff: noqa: RUF001 - letters that look like others are what this is about

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from viewer.text.folded import Folded, _FoldingTable, fold_text

DIGEST = "9f622ef9a9a87ef19a0827b37d69ccf10b38dadd1ed464710a12f974e93b5079"  # of what every character becomes

# Whatever the rule looks at: texts made of these put it side by side in every way.
PARTS = (
    *("1", "2", "12", "123", "1,234", "2,293", "1234", "0.5", "12,345,678", ",", ".", "-", "–", "−", "‐", "/", " "),
    *("U", "k", "U.K.", "e.g.", "(", "½", "²", "①", "é", "e\u0301", "\u0301", "\u00ad", "\u200b", "ﬁ", "ß", "İ"),
    *("й", "и\u0306", "ї", "і\u0308", "が", "か\u3099", "한", "\u0323", "\u0307", "ש\u05c1\u05b8", "’", "\u00a0", "\n"),
    *("А.Б.", "Ａ", "１", "ά", "α\u0345", "ᾳ", "क\u094d", "\u0345", "☃"),
)
texts = st.lists(st.sampled_from(PARTS), max_size=14).map("".join) | st.text(max_size=40)
FALLEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

ALIKE = [
    ("UK", ("uk", "U.K.", "u.k.", "Uk")),
    ("J.R.R. Tolkien", ("JRR Tolkien",)),
    ("e.g. this", ("eg this",)),
    ("А.Б.", ("аб",)),
    ("2,293", ("2293",)),
    ("1,866,642,107", ("1866642107",)),
    ("£1,250,000.50", ("£1250000.50",)),
    ("2011-12", ("2011–12", "2011‐12", "2011‑12", "2011−12", "2011—12", "2011/12", "2011 12")),
    ("2012-06-30", ("2012/06/30", "2012 06 30")),
    ("-5", ("−5", "‑5")),
    ("(−0.001)", ("(-0.001)",)),
    ("on-line", ("on‐line", "on‑line", "on−line", "ON-LINE")),
    ("don't", ("don’t", "don‘t", "donʼt", "don′t", "DON’T")),
    ("two words", ("two\u00a0words", "two\u2009words", "two\u202fwords", "two\u3000words")),
    ("cooperate", ("co\u00adoperate", "co\u200boperate", "\ufeffcooperate", "cooperate\u200d")),
    ("cafe", ("café", "cafe\u0301", "CAFÉ", "càfé\u0323")),
    ("office", ("oﬃce", "OFFICE", "ｏｆｆｉｃｅ")),
    ("strasse", ("straße", "STRASSE", "STRAẞE", "ſtraße")),
    ("istanbul", ("İstanbul", "ISTANBUL")),
    ("αθηνα", ("Αθήνα", "ΑΘΉΝΑ", "αθη\u0301να")),
    ("οδοσ", ("οδός", "ΟΔΟΣ")),
    ("α", ("ᾳ", "ᾼ", "ά", "ἄ", "α\u0345")),
    ("еи", ("ёй", "ЁЙ", "е\u0308и\u0306")),
    ("μ", ("µ", "Μ")),
    ("k", ("\u212a", "K")),
    ("'n", ("ŉ",)),
]
APART = [
    ("5½", "51⁄2"),
    ("5½", "51/2"),
    ("x²", "x2"),
    ("①", "1"),
    ("⑴", "(1)"),
    ("Ⅳ", "iv"),
    ("１２", "12"),
    ("1.234", "1,234"),
    ("1,23", "123"),
    ("12,3456", "123456"),
    ("1234,567", "1234567"),
    ("0,123", "0123"),
    ("1,12,345", "112345"),
    ("0.123,456", "0.123456"),
    ("1,234,5", "12345"),
    ("2293", "2 293"),
    ("2 293", "2,293"),
    ("-5", "5"),
    ("3.4", "34"),
    ("2.a.i", "2ai"),
    ("No. 1", "no 1"),
    ("end. A", "end a"),
    ("on-line", "online"),
    ("on-line", "on line"),
    ("a – b", "a - b"),
    ("ї", "і"),
    ("ў", "у"),
    ("ѐ", "е"),
    ("が", "か"),
    ("ש\u05b8", "ש"),
    ("ø", "o"),
    ("ı", "i"),
    ("ª", "a"),
    ("Ⓐ", "a"),
]


@pytest.mark.parametrize(("one", "others"), ALIKE, ids=[one for one, _ in ALIKE])
def test_folds_alike_what_is_the_same_to_a_reader(one: str, others: tuple[str, ...]) -> None:
    assert {fold_text(other).text for other in others} == {fold_text(one).text}


@pytest.mark.parametrize(("one", "other"), APART)
def test_keeps_apart_what_is_not(one: str, other: str) -> None:
    assert fold_text(one).text != fold_text(other).text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("\u200b\u00ad", ""),
        ("Between 2011–12 and 2012/13 in the U.K.", "between 2011 12 and 2012 13 in the uk"),
        ("5½ of 1,200 (−3 %)", "5½ of 1200 (-3 %)"),
        ("p.m., i.e. at 10:30", "pm, ie at 10:30"),
        ("U.K.based", "uk.based"),
        ("A.B and ab.c.d", "ab and ab.c.d"),
        ("Straße, Œuvre, Ærø", "strasse, œuvre, ærø"),
        ("A\tb\nC", "a\tb\nc"),
        ("1--2 1–-2", "1--2 1–-2"),
        ("x−1, A4-5", "x-1, a4 5"),
        ("U.K.\u0345 U.K.\u200b.", "uk.\u0345 uk."),
    ],
)
def test_known_answers(text: str, folded: str) -> None:
    assert fold_text(text).text == folded


@given(texts)
def test_folding_again_changes_nothing(text: str) -> None:
    folded = fold_text(text).text
    assert fold_text(folded).text == folded


@given(texts)
def test_texts_that_are_canonically_equivalent_fold_alike(text: str) -> None:
    assume("Cn" not in map(unicodedata.category, text))  # what this Python does not know, it does not normalise
    for form in ("NFC", "NFD"):
        assert fold_text(unicodedata.normalize(form, text)).text == fold_text(text).text


@given(texts, texts)
def test_folds_each_side_of_a_sign_by_itself(before: str, after: str) -> None:
    folded = fold_text(f"{before}☃{after}")
    assert folded.text == f"{fold_text(before).text}☃{fold_text(after).text}"
    at = len(fold_text(before).text)
    start, end = folded.original_span(at, at + 1)
    assert "☃" in f"{before}☃{after}"[start:end]
    assert start <= len(before) < end


def spans(folded: Folded) -> list[tuple[int, int]]:
    """Where each character comes from."""
    return [folded.original_span(at, at + 1) for at in range(len(folded.text))]


@given(texts)
def test_the_places_of_all_characters_cover_the_text_in_order(text: str) -> None:
    folded = fold_text(text)
    found = spans(folded)
    if not found:
        assert text.strip(FALLEN) == "" or all(fold_text(char).text == "" for char in text)
        return
    assert found[0][0] == 0
    assert found[-1][1] == len(text)
    for (start, end), (following, last) in pairwise(found):
        assert start <= following <= end <= last
        assert start < end
    assert folded.original_span(0, len(folded.text)) == (0, len(text))


@given(texts, st.data())
def test_a_part_stands_where_its_characters_do(text: str, data: st.DataObject) -> None:
    folded = fold_text(text)
    assume(folded.text)
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    found = spans(folded)
    assert folded.original_span(start, end) == (found[start][0], found[end - 1][1])


@given(texts)
def test_each_character_comes_from_where_it_is_said_to(text: str) -> None:
    folded = fold_text(text)
    for char, (start, end) in zip(folded.text, spans(folded), strict=True):
        if char != " ":  # between digits it may stand for a hyphen
            assert char in fold_text(text[start:end]).text


@pytest.mark.parametrize(
    ("text", "sought", "found"),
    [
        ("The CAFÉ opened.", "cafe", "CAFÉ"),
        ("The cafe\u0301 opened.", "cafe", "cafe\u0301"),
        ("In the U.K. alone", "uk", "U.K"),
        ("some 2,293 of them", "2293", "2,293"),
        ("an oﬃcer", "office", "oﬃce"),
        ("an oﬃcer", "f", "ﬃ"),
        ("the co\u00adoperation", "cooperation", "co\u00adoperation"),
        ("in 2011–12", "2011 12", "2011–12"),
        ("Über 1,000 U.K. cafe\u0301s", "cafes", "cafe\u0301s"),
    ],
)
def test_a_match_is_marked_where_it_stands(text: str, sought: str, found: str) -> None:
    folded = fold_text(text)
    start = folded.text.index(sought)
    first, last = folded.original_span(start, start + len(sought))
    assert text[first:last] == found


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 0), (1, 1), (2, 1), (0, 3), (2, 3)])
def test_there_is_no_place_for_what_is_not_in_it(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="2 characters"):
        fold_text("ab").original_span(start, end)


def numbers(text: str) -> Iterator[str]:
    """The digits of each number of a text: commas are within one only where they part its thousands."""
    for number in re.findall(r"[0-9]+(?:[.,][0-9]+)*", text):
        whole, *decimals = number.split(".")
        if re.fullmatch(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+", whole):
            whole = whole.replace(",", "")
        yield from ",".join((whole, *decimals)).split(",")


@given(texts)
def test_numbers_are_never_joined_or_altered(text: str) -> None:
    seen = "".join(char for char in text if fold_text(char).text)  # what does not show parts no digits
    assert re.findall(r"[0-9]+", fold_text(text).text) == list(numbers(seen))


@given(texts)
def test_all_other_digits_and_fractions_stay(text: str) -> None:
    def kept(text: str) -> list[str]:
        return [char for char in text if unicodedata.category(char) in ("Nd", "No") and not char.isascii()]

    assert kept(fold_text(text).text) == kept(text)


def test_the_rule_is_the_same_whatever_python_runs_it() -> None:
    """Between letters, between digits and alone: were any of Python's own tables asked, the digest would differ."""
    table = _FoldingTable()
    every = sorted({*map(chr, range(0x3100)), *table.folded, *table.marks, *table.bare})
    folded = (fold_text(f"A{char}b {char} 1{char}2 {char}.{char}.").text for char in every)
    assert hashlib.sha256("\n".join(folded).encode()).hexdigest() == DIGEST
