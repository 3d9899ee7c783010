"""The words of titles find their entries, in all forms and beginnings that a search asks for."""

from __future__ import annotations

import pytest

from viewer.search.engine import Engine
from viewer.search.plan import Requirement


def requirements(engine: Engine, typed: str, *, live: bool = False) -> tuple[Requirement, ...]:
    """What a search asks for."""
    return engine._plan(typed, exact=False, live=live).wanted


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize("typed", ["images", "report", "IIOC", "peer to peer", "smart phone", "traffick*", "610", "gr"])
def test_no_title_that_matches_is_left_out(engine: Engine, typed: str, live: bool) -> None:
    titles = engine.texts.titles
    for requirement in requirements(engine, typed, live=live):
        met = {number for number, title in titles.titles.items() if requirement.is_met(title)}
        assert met <= titles.meeting(requirement)


def test_a_word_that_no_title_has_finds_none(engine: Engine) -> None:
    [wanted] = requirements(engine, "zeppelin")
    assert engine.texts.titles.meeting(wanted) == set()
