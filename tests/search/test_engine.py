"""Hits: what an officer means comes first, every hit says why, and no input raises."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.conftest import LookThrough
from viewer.bundle.bundle import Bundle
from viewer.search.engine import Engine
from viewer.search.index import Cancelled
from viewer.search.messages import query_remarks, summary
from viewer.text.folded import fold_text
from viewer.text.wording import count as counted

# (typed, the first hits expected). An officer looks a thing up half-remembered: a theme by its name, a figure by its
# number, an abbreviation for what it stands for.
MEANT = [
    # themes by their names
    ("hidden internet", ["hidden-internet", "hidden-internet.paedophile-use"]),
    ("trafficking", ["trafficking"]),
    ("social networking", ["social-networking"]),
    ("gangs", ["groups-and-gangs", "groups-and-gangs.types"]),
    ("groups and gangs", ["groups-and-gangs"]),
    ("indecent images", ["indecent-images", "self-generated-imagery"]),
    ("indecent images of children", ["indecent-images"]),
    ("video chat", ["random-video-chat"]),
    ("overseas", ["offending-overseas"]),
    ("vulnerable", ["online-vulnerability"]),
    ("priorities", ["years-priorities"]),
    # abbreviations, from either side
    ("IIOC", ["indecent-images", "indecent-images.industry-reports", "indecent-images.producers-rise"]),
    ("SGII", ["self-generated-imagery.freely-produced", "self-generated-imagery.older-teenagers"]),
    ("GGACSE", ["groups-and-gangs.f3", "groups-and-gangs.f1"]),
    ("national crime agency", ["aim-and-scope.p7", "aim-and-scope.nca-start"]),
    ("UKHTC", ["trafficking.p9", "trafficking"]),
    ("peer to peer", ["indecent-images.p3", "indecent-images"]),
    ("p2p", ["indecent-images.p3", "indecent-images.p2p-users"]),
    # figures by their numbers, as they are written
    ("24.8 million", ["social-networking.facebook-users", "social-networking.p2"]),
    ("63%", ["online-vulnerability.risks-met", "online-vulnerability.p6"]),
    ("610", ["indecent-images.industry-reports", "indecent-images.report-counts"]),
    ("2,293", ["self-generated-imagery.report-sample", "self-generated-imagery.p7"]),
    ("2293", ["self-generated-imagery.report-sample", "self-generated-imagery.p7"]),
    ("25000 children", ["online-vulnerability.study-size"]),
    ("30%", ["indecent-images.f3", "indecent-images.producers-rise"]),
    ("80 per cent", ["overall-picture"]),
    ("61 notifications", ["offending-overseas.arrest-notifications"]),
    # what was measured
    ("facebook", ["social-networking.facebook-to-twitter", "social-networking.facebook-users"]),
    ("arrests abroad", ["offending-overseas.arrest-notifications", "offending-overseas.p1"]),
    ("smart phone", ["self-generated-imagery.p10", "self-generated-imagery.smart-phones-in-company"]),
    ("grooming", ["social-networking.grooming-setting", "social-networking"]),
    ("girls and boys", ["online-vulnerability.girls-and-boys", "online-vulnerability.p7"]),
    ("stranger danger", ["overall-picture.perceived-risk", "overall-picture.p4"]),
    # half-remembered words, forms and spellings
    ("teachers", ["offending-overseas.p9"]),
    ("organized crime", ["aim-and-scope.p8"]),
    ("behavior", ["online-vulnerability.risks-met"]),
    ("coerced by threats", ["online-vulnerability.p1", "online-vulnerability.f3"]),
    ("webcams", ["random-video-chat"]),
    ("password", ["online-vulnerability.p4"]),
    ("orphanages", ["offending-overseas.p7", "offending-overseas.p6"]),
    ("cambodia", ["offending-overseas.p3", "offending-overseas.common-countries"]),
    ('"hidden internet" -uk', ["hidden-internet.unlawful-sites", "hidden-internet.f2"]),
    ("twitter OR facebook", ["social-networking.facebook-to-twitter"]),
    ("victims kind:finding", ["groups-and-gangs.f3", "groups-and-gangs.f2"]),
    ("theme:trafficking sex", ["trafficking.p5", "trafficking.victim-sex"]),
    ("tag:smart-phones", ["self-generated-imagery.smart-phones-in-company", "self-generated-imagery.p10"]),
]


@pytest.mark.parametrize(("typed", "first"), MEANT, ids=[typed for typed, _ in MEANT])
def test_what_an_officer_means_comes_first(engine: Engine, typed: str, first: list[str]) -> None:
    assert [hit.id for hit in engine.search(typed).hits][: len(first)] == first


@pytest.mark.parametrize("typed", [typed for typed, _ in MEANT])
def test_the_index_leads_to_what_a_look_through_all_texts_finds(
    engine: Engine, look_through: LookThrough, typed: str
) -> None:
    assert engine.search(typed).found == look_through(typed)


def test_what_is_read_beforehand_changes_no_answer(engine: Engine, sample: Bundle) -> None:
    warmed = Engine(sample)
    warmed.warm()
    for typed in (*(typed for typed, _ in MEANT), "cambodia", "the", "images -the", "kind:finding"):
        for live in (False, True):
            one, other = warmed.search(typed, live=live), engine.search(typed, live=live)
            assert (one.hits, one.found) == (other.hits, other.found), typed


@pytest.mark.parametrize("typed", ["2", "8", "2012", "NGOs", "-2 peer"])
def test_neither_more_nor_less_is_found_than_the_texts_hold(
    engine: Engine, look_through: LookThrough, typed: str
) -> None:
    assert engine.search(typed).found == look_through(typed)
    assert len(engine.search(typed, limit=200).hits) == len(look_through(typed))


def test_what_each_abbreviation_stands_for_and_the_abbreviation_find_each_other(engine: Engine, sample: Bundle) -> None:
    both = 0
    for term in sample.terms():
        short, full = (engine.search(typed, limit=200) for typed in (term.abbreviation, term.expansion))
        assert {hit.id for hit in short.hits} <= {hit.id for hit in full.hits}, term
        literal = engine.search(f'"{term.expansion}"', exact=True, limit=200)
        assert {hit.id for hit in literal.hits} <= {hit.id for hit in short.hits}, term
        assert len(short.hits) == len(short.found), term
        assert len(full.hits) == len(full.found), term
        both += bool(short.hits)
    assert both > 12


@pytest.mark.parametrize("live", [False, True])
def test_an_abbreviation_is_found_in_the_plural_too(engine: Engine, live: bool) -> None:
    [hit] = engine.search("non-governmental organisation", live=live).hits
    assert hit.reason == "abbreviation NGO"
    assert "NGOs" in {hit.snippet[start:end] for start, end in hit.spans}


@pytest.mark.parametrize("typed", ["gr", "indecent im", "24.", "traf", "peer-to", "facebook OR tw", "arrest ab"])
def test_the_same_is_true_while_words_are_typed(engine: Engine, look_through: LookThrough, typed: str) -> None:
    assert engine.search(typed, live=True).found == look_through(typed, live=True) != ()


@pytest.mark.parametrize("word", ["grooming", "vulnerability", "trafficking", "photographs", "anonymity"])
def test_hits_come_from_the_second_letter_on_and_stay_until_the_word_is_whole(engine: Engine, word: str) -> None:
    whole = {hit.id for hit in engine.search(word, exact=True, limit=200).hits}
    for end in range(2, len(word) + 1):
        assert whole <= {hit.id for hit in engine.search(word[:end], live=True, limit=400).hits}, word[:end]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("indecent images of children", "abbreviation IIOC"),
        ("P2P", "P2P in full: peer-to-peer"),
        ("organized crime", "spelling “organised”"),
        ("groomed", "word form “grooming”"),
        ("organization", "word form “organised”"),  # the text has not “organisation” itself
        ("victimisation", "word form “victims”"),
        ("travelling", "word form “travel”"),
    ],
)
def test_a_hit_says_why_it_is_one(engine: Engine, typed: str, reason: str) -> None:
    assert reason in [hit.reason for hit in engine.search(typed).hits]


def test_a_hit_of_the_words_as_typed_needs_no_reason(engine: Engine) -> None:
    assert engine.search("grooming").hits[0].reason == ""


@pytest.mark.parametrize("typed", [typed for typed, _ in MEANT])
def test_what_is_marked_is_in_the_words_shown(engine: Engine, typed: str) -> None:
    for hit in engine.search(typed).hits:
        for text, spans in ((hit.snippet, hit.spans), (hit.title, hit.title_spans)):
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert [text[start:end].strip() for start, end in spans] == [text[start:end] for start, end in spans]
        if engine.search(typed).query.clauses:
            assert hit.spans or hit.title_spans


def test_marks_stand_on_the_words_themselves(engine: Engine) -> None:
    for hit in engine.search("grooming").hits:
        assert all(fold_text(hit.snippet[start:end]).text.startswith("groom") for start, end in hit.spans)


def test_exact_words_find_no_other_forms(engine: Engine) -> None:
    assert engine.search("groom").hits
    assert not engine.search("groom", exact=True).hits
    assert len(engine.search("grooming", exact=True).found) < len(engine.search("grooming").found)
    assert len(engine.search("IIOC", exact=True).found) < len(engine.search("IIOC").found)


@pytest.mark.parametrize(
    ("typed", "exact", "said"),
    [
        ("peer to p", False, "Nothing matches “peer to p” as it stands. “peer to”: "),
        ("indecent ima", False, "Nothing matches “indecent ima” as it stands. Words beginning with “ima”: "),
        ("traffick", True, "Nothing matches “traffick” as it stands. Words beginning with “traffick”: "),
        ("-theme:3 victi", False, "Nothing matches “-theme:3 victi” as it stands. Words beginning with “victi”: "),
    ],
)
def test_words_not_typed_to_their_end_find_no_less_than_while_they_were_typed(
    engine: Engine, typed: str, exact: bool, said: str
) -> None:
    assert not engine.search(typed, exact=exact, limit=200).found
    whole = engine.search_complete(typed, exact=exact, limit=200)
    half = engine.search(typed, exact=exact, live=True, limit=200)
    assert whole.loosened
    assert whole.hits == half.hits != ()
    assert summary(whole) == said + counted(len(whole.found), "match", "matches")
    assert not whole.query.live


@pytest.mark.parametrize("typed", ["grooming", "groming", "kind:picture", "theme:3 xyzzy", "-peer", "", "xyzzy*"])
def test_words_are_read_as_beginnings_only_where_that_finds_something_new(engine: Engine, typed: str) -> None:
    assert not engine.search_complete(typed).loosened
    assert engine.search_complete(typed) == engine.search(typed)


def test_a_number_is_found_as_written_and_not_inside_another(engine: Engine) -> None:
    assert engine.search("293").hits == ()
    assert engine.search("2,293").hits
    assert engine.search("63%").hits
    assert all("63%" in hit.snippet for hit in engine.search("63%").hits)


def test_only_words_to_leave_out_find_nothing_and_say_so(engine: Engine, sample: Bundle) -> None:
    answer = engine.search("-grooming")
    assert answer.hits == ()
    assert "leave out" in query_remarks(answer, sample)[0]
    assert summary(answer) == "Add what to look for."


def test_a_newer_question_stops_a_search(engine: Engine) -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        engine.search("reports", check_cancelled=stop)


HOSTILE = [
    '"', '""', "AND", "OR", "NOT", "a AND", "NOT a", "NEAR(", "NEAR(a b, 3)", "col:x", "title:x", "*", "**", "-x",
    "- -", "(" * 500, "\0", "a\0b", "x" * 100_000, "x " * 50_000, "\ud800", "a\udfffb", "'; DROP TABLE entry; --",
    "{title}: a", "^a", "a + b", "a^", "\\", "%", "_", "\u202e", "é́́", "🙂", "theme:\"", "-\"", "\"*", "a*b*",
    "theme:*", "year:-1", "year:0", "year:²²²²", "٣٤", "1" * 400, "1,2,3,4", "0.0.0", "%%%", "80 per cent per cent",
    "source:\0", "has:", "-theme:3",
]  # fmt: skip


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("live", [False, True])
def test_hostile_words_are_searched_for_or_find_nothing(engine: Engine, exact: bool, live: bool) -> None:
    for typed in HOSTILE:
        engine.facets(engine.search(typed, exact=exact, live=live))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(
                ["grooming", "OR", "AND", "-", '"', "*", "(", ")", "theme:", "kind:finding", "-theme:3", "610", "63%",
                 ":", "IIOC", "indecent images of children", "chil*", "year:2011", " ", "\0", "\ud800", "NEAR", "^"]
            ),
            max_size=8,
        ).map(" ".join),
    ),
    st.booleans(),
    st.booleans(),
)  # fmt: skip
def test_no_input_raises(engine: Engine, typed: str, exact: bool, live: bool) -> None:
    answer = engine.search(typed, exact=exact, live=live)
    engine.facets(answer)
