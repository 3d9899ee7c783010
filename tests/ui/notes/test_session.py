"""The notes file in the window: what another window saved appears, and a damaged file is set aside."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.notes.test_store import NOTE, saved
from tests.ui.notes.conftest import THEME, book_of, trigger
from viewer.errors import NotesTrouble
from viewer.notes import backups
from viewer.notes.notebook import Notebook
from viewer.notes.opening import open_notes
from viewer.notes.store import NoteStore, path_for
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.reading.pane import ReadingPane
from viewer.ui.window import Window


def test_another_windows_note_appears(notes: NotesController, pane: ReadingPane, qtbot: QtBot) -> None:
    book = book_of(notes)
    with_store = NoteStore.open(book.store.path)
    other = Notebook(with_store, book.bundle)
    other.add([other.anchor_at(pane.item_map.ids[0])], text="From the other window", colour=1)
    with_store.close()
    qtbot.waitUntil(lambda: len(notes.page.margin.cards) == 1, timeout=3000)


def refuse(*_paths: Path) -> Path:
    raise NotesTrouble("The backup was not put in place.")


def test_a_damaged_file_is_set_aside_and_the_backup_offered(
    open_window: Callable[..., Window], sample_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = path_for(tmp_path / "home", "tacsea")
    first = open_window(sample_file)
    assert first.edition_view is not None
    notes = first.edition_view.notes
    notes.session.open()
    notes.session.edit(lambda held: held.toggle_bookmark(f"{THEME}.f1"))
    notes.session.close()
    notes.session.open()
    first.close()
    path.write_bytes(b"garbage")
    again = open_window(sample_file)
    edition_view = again.edition_view
    assert edition_view is not None
    qtbot.waitUntil(lambda: edition_view.notes.session.book is not None)
    assert "nothing of it was deleted" in edition_view.notes._bar.text.text()
    edition_view.notes.session.edit(lambda held: held.toggle_bookmark(f"{THEME}.f2"))
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(NoteStore, "join", refuse)
        edition_view.notes._bar.buttons[0].click()
    assert edition_view.notes._bar.text.text().startswith("The backup was not put in place.")
    assert book_of(edition_view.notes).notes.noted_items == {f"{THEME}.f2"}
    edition_view.notes._bar.buttons[0].click()
    assert "2 notes, with those written since" in edition_view.notes._bar.text.text()
    assert book_of(edition_view.notes).notes.noted_items == {f"{THEME}.f1", f"{THEME}.f2"}


@pytest.fixture
def damaged_home(tmp_path: Path) -> Path:
    """The home that windows use, with a damaged notes file and a backup of one note."""
    home = tmp_path / "home"
    path = path_for(home, "tacsea")
    with closing(open_notes(home, "tacsea").store) as store:
        saved(store, NOTE)
    assert backups.back_up(path)
    path.write_bytes(b"garbage")
    return home


@pytest.mark.usefixtures("damaged_home")
def test_a_backup_is_offered_at_every_start_and_in_the_empty_notes_view(
    open_window: Callable[..., Window], sample_file: Path, qtbot: QtBot
) -> None:
    for _ in range(3):
        window = open_window(sample_file)
        assert window.edition_view is not None
        strip = window.edition_view.notes._bar
        qtbot.waitUntil(strip.isVisible)
        assert "A backup with 1 note is there" in strip.text.text()
        choices = [button.text() for button in strip.buttons]
        assert choices == ["Put the backup in its place", "Go on without it", "Close"]
        window.close()
    window = open_window(sample_file)
    trigger(window, "view_notes")
    assert window.edition_view is not None
    notes = window.edition_view.notes
    assert notes.notes_view.view is not None
    assert notes.notes_view.view.restore.isVisible()
    assert "A backup with 1 note is there" in notes.notes_view.view.empty.text()
    notes.notes_view.view.restore.click()
    assert notes.notes_view.view.restore.isHidden()
    assert len(notes.notes_view.view.shown()) == 1


def test_a_declined_backup_is_offered_no_more(
    open_window: Callable[..., Window], sample_file: Path, damaged_home: Path, qtbot: QtBot
) -> None:
    edition_view = open_window(sample_file).edition_view
    assert edition_view is not None
    qtbot.waitUntil(lambda: edition_view.notes.session.offer is not None)
    edition_view.notes._bar.buttons[1].click()
    assert edition_view.notes.session.offer is None
    edition_view.notes.session.close()
    found = open_notes(damaged_home, "tacsea")
    with closing(found.store) as store:
        assert store.contents().current == []
    assert found.offer is None
