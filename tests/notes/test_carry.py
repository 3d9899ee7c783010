"""Notes go on to the next edition: each is placed, moved, or without a place, and none is changed by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from viewer.bundle.bundle import Bundle
from viewer.model import NoteState
from viewer.notes.carry import ResolvedNote, summary
from viewer.notes.notebook import Notebook

Later = Callable[..., Bundle]


def noted(book: Notebook, passages: list[str]) -> list[str]:
    """A note on characters 20 to 100 of each passage; returns their ids."""
    made = book.add([book.anchor_at(item, 20, 100) for item in passages], text="A note", colour=1)
    return [note.uuid for note in made]


def carried(book: Notebook, bundle: Bundle) -> Mapping[str, ResolvedNote]:
    return Notebook(book.store, bundle).notes


@pytest.mark.parametrize(
    ("rewrite", "state"),
    [
        (lambda _id, text: text, NoteState.PLACED),
        (lambda _id, text: f"A new sentence stands first. {text}", NoteState.PLACED),
        (lambda _id, text: text[:20] + text[20:100].replace(" ", " so ", 2) + text[100:], NoteState.MOVED),
        (lambda _id, _text: "Everything that was said here before is said otherwise now.", NoteState.PLACELESS),
        (lambda _id, text: f"{text[:60]}\n\n{text[60:]}", NoteState.MOVED),
    ],
)
def test_each_note_is_placed_moved_or_without_a_place(
    book: Notebook, passage_ids: list[str], later: Later, rewrite: Callable[[str, str], str], state: NoteState
) -> None:
    noted(book, passage_ids[:8])
    states = {resolved.state for resolved in carried(book, later(rewrite)).values()}
    assert states == {state}


def test_an_item_that_vanished_leaves_its_note_with_its_quotation(
    book: Notebook, passage_ids: list[str], later: Later
) -> None:
    (uuid,) = noted(book, passage_ids[:1])
    gone = later(lambda item, text: None if item == passage_ids[0] else text)
    resolved = carried(book, gone)[uuid]
    assert (resolved.state, resolved.anchor) == (NoteState.PLACELESS, None)
    assert resolved.previous == book.notes[uuid].note.anchor
    assert resolved.item == passage_ids[0]


def test_words_of_a_vanished_item_that_stand_in_one_other_are_offered_not_taken_for_sure(
    book: Notebook, passage_ids: list[str], later: Later
) -> None:
    (uuid,) = noted(book, passage_ids[:1])
    text = book.texts.text(passage_ids[0]) or ""

    def merged(item: str, own: str) -> str | None:
        return None if item == passage_ids[0] else f"{own} {text}" if item == passage_ids[5] else own

    resolved = carried(book, later(merged))[uuid]
    assert resolved.state is NoteState.MOVED
    assert resolved.anchor is not None
    assert resolved.anchor.item == passage_ids[5]


def test_the_older_edition_still_shows_every_note_as_it_was(
    book: Notebook, first: Bundle, passage_ids: list[str], later: Later
) -> None:
    noted(book, passage_ids[:6])
    before = dict(book.notes)
    newer = Notebook(book.store, later(lambda _id, text: text.replace(" the ", " that ")))
    newer.confirm(newer.notes)
    newer.attach(next(iter(newer.notes)), newer.anchor_at(passage_ids[20]))
    assert Notebook(book.store, first).notes == before


def test_what_the_reader_confirmed_stays_confirmed(book: Notebook, passage_ids: list[str], later: Later) -> None:
    noted(book, passage_ids[:3])
    bundle = later(lambda _id, text: text[:20] + text[20:100].replace(" ", " so ", 2) + text[100:])
    newer = Notebook(book.store, bundle)
    assert len(newer.notes.unsettled()) == 3
    newer.confirm([resolved.note.uuid for resolved in newer.notes.unsettled()])
    assert newer.notes.unsettled() == []
    again = Notebook(book.store, bundle)
    assert again.notes.unsettled() == []
    assert again.notes == newer.notes


def test_a_confirmed_place_is_where_the_edition_after_that_begins(
    book: Notebook, passage_ids: list[str], later: Later
) -> None:
    (uuid,) = noted(book, passage_ids[:1])
    second = Notebook(book.store, later(lambda _id, _text: "Wholly other words, and a place for the note here."))
    assert second.notes[uuid].state is NoteState.PLACELESS
    second.attach(uuid, second.anchor_at(passage_ids[0], 25, 49))
    third = carried(book, later(lambda _id, _text: "Wholly other words, and a place for the note here.", serial=3))
    assert third[uuid].state is NoteState.PLACED
    assert third[uuid].anchor == second.notes[uuid].anchor


def test_confirming_can_be_undone(book: Notebook, passage_ids: list[str], later: Later) -> None:
    noted(book, passage_ids[:2])
    bundle = later(lambda _id, text: text[:20] + text[20:100].replace(" ", " so ", 2) + text[100:])
    newer = Notebook(book.store, bundle)
    before = dict(newer.notes)
    newer.confirm(newer.notes)
    outcome = newer.undo()
    assert outcome is not None
    assert outcome.name == "confirmation"
    assert newer.notes == before == Notebook(book.store, bundle).notes


def test_notes_stand_in_the_order_of_the_pages(book: Notebook, first: Bundle) -> None:
    theme = first.themes()[1]
    wanted = [item.id for item in first.items(theme.id)]
    book.add([book.anchor_at(item) for item in reversed(wanted)], bookmark=True)
    assert [resolved.item for resolved in book.notes.in_order()] == wanted


def test_one_sentence_says_how_all_stand(book: Notebook, passage_ids: list[str], later: Later) -> None:
    noted(book, passage_ids[:12])

    def mixed(item: str, text: str) -> str | None:
        if item in passage_ids[:3]:
            return text[:20] + text[20:100].replace(" ", " so ", 2) + text[100:]
        return None if item in passage_ids[3:5] else text

    message = summary(carried(book, later(mixed)).values())
    assert message == "12 notes: 7 in place, 3 moved, 2 without a place."


def test_says_in_plain_words_that_there_are_no_notes() -> None:
    assert summary([]) == "No notes yet."
