"""Whatever is typed becomes a Query: words, phrases, what to leave out, choices, beginnings and filters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.search.query import Filter, Query, parse, toggle_filter


def shown(query: Query) -> list[str]:
    """The clauses in a short form: `-a`, `a|b`, `"a b"`, `a*`, `#610`."""
    out = []
    for clause in query.clauses:
        words = []
        for word in clause.words:
            text = " ".join(word.tokens)
            text = f'"{text}"' if word.quoted else f"{'#' if word.number else ''}{text}{'*' if word.prefix else ''}"
            words.append(text)
        out.append(("-" if clause.negated else "") + "|".join(words))
    return out


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("grooming online", ["grooming", "online"]),
        ('"hidden internet" uk', ['"hidden internet"', "uk"]),
        ("-gangs groups", ["-gangs", "groups"]),
        ('-"stranger danger" risk', ['-"stranger danger"', "risk"]),
        ("facebook OR twitter users", ["facebook|twitter", "users"]),
        ("a OR b OR c", ["a|b|c"]),
        ("groom*", ["groom*"]),
        ("peer-to-peer", ["peer to peer"]),
        ("24.8 million", ["#24 8", "million"]),
        ("63%", ["#63"]),
        ("80 per cent", ["#80"]),
        ("2,293 reports", ["#2293", "reports"]),
        ("2011/12", ["2011 12"]),
        ("or and not", ["or", "and", "not"]),
        ("OR", ["or"]),
        ("OR a", ["or", "a"]),
        ("a OR", ["a", "or"]),
        ("AND", ["and"]),
        ("grooming AND online", ["grooming", "online"]),
        ("grooming NOT webcam", ["grooming", "-webcam"]),
        ("NOT webcam grooming", ["-webcam", "grooming"]),
        ("grooming AND NOT webcam", ["grooming", "-webcam"]),
        ('NOT "stranger danger" risk', ['-"stranger danger"', "risk"]),
        ("NOT", ["not"]),
        ("a NOT", ["a", "not"]),
        ("‘stranger danger’ risk", ['"stranger danger"', "risk"]),
        ("“stranger danger” risk", ['"stranger danger"', "risk"]),
        ("NEAR(a b)", ["near a", "b"]),
        ("col:x", ["col x"]),
        ("title:x", ["title x"]),
        ('"', []),
        ('"open phrase', ['"open phrase"']),
        ("*", []),
        ("-", []),
        ("(((", []),
        ("a\0b", ["a", "b"]),
        ("^a {b} [c]", ["a", "b", "c"]),
    ],
)
def test_what_is_typed_is_understood(typed: str, clauses: list[str]) -> None:
    assert shown(parse(typed)) == clauses


@pytest.mark.parametrize(
    ("typed", "filters"),
    [
        ("theme:3 grooming", (Filter(name="theme", value="3"),)),
        ('Theme:"hidden internet"', (Filter(name="theme", value="hidden internet"),)),
        ("-kind:passage", (Filter(name="kind", value="passage", negated=True),)),
        ("NOT kind:passage", (Filter(name="kind", value="passage", negated=True),)),
        ("theme:3 AND kind:passage", (Filter(name="theme", value="3"), Filter(name="kind", value="passage"))),
        ("year:2011 has:figure", (Filter(name="year", value="2011"), Filter(name="has", value="figure"))),
        ("theme:", ()),
        ("theme:*", ()),
        ("unknown:3", ()),
    ],
)
def test_filters_are_told_from_words(typed: str, filters: tuple[Filter, ...]) -> None:
    assert parse(typed).filters == filters


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("gr", ["gr*"]),
        ("g", []),
        ("grooming o", ["grooming"]),
        ("grooming on", ["grooming", "on*"]),
        ("grooming ", ["grooming"]),
        ('"hidden int', ['"hidden int"']),
        ("facebook OR tw", ["facebook|tw*"]),
    ],
)
def test_while_typing_the_last_word_is_a_beginning(typed: str, clauses: list[str]) -> None:
    assert shown(parse(typed, live=True)) == clauses


@pytest.mark.parametrize(
    ("typed", "chosen", "then"),
    [
        ("grooming", Filter(name="kind", value="finding"), "grooming kind:finding"),
        ("", Filter(name="theme", value="trafficking"), "theme:trafficking"),
        ("grooming kind:finding online", Filter(name="kind", value="finding"), "grooming online"),
        ("a", Filter(name="source", value="two words"), 'a source:"two words"'),
        ('source:"two words"', Filter(name="source", value="two words"), ""),
        ("a NOT theme:3 b", Filter(name="theme", value="3", negated=True), "a b"),
    ],
)
def test_a_filter_chosen_is_typed_and_chosen_again_is_taken_off(typed: str, chosen: Filter, then: str) -> None:
    assert toggle_filter(typed, chosen) == then


def test_a_very_long_search_is_cut_and_says_so() -> None:
    query = parse("word " * 20_000)
    assert query.cut
    assert len(query.clauses) == 24


@given(st.text(max_size=300), st.booleans(), st.booleans())
def test_no_input_raises(typed: str, exact: bool, live: bool) -> None:
    query = parse(typed, exact=exact, live=live)
    assert all(word.tokens for clause in query.clauses for word in clause.words)
    for clause in query.clauses:
        for word in clause.words:
            assert all(token.isalnum() for token in word.tokens)
