"""Two windows on the same notes: nothing that either called saved is lost, and the reader is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.notes.conftest import book_of, trigger, typed
from viewer.notes.notebook import Notebook
from viewer.notes.store import NoteStore
from viewer.ui.notes.editor_controller import BOTH_STAND, KEPT, REMOVED, TAKEN_IN
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.window import Window


@pytest.fixture
def uuid(window: Window, notes: NotesController, qtbot: QtBot) -> str:
    """The note "one", saved, its editor left open."""
    trigger(window, "next_item", "note")
    typed(notes, "one", qtbot)
    (made,) = book_of(notes).notes
    return made


@pytest.fixture
def other(notes: NotesController, uuid: str) -> Iterator[Notebook]:
    """The notes as the other window holds them."""
    assert uuid
    with closing(NoteStore.open(book_of(notes).store.path)) as store:
        yield Notebook(store, book_of(notes).bundle)


def texts_of(book: Notebook, uuid: str) -> tuple[str, list[str]]:
    """What the file holds of the note: its text, and those of the versions that stand beside it."""
    (stored,) = book.store.contents().notes
    assert stored.note is not None
    assert stored.uuid == uuid
    return stored.note.text, [version.note.text for version in stored.contradicting if version.note]


def test_what_the_other_window_saved_is_kept_and_said_when_this_one_writes_over_it(
    notes: NotesController, uuid: str, other: Notebook, qtbot: QtBot
) -> None:
    notes.session._timer.stop()  # the other window saves between two looks at the file
    other.change(uuid, text="one two")
    typed(notes, " more", qtbot)
    assert texts_of(other, uuid) == ("one more", ["one two"])
    assert notes.editing.editor.other_window.text() == KEPT
    assert notes.editing.editor.other_window.isVisible()
    assert notes.editing.close()
    assert notes._bar.text.text() == KEPT
    notes._bar.buttons[0].click()
    assert notes.notes_view.review is not None
    assert "one two" in notes.notes_view.review.text.toPlainText()


def test_words_not_saved_yet_stand_beside_what_the_other_window_saved_meanwhile(
    notes: NotesController, uuid: str, other: Notebook
) -> None:
    QTest.keyClicks(notes.editing.editor.words, " more")
    other.change(uuid, text="one two")
    notes.session.check_file()
    assert notes.editing.editor.words.toPlainText() == "one more"
    assert notes.editing.save()
    assert texts_of(other, uuid) == ("one more", ["one two"])
    assert notes.editing.editor.other_window.text() == KEPT


def test_an_editor_with_nothing_unsaved_shows_what_the_other_window_saved(
    notes: NotesController, uuid: str, other: Notebook, qtbot: QtBot
) -> None:
    other.change(uuid, text="one two", tags=("p2p",))
    notes.session.check_file()
    draft = notes.editing.editor.draft()
    assert (draft.text, draft.tags, notes.editing.editor.is_unsaved) == ("one two", "#p2p", False)
    assert notes.editing.editor.other_window.text() == TAKEN_IN
    typed(notes, " after", qtbot)
    assert texts_of(other, uuid) == ("one two after", [])
    assert notes.editing.editor.other_window.isHidden()


def test_an_editor_goes_on_with_its_own_text_where_the_other_window_wrote_another(
    notes: NotesController, uuid: str, other: Notebook, qtbot: QtBot
) -> None:
    seen = other.notes[uuid].note
    QTest.keyClicks(notes.editing.editor.words, " more")
    assert notes.editing.save()
    other.change(uuid, seen=seen, text="one two")
    notes.session.check_file()
    assert notes.editing.editor.words.toPlainText() == "one more"
    assert notes.editing.editor.other_window.text() == KEPT
    typed(notes, " still", qtbot)
    assert texts_of(other, uuid) == ("one more still", ["one two"])


def test_what_undo_writes_over_is_kept_and_said_above_the_page(
    window: Window, notes: NotesController, uuid: str, other: Notebook
) -> None:
    QTest.keyClicks(notes.editing.editor.words, " more")
    assert notes.editing.close()
    notes.session._timer.stop()
    other.reload()
    other.change(uuid, text="theirs")
    trigger(window, "undo")
    assert texts_of(other, uuid) == ("one", ["theirs"])
    assert notes._bar.text.text() == KEPT


def test_a_note_changed_on_both_sides_says_so_on_its_card_and_its_editor_leads_to_the_choice(
    window: Window, notes: NotesController, uuid: str, other: Notebook, qtbot: QtBot
) -> None:
    assert notes.editing.close()
    seen = other.notes[uuid].note
    notes.session.edit(lambda held: held.change(uuid, text="mine"))
    other.change(uuid, seen=seen, text="theirs")
    notes.session.check_file()
    (card,) = notes.page.margin.cards
    assert card.both_changed
    assert card.spoken.endswith("changed on both sides")
    assert card.document is not None
    assert "Changed on both sides" in card.document.toPlainText()
    notes.editing.open_note(uuid)
    editor = notes.editing.editor
    assert (editor.other_window.text(), editor.choose.isVisible()) == (BOTH_STAND, True)
    typed(notes, " still", qtbot)
    assert editor.choose.isVisible()
    editor.choose.click()
    assert (editor.isHidden(), window.actions_by_name["view_notes"].isChecked()) == (True, True)
    review = notes.notes_view.review
    assert review is not None
    review._follow_link("version:1")
    (card,) = notes.page.margin.cards
    assert not card.both_changed
    assert texts_of(other, uuid)[1] == []


def test_an_editor_stops_offering_the_choice_once_it_was_made_in_the_other_window(
    notes: NotesController, uuid: str, other: Notebook
) -> None:
    seen = other.notes[uuid].note
    QTest.keyClicks(notes.editing.editor.words, " more")
    assert notes.editing.save()
    other.change(uuid, seen=seen, text="one two")
    notes.session.check_file()
    assert notes.editing.editor.choose.isVisible()
    stored = other.notes.stored(uuid)
    assert stored is not None
    mine = next(one for one in (stored.version, *stored.contradicting) if one.note and one.note.text == "one more")
    other.settle(uuid, mine)
    notes.session.check_file()
    assert (notes.editing.editor.choose.isHidden(), notes.editing.editor.words.toPlainText()) == (True, "one more")


def test_the_editor_says_that_its_note_was_removed_in_the_other_window(
    notes: NotesController, uuid: str, other: Notebook
) -> None:
    other.remove([uuid])
    notes.session.check_file()
    assert notes.editing.editor.other_window.text() == REMOVED


@pytest.mark.parametrize(("at", "then"), [(3, 9), (1, 1)])
def test_the_caret_stays_where_it_was_when_the_words_change_elsewhere(
    notes: NotesController, uuid: str, other: Notebook, at: int, then: int
) -> None:
    cursor = QTextCursor(notes.editing.editor.words.document())
    cursor.setPosition(at)
    notes.editing.editor.words.setTextCursor(cursor)
    other.change(uuid, text="one and 2")
    notes.session.check_file()
    assert notes.editing.editor.words.textCursor().position() == then


def test_a_note_that_is_opened_again_is_written_on_at_its_end(notes: NotesController, uuid: str) -> None:
    assert notes.editing.close()
    notes.editing.open_note(uuid)
    QTest.keyClicks(notes.editing.editor.words, " two")
    assert notes.editing.editor.words.toPlainText() == "one two"


def test_a_bookmark_given_on_the_page_is_not_taken_for_another_windows_doing(
    window: Window, notes: NotesController, uuid: str, other: Notebook, qtbot: QtBot
) -> None:
    notes.session.edit(lambda held: held.change(uuid, colour=3))
    trigger(window, "bookmark")
    assert (notes.editing.editor.bookmark.isChecked(), notes.editing.editor.draft().colour) == (True, 3)
    typed(notes, " more", qtbot)
    (note,) = other.store.contents().current
    assert (note.text, note.bookmark, note.colour) == ("one more", True, 3)
    assert (texts_of(other, uuid)[1], notes.editing.editor.other_window.text()) == ([], "")
