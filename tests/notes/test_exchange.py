"""Notes go out and come in: a report first, then all or nothing, and never over the reader's own unasked."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from viewer.bundle.bundle import Bundle
from viewer.errors import FileTrouble, ImportRefused
from viewer.notes.backups import backups, count_notes_in
from viewer.notes.exchange import MAX_FILE, ConflictWinner, pack_notes, read_exchange_file, report, take_over, write_out
from viewer.notes.notebook import Notebook
from viewer.notes.store import NoteStore, path_for
from viewer.notes.w3c import unpack


@pytest.fixture
def other(tmp_path: Path, first: Bundle) -> Iterator[Notebook]:
    """Another reader's notebook on the same edition."""
    with closing(NoteStore.open(path_for(tmp_path / "other", "made-up"))) as store:
        yield Notebook(store, first)


def sent(book: Notebook) -> bytes:
    return pack_notes(book, book.notes.in_order())[0]


def take(data: bytes, book: Notebook, winner: ConflictWinner = ConflictWinner.BOTH) -> int:
    return take_over(report(unpack(data), book), book, winner)


@pytest.fixture
def some(book: Notebook, passage_ids: list[str]) -> list[str]:
    """Three notes of all sorts; their ids."""
    book.settings.author = "A. Reader"
    words = "Words\n\n- **a** “b” <c>"
    first = book.add([book.anchor_at(passage_ids[0], 4, 30)], text=words, colour=2, tags=("x", "y"))
    second = book.add([book.anchor_at(passage_ids[1])], bookmark=True)
    third = book.add([book.anchor_at(passage_ids[2], 0, 8)], colour=5)
    return [note.uuid for note in (*first, *second, *third)]


def test_what_goes_out_comes_in_as_it_was(book: Notebook, some: list[str], other: Notebook) -> None:
    found = report(unpack(sent(book)), other)
    assert (len(found.new), dict(other.notes)) == (len(some), {})
    assert take_over(found, other) == 3
    assert other.notes == book.notes
    assert other.store.contents() == book.store.contents()


def test_confirmed_places_go_along_and_of_former_versions_the_digests_alone(
    book: Notebook, some: list[str], other: Notebook, passage_ids: list[str]
) -> None:
    book.attach(some[0], book.anchor_at(passage_ids[5], 2, 12))
    book.change(some[1], text="zebrafinch canary")
    book.change(some[1], text="mine")
    data = sent(book)
    assert b"zebrafinch" not in data
    assert take(data, other) == len(some)
    assert other.notes == book.notes
    assert other.notes.placements[some[0]] == book.notes.placements[some[0]] != {}
    assert other.store.versions(some[1]).superseded > book.store.versions(some[1]).superseded
    assert other.store.former(some[1]) == []


