"""Stems are those of the edition's index."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viewer.bundle.bundle import Bundle
from viewer.search.engine import Engine
from viewer.search.lexicon import STEM
from viewer.search.stems import stem
from viewer.search.terms import SearchTerm

_ENDINGS = (
    "", "s", "es", "ies", "sses", "ed", "eed", "ing", "y", "ational", "tional", "enci", "izer", "logy", "bly", "ally",
    "ently", "ely", "ously", "ization", "ation", "ator", "alism", "iveness", "fulness", "ousness", "ality", "ivity",
    "bility", "icate", "ative", "alize", "icity", "ical", "ness", "ful", "al", "ance", "er", "ic", "able", "ement",
    "ment", "ent", "ion", "sion", "tion", "ou", "ism", "ate", "ous", "ive", "ize", "e", "ll", "lle", "tt", "ing",
)  # fmt: skip
_STARTS = st.text("abcdeilmnoprstuvwxyz", min_size=1, max_size=9)


def fts_stems(words: list[str]) -> list[str]:
    """What FTS5 makes of each word."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE text USING fts5(word, tokenize='porter unicode61')")
        connection.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(text, instance)")
        connection.executemany("INSERT INTO text(rowid, word) VALUES (?, ?)", enumerate(words))
        found = dict(connection.execute("SELECT doc, term FROM stems").fetchall())
    return [found[number] for number in range(len(words))]


def test_every_word_of_the_sample_has_the_stem_that_its_index_has(sample: Bundle) -> None:
    words = [word for (word,) in sample.connection.execute("SELECT term FROM temp.plain_vocabulary")]
    assert len(words) > 1000
    assert [stem(word) for word in words] == fts_stems(words)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.builds(str.__add__, _STARTS, st.sampled_from(_ENDINGS)), min_size=1, max_size=80))
def test_made_up_words_have_the_stem_that_an_index_gives_them(words: list[str]) -> None:
    assert [stem(word) for word in words] == fts_stems(words)


@pytest.mark.parametrize("word", ["images", "relational", "viability", "ponies", "hoping", "hopping", "agreed", "is"])
def test_a_word_begins_as_its_stem_does_but_for_the_last_letter(word: str) -> None:
    root = stem(word)
    assert word.startswith(root[:-1] if len(root) > 2 else root[:1])


@given(st.lists(st.tuples(_STARTS, st.sampled_from(_ENDINGS), st.sampled_from(_ENDINGS)).map("".join), min_size=20))
@settings(max_examples=40, deadline=None)
def test_every_word_begins_with_what_all_words_of_its_stem_begin_with(words: list[str]) -> None:
    assert [word for word in words if not word.startswith(SearchTerm((word,), STEM).root)] == []


def test_every_word_of_the_edition_is_found_by_any_other_form_of_it(engine: Engine) -> None:
    words = engine.index.vocabulary
    for word in list(words.counts):
        for form in words.forms(word):
            assert SearchTerm((form,), STEM).spans(word) == [(0, len(word))], (form, word)
