"""The last fifty steps can be undone in the next run, and one that no longer applies harms nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from viewer.bundle.bundle import Bundle
from viewer.model import Note
from viewer.notes.notebook import Notebook
from viewer.notes.store import NoteStore
from viewer.notes.undo_steps import MOST


@pytest.fixture
def item(passage_ids: list[str]) -> str:
    """An item to note on."""
    return passage_ids[0]


@pytest.fixture
def next_run(book: Notebook, first: Bundle) -> Callable[[], Notebook]:
    """Ends the run and begins another: the notebook on the same file, opened anew."""

    def begin() -> Notebook:
        book.store.close()
        path: Path = book.store.path
        book.store = NoteStore.open(path)
        return Notebook(book.store, first)

    return begin


def stored(book: Notebook) -> list[Note]:
    """The notes as the file holds them."""
    return book.store.contents().current


DO: dict[str, Callable[[Notebook, str, str], object]] = {
    "add": lambda book, item, _uuid: book.add([book.anchor_at(item, 3, 9)], colour=3),
    "write": lambda book, _item, uuid: [
        book.change(uuid, group="writing", text=f"Other words{'.' * more}") for more in range(3)
    ],
    "colour": lambda book, _item, uuid: book.change(uuid, colour=5),
    "bookmark": lambda book, item, _uuid: book.toggle_bookmark(item),
    "remove": lambda book, _item, uuid: book.remove([uuid]),
    "attach": lambda book, item, uuid: book.attach(uuid, book.anchor_at(item, 30, 40)),
}


@pytest.mark.parametrize("name", DO)
def test_a_step_is_undone_and_done_again_in_later_runs(
    book: Notebook, item: str, next_run: Callable[[], Notebook], name: str
) -> None:
    (note,) = book.add([book.anchor_at(item, 5, 20)], text="Words", colour=1)
    before = dict(book.notes)
    DO[name](book, item, note.uuid)
    after = dict(book.notes)
    second = next_run()
    outcome = second.undo()
    assert outcome is not None
    assert outcome.left == 0
    assert dict(second.notes) == before
    third = next_run()
    assert third.redo()
    assert dict(third.notes) == after
    fourth = next_run()
    assert fourth.undo()
    assert dict(fourth.notes) == before
    assert fourth.undo()
    assert dict(fourth.notes) == {}
    assert fourth.undo() is None


def test_the_last_fifty_steps_of_many_lead_back_over_any_number_of_runs(
    book: Notebook, passage_ids: list[str], next_run: Callable[[], Notebook]
) -> None:
    chance, present, history = random.Random(7), book, []
    for at in range(MOST + 20):
        history.append({uuid: one.note for uuid, one in present.notes.items()})
        uuid = chance.choice([*present.notes, ""])
        if not uuid or at % 9 == 0:
            present.add([present.anchor_at(chance.choice(passage_ids), 1, 8)], text=str(at))
        elif at % 7 == 0:
            present.remove([uuid])
        else:
            present.change(uuid, text=f"Words {at}")
        if at % 25 == 24:
            present = next_run()
    present = next_run()
    for expected in reversed(history[-MOST:]):
        outcome = present.undo()
        assert outcome is not None
        assert {uuid: one.note for uuid, one in present.notes.items()} == expected
    assert present.undo() is None


def test_a_step_of_many_notes_stays_one_step(
    book: Notebook, passage_ids: list[str], next_run: Callable[[], Notebook]
) -> None:
    book.add([book.anchor_at(item, 1, 8) for item in passage_ids[:20]], "highlight", colour=1)
    second = next_run()
    outcome = second.undo()
    assert outcome is not None
    assert (outcome.name, len(outcome.uuids), len(second.notes)) == ("highlight", 20, 0)


def test_a_step_on_a_note_that_another_window_changed_is_left_and_said(
    book: Notebook, item: str, first: Bundle
) -> None:
    (note,) = book.add([book.anchor_at(item, 5, 20)], text="Words")
    book.change(note.uuid, text="Mine")
    with closing(NoteStore.open(book.store.path)) as store:
        Notebook(store, first).change(note.uuid, text="Theirs")
    book.reload()
    outcome = book.undo()
    assert outcome is not None
    assert (outcome.uuids, outcome.left) == ((), 1)
    assert [one.text for one in stored(book)] == ["Theirs"]
    assert book.notes.contradicting(note.uuid) == ()


def test_of_a_step_of_several_notes_those_are_undone_that_nobody_changed_since(
    book: Notebook, passage_ids: list[str], next_run: Callable[[], Notebook]
) -> None:
    notes = book.add([book.anchor_at(item, 1, 8) for item in passage_ids[:3]], text="Words")
    with closing(NoteStore.open(book.store.path)) as store:
        Notebook(store, book.bundle).change(notes[1].uuid, text="Theirs")
    with closing(NoteStore.open(book.store.path)) as store:
        undo_steps = store.steps()
        store.forget_step(undo_steps[-1].id)
    second = next_run()
    outcome = second.undo()
    assert outcome is not None
    assert (len(outcome.uuids), outcome.left) == (2, 1)
    assert [one.text for one in stored(second)] == ["Theirs"]
    assert second.redo()
    assert len(second.notes) == 3


def test_the_steps_of_two_windows_are_both_there_in_the_next_run(
    book: Notebook, passage_ids: list[str], next_run: Callable[[], Notebook]
) -> None:
    with closing(NoteStore.open(book.store.path)) as store:
        other = Notebook(store, book.bundle)
        book.add([book.anchor_at(passage_ids[0], 1, 8)], "highlight", colour=1)
        other.add([other.anchor_at(passage_ids[1], 1, 8)], "bookmark", bookmark=True)
        book.add([book.anchor_at(passage_ids[2], 1, 8)], text="Words")
    second = next_run()
    names = []
    while (outcome := second.undo()) is not None:
        names.append(outcome.name)
    assert names == ["note", "bookmark", "highlight"]
    assert dict(second.notes) == {}


def test_words_that_were_destroyed_come_back_by_no_step(
    book: Notebook, item: str, next_run: Callable[[], Notebook]
) -> None:
    (note,) = book.add([book.anchor_at(item, 5, 20)], text="kestrelword")
    book.remove([note.uuid])
    book.purge([note.uuid])
    assert b"kestrelword" not in book.store.path.read_bytes()
    second = next_run()
    while second.undo() is not None:
        assert dict(second.notes) == {}
    while second.redo() is not None:
        assert dict(second.notes) == {}


@pytest.mark.parametrize(
    "value", ["", "{", "[]", '{"undone":true}', '{"changes":[[1,2]],"name":1,"undone":0}', "[" * 9999]
)
def test_what_is_no_step_is_passed_over(
    book: Notebook, item: str, next_run: Callable[[], Notebook], value: str
) -> None:
    book.add([book.anchor_at(item, 5, 20)], text="Words")
    book.store.set_setting("undo-step 999999999999 ab", value)
    second = next_run()
    assert second.undo()
    assert dict(second.notes) == {}
