"""One way to name a theme, for every verb that takes one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from viewer import paths
from viewer.bundle.bundle import Bundle
from viewer.cli import main
from viewer.errors import NotFound
from viewer.verbs.themes import theme_named

SAMPLE = str(paths.sample())
Given = Callable[[str], set[str]]


@pytest.mark.parametrize(
    ("word", "theme"),
    [
        ("indecent-images", "indecent-images"),
        ("3", "indecent-images"),
        ("c3", "overall-picture"),
        ("E3", "social-networking"),
        ("Vulnerability online", "online-vulnerability"),
        ("traffick", "trafficking"),
        ("VIDEO", "random-video-chat"),
        ("anonymity", "hidden-internet"),
    ],
)
def test_finds_a_theme_by_id_label_or_name(sample_1: Bundle, word: str, theme: str) -> None:
    assert theme_named(word, sample_1) == theme


def test_names_the_themes_there_are_where_none_is_meant(sample_1: Bundle) -> None:
    with pytest.raises(NotFound, match=r"no theme “nowhere”; there are C1 Aim and scope, .* and 5 Groups and gangs\."):
        theme_named("nowhere", sample_1)


def test_does_not_choose_between_two(sample: Bundle) -> None:
    with pytest.raises(NotFound, match="more than one theme: overall-picture or offending-overseas"):
        theme_named("over", sample)


def test_finds_themes_that_only_one_of_two_editions_has(exercise: tuple[Bundle, Bundle]) -> None:
    one, two = exercise
    assert theme_named("3", two, one) == theme_named("losses", one, two) == "depot-losses"
    with pytest.raises(NotFound):
        theme_named("3", one)


@pytest.fixture
def given(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> dict[str, Given]:
    """The themes of what each verb gives for a word after --theme."""

    def document(*words: str) -> list[dict[str, str]]:
        assert main([*words, "--json"]) == 0
        printed = json.loads(capsys.readouterr().out)
        found: list[dict[str, str]] = (
            printed if isinstance(printed, list) else printed.get("hits") or printed["statistics"]
        )
        return found

    def sheet(word: str) -> set[str]:
        out = str(tmp_path / f"{word}.md")
        (written_sheet,) = document("sheet", "--bundle", SAMPLE, "--theme", word, "-o", out)
        return {item.partition(".")[0] for item in written_sheet["items"]}

    def statistics(word: str) -> set[str]:
        found = document("statistics", "--bundle", SAMPLE, "--theme", word)
        return {one["id"].partition(".")[0] for one in found}

    def search(word: str) -> set[str]:
        return {hit["theme"] for hit in document("search", "children", "--bundle", SAMPLE, "--theme", word)}

    return {"sheet": sheet, "statistics": statistics, "search": search}


@pytest.mark.parametrize("verb", ["sheet", "statistics", "search"])
def test_every_verb_takes_id_number_and_name_alike(given: dict[str, Given], verb: str) -> None:
    assert [given[verb](word) for word in ("indecent-images", "3", "Indecent")] == [{"indecent-images"}] * 3


@pytest.mark.parametrize(
    "words", [("sheet", "-o", "x.md"), ("statistics",), ("search", "x"), ("changes", SAMPLE, SAMPLE)]
)
def test_every_verb_refuses_a_theme_that_is_not_there(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--theme", "nowhere"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "no theme “nowhere”; there are " in shown.err
