"""`main.py search --shelf` prints what all kept editions answer, each edition's between its own markings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dissemination.marked_editions import SCHEME, items_of, marked_edition, may_see, word_of
from viewer.cli import main
from viewer.dissemination.register import Register
from viewer.editions.opening import ReaderSession
from viewer.editions.shelf import Shelf
from viewer.publish.build import build_body
from viewer.signing.trust import Trust

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, trust: Trust, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs `search --shelf`; gives its code, what it printed, and what it warned of."""
    monkeypatch.setattr(ReaderSession, "start", classmethod(lambda cls, home, _key=None: cls(home=home, trust=trust)))

    def call(*words: str) -> tuple[int, str, str]:
        code = main(["search", "--shelf", *words, "--home", str(tmp_path / "home")])
        said = capfd.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def shelf(tmp_path: Path, trust: Trust) -> Shelf:
    """An empty shelf in the home in which `run` searches."""
    return Shelf(ReaderSession(home=tmp_path / "home", trust=trust))


def documents(printed: str) -> list[dict[str, object]]:
    """Return the JSON documents that stand one after another."""
    decoder, found, at = json.JSONDecoder(), [], 0
    while at < len(printed):
        document, at = decoder.raw_decode(printed, at)
        found.append(document)
        at += len(printed[at:]) - len(printed[at:].lstrip())
    return found


def test_each_edition_stands_between_its_markings_the_newest_first(
    shelf: Shelf, run: Run, exercise_files: tuple[Path, Path], sample_file: Path
) -> None:
    for path in (*exercise_files, sample_file):
        shelf.add(path)
    code, said, _ = run("report*", "--limit", "2", "--ceiling", "restricted")
    assert code == 0
    lines = said.splitlines()
    heads = [line.split(" · ")[0] for line in lines if ", serial " in line]
    assert [head.split(", ")[1] for head in heads] == ["serial 2", "serial 2"]
    assert "(since 1 (invented))" in said
    assert lines[-1].endswith(" in 2 of 3 editions on the shelf.")
    _, said, _ = run('"December 2025"', "--ceiling", "restricted")
    (head,) = [line for line in said.splitlines() if ", serial " in line]
    assert head.endswith(" · superseded")


def test_json_gives_a_document_for_each_edition_each_a_row_of_the_register(
    shelf: Shelf, run: Run, exercise_files: tuple[Path, Path], sample_file: Path, tmp_path: Path
) -> None:
    for path in (*exercise_files, sample_file):
        shelf.add(path)
    code, said, warned = run("report*", "--json", "--limit", "3")
    found = documents(said)
    assert code == 0
    assert "editions on the shelf." in warned
    with Register.open(tmp_path / "home") as register:
        rows = register.rows()
    assert [row.issue.sheet for row in rows] == [one["document"] for one in found]
    assert [(row.issue.series, row.issue.serial) for row in rows] == [(one["series"], one["serial"]) for one in found]
    assert {one["searched"] for one in found} == {"report*"}
    assert all(set(hit) > {"id", "snippet", "since"} for one in found for hit in one["hits"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("readers", [(0, frozenset()), (1, frozenset({"eyes"})), (2, frozenset())], ids=str)
def test_no_word_above_the_ceiling_of_any_edition_leaves(
    seed: int, readers: tuple[int, frozenset[str]], shelf: Shelf, run: Run, sealed: Callable[..., bytes], tmp_path: Path
) -> None:
    made = [marked_edition(seed, serial) for serial in (1, 2)]
    for one in made:
        path = tmp_path / f"{one.edition.serial}.db"
        claims = {name: getattr(one.edition, name) for name in ("series", "serial", "issued", "review")}
        path.write_bytes(sealed(build_body(one), **claims))
        shelf.add(path)
    level, held = readers
    options = ("--ceiling", SCHEME[level].code, *(word for code in held for word in ("--holds", code)))
    withheld = {
        word_of(thing.id, one.edition.serial)
        for one in made
        for thing in (*one.themes, *items_of(one))
        if not may_see(one, thing, *readers)
    }
    for form in ((), ("--json",)):
        for typed in ("common", "kestrel*"):
            _, said, warned = run(typed, "--limit", "500", *form, *options)
            assert [word for word in withheld if word in said + warned] == []
    found = documents(run("common", "--limit", "500", "--json", *options)[1])
    newer = [hit["id"] for one in found if one["serial"] == 2 for hit in one["hits"]]  # type: ignore[attr-defined]
    expected = {one.id for one in items_of(made[1]) if may_see(made[1], one, *readers)}
    assert set(newer) == expected


def test_what_cannot_be_verified_is_named_and_the_rest_is_found(
    shelf: Shelf, run: Run, exercise_files: tuple[Path, Path], sample_file: Path
) -> None:
    altered = shelf.add(exercise_files[1]).path
    shelf.add(sample_file)
    data = bytearray(altered.read_bytes())
    data[5000] ^= 1
    altered.write_bytes(data)
    code, said, warned = run("grooming")
    assert code == 0
    assert "TACSEA 2012/13, serial 2" in said
    assert "Not searched: exercise/2. " in warned


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("grooming", "--theme", "nosuch"), "No edition on the shelf has what theme:nosuch names."),
        (("grooming", "--ceiling", "cosmic"), "No edition on the shelf has a marking or handling caveat “cosmic”."),
        (("grooming", "--holds", "nobody"), "No edition on the shelf has a marking or handling caveat “nobody”."),
        (("grooming", "--bundle", "a.db"), "--shelf and --bundle do not go together."),
    ],
)
def test_what_no_edition_has_is_refused(
    words: tuple[str, ...], said: str, shelf: Shelf, run: Run, sample_file: Path
) -> None:
    shelf.add(sample_file)
    code, printed, warned = run(*words)
    assert (code != 0, printed) == (True, "")
    assert said in warned


def test_what_one_edition_lacks_is_said_and_the_others_are_searched(
    shelf: Shelf, run: Run, exercise_files: tuple[Path, Path], sample_file: Path
) -> None:
    for path in (exercise_files[1], sample_file):
        shelf.add(path)
    code, said, warned = run("images", "--theme", "indecent-images", "--holds", "no-carriers")
    assert code == 0
    assert "has nothing that theme:indecent-images names." in warned
    assert "1 of 2 editions" in said


def test_an_empty_shelf_is_said_with_the_way_to_fill_it(run: Run) -> None:
    code, said, warned = run("grooming")
    assert (code, said) == (1, "")
    assert "Nothing is kept on the shelf." in warned
    assert "shelf add" in warned
