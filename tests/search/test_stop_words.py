"""Stop words say nothing of what is sought, but in capitals they are names."""

from __future__ import annotations

import pytest

from viewer.search.engine import Engine
from viewer.search.stop_words import is_stop_word


@pytest.mark.parametrize(
    ("typed", "is_one"), [("what", True), ("WHO", False), ("us", True), ("US", False), ("A", True)]
)
def test_a_word_in_capitals_is_a_name(typed: str, is_one: bool) -> None:
    assert is_stop_word(typed, typed.lower()) is is_one


def test_a_word_that_says_something_is_none() -> None:
    assert not is_stop_word("cost", "cost")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("where are the orphanages?", "orphanages"),
        ("what is known about gangs", "known gangs"),
        ("how do offenders use passwords", "offenders use passwords"),
        ("IN THE ORPHANAGES", "orphanages"),
    ],
)
def test_a_question_finds_what_its_other_words_find(engine: Engine, question: str, words: str) -> None:
    asked, plain = engine.search(question), engine.search(words)
    assert asked.found == plain.found != ()


def test_stop_words_are_never_marked(engine: Engine) -> None:
    for hit in engine.search("what are the risks of the internet").hits:
        marked = {hit.snippet[start:end].lower() for start, end in hit.spans}
        assert not marked & {"what", "are", "the", "of"}


@pytest.mark.parametrize("typed", ["the", "of the", "to be or not to be", "to"])
def test_stop_words_alone_are_sought(engine: Engine, typed: str) -> None:
    assert not any(clause.weightless for clause in engine.search(typed).query.clauses)


@pytest.mark.parametrize("typed", ['"the internet"', "the* internet", "-the internet"])
def test_stop_words_that_were_meant_are_sought(engine: Engine, typed: str) -> None:
    assert not any(clause.weightless for clause in engine.search(typed).query.clauses)


def test_exact_words_take_stop_words_too(engine: Engine) -> None:
    assert not any(clause.weightless for clause in engine.search("what the internet is", exact=True).query.clauses)
