"""The reader's own notes among the results of a search."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui.notes.conftest import trigger
from viewer.ui.notes.notes_controller import NotesController
from viewer.ui.reading.pane import ReadingPane
from viewer.ui.window import Window


def test_the_search_of_the_edition_finds_notes_as_a_group_of_their_own(
    window: Window, notes: NotesController, pane: ReadingPane, qtbot: QtBot
) -> None:
    item = pane.item_map.ids[2]
    notes.session.edit(lambda held: held.add([held.anchor_at(item)], text="Ask about zebrafinch & others"))
    window.search.setText("zebrafinch")
    trigger(window, "search")
    window.search.submitted.emit()
    edition_view = window.edition_view
    assert edition_view is not None
    searching = edition_view.search
    qtbot.waitUntil(lambda: bool(searching.view.note_hits.buttons), timeout=5000)
    (button,) = searching.view.note_hits.buttons
    assert "zebrafinch && others" in button.text()
    button.click()
    assert edition_view.reading.item == item
    assert edition_view.notes.session.noted_items == {item}
