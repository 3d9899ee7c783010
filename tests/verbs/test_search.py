"""`main.py search` gives the hits of the window, in its order."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.bundle.bodies import altered
from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.cli import main
from viewer.errors import NotFound
from viewer.paths import resources
from viewer.publish.build import build_body
from viewer.publish.drafts import read_drafts
from viewer.search.engine import Engine
from viewer.search.sections import sections
from viewer.signing.trust import Trust
from viewer.verbs import run_verb, search


@pytest.fixture
def ask(sample: Bundle, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs the verb on the sample edition and gives what it printed."""
    monkeypatch.setattr(search, "opened_for_reading", lambda *_: SimpleNamespace(bundle=sample, home=paths.home()))

    def run(*words: str) -> str:
        assert run_verb(["search", *words]) == 0
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("typed", ["grooming", "IIOC", "24.8 million", '"hidden internet" -uk', "-gangs groups"])
def test_the_hits_are_those_of_the_window_in_its_order(ask: Any, sample: Bundle, typed: str) -> None:
    found = json.loads(ask(typed, "--json"))
    expected = [hit for one in sections(Engine(sample).search(typed).hits) for hit in one.hits]
    assert [hit["id"] for hit in found["hits"]] == [hit.id for hit in expected]
    assert found["matches"] == len(Engine(sample).search(typed).found)


def test_a_hit_has_all_that_is_known_of_it(ask: Any) -> None:
    hit = json.loads(ask("P2P", "--json"))["hits"][0]
    assert set(hit) == {
        "id", "kind", "theme", "number", "marking", "title", "title_spans", "snippet", "spans", "score", "reason",
        "without",
    }  # fmt: skip
    start, end = hit["spans"][0]
    assert hit["snippet"][start:end] == "peer-to-peer"


def test_options_limit_the_hits(ask: Any) -> None:
    options = ("--theme", "3", "--kind", "finding", "--tag", "peer-to-peer", "--json", "--limit", "1")
    hits = json.loads(ask("IIOC", *options))["hits"]
    assert [hit["id"] for hit in hits] == ["indecent-images.f2"]


def test_options_limit_the_hits_by_judgement_and_handling(
    exercise: tuple[Bundle, Bundle], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(search, "opened_for_reading", lambda *_: SimpleNamespace(bundle=exercise[1], home=paths.home()))

    def found(*options: str) -> list[str]:
        readers = ("--ceiling", "RESTRICTED", "--holds", "FENMARK EYES ONLY", "--holds", "no-carriers")
        assert run_verb(["search", "the", *options, *readers, "--json"]) == 0
        return [hit["id"] for hit in json.loads(capsys.readouterr().out)["hits"]]

    assert found("--likelihood", "likely", "--confidence", "moderate") == ["asked-fees.f1"]
    assert found("--caveat", "not for carriers") == ["asked-fees.r2"]
    with pytest.raises(NotFound, match="likelihood “sure”"):
        run_verb(["search", "the", "--likelihood", "sure"])


def test_as_text_the_hits_stand_between_markings(ask: Any) -> None:
    lines = ask("organized", "crime").splitlines()
    assert lines[:2] == lines[:-3:-1] == ["NOT PROTECTIVELY MARKED", ""]


@pytest.mark.parametrize(
    ("option", "value", "there_is"),
    [
        ("--theme", "nosuch", "2 The hidden internet, 3 Indecent images"),
        ("--theme", "?", "2 The hidden internet, 3 Indecent images"),
        ("--kind", "picture", "finding, recommendation, statistic and passage"),
        ("--tag", 'no "such"', "Grooming, Links abroad"),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
@pytest.mark.usefixtures("ask")
def test_a_limit_that_the_edition_does_not_have_is_refused_and_what_there_is_is_named(
    option: str, value: str, there_is: str, form: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "grooming", option, value, *form]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert value.replace('"', " ").strip() in said.err
    assert there_is in said.err
    assert said.err.count(".") == said.err.count("\n") == 1


@pytest.mark.parametrize("left_out", ["-theme:3", "-photographs", "-has:figure", "-the"])
def test_a_word_to_leave_out_is_no_option_whatever_its_letters(ask: Any, sample: Bundle, left_out: str) -> None:
    found = json.loads(ask("images", left_out, "--json"))
    assert found["matches"] == len(Engine(sample).search(f"images {left_out}").found) > 0
    assert found["searched"] == f"images {left_out}"


def test_h_alone_still_asks_for_help(ask: Any) -> None:
    assert ask("-h").startswith("Usage:")


def test_as_text_each_hit_stands_under_its_theme(ask: Any) -> None:
    out = ask("organized", "crime")
    assert "\nWhy this assessment is made and what it covers" in out
    assert "Aim and scope, paragraph 8  [aim-and-scope.p8]  A likeness to organised crime: " in out
    assert "(matched: spelling “organised”)" in out


def test_where_nothing_is_found_a_correction_is_offered(ask: Any) -> None:
    out = ask("groming")
    assert "Nothing in this edition matches “groming”." in out
    assert "Did you mean “grooming”?" in out
    assert json.loads(ask("groming", "--json"))["did_you_mean"] == ["grooming"]


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_faulty_index_is_said_in_one_sentence_and_is_a_failure(
    form: tuple[str, ...], sealed: Callable[..., bytes], trust: Trust,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    sample_body = build_body(read_drafts(resources() / "drafts" / "tacsea-2012"))
    faulty = Bundle.from_bytes(sealed(altered(sample_body, "DELETE FROM plain_data WHERE id > 10")), trust)
    monkeypatch.setattr(search, "opened_for_reading", lambda *_: SimpleNamespace(bundle=faulty, home=paths.home()))
    assert main(["search", "grooming", *form]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("briefing-viewer: Faulty edition: its search index cannot be read, so search stops;")
    faulty.close()


def test_words_are_needed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run_verb(["search", "--home", str(tmp_path)]) == 2
    assert "WORDS" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "there_is"),
    [
        ("theme:nonsense", "2 The hidden internet, 3 Indecent images"),
        ("-theme:nonsense", "2 The hidden internet, 3 Indecent images"),
        ("kind:picture", "finding, recommendation, statistic and passage"),
        ('tag:"no such"', "Grooming, Links abroad"),
        ("marking:cosmic", "npm, protect"),
        ("source:999", "numbered 1 to"),
        ("has:picture", "has:figure and has:note"),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
@pytest.mark.usefixtures("ask")
def test_such_a_limit_among_the_words_is_refused_like_the_option(
    typed: str, there_is: str, form: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "grooming", typed, *form]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert there_is in said.err


@pytest.mark.parametrize("typed", ["year:1850", "theme:", "colour:red"])
def test_a_year_without_a_match_and_what_is_no_limit_are_searched_for(ask: Any, typed: str) -> None:
    assert "Nothing in this edition matches" in ask("grooming", typed)
