"""The notes view in the window: what it shows, where it leads, and what is removed there."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui.notes.conftest import THEME, book_of, press, typed
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.window import Window


def test_the_notes_view_filters_and_leads_to_the_place_and_back(window: Window, noting: NotesController) -> None:
    book = book_of(noting)
    items = [item.id for theme in book.bundle.themes() for item in book.bundle.items(theme.id)][::9]
    noting.session.do(lambda held: held.add([held.anchor_at(item) for item in items], text="First", colour=1))
    noting.session.do(lambda held: held.add([held.anchor_at(items[3], 0, 9)], text="Zebrafinch", tags=("p2p",)))
    press(window, "view_notes")
    view = noting.reviewing.view
    assert view is not None
    assert len(view.shown()) == len(items) + 1
    view.words.setText("brafin")
    assert [resolved.note.text for resolved in view.shown()] == ["Zebrafinch"]
    view.words.clear()
    view.tag.setCurrentIndex(view.tag.findData("p2p"))
    (found,) = view.shown()
    view.tag.setCurrentIndex(0)
    view.colour.setCurrentIndex(view.colour.findData(1))
    assert len(view.shown()) == len(items)
    view.state.setCurrentIndex(2)
    assert view.shown() == []
    noting.go_to_note(found.note.uuid)
    desk = window.edition_view
    assert desk is not None
    assert desk.views.currentWidget() is desk.split
    assert desk.reading.item == items[3]


def test_a_note_removed_in_the_notes_view_leaves_the_editor_closed(
    window: Window, noting: NotesController, qtbot: QtBot
) -> None:
    press(window, "next_item", "note")
    typed(noting, "First", qtbot)
    (uuid,) = book_of(noting).notes
    press(window, "view_notes")
    assert noting.reviewing.view is not None
    noting.reviewing.view.removal_requested.emit([uuid])
    assert (noting.editor.isHidden(), book_of(noting).notes) == (True, {})
    press(window, "undo")
    assert [resolved.note.text for resolved in book_of(noting).notes.in_order()] == ["First"]


def test_where_there_are_no_notes_a_narrow_window_says_so_and_has_no_empty_pane(
    window: Window, noting: NotesController, qtbot: QtBot
) -> None:
    press(window, "view_notes")
    view, review = noting.reviewing.view, noting.reviewing.review
    assert view is not None
    assert review is not None
    assert view.count.text() == "No notes yet."
    assert review.isVisible()
    window.resize(700, 500)
    qtbot.waitUntil(lambda: not review.isVisible())
    qtbot.waitUntil(lambda: view.words.width() >= 180)
    noting.session.do(lambda held: held.add([held.anchor_at(f"{THEME}.f1")], text="First"))
    assert review.isVisible()
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: abs(view.words.y() - view.colour.y()) < 8)
    assert review.isVisible()
