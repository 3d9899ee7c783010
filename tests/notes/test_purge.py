"""Words that are destroyed are in no file of the reader's own, and no step and no colleague's file brings them back."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from tests.reader_homes import HOMES
from viewer.bundle.bundle import Bundle
from viewer.errors import NotesTrouble
from viewer.notes import backups, memory, opening
from viewer.notes.exchange import pack_notes, report, take_over
from viewer.notes.memory import Destroyed
from viewer.notes.notebook import Notebook
from viewer.notes.purge import destroy, files_beside
from viewer.notes.store import NoteStore, path_for
from viewer.notes.w3c import unpack

WORDS = "zebrafinch"


def files_with(words: str, folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def as_old_program_wrote_it(data: bytes) -> bytes:
    document = json.loads(data)
    for entry in document["first"]["items"]:
        for key in ("viewer:version", "viewer:superseded"):
            del entry[key]
    return json.dumps(document).encode()


def backed_up(book: Notebook) -> Path:
    made = backups.back_up(book.store.path, even_if_recent=True)
    assert made is not None
    return made


def test_words_are_in_no_file_any_more_and_the_rest_stays(
    book: Notebook, passage_ids: list[str], tmp_path: Path
) -> None:
    (note,) = book.add([book.anchor_at(passage_ids[0])], text=f"A {WORDS}", tags=(WORDS,))
    book.add([book.anchor_at(passage_ids[1])], text="another")
    book.change(note.uuid, text=f"{WORDS} again")
    made = backed_up(book)
    aside = book.store.path.with_name("made-up-damaged-20261101-100000.db")
    shutil.copy(made, aside)
    date = made.stat().st_mtime_ns
    assert len(files_with(WORDS, tmp_path)) == 3
    assert book.purge([note.uuid]) == []
    assert files_with(WORDS, tmp_path) == []
    assert [resolved.note.text for resolved in book.notes.in_order()] == ["another"]
    assert (backups.count_notes_in(made), made.stat().st_mtime_ns) == (1, date)
    assert book.store.versions(note.uuid).superseded != frozenset()


def test_no_step_of_this_window_or_another_brings_destroyed_words_back(
    book: Notebook, passage_ids: list[str], first: Bundle
) -> None:
    (note,) = book.add([book.anchor_at(passage_ids[0])], text=WORDS)
    with closing(NoteStore.open(book.store.path)) as store:
        other = Notebook(store, first)
        other.change(note.uuid, text=f"{WORDS} of the other window")
        book.reload()
        book.purge([note.uuid])
        assert book.undo() is None
        with pytest.raises(NotesTrouble, match="destroyed for good"):
            other.undo()
        assert store.changed_elsewhere()
        other.reload()
        assert (other.undo(), dict(other.notes)) == (None, {})


def test_no_file_of_a_colleague_brings_destroyed_words_back(
    book: Notebook, passage_ids: list[str], first: Bundle, tmp_path: Path
) -> None:
    (note,) = book.add([book.anchor_at(passage_ids[0])], text=WORDS)
    with closing(NoteStore.open(path_for(tmp_path / "other", "made-up"))) as store:
        other = Notebook(store, first)
        take_over(report(unpack(pack_notes(book, book.notes.in_order())[0]), other), other)
        other.change(note.uuid, text=f"{WORDS} gone on")
        book.purge([note.uuid])
        found = report(unpack(pack_notes(other, other.notes.in_order())[0]), book)
        assert (found.purged, found.changes_anything) == (1, False)
        take_over(found, book)
        assert dict(book.notes) == {}
        assert files_with(WORDS, book.store.path.parent) == []


def test_one_former_version_can_be_destroyed_alone_also_where_a_colleague_still_has_it(
    book: Notebook, passage_ids: list[str], tmp_path: Path
) -> None:
    (note,) = book.add([book.anchor_at(passage_ids[0])], text=WORDS)
    made, (digest,) = backed_up(book), book.store.versions(note.uuid).versions
    sent = pack_notes(book, book.notes.in_order())[0]
    book.change(note.uuid, text="reworded")
    assert book.purge_former(note.uuid, [digest]) == []
    assert files_with(WORDS, tmp_path) == []
    assert made.is_file()
    take_over(report(unpack(sent), book), book)
    assert files_with(WORDS, tmp_path) == []
    assert book.notes[note.uuid].note.text == "reworded"
    found = report(unpack(as_old_program_wrote_it(sent)), book)
    take_over(found, book)
    assert files_with(WORDS, tmp_path) == []


@pytest.mark.parametrize("lost", ["a page", "a page and the memory", "the file"])
def test_a_single_version_stays_destroyed_where_the_file_is_lost_afterwards(
    book: Notebook, passage_ids: list[str], first: Bundle, tmp_path: Path, lost: str
) -> None:
    (note,) = book.add([book.anchor_at(passage_ids[0])], text=WORDS)
    (digest,) = book.store.versions(note.uuid).versions
    sent = pack_notes(book, book.notes.in_order())[0]
    book.change(note.uuid, text="reworded")
    book.add([book.anchor_at(item) for item in passage_ids[:40]], text="words " * 40)
    book.purge_former(note.uuid, [digest])
    book.store.close()
    path = book.store.path
    if lost == "the file":
        path.unlink()
    else:
        data = bytearray(path.read_bytes())
        pages = range(4096, len(data), 4096)
        at = max(place for place in pages if b"words words" in data[place : place + 4096])
        data[at : at + 4096] = os.urandom(4096)
        path.write_bytes(data)
    if lost == "a page and the memory":
        (tmp_path / memory.PLACE).unlink()
    with closing(opening.open_notes(tmp_path, "made-up").store) as store:
        again = Notebook(store, first)
        take_over(report(unpack(sent), again), again)
        assert all(resolved.note.text != WORDS for resolved in again.notes.values())
    assert files_with(WORDS, tmp_path) == []


def test_no_step_brings_a_single_destroyed_version_back(book: Notebook, passage_ids: list[str], first: Bundle) -> None:
    (note,) = book.add([book.anchor_at(passage_ids[0])], text=WORDS)
    (digest,) = book.store.versions(note.uuid).versions
    with closing(NoteStore.open(book.store.path)) as store:
        other = Notebook(store, first)
        other.change(note.uuid, text="reworded")
        other.change(note.uuid, text="once more")
        book.reload()
        book.purge_former(note.uuid, [digest])
        assert other.undo() is not None
        with pytest.raises(NotesTrouble, match="destroyed for good"):
            other.undo()
        other.reload()
        assert other.undo() is None
        assert other.notes[note.uuid].note.text == "reworded"


def test_files_of_the_first_format_are_cleaned_too(tmp_path: Path) -> None:
    shutil.copytree(HOMES / "tacsea" / "notes", tmp_path / "notes")
    path = tmp_path / "notes" / "tacsea.db"
    with closing(NoteStore.open(path)) as store:
        note = next(note for note in store.contents().current if len(note.text) > 20)
        assert len(files_with(note.text[:20], tmp_path)) > 2
        assert destroy(store, Destroyed(notes={note.uuid: "2026-11-01T10:00:00+00:00"})) == []
    assert files_with(note.text[:20], tmp_path) == []
    assert all((backups.count_notes_in(file) or 0) > 0 for file in files_beside(path))


def test_a_file_that_cannot_be_cleaned_is_named(book: Notebook, passage_ids: list[str]) -> None:
    (note,) = book.add([book.anchor_at(passage_ids[0])], text=WORDS)
    made = backed_up(book)
    made.write_bytes(made.read_bytes()[:5000])
    assert book.purge([note.uuid]) == [made]
