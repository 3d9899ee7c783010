"""The notes view: what it shows, where it leads, what is removed there, and how notes come to a later edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.notes.conftest import THEME, book_of, trigger, typed
from viewer import paths
from viewer.model import Finding, NoteState
from viewer.publish.build import build_body
from viewer.publish.drafts import read_drafts
from viewer.ui.notes.note_list import NOTE_ROLE
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.window import Window


def test_the_notes_view_filters_and_leads_to_the_place_and_back(window: Window, notes: NotesController) -> None:
    book = book_of(notes)
    items = [item.id for theme in book.bundle.themes() for item in book.bundle.items(theme.id)][::9]
    notes.session.edit(lambda held: held.add([held.anchor_at(item) for item in items], text="First", colour=1))
    notes.session.edit(lambda held: held.add([held.anchor_at(items[3], 0, 9)], text="Zebrafinch", tags=("p2p",)))
    trigger(window, "view_notes")
    view = notes.notes_view.view
    assert view is not None
    assert len(view.shown()) == len(items) + 1
    view.filters.words.setText("brafin")
    assert [resolved.note.text for resolved in view.shown()] == ["Zebrafinch"]
    view.filters.words.clear()
    view.filters.tag.setCurrentIndex(view.filters.tag.findData("p2p"))
    (found,) = view.shown()
    view.filters.tag.setCurrentIndex(0)
    view.filters.colour.setCurrentIndex(view.filters.colour.findData(1))
    assert len(view.shown()) == len(items)
    view.filters.state.setCurrentIndex(2)
    assert view.shown() == []
    notes.go_to_note(found.note.uuid)
    edition_view = window.edition_view
    assert edition_view is not None
    assert edition_view.views.currentWidget() is edition_view.reading_view
    assert edition_view.reading.item == items[3]


def test_a_note_removed_in_the_notes_view_leaves_the_editor_closed(
    window: Window, notes: NotesController, qtbot: QtBot
) -> None:
    trigger(window, "next_item", "note")
    typed(notes, "First", qtbot)
    (uuid,) = book_of(notes).notes
    trigger(window, "view_notes")
    assert notes.notes_view.view is not None
    notes.notes_view.view.removal_requested.emit([uuid])
    assert (notes.editing.editor.isHidden(), dict(book_of(notes).notes)) == (True, {})
    trigger(window, "undo")
    assert [resolved.note.text for resolved in book_of(notes).notes.in_order()] == ["First"]


def test_where_there_are_no_notes_a_narrow_window_says_so_and_has_no_empty_pane(
    window: Window, notes: NotesController, qtbot: QtBot
) -> None:
    trigger(window, "view_notes")
    view, review = notes.notes_view.view, notes.notes_view.review
    assert view is not None
    assert review is not None
    assert view.count.text() == "No notes yet."
    assert review.isVisible()
    window.resize(700, 500)
    qtbot.waitUntil(lambda: not review.isVisible())
    qtbot.waitUntil(lambda: view.filters.words.width() >= 180)
    notes.session.edit(lambda held: held.add([held.anchor_at(f"{THEME}.f1")], text="First"))
    assert review.isVisible()
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: abs(view.filters.words.y() - view.filters.colour.y()) < 8)
    assert review.isVisible()


@pytest.fixture
def later_file(sealed: Callable[..., bytes], tmp_path: Path) -> Path:
    """The sample's next edition: other words in its first findings, its last passages gone."""
    drafts = read_drafts(paths.resources() / "drafts" / "tacsea-2012")
    findings = tuple(replace(f, text=f.text.replace(" is ", " remains ")) for f in drafts.findings)
    edition = replace(drafts.edition, serial=3, label="2013/14")
    path = tmp_path / "later.db"
    changed = replace(drafts, edition=edition, findings=findings, passages=drafts.passages[:-2])
    path.write_bytes(sealed(build_body(changed), serial=3))
    return path


def test_a_later_edition_opens_with_one_sentence_and_the_reader_confirms(
    window: Window, notes: NotesController, later_file: Path, qtbot: QtBot
) -> None:
    book = book_of(notes)
    items = [item for theme in book.bundle.themes() for item in book.bundle.items(theme.id)]
    changed = next(item.id for item in items if " is " in item.text and isinstance(item, Finding))
    text = book.texts.text(changed) or ""
    at = text.index(" is ")
    gone = max((item for item in items if ".p" in item.id), key=lambda item: book.texts.order(item.id)).id
    anchors = [book.anchor_at(changed, max(0, at - 30), at + 20), book.anchor_at(gone, 0, 20),
               book.anchor_at(items[3].id)]  # fmt: skip
    notes.session.edit(lambda held: held.add(anchors, text="Words"))
    window._files.open(later_file)
    edition_view = window.edition_view
    assert edition_view is not None
    qtbot.waitUntil(lambda: edition_view.notes.session.book is not None)
    later = edition_view.notes
    assert later._bar.text.text() == "3 notes: 1 in place, 1 moved, 1 without a place."
    later._bar.buttons[0].click()
    view, review = later.notes_view.view, later.notes_view.review
    assert view is not None
    assert review is not None
    (moved,) = view.shown()
    assert moved.state is NoteState.MOVED
    assert view.list.currentIndex().data(NOTE_ROLE) == moved
    shown = review.text.toPlainText()
    assert " is " in shown
    assert " remains " in shown
    review.confirm.click()
    assert book_of(later).notes[moved.note.uuid].state is NoteState.PLACED
    (placeless,) = book_of(later).notes.unsettled()
    later.notes_view.begin_attaching(placeless.note.uuid)
    edition_view.go(f"item:{items[5].id}")
    later._bar.buttons[0].click()
    assert book_of(later).notes.unsettled() == []
    assert book_of(later).notes[placeless.note.uuid].item == items[5].id
    trigger(window, "undo")
    assert book_of(later).notes.unsettled() == [placeless]
