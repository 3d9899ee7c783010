"""What the reader does to the notes is saved, can be undone, and never lowers a marking."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from viewer.bundle.bundle import Bundle
from viewer.errors import NotesTrouble
from viewer.model import Note
from viewer.notes.carry import resolve
from viewer.notes.note_changes import NoteChange
from viewer.notes.note_settings import MEANINGS
from viewer.notes.notebook import Notebook
from viewer.notes.store import NoteStore


def stored(book: Notebook) -> list[Note]:
    return book.store.contents().current


@pytest.fixture
def item(passage_ids: list[str]) -> str:
    """An item to note on."""
    return passage_ids[0]


DO: dict[str, Callable[[Notebook, str, str], object]] = {
    "add": lambda book, item, _uuid: book.add([book.anchor_at(item, 3, 9)], colour=3),
    "write": lambda book, _item, uuid: book.change(uuid, text="Other words"),
    "colour": lambda book, _item, uuid: book.change(uuid, colour=5),
    "tag": lambda book, _item, uuid: book.change(uuid, tags=("a", "b")),
    "raise the marking": lambda book, _item, uuid: book.change(uuid, marking="restricted"),
    "bookmark": lambda book, item, _uuid: book.toggle_bookmark(item),
    "remove": lambda book, _item, uuid: book.remove([uuid]),
    "attach": lambda book, item, uuid: book.attach(uuid, book.anchor_at(item, 30, 40)),
}


@pytest.mark.parametrize("name", DO)
def test_every_change_can_be_undone_and_done_again(book: Notebook, item: str, name: str) -> None:
    (note,) = book.add([book.anchor_at(item, 5, 20)], text="Words", colour=1)
    before, held = stored(book), dict(book.notes)
    DO[name](book, item, note.uuid)
    after, held_after = stored(book), dict(book.notes)
    assert held_after != held
    assert book.undo()
    assert (stored(book), dict(book.notes)) == (before, held)
    assert book.redo()
    assert (sorted(map(repr, stored(book))), dict(book.notes)) == (sorted(map(repr, after)), held_after)


def test_any_row_of_changes_can_be_taken_back_to_nothing(book: Notebook, passage_ids: list[str]) -> None:
    chance = random.Random(3)
    for _ in range(60):
        uuid = chance.choice([*book.notes, ""])
        name = chance.choice(list(DO)) if uuid else "add"
        DO[name](book, chance.choice(passage_ids[:4]), uuid)
    held = dict(book.notes)
    steps = 0
    while book.undo():
        steps += 1
    assert (stored(book), dict(book.notes)) == ([], {})
    for _ in range(steps):
        assert book.redo()
    assert book.notes == held
    assert {note.uuid: note for note in stored(book)} == {uuid: s.note for uuid, s in held.items()}


def test_one_sitting_of_typing_is_undone_at_once(book: Notebook, item: str) -> None:
    (note,) = book.add([book.anchor_at(item)], text="a")
    for text in ("ab", "abc", "abcd"):
        book.change(note.uuid, "writing", group="one", text=text)
    book.undo()
    assert book.notes[note.uuid].note.text == "a"
    book.redo()
    assert book.notes[note.uuid].note.text == "abcd"


def test_a_note_inherits_its_items_marking_and_can_only_be_raised(book: Notebook, first: Bundle) -> None:
    items = [item for theme in first.themes() for item in first.items(theme.id)]
    protected = next(item for item in items if item.marking == "protect")
    (note,) = book.add([book.anchor_at(protected.id)], text="x")
    assert note.marking == "protect"
    for set_to, shown in (("open", "protect"), ("restricted", "restricted"), ("of another scheme", "restricted")):
        book.change(note.uuid, marking=set_to)
        assert book.notes.marking_of(book.notes[note.uuid]).code == shown


def test_a_note_that_lost_its_item_keeps_the_marking_it_had(
    book: Notebook, first: Bundle, later: Callable[..., Bundle]
) -> None:
    protected = next(p for t in first.themes() for p in first.passages(t.id) if p.marking != "open")
    (note,) = book.add([book.anchor_at(protected.id)], text="x")
    newer = Notebook(book.store, later(lambda item, text: None if item == protected.id else text))
    assert newer.notes.marking_of(newer.notes[note.uuid]).code == protected.marking


def test_a_note_of_unknown_marking_on_an_unknown_item_counts_as_the_highest(book: Notebook, item: str) -> None:
    (note,) = book.add([book.anchor_at(item)], text="x")
    stray = replace(note, marking="", anchor=replace(note.anchor, item="gone.p1", quote="Gone."))
    resolved = resolve(stray, {}, book.texts, book.notes.serial)
    assert book.notes.marking_of(resolved) == book.bundle.highest_marking


def test_removing_a_note_and_undoing_it_keeps_its_former_versions_and_place(book: Notebook, item: str) -> None:
    (note,) = book.add([book.anchor_at(item)], text="x")
    later = book.change(note.uuid, text="second")
    book.attach(note.uuid, book.anchor_at(item, 3, 9))
    held = dict(book.notes)
    for _ in range(2):
        book.remove([note.uuid])
        assert {note, later} <= {version.note for version in book.store.former(note.uuid)}
        book.undo()
        assert dict(book.notes) == held
        book.redo()
        assert dict(book.notes) == {}
        book.undo()


def test_a_removed_note_can_be_brought_back_from_the_bin(book: Notebook, item: str) -> None:
    (note,) = book.add([book.anchor_at(item)], text="x")
    book.remove([note.uuid])
    book.bring_back(book.store.former(note.uuid)[0])
    assert book.notes[note.uuid].note.text == "x"
    book.undo()
    assert dict(book.notes) == {}


def test_words_that_were_destroyed_cannot_be_brought_back_by_undo(book: Notebook, item: str) -> None:
    (other,) = book.add([book.anchor_at(item)], text="other")
    (note,) = book.add([book.anchor_at(item)], text="x")
    book.change(note.uuid, text="xy")
    book.purge([note.uuid])
    assert set(book.notes) == {other.uuid}
    assert book.undo() == "note"
    assert (dict(book.notes), book.undo()) == ({}, "")


def test_what_is_done_to_a_note_that_another_window_removed_is_refused_or_left_out(book: Notebook, item: str) -> None:
    (note,) = book.add([book.anchor_at(item)], text="x")
    with closing(NoteStore.open(book.store.path)) as other:
        other.save([NoteChange(uuid=note.uuid, before=note, after=None, at=note.changed)])
    book.reload()
    book.confirm([note.uuid])
    book.remove([note.uuid])
    with pytest.raises(NotesTrouble, match="removed meanwhile"):
        book.attach(note.uuid, book.anchor_at(item))
    assert stored(book) == []


def test_bookmarking_twice_leaves_nothing(book: Notebook, item: str) -> None:
    assert book.toggle_bookmark(item)
    assert book.notes.noted_items == {item}
    assert not book.toggle_bookmark(item)
    assert (book.notes.noted_items, stored(book)) == (frozenset(), [])


def test_taking_a_bookmark_away_keeps_what_was_written(book: Notebook, item: str) -> None:
    book.add([book.anchor_at(item)], text="Words")
    book.toggle_bookmark(item)
    assert len(stored(book)) == 1
    book.toggle_bookmark(item)
    assert [note.text for note in stored(book)] == ["Words"]


def test_a_note_bears_the_name_of_who_made_it(book: Notebook, item: str) -> None:
    book.settings.author = "  A.   Reader "
    (note,) = book.add([book.anchor_at(item)], text="x")
    assert note.author == "A. Reader"


def test_colours_have_the_names_that_the_reader_gives(book: Notebook) -> None:
    assert book.settings.meaning(1) == "Act on"
    book.settings.set_names("", ["For the court", "", "", "", ""])
    assert book.settings.meanings == ["For the court", *MEANINGS[1:]]
    book.settings.set_names("", [""] * 5)
    assert book.settings.meaning(1) == "Act on"


@pytest.fixture
def other(book: Notebook) -> Iterator[Notebook]:
    """The same notes in another window."""
    with closing(NoteStore.open(book.store.path)) as store:
        yield Notebook(store, book.bundle)


def test_what_another_window_saved_since_the_reader_saw_the_note_stands_beside_it(
    book: Notebook, other: Notebook, item: str
) -> None:
    (seen,) = book.add([book.anchor_at(item)], text="one")
    other.reload()
    newer = other.change(seen.uuid, text="one two")
    book.reload()
    book.change(seen.uuid, seen=seen, text="one more")
    assert [note.text for note in stored(book)] == ["one more"]
    assert ([version.note for version in book.notes.contradicting(seen.uuid)], book.clashed) == ([newer], [seen.uuid])


def test_undoing_a_sitting_of_typing_stops_at_what_another_window_wrote_between(
    book: Notebook, other: Notebook, item: str
) -> None:
    (note,) = book.add([book.anchor_at(item)], text="a")
    book.change(note.uuid, "writing", group="one", text="ab")
    other.reload()
    other.change(note.uuid, text="ab and theirs")
    book.reload()
    book.change(note.uuid, "writing", group="one", text="ab and theirs, then mine")
    book.undo()
    assert [note.text for note in stored(book)] == ["ab and theirs"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("gate ask", 1), ("ASK gat", 1), ("site’s", 1), ("on-site", 1), ("#stations", 1), ("ation", 1), ("a1", 1),
        ("“A1 gate”", 1), ("gate twice", 0), ('"gate ask"', 0), ("", 2), ("  ", 2), ("absent", 0), ("%", 0), ("*", 0),
        ("x" * 5000, 0), ("\ud800abc", 0), ("a\0b", 0),
    ],
)  # fmt: skip
def test_notes_are_found_by_all_words_in_any_order(book: Notebook, item: str, words: str, found: int) -> None:
    book.add([book.anchor_at(item, 5, 20)], text="Ask ID at A1 gate, onsite", tags=("stations",))
    book.add([book.anchor_at(item, 5, 20)], text="Nothing else")
    assert len(book.search(words)) == found


def test_notes_are_found_as_they_are_now(book: Notebook, item: str) -> None:
    (note,) = book.add([book.anchor_at(item)], text="first words")
    assert book.search("first") == {note.uuid}
    book.change(note.uuid, text="other words")
    assert (book.search("first"), book.search("other")) == (set(), {note.uuid})
    book.remove([note.uuid])
    assert book.search("other") == set()
