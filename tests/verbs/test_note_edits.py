"""Notes are written, changed, settled, brought back and destroyed without a window, on the window's own file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from viewer.errors import NotesTrouble

FINDING = "indecent-images.f2"


@pytest.fixture
def listed(run: Callable[..., Result]) -> Callable[..., list[dict[str, Any]]]:
    """What `notes list` or another verb says in JSON."""

    def call(*words: str, home: str = "home") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(run(*(words or ("list",)), "--json", home=home).stdout)
        return found

    return call


@pytest.fixture
def uuid(run: Callable[..., Result]) -> str:
    """A note, "First"; its id."""
    made: str = json.loads(run("add", "--item", FINDING, "--text", "First", "--tag", "p2p", "--json").stdout)["id"]
    return made


def exchanged(run: Callable[..., Result], tmp_path: Path, giver: str, taker: str) -> Result:
    out = tmp_path / f"{giver}-{taker}.json"
    run("export", "-o", str(out), "--replace", home=giver)
    return run("import", str(out), "--yes", home=taker)


def test_a_note_is_written_on_an_item_or_on_words_of_it(
    run: Callable[..., Result], listed: Callable[..., list[dict[str, Any]]], uuid: str
) -> None:
    (row,) = listed()
    assert (row["id"], row["text"], row["tags"], row["both_changed"]) == (uuid, "First", ["p2p"], False)
    words = row["quote"][:20]
    assert run("add", "--item", FINDING, "--quote", words, "--colour", "2").stdout.endswith("added.\n")
    assert words in [one["quote"] for one in listed()]
    with pytest.raises(NotesTrouble, match="do not stand in"):
        run("add", "--item", FINDING, "--quote", "no such words", "--colour", "2")
    assert run("add", "--text", "nowhere").exit_code == 2
    assert len(listed()) == 2


def test_a_note_is_changed_and_its_versions_listed(
    run: Callable[..., Result], listed: Callable[..., list[dict[str, Any]]], uuid: str
) -> None:
    run("edit", uuid[:8], "--text", "Second", "--bookmark")
    (row,) = listed()
    assert (row["text"], row["bookmark"], row["tags"]) == ("Second", True, ["p2p"])
    history = listed("history", uuid)
    assert [(one["text"], one["standing"]) for one in history] == [("Second", "stands"), ("First", "former")]
    assert history[0]["parents"] == [history[1]["version"]]
    run("bring-back", uuid, history[1]["version"][:8])
    assert listed()[0]["text"] == "First"
    with pytest.raises(NotesTrouble, match="There is no note"):
        run("edit", "00000000", "--text", "x")


def test_a_removed_note_is_in_the_bin_and_comes_back(
    run: Callable[..., Result], listed: Callable[..., list[dict[str, Any]]], uuid: str
) -> None:
    run("remove", uuid)
    assert (listed(), [one["text"] for one in listed("bin")]) == ([], ["First"])
    run("bring-back", uuid)
    assert ([one["text"] for one in listed()], listed("bin")) == (["First"], [])


def test_a_note_that_both_sides_changed_says_so_until_it_is_settled_everywhere(
    run: Callable[..., Result], listed: Callable[..., list[dict[str, Any]]], uuid: str, tmp_path: Path
) -> None:
    exchanged(run, tmp_path, "home", "other")
    run("edit", uuid, "--text", "Mine")
    run("edit", uuid, "--text", "Theirs", home="other")
    exchanged(run, tmp_path, "other", "home")
    exchanged(run, tmp_path, "home", "other")
    assert [one["both_changed"] for home in ("home", "other") for one in listed("list", home=home)] == [True, True]
    assert "both changed" in run("list").stdout
    mine = next(one["version"] for one in listed("history", uuid) if one["text"] == "Mine")
    run("settle", uuid, mine)
    exchanged(run, tmp_path, "home", "other")
    for home in ("home", "other"):
        assert [(one["text"], one["both_changed"]) for one in listed("list", home=home)] == [("Mine", False)]
    with pytest.raises(NotesTrouble, match="not changed on both sides"):
        run("settle", uuid, mine)


def test_words_are_destroyed_only_once_that_was_said_twice(
    run: Callable[..., Result], listed: Callable[..., list[dict[str, Any]]], uuid: str, tmp_path: Path
) -> None:
    exchanged(run, tmp_path, "home", "other")
    assert "Nothing was written" in run("purge", uuid).stdout
    assert len(listed()) == 1
    run("purge", uuid, "--yes")
    exchanged(run, tmp_path, "other", "home")
    assert (listed(), listed("bin")) == ([], [])
    assert b"First" not in (tmp_path / "home" / "notes" / "tacsea.db").read_bytes()


def test_more_than_a_note_holds_is_refused_and_not_cut(
    run: Callable[..., Result], listed: Callable[..., list[dict[str, Any]]]
) -> None:
    with pytest.raises(NotesTrouble, match="not kept"):
        run("add", "--item", FINDING, "--text", "x" * 64_001)
    assert listed() == []
