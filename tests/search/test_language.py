"""Words compare without case and accents, and have other spellings and abbreviations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.model import Term
from viewer.search.language import Glossary, spellings, tokens
from viewer.text.folding import fold


@given(st.text())
def test_folding_leaves_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


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
def test_words_are_those_of_the_index(text: str, words: tuple[str, ...]) -> None:
    assert tokens(text) == words


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
