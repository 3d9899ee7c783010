"""Filters let through their own alone, say where there is no such thing, and are counted as they would find."""

from __future__ import annotations

import pytest

from viewer.bundle.bundle import Bundle
from viewer.search.engine import Engine
from viewer.search.messages import query_remarks, remarks


@pytest.mark.parametrize(
    ("typed", "holds"),
    [
        ("kind:finding", lambda hit: hit.kind == "finding"),
        ("kind:figures", lambda hit: hit.kind == "statistic"),
        ("theme:3", lambda hit: hit.theme == "indecent-images"),
        ('theme:"hidden internet"', lambda hit: hit.theme == "hidden-internet"),
        ("theme:traff kind:passage", lambda hit: hit.theme == "trafficking" and hit.kind == "passage"),
        ("-theme:3 IIOC", lambda hit: hit.theme != "indecent-images"),
        ("marking:npm", lambda hit: hit.marking == "npm"),
    ],
)
def test_a_filter_lets_through_only_its_own(engine: Engine, typed: str, holds: object) -> None:
    hits = engine.search(typed, limit=200).hits
    assert hits
    assert callable(holds)
    assert all(holds(hit) for hit in hits)


@pytest.mark.parametrize("typed", ["source:ofcom", "source:4", "tag:peer", "year:2011", "has:figure"])
def test_filters_by_source_issue_year_and_figure_find_something(engine: Engine, typed: str) -> None:
    found = engine.search(typed, limit=200).hits
    assert 0 < len(found) < 174


def test_a_year_is_found_in_the_second_half_of_a_span(engine: Engine) -> None:
    found = [hit.id for hit in engine.search("year:2012", limit=200).hits]
    assert "self-generated-imagery.distribution-routes" in found


def test_items_with_a_note_are_those_that_the_reader_noted(engine: Engine) -> None:
    noted = frozenset({"trafficking.p1", "hidden-internet.f1", "gone-from-this-edition.p9"})
    assert {hit.id for hit in engine.search("has:note", noted=noted).hits} == {"trafficking.p1", "hidden-internet.f1"}
    assert not engine.search("has:note").hits


@pytest.mark.parametrize("typed", ["theme:nowhere", "kind:picture", "has:luck", "tag:none", "source:zz", "marking:top"])
def test_a_filter_that_fits_nothing_is_named(engine: Engine, sample: Bundle, typed: str) -> None:
    answer = engine.search(f"{typed} grooming")
    assert answer.hits == ()
    assert [str(chosen) for chosen in answer.unknown] == [typed]
    assert typed.partition(":")[2] in query_remarks(answer, sample)[0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("theme:nowhere", "This edition has no theme “nowhere”; there are Aim and scope, "),
        ("kind:picture", "There is no kind “picture” of item; there are finding, recommendation, statistic and "),
        ("tag:none", "This edition has no issue “none”; there are "),
        ("source:zz", "This edition has no source “zz”; its sources are numbered 1 to 24."),
        ("marking:top", "This edition has no marking “top”; there are npm, protect, restricted and confidential."),
        ("has:luck", "There is no filter “has:luck”; there are has:figure and has:note."),
    ],
)
def test_where_there_is_no_such_filter_it_is_said_what_there_is_and_nothing_else(
    engine: Engine, sample: Bundle, typed: str, said: str
) -> None:
    [remark] = remarks(engine.search(f"{typed} grooming"), sample)
    assert remark.startswith(said)


def test_counts_by_filter_are_those_that_the_filter_would_give(engine: Engine) -> None:
    facets = engine.facets(engine.search("reports")).counts
    checked = 0
    for name in ("kind", "theme", "tag", "source", "year", "marking", "has"):
        for value, count in facets.get(name, {}).items():
            assert len(engine.search(f"reports {name}:{value}").found) == count, (name, value)
            checked += 1
    assert checked > 20
