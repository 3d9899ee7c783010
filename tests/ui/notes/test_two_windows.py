"""Two windows on the same notes: nothing that either called saved is lost, and the reader is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.notes.conftest import book_of, press, typed
from viewer.notes.notebook import Notebook
from viewer.notes.store import NoteStore
from viewer.ui.notes.editor_controller import KEPT, REMOVED, TAKEN_IN, YOURS_KEPT
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.window import Window


@pytest.fixture
def uuid(window: Window, noting: NotesController, qtbot: QtBot) -> str:
    """The note "one", saved, its editor left open."""
    press(window, "next_item", "note")
    typed(noting, "one", qtbot)
    (made,) = book_of(noting).notes
    return made


@pytest.fixture
def other(noting: NotesController, uuid: str) -> Iterator[Notebook]:
    """The notes as the other window holds them."""
    assert uuid
    with closing(NoteStore.open(book_of(noting).store.path)) as store:
        yield Notebook(store, book_of(noting).bundle)


def texts_of(book: Notebook, uuid: str) -> tuple[str, list[str]]:
    """What the file holds of the note: its text, and those of its former versions."""
    (note,) = book.store.notes()
    return note.text, [former.text for former in book.store.former(uuid)]


def test_what_the_other_window_saved_is_kept_and_said_when_this_one_writes_over_it(
    noting: NotesController, uuid: str, other: Notebook, qtbot: QtBot
) -> None:
    noting.session._timer.stop()  # the other window saves between two looks at the file
    other.change(uuid, text="one two")
    typed(noting, " more", qtbot)
    assert texts_of(other, uuid) == ("one more", ["one two"])
    assert noting.editor.other_window.text() == KEPT
    assert noting.editor.other_window.isVisible()
    assert noting.writing.close()
    assert noting.strip.text.text() == KEPT
    noting.strip.buttons[0].click()
    assert noting.reviewing.review is not None
    assert "one two" in noting.reviewing.review.text.toPlainText()


def test_words_not_saved_yet_stand_beside_what_the_other_window_saved_meanwhile(
    noting: NotesController, uuid: str, other: Notebook
) -> None:
    QTest.keyClicks(noting.editor.words, " more")
    other.change(uuid, text="one two")
    noting.session.look_again()
    assert noting.editor.words.toPlainText() == "one more"
    assert noting.writing.save()
    assert texts_of(other, uuid) == ("one more", ["one two"])
    assert noting.editor.other_window.text() == KEPT


def test_an_editor_with_nothing_unsaved_shows_what_the_other_window_saved(
    noting: NotesController, uuid: str, other: Notebook, qtbot: QtBot
) -> None:
    other.change(uuid, text="one two", tags=("p2p",))
    noting.session.look_again()
    said = noting.editor.said()
    assert (said.text, said.tags, noting.editor.is_unsaved) == ("one two", "#p2p", False)
    assert noting.editor.other_window.text() == TAKEN_IN
    typed(noting, " after", qtbot)
    assert texts_of(other, uuid) == ("one two after", [])
    assert noting.editor.other_window.isHidden()


def test_an_editor_whose_text_the_other_window_wrote_over_says_where_it_is_kept(
    noting: NotesController, uuid: str, other: Notebook
) -> None:
    seen = other.notes[uuid].note
    QTest.keyClicks(noting.editor.words, " more")
    assert noting.writing.save()
    other.change(uuid, seen=seen, text="one two")
    noting.session.look_again()
    assert noting.editor.words.toPlainText() == "one two"
    assert noting.editor.other_window.text() == YOURS_KEPT
    assert texts_of(other, uuid) == ("one two", ["one more"])


def test_what_undo_writes_over_is_kept_and_said_above_the_page(
    window: Window, noting: NotesController, uuid: str, other: Notebook
) -> None:
    QTest.keyClicks(noting.editor.words, " more")
    assert noting.writing.close()
    noting.session._timer.stop()
    other.reload()
    other.change(uuid, text="theirs")
    press(window, "undo")
    assert texts_of(other, uuid) == ("one", ["theirs"])
    assert noting.strip.text.text() == KEPT


def test_the_editor_says_that_its_note_was_removed_in_the_other_window(
    noting: NotesController, uuid: str, other: Notebook
) -> None:
    other.remove([uuid])
    noting.session.look_again()
    assert noting.editor.other_window.text() == REMOVED


@pytest.mark.parametrize(("at", "then"), [(3, 9), (1, 1)])
def test_the_caret_stays_where_it_was_when_the_words_change_elsewhere(
    noting: NotesController, uuid: str, other: Notebook, at: int, then: int
) -> None:
    cursor = QTextCursor(noting.editor.words.document())
    cursor.setPosition(at)
    noting.editor.words.setTextCursor(cursor)
    other.change(uuid, text="one and 2")
    noting.session.look_again()
    assert noting.editor.words.textCursor().position() == then


def test_a_note_that_is_opened_again_is_written_on_at_its_end(noting: NotesController, uuid: str) -> None:
    assert noting.writing.close()
    noting.writing.open_note(uuid)
    QTest.keyClicks(noting.editor.words, " two")
    assert noting.editor.words.toPlainText() == "one two"


def test_a_bookmark_given_on_the_page_is_not_taken_for_another_windows_doing(
    window: Window, noting: NotesController, uuid: str, other: Notebook, qtbot: QtBot
) -> None:
    noting.session.do(lambda held: held.change(uuid, colour=3))
    press(window, "bookmark")
    assert (noting.editor.bookmark.isChecked(), noting.editor.said().colour) == (True, 3)
    typed(noting, " more", qtbot)
    (note,) = other.store.notes()
    assert (note.text, note.bookmark, note.colour) == ("one more", True, 3)
    assert (other.store.former(uuid), noting.editor.other_window.text()) == ([], "")
