"""Filters let through their own alone, say where there is no such thing, and are counted as they would find."""

from __future__ import annotations

import pytest

from viewer.bundle.bundle import Bundle
from viewer.search.engine import Engine
from viewer.search.messages import advice, query_remarks, remarks


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


@pytest.fixture(scope="module")
def invented(exercise: tuple[Bundle, Bundle]) -> Engine:
    """An engine on the second invented edition, which has scales, handling caveats and the publisher's numbers."""
    return Engine(exercise[1])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("likelihood:likely", {"asked-fees.f1"}),
        ("likelihood:unlikely", set()),
        ("confidence:moderate", {"asked-fees.f1", "copied-codes.f1"}),
        ('confidence:"Moderate Confidence" likelihood:likely', {"asked-fees.f1"}),
        ("label:r1", {"asked-fees.r1"}),
        ("label:1.1", {"asked-fees"}),
        ('caveat:"not for carriers"', {"asked-fees.r2"}),
        ("kind:recommendation -caveat:no-carriers", {"asked-fees.r1"}),
        ("kind:recommendation carriers", {"asked-fees.r1"}),
        ('"by the end of 2026"', {"asked-fees.r1"}),
    ],
)
def test_what_is_new_in_format_2_is_found(invented: Engine, typed: str, found: set[str]) -> None:
    answer = invented.search(typed, limit=200)
    assert answer.unknown == ()
    assert {hit.id for hit in answer.hits} == found


def test_what_stands_in_a_theme_under_a_caveat_is_under_it_too(invented: Engine) -> None:
    found = {hit.theme for hit in invented.search("caveat:fenmark", limit=200).hits}
    assert found == {"asked-fees"}
    assert invented.search("caveat:fenmark").found == invented.search("theme:asked-fees").found


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("likelihood:sure", "Nothing is judged by a likelihood “sure”; there are unlikely, about as likely as not, "),
        ("confidence:none", "Nothing is judged by a confidence “none”; there are low confidence, moderate "),
        ("caveat:none", "This edition has no handling caveat “none”; there are fenmark-eyes (FENMARK EYES ONLY) and "),
        ("label:99", "Nothing in this edition is numbered “99”."),
    ],
)
def test_what_there_is_of_it_is_said(invented: Engine, exercise: tuple[Bundle, Bundle], typed: str, said: str) -> None:
    [remark] = remarks(invented.search(f"{typed} lockers"), exercise[1])
    assert remark.startswith(said)


@pytest.mark.parametrize("typed", ["likelihood:likely", "confidence:low", "caveat:none", "label:1"])
def test_an_edition_without_scales_and_caveats_says_that_there_are_none(sample_1: Bundle, typed: str) -> None:
    engine = Engine(sample_1)
    assert engine.facets(engine.search("reports")).counts["caveat"] == {}
    if not typed.startswith("label"):
        [remark] = remarks(engine.search(f"{typed} reports"), sample_1)
        assert remark.endswith("there are none.")


def test_what_is_judged_and_handled_is_counted_as_the_filter_would_give(invented: Engine) -> None:
    facets = invented.facets(invented.search("the", limit=1)).counts
    for name in ("likelihood", "confidence", "caveat"):
        assert facets[name]
        for value, number in facets[name].items():
            assert len(invented.search(f"the {name}:{value}").found) == number, (name, value)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("R1", "Numbered “R1”: 1 match"),
        ("Likely", "By likelihood “Likely”: 1 match"),
        ("moderate  confidence", "By confidence “moderate confidence”: 2 matches"),
        ("not for carriers", "Under the handling caveat “not for carriers”: 1 match"),
    ],
)
def test_what_is_called_just_as_was_typed_is_offered(invented: Engine, typed: str, offered: str) -> None:
    [first, *_] = advice(invented, invented.search(typed))
    assert first.text == offered
    matches = len(invented.search(first.typed).found)
    assert offered.endswith(f": {matches} match" + ("es" if matches > 1 else ""))


def test_words_that_readers_type_lead_to_the_term(invented: Engine) -> None:
    whole = {hit.id for hit in invented.search("OTC", limit=200).hits}
    for typed in ("pick-up code", "pick-up codes", "pickup code"):
        assert whole
        assert whole <= {hit.id for hit in invented.search(typed, limit=200).hits}, typed
