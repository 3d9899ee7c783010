"""Did you mean: from the edition's own words, only where little is found, and never mixed in."""

from __future__ import annotations

import pytest

from viewer.search.engine import Engine
from viewer.search.messages import advice


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("groming", "grooming"),
        ("traficking", "trafficking"),
        ("traficking uk", "trafficking uk"),
        ("paedofile", "paedophile"),
        ("webcan", "webcam"),
        ("indecnt imges", "indecent images"),
        ("phonesmart", "phone smart"),
        ("facebok theme:social-networking", "facebook theme:social-networking"),
        ("vunerable", "vulnerable"),
    ],
)
def test_a_slip_of_the_finger_is_corrected(engine: Engine, typed: str, meant: str) -> None:
    answer = engine.search(typed)
    assert answer.hits == ()
    assert engine.correction(answer) == meant
    assert engine.search(meant).hits


@pytest.mark.parametrize("typed", ["grooming", "teh", "zzzzzz", "dark web", "610", '"groming"', "groming*", "SGII", ""])
def test_nothing_is_offered_where_nothing_is_near_or_nothing_wrong(engine: Engine, typed: str) -> None:
    assert engine.correction(engine.search(typed)) == ""


def test_a_word_half_typed_is_not_corrected(engine: Engine) -> None:
    assert engine.correction(engine.search("traffi", live=True)) == ""


@pytest.mark.parametrize(
    ("typed", "exact", "offered"),
    [
        ("groom", True, "With other forms of the words"),
        ("facebook theme:trafficking", False, "Without the filters"),
        ("orphanages facebook", False, "Only “facebook”"),
        ("groming", False, "Did you mean “grooming”?"),
        ("traficking facebook", False, "Only “trafficking”"),
    ],
)
def test_where_little_is_found_something_that_finds_more_is_offered(
    engine: Engine, typed: str, exact: bool, offered: str
) -> None:
    answer = engine.search(typed, exact=exact)
    offers = advice(engine, answer)
    assert any(one.text.startswith(offered) for one in offers)
    for one in offers:
        assert len(engine.search(one.typed, exact=one.exact).found) > len(answer.found)


def test_nothing_is_offered_where_enough_is_found(engine: Engine) -> None:
    assert advice(engine, engine.search("children")) == ()