def test_it_is_a_web_annotation_collection(book: Notebook, some: list[str]) -> None:
    document = json.loads(sent(book))
    assert document["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (document["type"], document["total"]) == ("AnnotationCollection", len(some))
    annotation = document["first"]["items"][0]
    assert annotation["type"] == "Annotation"
    kinds = [selector["type"] for selector in annotation["target"]["selector"]]
    assert kinds == ["TextQuoteSelector", "TextPositionSelector"]


def test_the_same_file_twice_changes_nothing_the_second_time(book: Notebook, some: list[str], other: Notebook) -> None:
    data = sent(book)
    take(data, other)
    found = report(unpack(data), other)
    assert len(found.same) == len(some)
    assert not found.changes_anything
    assert take_over(found, other) == 0
    assert [len(other.store.former(uuid)) for uuid in some] == [0, 0, 0]


def test_a_version_that_goes_on_from_mine_is_newer(book: Notebook, some: list[str], other: Notebook) -> None:
    take(sent(book), other)
    other.change(some[0], text="gone on")
    found = report(unpack(sent(other)), book)
    assert (len(found.newer), len(found.same), found.conflicting) == (1, 2, ())
    take_over(found, book)
    assert book.notes[some[0]].note.text == "gone on"


def test_an_old_copy_does_not_bring_old_words_back(book: Notebook, some: list[str], other: Notebook) -> None:
    old = sent(book)
    take(old, other)
    book.change(some[0], text="gone on")
    found = report(unpack(old), book)
    assert (len(found.older), found.changes_anything) == (1, False)


def test_what_both_changed_stands_twice_until_the_reader_settles_it(
    book: Notebook, some: list[str], other: Notebook
) -> None:
    take(sent(book), other)
    book.change(some[0], text="mine")
    other.change(some[0], text="theirs")
    data = sent(other)
    found = report(unpack(data), book)
    assert (len(found.conflicting), book.notes[some[0]].note.text) == (1, "mine")
    take_over(found, book)
    (other_version,) = book.notes.contradicting(some[0])
    both = {book.notes[some[0]].note.text, other_version.note.text if other_version.note else ""}
    assert both == {"mine", "theirs"}
    assert report(unpack(data), book).changes_anything is False
    book.settle(some[0], other_version)
    assert book.notes.contradicting(some[0]) == ()
    take(sent(book), other)
    assert (other.notes[some[0]].note, other.notes.contradicting(some[0])) == (book.notes[some[0]].note, ())


@pytest.mark.parametrize(
    ("winner", "stays", "kept"),
    [
        (ConflictWinner.NEWEST, "theirs", "mine"),
        (ConflictWinner.LOCAL, "mine", "theirs"),
        (ConflictWinner.INCOMING, "theirs", "mine"),
    ],
)
def test_what_both_changed_can_be_settled_at_once_and_the_other_is_kept(
    book: Notebook, some: list[str], other: Notebook, winner: ConflictWinner, stays: str, kept: str
) -> None:
    take(sent(book), other)
    book.change(some[0], text="mine")
    other.change(some[0], text="theirs")  # later
    take(sent(other), book, winner)
    assert book.notes[some[0]].note.text == stays
    assert book.notes.contradicting(some[0]) == ()
    assert kept in [version.note.text for version in book.store.former(some[0]) if version.note]
    assert report(unpack(sent(other)), book).changes_anything is False


@pytest.mark.parametrize("winner", ConflictWinner)
def test_an_import_with_a_chosen_winner_is_undone_and_redone_as_one_step(
    book: Notebook, some: list[str], other: Notebook, passage_ids: list[str], winner: ConflictWinner
) -> None:
    take(sent(book), other)
    for uuid in some[:2]:
        book.change(uuid, text="mine")
        other.change(uuid, text="theirs")
    other.add([other.anchor_at(passage_ids[7])], text="new")
    before = {uuid: resolved.note.text for uuid, resolved in book.notes.items()}
    assert take(sent(other), book, winner) == 3
    after = {uuid: resolved.note.text for uuid, resolved in book.notes.items()}
    book.undo_stack.load(book.store.steps())  # as after a restart
    assert book.undo() is not None
    assert {uuid: resolved.note.text for uuid, resolved in book.notes.items()} == before
    assert not any(resolved.both_changed for resolved in book.notes.values())
    assert book.redo() is not None
    assert {uuid: resolved.note.text for uuid, resolved in book.notes.items()} == after


def test_an_import_is_undone_as_one_step_and_forgets_no_earlier_one(
    book: Notebook, some: list[str], other: Notebook, passage_ids: list[str]
) -> None:
    take(sent(book), other)
    book.change(some[0], text="mine")
    other.change(some[0], text="theirs")
    other.change(some[1], text="gone on")
    other.remove([some[2]])
    other.add([other.anchor_at(passage_ids[7])], text="new")
    before = dict(book.notes)
    assert take(sent(other), book) == 4
    assert dict(book.notes) != before
    assert (outcome := book.undo()) is not None
    assert outcome.name == "import"
    assert {uuid: one.note.text for uuid, one in book.notes.items()} == {
        uuid: one.note.text for uuid, one in before.items()
    }
    assert book.notes.contradicting(some[0]) == ()
    assert (outcome := book.undo()) is not None
    assert outcome.name == "change"
    assert book.notes[some[0]].note.text != "mine"


def test_an_import_makes_a_backup_first(
    book: Notebook, some: list[str], other: Notebook, passage_ids: list[str]
) -> None:
    other.add([other.anchor_at(passage_ids[7])], text="before")
    take(sent(book), other)
    (backup,) = backups(other.store.path)
    assert (len(some), count_notes_in(backup), len(other.notes)) == (3, 1, 4)


def test_a_file_that_could_not_be_written_does_not_count_as_given(
    book: Notebook, some: list[str], tmp_path: Path
) -> None:
    with pytest.raises(FileTrouble):
        write_out(book, book.notes.in_order(), tmp_path / "missing" / "notes.json")
    assert book.store.given() == set()
    write_out(book, book.notes.in_order(), tmp_path / "notes.json")
    assert {uuid for uuid, _ in book.store.given()} == set(some)


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_a_correction_survives_an_older_file_that_is_taken_in_after_it(
    book: Notebook, some: list[str], other: Notebook, tmp_path: Path, first: Bundle, order: tuple[int, int]
) -> None:
    take(sent(book), other)
    other.change(some[0], text="corrected")
    files = {1: sent(other), 2: sent(book)}
    with closing(NoteStore.open(path_for(tmp_path / "leader", "made-up"))) as store:
        leader = Notebook(store, first)
        for at in order:
            take(files[at], leader)
        assert (leader.notes[some[0]].note.text, leader.notes.contradicting(some[0])) == ("corrected", ())


def test_a_removed_note_does_not_come_back(book: Notebook, some: list[str], other: Notebook) -> None:
    data = sent(book)
    take(data, other)
    book.remove([some[0]])
    found = report(unpack(data), book)
    assert (len(found.removed_here), found.changes_anything) == (1, False)
    assert take(sent(book), other) == 1
    assert some[0] not in other.notes


def test_a_removal_elsewhere_does_not_take_words_written_since(
    book: Notebook, some: list[str], other: Notebook
) -> None:
    take(sent(book), other)
    other.change(some[0], text="written since")
    book.remove([some[0]])
    found = report(unpack(sent(book)), other)
    assert (len(found.conflicting), found.removed_there) == (1, ())
    take_over(found, other)
    assert other.notes[some[0]].note.text == "written since"
    assert [version.is_removal for version in other.notes.contradicting(some[0])] == [True]


def test_a_note_on_an_unknown_item_comes_in_without_a_place(
    book: Notebook, some: list[str], later: Callable[..., Bundle], tmp_path: Path, passage_ids: list[str]
) -> None:
    gone = later(lambda item, text: None if item in passage_ids[:3] else text)
    with closing(NoteStore.open(path_for(tmp_path / "third", "made-up"))) as store:
        third = Notebook(store, gone)
        found = report(unpack(sent(book)), third)
        assert found.unknown_items == 3
        assert "3 on items that this edition does not have" in found.lines()[0]
        take_over(found, third)
        assert {resolved.state.value for resolved in third.notes.values()} == {"placeless"}
        assert set(third.notes) == set(some)


def test_notes_of_another_series_are_refused(book: Notebook) -> None:
    data = sent(book).replace(b'"viewer:series": "made-up"', b'"viewer:series": "another"')
    with pytest.raises(ImportRefused, match="not on “made-up”"):
        report(unpack(data), book)


def faulty(**fields: Any) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        document["first"]["items"][0].update(fields)

    return change


def twice(document: dict[str, Any]) -> None:
    document["first"]["items"].append(document["first"]["items"][0])


def without_page(document: dict[str, Any]) -> None:
    document["first"] = []


FAULTS: dict[str, Callable[[dict[str, Any]], None]] = {
    "no marking": faulty(**{"viewer:marking": ""}),
    "places that are no list": faulty(**{"viewer:placements": {}}),
    "a place that is none": faulty(**{"viewer:placements": [{"viewer:serial": 1}]}),
    "other versions that are none": faulty(**{"viewer:others": [5]}),
    "too many other versions": faulty(**{"viewer:others": [{}] * 10_001}),
    "words that are not those of the digest": faulty(body=[{"purpose": "commenting", "value": "others"}]),
    "a version that is none": faulty(**{"viewer:version": 5}),
    "digests that are none": faulty(**{"viewer:superseded": ["../x"]}),
    "no page": without_page,
    "the same note twice": twice,
    "an id that is none": faulty(id="urn:uuid:../../x"),
    "an item that is a path": faulty(**{"viewer:item": "../x"}),
    "a colour outside": faulty(**{"viewer:colour": 6}),
    "a colour that is a truth": faulty(**{"viewer:colour": True}),
    "a number for a text": faulty(**{"viewer:marking": 3}),
    "a serial below zero": faulty(**{"viewer:serial": -1}),
    "a time that is none": faulty(modified="yesterday"),
    "a month that is none": faulty(created="2026-99-01T00:00:00Z"),
    "a time before all": faulty(created="0001-01-01T00:00:00+23:59"),
    "no target": faulty(target=None),
    "selectors that are no list": faulty(target={"selector": {"a": 1}}),
    "a note that is a list": lambda document: document["first"]["items"].__setitem__(0, []),
    "a body with a surrogate": faulty(body=[{"purpose": "commenting", "value": "\ud800"}]),
    "a body with NUL": faulty(body=[{"purpose": "commenting", "value": "a\0b"}]),
    "a body too long": faulty(body=[{"purpose": "commenting", "value": "x" * 70_000}]),
    "two bodies": faulty(body=[{"purpose": "commenting", "value": "x"}] * 2),
    "a tag with a space": faulty(body=[{"purpose": "tagging", "value": "a b"}]),
    "removals that are no list": lambda document: document.__setitem__("viewer:removed", {}),
    "a removal without a time": lambda document: document.__setitem__("viewer:removed", [{"id": "urn:uuid:x"}]),
    "a series that is a path": lambda document: document.__setitem__("viewer:series", "../x"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_one_faulty_note_refuses_the_whole_file(book: Notebook, some: list[str], other: Notebook, name: str) -> None:
    document = json.loads(sent(book))
    FAULTS[name](document)
    with pytest.raises(ImportRefused):
        take(json.dumps(document).encode(), other)
    assert (len(some), dict(other.notes)) == (3, {})


def deep(good: bytes) -> bytes:
    return good.replace(b'"label"', b'"deep": ' + b"[" * 60 + b"]" * 60 + b', "label"')


BYTES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _good: b"",
    "not JSON": lambda good: good[:-20],
    "a hundred thousand brackets": lambda _good: b"[" * 100_000,
    "nested": deep,
    "NaN": lambda good: good.replace(b'"total": 3', b'"total": NaN'),
    "a key twice": lambda good: good.replace(b'"total": 3', b'"total": 3, "total": 3'),
    "UTF-16": lambda good: good.decode().encode("utf-16"),
    "UTF-16 without a mark": lambda good: good.decode().encode("utf-16-le"),
    "not UTF-8": lambda good: good.replace(b"Reader", b"R\xff\xfe"),
    "a list": lambda _good: b"[]",
    "a number with a million digits": lambda good: good.replace(b'"total": 3', b'"total": 3' + b"0" * 1_000_000),
    "an unclosed quotation of brackets": lambda _good: b'"' + b"[" * 100_000,
    "quotation marks without end": lambda _good: b'"' * 100_001,
}


@pytest.mark.parametrize("name", BYTES)
def test_what_is_no_file_of_notes_is_refused(book: Notebook, some: list[str], name: str) -> None:
    assert some
    with pytest.raises(ImportRefused):
        unpack(BYTES[name](sent(book)))


def test_a_byte_order_mark_does_no_harm(book: Notebook, some: list[str]) -> None:
    assert len(unpack(b"\xef\xbb\xbf" + sent(book)).sets) == len(some)


def test_brackets_within_a_note_are_words(book: Notebook, other: Notebook, passage_ids: list[str]) -> None:
    book.add([book.anchor_at(passage_ids[0])], text="[" * 5000 + '\\" {' * 50)
    take(sent(book), other)
    assert other.notes == book.notes


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        os.truncate(file.fileno(), MAX_FILE * 16)
    with pytest.raises(ImportRefused, match="larger than any file of notes"):
        read_exchange_file(path)


@pytest.mark.parametrize("name", ["missing", "folder", "pipe"])
def test_what_is_no_regular_file_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
    if name == "pipe":
        os.mkfifo(path)
    with pytest.raises(FileTrouble):
        read_exchange_file(path)
