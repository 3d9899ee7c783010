"""Where hardly anything has all words, what has most of the rarer ones follows, and says which it is without."""

from __future__ import annotations

import pytest

from viewer.search.engine import Engine
from viewer.search.messages import summary


@pytest.mark.parametrize(
    ("typed", "first", "without"),
    [
        ("who leads on child trafficking?", "trafficking.p9", ("child",)),
        ("cambodia lighthouse", "offending-overseas.p3", ("lighthouse",)),
        ("orphanages teachers zeppelin", "offending-overseas.p9", ("orphanages", "zeppelin")),
    ],
)
def test_what_has_most_of_the_words_follows(engine: Engine, typed: str, first: str, without: tuple[str, ...]) -> None:
    answer = engine.search(typed)
    assert not answer.hits
    assert (answer.partial[0].id, answer.partial[0].without) == (first, without)
    assert "what has most of the rarer words follows" in summary(answer)


def test_matches_stand_before_what_lacks_a_word(engine: Engine) -> None:
    answer = engine.search("orphanages teaching")
    assert [hit.without for hit in answer.hits] == [()] * len(answer.found)
    assert answer.listed == answer.hits + answer.partial


def test_nothing_is_added_where_enough_matches(engine: Engine) -> None:
    assert len(engine.search("children internet").found) > 2
    assert not engine.search("children internet").partial


@pytest.mark.parametrize("typed", ["zeppelin", "zeppelin quagga", "-grooming", ""])
def test_nothing_is_added_where_nothing_is_there(engine: Engine, typed: str) -> None:
    assert not engine.search(typed).listed


def test_filters_and_words_to_leave_out_hold_for_what_lacks_a_word_too(engine: Engine) -> None:
    assert {hit.theme for hit in engine.search("child zeppelin theme:trafficking").partial} == {"trafficking"}
    kept = {hit.id for hit in engine.search("cambodia zeppelin").partial}
    left = {hit.id for hit in engine.search("cambodia zeppelin -common").partial}
    assert left < kept


@pytest.mark.parametrize("typed", ["who leads on child trafficking?", "children zeppelin", "facebook webcam phones"])
def test_what_is_listed_is_the_same_for_every_limit(engine: Engine, typed: str) -> None:
    all_hits = engine.search(typed, limit=200).listed
    for limit in (1, 2, 5, 20):
        assert engine.search(typed, limit=limit).listed == all_hits[:limit]


def test_what_is_marked_in_them_is_what_was_found(engine: Engine) -> None:
    for hit in engine.search("cambodia lighthouse").partial:
        marked = {hit.snippet[start:end].lower() for start, end in hit.spans}
        assert marked <= {"cambodia"}
