"""Notes are listed, written out and taken in without a window."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from viewer.bundle.bundle import Bundle
from viewer.errors import FileTrouble
from viewer.notes.library import open_notes
from viewer.notes.notebook import Notebook
from viewer.opening import Opener
from viewer.signing.trust import Trust
from viewer.verbs import verbs

FINDING = "indecent-images.f2"


@pytest.fixture
def run(tmp_path: Path, sample_file: Path, trust: Trust, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs a notes verb on the sample, with a home of its own."""
    monkeypatch.setattr(Opener, "of", classmethod(lambda cls, home, _key=None: cls(home=home, trust=trust)))

    def call(*words: str, home: str = "home") -> Result:
        edition = ("--bundle", str(sample_file), "--home", str(tmp_path / home))
        return CliRunner().invoke(verbs, ["notes", *words, *edition], catch_exceptions=False)

    return call


@pytest.fixture
def noted(tmp_path: Path, sample: Bundle) -> Path:
    """A home with one note; returns it."""
    home = tmp_path / "home"
    store = open_notes(home, "tacsea").store
    book = Notebook(store, sample)
    book.add([book.anchor_at(FINDING)], text="Ask the unit", tags=("p2p",), colour=2)
    store.close()
    return home


def test_lists_notes_with_their_places_and_how_they_stand(run: Callable[..., Result], noted: Path) -> None:
    assert noted.is_dir()
    above, _, *lines, _, below = run("list").stdout.splitlines()
    assert above == below == "NOT PROTECTIVELY MARKED"
    assert lines[0].endswith("[placed]  Ask the unit #p2p")
    assert lines[-1] == "1 note: 1 in place."
    (row,) = json.loads(run("list", "--json", "--find", "unit").stdout)
    assert (row["item"], row["text"], row["tags"], row["colour"]) == (FINDING, "Ask the unit", ["p2p"], 2)


@pytest.mark.parametrize(
    ("filters", "found"),
    [(("--tag", "#p2p"), 1), (("--tag", "other"), 0), (("--colour", "2"), 1), (("--colour", "1"), 0),
     (("--state", "moved"), 0), (("--bookmarks",), 0), (("--find", "absent"), 0)],
)  # fmt: skip
def test_lists_only_what_was_asked_for(
    run: Callable[..., Result], noted: Path, filters: tuple[str, ...], found: int
) -> None:
    assert noted.is_dir()
    assert len(json.loads(run("list", "--json", *filters).stdout)) == found


def test_an_import_says_first_what_it_would_do(run: Callable[..., Result], noted: Path, tmp_path: Path) -> None:
    assert noted.is_dir()
    out = tmp_path / "notes.json"
    assert run("export", "-o", str(out)).stdout == f"1 note written to {out}.\n"
    first = run("import", str(out), home="other")
    assert "1 note: new, to be added." in first.stdout
    assert "Nothing was written." in first.stdout
    assert json.loads(run("list", "--json", home="other").stdout) == []
    assert "1 note changed." in run("import", str(out), "--yes", home="other").stdout
    assert len(json.loads(run("list", "--json", home="other").stdout)) == 1


@pytest.mark.parametrize("ending", ["md", "csv"])
def test_writes_what_people_read(run: Callable[..., Result], noted: Path, tmp_path: Path, ending: str) -> None:
    assert noted.is_dir()
    out = tmp_path / f"notes.{ending}"
    run("export", "-o", str(out))
    assert "Ask the unit" in out.read_text(encoding="utf-8-sig")


def test_a_notes_file_elsewhere_can_be_named(run: Callable[..., Result], noted: Path) -> None:
    listed = run("list", "--json", "--notes", str(noted / "notes" / "tacsea.db"), home="nowhere")
    assert len(json.loads(listed.stdout)) == 1


def test_a_file_that_is_there_is_left_as_it_is_unless_asked_for(
    run: Callable[..., Result], noted: Path, tmp_path: Path
) -> None:
    assert noted.is_dir()
    out = tmp_path / "notes.md"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(FileTrouble, match="is there already"):
        run("export", "-o", str(out))
    assert out.read_text(encoding="utf-8") == "mine"
    assert run("export", "-o", str(out), "--replace").exit_code == 0
    assert "Ask the unit" in out.read_text(encoding="utf-8")
