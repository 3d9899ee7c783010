"""Notes are listed, written out and taken in without a window."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from viewer.bundle.bundle import Bundle
from viewer.errors import FileTrouble, NotesTrouble
from viewer.notes import backups, exchange
from viewer.notes.notebook import Notebook
from viewer.notes.opening import open_notes
from viewer.notes.store import NoteStore, path_for

FINDING = "indecent-images.f2"


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
    assert "1 note taken over." in run("import", str(out), "--yes", home="other").stdout
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


@pytest.fixture
def damaged(noted: Path) -> Path:
    """A home with one note, of which there is a backup, and whose notes file is damaged."""
    path = path_for(noted, "tacsea")
    assert backups.back_up(path)
    path.write_bytes(b"garbage")
    return noted


def test_a_backup_is_offered_until_it_is_put_in_its_place(run: Callable[..., Result], damaged: Path) -> None:
    assert damaged.is_dir()
    for _ in range(2):
        assert "A backup with 1 note is there" in run("list").stderr
        assert "main.py notes restore" in run("list").stderr
        first = run("restore")
        assert "A backup with 1 note is there" in first.stdout
        assert "Nothing was written." in first.stdout
    assert run("restore", "--yes").stdout == "The backup is in place: 1 note, with those written since.\n"
    listed = run("list")
    assert "1 note: 1 in place." in listed.stdout.splitlines()
    assert "backup" not in listed.stderr
    with pytest.raises(NotesTrouble, match="There is nothing to restore"):
        run("restore", "--yes")


def test_a_backup_that_was_declined_is_not_offered_again_but_can_be_had(
    run: Callable[..., Result], damaged: Path
) -> None:
    assert damaged.is_dir()
    run("list")
    assert "is not offered again" in run("restore", "--no").stdout
    assert "backup" not in run("list").stderr
    assert run("restore", "--yes").stdout == "The backup is in place: 1 note, with those written since.\n"


@pytest.mark.parametrize("words", [("list",), ("export", "-o", "{}/out.md"), ("import", "{}/none.json")])
def test_a_notes_file_that_is_not_there_is_not_made(
    run: Callable[..., Result], tmp_path: Path, words: tuple[str, ...]
) -> None:
    with pytest.raises(FileTrouble, match=r"There is no file mistyped\.db\."):
        run(*(word.format(tmp_path) for word in words), "--notes", str(tmp_path / "mistyped.db"))
    assert not list(tmp_path.glob("mistyped*"))


@pytest.mark.parametrize(("name", "said"), [("a.docx", "in the form “.docx”"), ("a", "without an ending")])
def test_a_name_that_says_no_form_is_refused_with_the_endings_that_do(
    run: Callable[..., Result], noted: Path, name: str, said: str
) -> None:
    with pytest.raises(FileTrouble, match=f"Notes cannot be written {said}.*, only as .md, .csv or .json"):
        run("export", "-o", str(noted / name))
    assert not (noted / name).exists()


def test_a_list_shows_hidden_characters_and_says_how_many_of_how_many_it_shows(
    run: Callable[..., Result], noted: Path, sample: Bundle
) -> None:
    store = open_notes(noted, "tacsea").store
    book = Notebook(store, sample)
    book.add([book.anchor_at(FINDING)], text="turned \u202e round")
    store.close()
    assert "turned [U+202E] round" in run("list").stdout
    assert "1 shown of 2 notes: 2 in place." in run("list", "--tag", "p2p").stdout.splitlines()


@pytest.mark.parametrize(
    ("whose", "said", "kept"),
    [("mine", "yours stays", "Mine"), ("theirs", "theirs stays", "Theirs"), ("newest", "the newest stays", "Mine")],
)
def test_an_import_says_whose_version_stays_where_both_sides_changed_a_note(
    run: Callable[..., Result], noted: Path, sample: Bundle, tmp_path: Path, whose: str, said: str, kept: str
) -> None:
    out = tmp_path / "notes.json"
    run("export", "-o", str(out))
    with closing(NoteStore.open(path_for(tmp_path / "colleague", "tacsea"))) as other:
        colleague = Notebook(other, sample)
        exchange.take_over(exchange.report(exchange.read_exchange_file(out), colleague), colleague)
        colleague.change(next(iter(colleague.notes)), text="Theirs")
        exchange.write_out(colleague, colleague.notes.in_order(), out)
    store = open_notes(noted, "tacsea").store
    book = Notebook(store, sample)
    book.change(next(iter(book.notes)), text="Mine")
    store.close()
    output = run("import", str(out), "--whose", whose, "--yes").stdout
    assert f"Of those changed on both sides {said}; the other version is kept as a former one." in output
    assert [row["text"] for row in json.loads(run("list", "--json").stdout)] == [kept]


def test_backups_are_listed_and_notes_taken_back_from_any_of_them(
    run: Callable[..., Result], noted: Path, sample: Bundle
) -> None:
    path = path_for(noted, "tacsea")
    assert backups.back_up(path, even_if_recent=True)
    found = open_notes(noted, "tacsea")
    book = Notebook(found.store, sample)
    (uuid,) = book.notes
    book.change(uuid, text="Spoilt")
    book.store.close()
    (listed,) = run("restore", "--list").stdout.splitlines()
    name = listed.split()[0]
    assert listed.endswith("  1 note")
    assert "Nothing was written" in run("restore", "--backup", name, "--note", uuid).stdout
    assert "The note is as it was" in run("restore", "--backup", name, "--note", uuid, "--yes").stdout
    (row,) = json.loads(run("list", "--json").stdout)
    assert row["text"] == "Ask the unit"
    assert "Spoilt" in run("history", uuid).stdout
    run("remove", uuid)
    run("restore", "--backup", name, "--note", uuid, "--yes")
    assert len(json.loads(run("list", "--json").stdout)) == 1
    with pytest.raises(NotesTrouble, match="There is no backup"):
        run("restore", "--backup", "other.db", "--yes")


def test_notes_that_cannot_be_used_are_listed_apart(run: Callable[..., Result], noted: Path) -> None:
    assert "No note is set aside." in run("list", "--set-aside").stdout
    with closing(sqlite3.connect(path_for(noted, "tacsea"))) as connection:
        connection.execute("UPDATE version SET body = replace(body, 'Ask', 'Axk')")
        connection.commit()
    assert "1 note cannot be used, as the disk has changed it since it was saved." in run("list").stderr
    assert "Axk the unit" in run("list", "--set-aside").stdout
