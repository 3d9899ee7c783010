"""What may be laid out is decided once, before layout, and an unknown marking is never taken for the lowest."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.dissemination.audience import Audience, UnknownAudience, cut_for_audience, withheld_reasons
from viewer.dissemination.markings import highest_marking
from viewer.model import Marking

SCHEME = tuple(
    Marking(code=code, level=level, label=code.upper(), colour="#000000", ink="#FFFFFF")
    for level, code in enumerate(("low", "middle", "high"))
)


@dataclass(frozen=True)
class Thing:
    marking: str


@dataclass(frozen=True)
class NumberedThing(Thing):
    number: int


@pytest.mark.parametrize(
    ("ceiling", "kept"),
    [("low", ["low"]), ("middle", ["low", "middle"]), ("high", ["low", "middle", "high"])],
)
def test_keeps_what_is_not_above_the_ceiling(ceiling: str, kept: list[str]) -> None:
    things = [Thing("low"), Thing("middle"), Thing("high"), Thing("unheard"), Thing("")]
    assert [thing.marking for thing in cut_for_audience(things, SCHEME, Audience(ceiling=ceiling)).allowed] == kept


def test_withholds_an_unknown_marking_from_everybody() -> None:
    found = cut_for_audience([Thing("LOW"), Thing("")], SCHEME, Audience(ceiling="high"))
    assert found.allowed == ()
    assert withheld_reasons(found.withheld) == (("marking not known", 2),)


def test_refuses_an_unknown_audience() -> None:
    with pytest.raises(UnknownAudience, match="no marking “public”"):
        cut_for_audience([], SCHEME, Audience(ceiling="public"))


@given(st.lists(st.sampled_from(["low", "middle", "high", "other"])), st.sampled_from(["low", "middle", "high"]))
def test_loses_nothing_and_lets_nothing_past(codes: list[str], ceiling: str) -> None:
    levels = {marking.code: marking.level for marking in SCHEME}
    found = cut_for_audience(map(Thing, codes), SCHEME, Audience(ceiling=ceiling))
    assert len(found.allowed) + len(found.withheld) == len(codes)
    assert all(levels[thing.marking] <= levels[ceiling] for thing in found.allowed)
    assert highest_marking(found.allowed, SCHEME).level <= levels[ceiling]


def test_says_why_the_highest_first() -> None:
    found = cut_for_audience(map(Thing, ("high", "middle", "high", "odd")), SCHEME, Audience(ceiling="low"))
    assert withheld_reasons(found.withheld) == (("marking not known", 1), ("marked HIGH", 2), ("marked MIDDLE", 1))


def test_withholds_what_bears_a_handling_caveat_whatever_the_level() -> None:
    held = {"low": ("eyes",), "middle": (), "high": ("eyes",)}
    found = cut_for_audience(
        map(Thing, held), SCHEME, Audience(ceiling="middle"), caveats=lambda thing: held[thing.marking]
    )
    assert [thing.marking for thing in found.allowed] == ["middle"]
    assert withheld_reasons(found.withheld) == (("marked HIGH", 1), ("under a handling caveat", 1))


@given(
    st.lists(st.tuples(st.sampled_from(["low", "middle", "high"]), st.frozensets(st.sampled_from("abc")))),
    st.sampled_from(["low", "middle", "high"]),
    st.frozensets(st.sampled_from("abc")),
)
def test_an_audience_holds_every_caveat_of_what_it_may_see(
    things: list[tuple[str, frozenset[str]]], ceiling: str, held: frozenset[str]
) -> None:
    levels = {marking.code: marking.level for marking in SCHEME}
    caveats = {at: borne for at, (_, borne) in enumerate(things)}
    marked = [NumberedThing(code, at) for at, (code, _) in enumerate(things)]
    audience = Audience(ceiling=ceiling, caveats=tuple(held))
    found = cut_for_audience(marked, SCHEME, audience, caveats=lambda thing: caveats[thing.number])
    fit = [thing for thing in marked if levels[thing.marking] <= levels[ceiling] and caveats[thing.number] <= held]
    assert list(found.allowed) == fit
    assert len(found.withheld) == len(marked) - len(fit)
