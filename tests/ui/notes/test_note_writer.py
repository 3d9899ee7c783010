"""The notes file is written outside the window's thread, in order, and only what is on the disk is called saved."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.notes.conftest import book_of, trigger, typed
from viewer.errors import NotesTrouble
from viewer.notes.store import NoteStore
from viewer.ui.notes.note_writer import NoteWriter
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.window import Window


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another program holds the notes file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def threads_of(store: NoteStore) -> Iterator[set[int]]:
    """Gathers the threads in which SQLite ran for a store."""
    threads: set[int] = set()
    store._connection.set_trace_callback(lambda _statement: threads.add(threading.get_ident()))
    yield threads
    store._connection.set_trace_callback(None)


def texts_in(path: Path) -> list[str]:
    with closing(NoteStore.open(path)) as store:
        return [note.text for note in store.contents().current]


def test_typing_costs_the_window_no_access_to_the_file(window: Window, notes: NotesController, qtbot: QtBot) -> None:
    trigger(window, "next_item", "note")
    typed(notes, "begun", qtbot)
    with threads_of(book_of(notes).store) as threads:
        for word in (" one", " two", " three"):
            typed(notes, word, qtbot)
        notes.session.look_at_file()
        qtbot.waitUntil(lambda: not notes.session._writer.is_busy)
    assert len(threads) == 1
    assert threading.get_ident() not in threads
    assert texts_in(book_of(notes).store.path) == ["begun one two three"]


def test_a_file_that_another_program_holds_leaves_the_window_free_and_the_words_are_saved_afterwards(
    window: Window, notes: NotesController, qtbot: QtBot
) -> None:
    trigger(window, "next_item", "note")
    editor, path = notes.editing.editor, book_of(notes).store.path
    turns: list[str] = []
    with threads_of(book_of(notes).store) as threads:
        with held(path):
            QTest.keyClicks(editor.words, "held up")
            qtbot.waitUntil(lambda: "is in use" in editor.state.text() or "goes on trying" in editor.state.text())
            for key in "abcdef":
                QTest.keyClicks(editor.words, key)
                QTimer.singleShot(0, lambda: turns.append(editor.words.toPlainText()))
                QTest.qWait(100)
                assert "Saved" not in editor.state.text()
        assert turns == ["held up" + "abcdef"[: n + 1] for n in range(6)]
        qtbot.waitUntil(lambda: editor.state.text().startswith("Saved"))
    assert threading.get_ident() not in threads
    assert texts_in(path) == ["held upabcdef"]


def test_closing_asks_after_some_time_where_the_file_stays_held(
    window: Window, notes: NotesController, monkeypatch: pytest.MonkeyPatch
) -> None:
    trigger(window, "next_item", "note")
    asked: list[str] = []

    def stay(box: QMessageBox) -> int:
        asked.append(box.text())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", stay)
    with held(book_of(notes).store.path):
        QTest.keyClicks(notes.editing.editor.words, "Not to be lost")
        assert not window.close()
    assert asked == ["Not all of the note that you are writing is saved."]
    assert window.close()


def test_saved_is_said_of_exactly_what_the_writer_confirmed(
    window: Window, notes: NotesController, qtbot: QtBot
) -> None:
    trigger(window, "next_item", "note")
    editor, book = notes.editing.editor, book_of(notes)
    may_go_on = threading.Event()
    notes.session._writer.run(may_go_on.wait, lambda _: None, lambda _: None)  # the thread is held up
    QTest.keyClicks(editor.words, "first")
    notes.editing.save_soon()
    QTest.keyClicks(editor.words, " second")
    assert editor.state.text() == "Saving …"
    assert book.notes == {}
    may_go_on.set()
    qtbot.waitUntil(lambda: editor.state.text().startswith("Saved"))
    assert texts_in(book.store.path) == ["first second"]


def test_what_the_reader_does_next_comes_after_what_is_being_saved(window: Window, notes: NotesController) -> None:
    trigger(window, "next_item", "note")
    QTest.keyClicks(notes.editing.editor.words, "words")
    notes.editing.save_soon()
    trigger(window, "bookmark")
    assert notes.editing.close()
    (note,) = (one.note for one in book_of(notes).notes.values())
    assert (note.text, note.bookmark) == ("words", True)
    assert book_of(notes).notes.contradicting(note.uuid) == ()


def test_a_note_removed_while_it_is_being_saved_is_removed(window: Window, notes: NotesController) -> None:
    trigger(window, "next_item", "note")
    QTest.keyClicks(notes.editing.editor.words, "words")
    notes.editing.save_soon()
    notes.editing.editor.remove.click()
    assert notes.session.settle()
    assert book_of(notes).notes == {}


def test_errands_are_answered_in_order_in_the_thread_of_the_window(qtbot: QtBot) -> None:
    writer, answers = NoteWriter(), []

    def errand(number: int) -> Callable[[], object]:
        def do() -> int:
            if number == 2:
                raise NotesTrouble("The second one was not done.", advice="")
            return number

        return do

    for number in range(4):
        writer.run(
            errand(number),
            lambda result: answers.append((result, threading.get_ident())),
            lambda err: answers.append((str(err), threading.get_ident())),
        )
    qtbot.waitUntil(lambda: not writer.is_busy)
    here = threading.get_ident()
    assert answers == [(0, here), (1, here), ("The second one was not done.", here), (3, here)]


def test_settling_does_not_wait_for_ever(qtbot: QtBot) -> None:
    writer, go_on = NoteWriter(), threading.Event()
    writer.run(go_on.wait, lambda _: None, lambda _: None)
    assert not writer.settle(patience=0.05)
    go_on.set()
    assert writer.settle()
    qtbot.wait(0)
