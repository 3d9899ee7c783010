"""What the verbs say of the edition that they read, and of the record of editions seen."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from viewer import paths
from viewer.cli import main
from viewer.editions.opening import ReaderSession
from viewer.editions.shelf import Shelf
from viewer.paths import SERIALS_FILE
from viewer.signing.trust import Trust

Said = tuple[str, str]
EVERYBODY = ("--ceiling", "restricted", "--holds", "fenmark-eyes", "--holds", "no-carriers")
Run = Callable[..., Said]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A reader's folder, not made yet."""
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a verb that succeeds: gives what it said, and what it warned of, without the sample's own review date."""

    def call(*words: object) -> Said:
        assert main([*map(str, words), "--home", str(home)]) == 0
        said = capsys.readouterr()
        warned = [line for line in said.err.splitlines(keepends=True) if "review date" not in line]
        return said.out, "".join(warned)

    return call


def test_case_13_no_record_is_missed_where_an_edition_was_only_kept(run: Run) -> None:
    run("shelf", "add", paths.sample())
    assert run("statistics")[1] == ""
    assert run("search", "trafficking")[1] == ""


@pytest.mark.parametrize("fault", ["missing", "damaged"])
@pytest.mark.parametrize("words", [("statistics",), ("search", "trafficking"), ("notes", "list")])
def test_case_13_what_is_wrong_with_the_record_is_said_once_and_mended(
    run: Run, home: Path, fault: str, words: tuple[str, ...]
) -> None:
    run("shelf", "add", paths.sample())
    record = home / SERIALS_FILE
    record.unlink() if fault == "missing" else record.write_text("garbage", encoding="utf-8")
    run("shelf", "list")
    run("shelf", "add", paths.sample())
    assert f"is {fault}; " in run(*words)[1], "not lost on the way"
    assert record.is_file()
    assert (home / f"{SERIALS_FILE}.damaged-1").is_file() == (fault == "damaged")
    assert run(*words)[1] == ""


def test_case_13_verify_says_it_among_its_warnings_once(run: Run, home: Path) -> None:
    run("shelf", "add", paths.sample())
    (home / SERIALS_FILE).unlink()
    said = [json.loads(run("verify", paths.sample(), "--json")[0])["warnings"] for _ in range(2)]
    assert ["is missing" in " ".join(warnings) for warnings in said] == [True, False]


def test_says_which_edition_answers_where_the_one_opened_last_is_gone(run: Run, home: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick.db"
    shutil.copy(paths.sample(), stick)
    ReaderSession.start(home).open(stick)
    assert run("statistics", "--json")[1] == ""
    stick.unlink()
    said, warned = run("statistics", "--json")
    assert warned == "Warning: stick.db was opened last and cannot be found; this is TACSEA 2012/13, serial 2.\n"
    assert json.loads(said)["edition"] == "TACSEA 2012/13"
    assert run("statistics", "--bundle", paths.sample())[1] == "", "asked for by name"


def test_says_that_a_newer_kept_edition_answers(
    exercise_files: tuple[Path, Path], trust: Trust, home: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setattr("viewer.editions.opening.load_trust", lambda _: trust)
    session = ReaderSession.start(home)
    first = Shelf(session).add(exercise_files[0])
    session.open(first.path)
    assert run("statistics", *EVERYBODY)[1] == ""
    Shelf(session).add(exercise_files[1])
    warning = "Warning: exercise/1 was opened last and is older; this is EXERCISE 2 (invented), serial 2.\n"
    assert run("statistics", *EVERYBODY)[1] == warning


def test_says_nothing_of_that_before_anything_was_opened(run: Run) -> None:
    assert run("statistics")[1] == ""
