"""A backup shows what became of each note since, and gives one, several or all that are gone back, as one step."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from viewer.bundle.bundle import Bundle
from viewer.errors import NotesTrouble
from viewer.model import Note
from viewer.notes import backup_notes, backups, joining
from viewer.notes.backup_notes import NOT_HELD, NOT_READABLE, SinceThen
from viewer.notes.notebook import Notebook, now
from viewer.notes.store import NoteStore


@pytest.fixture
def notes(book: Notebook, passage_ids: list[str]) -> list[Note]:
    """Four notes."""
    return [
        book.add([book.anchor_at(item)], text=f"words {at}", tags=("then",))[0]
        for at, item in enumerate(passage_ids[:4])
    ]


@pytest.fixture
def backup(book: Notebook, notes: list[Note]) -> Path:
    """A backup of them, after which one is changed, one removed and one destroyed."""
    made = backups.back_up(book.store.path, even_if_recent=True)
    assert made is not None
    kept = made.with_name("made-up-20260101-000000.db")
    kept.write_bytes(made.read_bytes())
    made.unlink()
    book.change(notes[1].uuid, text="changed")
    book.remove([notes[2].uuid])
    return kept


def texts(book: Notebook) -> list[str]:
    return sorted(resolved.note.text for resolved in book.notes.values())


def take_back(book: Notebook, backup: Path, *notes: Note) -> int:
    changed = backup_notes.take_back(book.store, backup, [note.uuid for note in notes], "A. Reader", now())
    joining.follow(book, changed, "return from a backup")
    return len(changed)


def restore(book: Notebook, backup: Path) -> int:
    changed = backup_notes.restore(book.store, backup, "A. Reader", now())
    joining.follow(book, changed, "return from a backup")
    return len(changed)


def test_it_says_what_became_of_each_note_since(book: Notebook, notes: list[Note], backup: Path) -> None:
    found = backup_notes.notes_in(book.store, backup)
    assert [(one.note.text, one.since) for one in found] == [
        ("words 2", SinceThen.REMOVED),
        ("words 1", SinceThen.CHANGED),
        ("words 0", SinceThen.SAME),
        ("words 3", SinceThen.SAME),
    ]
    book.purge([notes[3].uuid])
    assert len(backup_notes.notes_in(book.store, backup)) == 3


def test_in_a_file_that_was_begun_anew_all_are_gone_and_all_come_back(
    book: Notebook, backup: Path, first: Bundle, tmp_path: Path
) -> None:
    book.settings.author = "A. Reader"
    with closing(NoteStore.open(tmp_path / "notes" / "anew.db")) as store:
        again = Notebook(store, first)
        assert {one.since for one in backup_notes.notes_in(store, backup)} == {SinceThen.GONE}
        assert restore(again, backup) == 4
        assert texts(again) == ["words 0", "words 1", "words 2", "words 3"]
        assert again.undo() is not None
        assert texts(again) == []


def test_all_that_is_gone_comes_back_as_one_step_and_what_changed_since_stays(
    book: Notebook, notes: list[Note], backup: Path
) -> None:
    assert restore(book, backup) == 1
    assert texts(book) == ["changed", "words 0", "words 2", "words 3"]
    assert not any(resolved.both_changed for resolved in book.notes.values())
    assert backup.is_file()
    assert book.undo() is not None
    assert texts(book) == ["changed", "words 0", "words 3"]
    assert book.redo() is not None
    assert notes[2].uuid in book.notes
    assert restore(book, backup) == 0


def test_some_come_back_as_they_were_as_one_step_and_the_present_words_stay_as_former_ones(
    book: Notebook, notes: list[Note], backup: Path
) -> None:
    assert take_back(book, backup, *notes[:3]) == 2
    assert texts(book) == ["words 0", "words 1", "words 2", "words 3"]
    former = [version.note.text for version in book.store.former(notes[1].uuid) if version.note]
    assert "changed" in former
    assert book.undo() is not None
    assert texts(book) == ["changed", "words 0", "words 3"]


def test_a_note_that_the_backup_does_not_hold_is_refused_and_nothing_changes(
    book: Notebook, notes: list[Note], backup: Path, passage_ids: list[str]
) -> None:
    (later,) = book.add([book.anchor_at(passage_ids[5])], text="later")
    with pytest.raises(NotesTrouble, match=NOT_HELD):
        take_back(book, backup, notes[2], later)
    assert notes[2].uuid not in book.notes


def test_a_file_that_cannot_be_read_is_said(book: Notebook, backup: Path) -> None:
    backup.write_bytes(b"garbage")
    assert backup_notes.notes_in(book.store, backup) == ()
    with pytest.raises(NotesTrouble, match=NOT_READABLE):
        restore(book, backup)


def test_destroyed_words_do_not_come_back(book: Notebook, notes: list[Note], backup: Path) -> None:
    untouched = backup.read_bytes()
    book.purge([notes[0].uuid])
    backup.write_bytes(untouched)  # as one that could not be cleaned
    with pytest.raises(NotesTrouble):
        take_back(book, backup, notes[0])
    restore(book, backup)
    assert "words 0" not in texts(book)


def test_names_come_back_where_none_are_set(book: Notebook, backup: Path, first: Bundle, tmp_path: Path) -> None:
    with closing(NoteStore.open(backup)) as store:
        Notebook(store, first).settings.author = "A. Reader"
    with closing(NoteStore.open(tmp_path / "notes" / "anew.db")) as store:
        again = Notebook(store, first)
        restore(again, backup)
        assert again.settings.author == "A. Reader"
    restore(book, backup)
    assert book.settings.author == "A. Reader"
