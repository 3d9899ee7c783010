"""Notes go out and come in: a report first, then all or nothing, and never over the reader's own unasked."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from viewer.bundle.bundle import Bundle
from viewer.errors import FileTrouble, ImportRefused
from viewer.notes.exchange import MAX_FILE, ConflictWinner, read_exchange_file, report, share_as_json, take_over
from viewer.notes.note_changes import NoteChange
from viewer.notes.notebook import Notebook
from viewer.notes.store import NoteStore, path_for
from viewer.notes.w3c import unpack


@pytest.fixture
def other(tmp_path: Path, first: Bundle) -> Iterator[Notebook]:
    """Another reader's notebook on the same edition."""
    with closing(NoteStore.open(path_for(tmp_path / "other", "made-up"))) as store:
        yield Notebook(store, first)


def sent(book: Notebook) -> bytes:
    return share_as_json(book, [resolved.note for resolved in book.notes.in_order()])


def take(data: bytes, book: Notebook, winner: ConflictWinner = ConflictWinner.NEWEST) -> int:
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
    assert {note.uuid: note for note in other.store.notes()} == {note.uuid: note for note in book.store.notes()}


def test_confirmed_places_and_former_versions_go_along(
    book: Notebook, some: list[str], other: Notebook, passage_ids: list[str]
) -> None:
    book.attach(some[0], book.anchor_at(passage_ids[5], 2, 12))
    note = book.notes[some[1]].note
    incoming = replace(note, text="theirs")
    with closing(NoteStore.open(book.store.path)) as window:
        window.save([NoteChange(uuid=note.uuid, before=note, after=incoming, at=note.changed)])
    book.change(note.uuid, text="mine")
    assert book.store.former(note.uuid) == [incoming]
    assert take(sent(book), other) == len(some)
    assert other.store.placements() == book.store.placements() != []
    assert other.store.former(note.uuid) == [incoming]
    assert other.notes == book.notes


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
    before = other.store.path.read_bytes()
    found = report(unpack(data), other)
    assert len(found.same) == len(some)
    assert not found.changes_anything
    assert take_over(found, other) == 0
    assert [len(other.store.former(uuid)) for uuid in some] == [0, 0, 0]
    del before


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


@pytest.mark.parametrize(
    ("winner", "stays", "kept"),
    [
        (ConflictWinner.NEWEST, "theirs", "mine"),
        (ConflictWinner.LOCAL, "mine", "theirs"),
        (ConflictWinner.INCOMING, "theirs", "mine"),
    ],
)
def test_what_both_changed_is_for_the_reader_to_choose_and_the_other_is_kept(
    book: Notebook, some: list[str], other: Notebook, winner: ConflictWinner, stays: str, kept: str
) -> None:
    take(sent(book), other)
    book.change(some[0], text="mine", changed="2026-11-24T09:00:00.000+00:00")
    incoming = replace(other.change(some[0], text="theirs"), changed="2999-01-01T00:00:00Z")
    found = report(unpack(share_as_json(other, [incoming])), book)
    assert len(found.conflicting) == 1
    assert book.notes[some[0]].note.text == "mine"
    take_over(found, book, winner)
    assert book.notes[some[0]].note.text == stays
    assert kept in [note.text for note in book.store.former(some[0])]
    assert report(unpack(share_as_json(other, [incoming])), book).changes_anything is False


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
    assert (len(found.kept_though_removed), found.removed_there) == (1, ())
    take_over(found, other)
    assert other.notes[some[0]].note.text == "written since"


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
    "former versions that are none": faulty(**{"viewer:former": [5]}),
    "too many former versions": faulty(**{"viewer:former": [{}] * 10_001}),
    "no page": without_page,
    "the same note twice": twice,
    "an id that is none": faulty(id="urn:uuid:../../x"),
    "an item that is a path": faulty(**{"viewer:item": "../x"}),
    "a colour outside": faulty(**{"viewer:colour": 6}),
    "a colour that is a truth": faulty(**{"viewer:colour": True}),
    "a number for a text": faulty(**{"viewer:marking": 3}),
    "a serial below zero": faulty(**{"viewer:serial": -1}),
    "a time that is none": faulty(modified="yesterday"),
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
    assert len(unpack(b"\xef\xbb\xbf" + sent(book)).notes) == len(some)


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
