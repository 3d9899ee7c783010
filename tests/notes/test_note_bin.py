"""The bin holds what was removed, with the words that it had last."""

from __future__ import annotations

from viewer.notes.note_bin import removed_notes
from viewer.notes.notebook import Notebook


def test_it_holds_the_last_words_of_what_was_removed_and_nothing_else(book: Notebook, passage_ids: list[str]) -> None:
    first, second, third = book.add([book.anchor_at(item) for item in passage_ids[:3]], text="one")
    book.change(first.uuid, text="two")
    book.remove([first.uuid])
    book.remove([second.uuid])
    assert [(one.uuid, one.note.text) for one in removed_notes(book.store)][::-1] == [
        (first.uuid, "two"),
        (second.uuid, "one"),
    ]
    book.bring_back(removed_notes(book.store)[0].version)
    book.purge([first.uuid])
    assert removed_notes(book.store) == []
    assert set(book.notes) == {second.uuid, third.uuid}
