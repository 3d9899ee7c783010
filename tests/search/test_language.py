"""Words compare without case and accents, and have other spellings and abbreviations."""

# ruff: noqa: RUF001 - letters that look like others are what this is about

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.model import Term
from viewer.search.language import MARKS, Glossary, spellings, tokens
from viewer.text.folded import fold_text

PARTS = ["a", "Б", "і\u0308", "ά", "が", "한", "ש\u05b8", "'", "-", "_", "½", "7", " ", "\n", *MARKS]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Café Déjà-vu", ("cafe", "deja", "vu")),
        ("24.8 million", ("24", "8", "million")),
        ("CEOP’s", ("ceop", "s")),
        ("peer-to-peer_networks", ("peer", "to", "peer", "networks")),
        ("“…”", ()),
    ],
)
def test_a_text_is_parted_into_words(text: str, words: tuple[str, ...]) -> None:
    assert tokens(text) == words


@pytest.fixture(scope="module")
def indexed() -> Iterator[Callable[[str], tuple[str, ...]]]:
    """Gives the words that the index of words as written makes of a text."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE plain USING fts5(text, tokenize='unicode61 remove_diacritics 0')")
        connection.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(plain, instance)")

        def words_of(text: str) -> tuple[str, ...]:
            connection.execute("DELETE FROM plain")
            connection.execute("INSERT INTO plain VALUES(?)", (text,))
            return tuple(word for (word,) in connection.execute("SELECT term FROM vocabulary ORDER BY offset"))

        yield words_of


@given(st.lists(st.sampled_from(PARTS)))
def test_words_are_those_of_the_index(indexed: Callable[[str], tuple[str, ...]], parts: list[str]) -> None:
    text = "".join(parts)
    assert tokens(text) == indexed(fold_text(text).text)


def test_the_marks_within_words_are_those_of_the_index(indexed: Callable[[str], tuple[str, ...]]) -> None:
    marks = map(chr, range(0x300, 0x370))
    assert "".join(mark for mark in marks if indexed(f"б{mark}б") == (f"б{mark}б",)) == MARKS


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("organised", "organized"), ("organized", "organised"), ("behavior", "behaviour"), ("behaviours", "behaviors"),
        ("center", "centre"), ("pedophile", "paedophile"), ("program", "programme"), ("defense", "defence"),
        ("traveled", "travelled"), ("analyse", "analyze"), ("catalog", "catalogue"),
    ],
)  # fmt: skip
def test_british_and_american_spelling_find_each_other(word: str, other: str) -> None:
    assert other in spellings(word)


@pytest.mark.parametrize("word", ["grooming", "child", "internet", "uk"])
def test_a_word_with_one_spelling_has_no_other(word: str) -> None:
    assert spellings(word) == ()


def test_an_abbreviation_and_what_it_stands_for_find_each_other() -> None:
    glossary = Glossary([Term(abbreviation="IIOC", expansion="indecent images of children")])
    assert glossary.expansions(("iioc",)) == [("indecent images of children", ("indecent", "images", "of", "children"))]
    assert glossary.abbreviations(("indecent", "image", "of", "child")) == []
    assert glossary.abbreviations(("indecent", "image", "of", "children")) == [("IIOC", ("iioc",))]
    assert glossary.abbreviations(("indecent", "images")) == []


def test_the_plural_of_an_abbreviation_is_known() -> None:
    glossary = Glossary([Term(abbreviation="NGO", expansion="non-governmental organisation")])
    assert glossary.expansions(("ngos",))


def test_what_readers_type_for_a_term_leads_to_it_and_is_none_itself() -> None:
    glossary = Glossary([Term(abbreviation="ESP", expansion="electronic service provider", also=("web hosts", "ESP"))])
    meant = [("ESP", ("esp",)), ("electronic service provider", ("electronic", "service", "provider"))]
    assert glossary.meant(("web", "host")) == meant
    assert glossary.meant(("esp",)) == meant[1:]
    assert glossary.meant(("web",)) == glossary.abbreviations(("web", "hosts")) == []
