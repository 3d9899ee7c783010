"""Beside the item on which the reader rests stand its nearest relatives and its issues, and nothing waits for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import current_thread

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from viewer.search.related import related_items
from viewer.ui.edition_view import EditionView
from viewer.ui.search.related_items import RelatedItems
from viewer.ui.search.related_pane import ALL, RowButton
from viewer.ui.search.search_worker import Question
from viewer.ui.window import Window

Key = Qt.Key
ITEM = "indecent-images.p3"


@pytest.fixture
def view(window: Window, qtbot: QtBot) -> EditionView:
    """A view whose notes are open, with the page of a theme before the reader."""
    found = window.edition_view
    assert found is not None
    qtbot.waitUntil(lambda: found.notes.session.book is not None)
    window.activateWindow()
    found.go("theme:indecent-images")
    return found


def related_of(view: EditionView) -> RelatedItems:
    return view.related_items


def rest_on(qtbot: QtBot, view: EditionView, item: str = ITEM) -> list[RowButton]:
    """Goes to an item, and waits for what then stands beside it."""
    view.go(f"item:{item}")
    qtbot.waitUntil(lambda: related_of(view).pane.isVisible())
    return list(related_of(view).pane.rows)


def level_of(view: EditionView, item: str) -> int:
    """How far down the page an item's first line stands, in the pane's pixels."""
    cursor = view.reading.textCursor()
    cursor.setPosition(view.reading.item_map.start_of(item) or 0)
    return view.reading.cursorRect(cursor).top()


def write_note(window: Window, words: str) -> None:
    """Writes a note on the present item."""
    window.actions_by_name["note"].trigger()
    editor = window.edition_view.notes.editing.editor  # type: ignore[union-attr]
    QTest.keyClicks(editor.words, words)
    QTest.keyClick(editor.words, Key.Key_Escape)


def test_the_nearest_relatives_stand_beside_the_chosen_item_level_with_it(qtbot: QtBot, view: EditionView) -> None:
    rows = rest_on(qtbot, view)
    pane = related_of(view).pane
    assert [row.row.place for row in rows[:3]] == ["Paragraph 4", "Figure 4", "Paragraph 5"]
    assert rows[2].row.theme == "The hidden internet"
    assert pane.y() == level_of(view, ITEM)
    assert pane.parent() is view.notes.page.margin
    assert view.notes.page.margin.x() >= view.reading.column.left


def test_they_say_why_on_hover_and_to_those_who_cannot_see_them(qtbot: QtBot, view: EditionView) -> None:
    first = rest_on(qtbot, view)[0]
    assert "Shares: Peer-to-peer; source 20" in first.toolTip()
    assert first.accessibleName().startswith("Paragraph 4. One key feature")
    assert first.accessibleName().endswith("Shares: Peer-to-peer; source 20; the word file")


def test_nothing_moves_in_the_text_and_nothing_of_them_is_copied(qtbot: QtBot, view: EditionView) -> None:
    view.go(f"item:{ITEM}")
    before = view.reading.toPlainText(), level_of(view, ITEM), view.views.copy_cited()
    qtbot.waitUntil(lambda: related_of(view).pane.isVisible())
    assert (view.reading.toPlainText(), level_of(view, ITEM), view.views.copy_cited()) == before


def test_they_go_with_the_item_and_with_the_page(qtbot: QtBot, window: Window, view: EditionView) -> None:
    rest_on(qtbot, view)
    window.actions_by_name["next_item"].trigger()
    assert not related_of(view).pane.isVisible()
    qtbot.waitUntil(lambda: related_of(view).pane.isVisible())
    bar = view.reading.verticalScrollBar()
    bar.setValue(bar.value() + 40)
    assert related_of(view).pane.y() == level_of(view, view.reading.item or "")
    view.go("theme:trafficking")
    assert not related_of(view).pane.isVisible()


def test_only_the_item_on_which_the_reader_rests_is_asked_for(qtbot: QtBot, window: Window, view: EditionView) -> None:
    rest_on(qtbot, view)
    worker = view.search_worker
    asked: list[str] = []
    worker.related_in_margin.connect(lambda item, _hits: asked.append(item))
    for _ in range(6):
        window.actions_by_name["previous_item"].trigger()
        assert not related_of(view).pane.isVisible()
    qtbot.waitUntil(lambda: bool(asked) and related_of(view).pane.isVisible())
    assert asked == [view.reading.item]


def test_an_answer_that_comes_too_late_is_dropped(qtbot: QtBot, view: EditionView) -> None:
    rest_on(qtbot, view)
    worker = view.search_worker
    with qtbot.waitSignal(worker.related_in_margin):
        worker.ask_for_margin("hidden-internet.f1")
    assert related_of(view)._shown_item == ITEM
    assert "Paragraph 4" in [row.row.place for row in related_of(view).pane.rows]


def test_a_question_goes_first_and_what_stands_beside_comes_after_it(
    qtbot: QtBot, view: EditionView, monkeypatch: pytest.MonkeyPatch
) -> None:
    rest_on(qtbot, view)
    worker = view.search_worker
    asked: list[str] = []
    worker.related_in_margin.connect(lambda item, _hits: asked.append(item))
    worker.answered.connect(lambda question, _answer: asked.append(question.typed))

    interruptions: list[str] = []

    def interrupted(*args: object, **options: object) -> object:
        if not interruptions:
            interruptions.append("")
            worker.ask(Question(typed="grooming"))
        return related_items(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("viewer.search.related.related_items", interrupted)
    worker.ask_for_margin("hidden-internet.f1")
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert asked == ["grooming", "hidden-internet.f1"]


def test_a_step_through_the_items_does_not_wait_for_related_items(
    qtbot: QtBot, window: Window, view: EditionView, monkeypatch: pytest.MonkeyPatch
) -> None:
    rest_on(qtbot, view)
    threads: list[str] = []

    def watched(*args: object, **options: object) -> object:
        threads.append(current_thread().name)
        return related_items(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("viewer.search.related.related_items", watched)
    for _ in range(12):
        window.actions_by_name["previous_item"].trigger()
    assert threads == []
    qtbot.waitUntil(lambda: bool(threads))
    assert set(threads) == {"search"}


def test_a_click_opens_one_and_back_comes_back_to_the_item(qtbot: QtBot, window: Window, view: EditionView) -> None:
    rows = rest_on(qtbot, view)
    scroll = view.reading.verticalScrollBar().value()
    elsewhere = next(row for row in rows if row.row.theme)
    QTest.mouseClick(elsewhere, Qt.MouseButton.LeftButton)
    assert view.navigator.address == "theme:hidden-internet"
    window.actions_by_name["back"].trigger()
    assert (view.navigator.address, view.reading.item) == ("theme:indecent-images", ITEM)
    assert view.reading.verticalScrollBar().value() == scroll


def test_back_comes_back_from_a_relative_on_the_same_page_too(qtbot: QtBot, window: Window, view: EditionView) -> None:
    rows = rest_on(qtbot, view)
    scroll = view.reading.verticalScrollBar().value()
    assert rows[1].row.address == "item:indecent-images.p2p-users"
    rows[1].click()
    assert view.reading.item == "indecent-images.p2p-users"
    window.actions_by_name["back"].trigger()
    assert (view.reading.item, view.reading.verticalScrollBar().value()) == (ITEM, scroll)
    window.actions_by_name["forward"].trigger()
    assert view.reading.item == "indecent-images.p2p-users"


def test_the_keyboard_reaches_opens_and_leaves_them(qtbot: QtBot, window: Window, view: EditionView) -> None:
    rows = rest_on(qtbot, view)
    window.actions_by_name["margin"].trigger()
    assert QApplication.focusWidget() is rows[0]
    QTest.keyClick(rows[0], Key.Key_Down)
    QTest.keyClick(rows[1], Key.Key_Down)
    assert QApplication.focusWidget() is rows[2]
    QTest.keyClick(rows[2], Key.Key_Up)
    assert QApplication.focusWidget() is rows[1]
    QTest.keyClick(rows[1], Key.Key_Escape)
    assert QApplication.focusWidget() is view.reading
    rows[2].setFocus()
    QTest.keyClick(rows[2], Key.Key_Return)
    assert view.navigator.address == "theme:hidden-internet"
    assert QApplication.focusWidget() is view.reading


def test_tab_goes_from_the_page_into_the_margin_and_back(qtbot: QtBot, view: EditionView) -> None:
    rows = rest_on(qtbot, view)
    view.reading.setFocus()
    for _ in range(200):  # through the links of the page
        if QApplication.focusWidget() is view.reading:
            QTest.keyClick(view.reading, Key.Key_Tab)
    assert QApplication.focusWidget() is rows[0]
    QTest.keyClick(rows[0], Key.Key_Tab)
    assert QApplication.focusWidget() is rows[1]
    QTest.keyClick(rows[1], Key.Key_Backtab)
    QTest.keyClick(rows[0], Key.Key_Backtab)
    assert QApplication.focusWidget() is view.reading


def test_the_arrows_go_on_from_the_notes_to_the_relatives_and_back(
    qtbot: QtBot, window: Window, view: EditionView
) -> None:
    view.go(f"item:{ITEM}")
    write_note(window, "Ask the unit.")
    rest_on(qtbot, view, "indecent-images.p4")
    rows = rest_on(qtbot, view)
    margin = view.notes.page.margin
    (card,) = margin.cards
    assert card.rect.top() < related_of(view).pane.y() + view.reading.verticalScrollBar().value()
    rows[0].setFocus()
    QTest.keyClick(rows[0], Key.Key_Up)
    assert QApplication.focusWidget() is margin
    QTest.keyClick(margin, Key.Key_Down)
    assert QApplication.focusWidget() is rows[0]
    QTest.keyClick(rows[-1], Key.Key_Down)
    assert margin.place_of(card.uuid) is not None


def test_notes_below_make_room_and_come_back_to_their_place(qtbot: QtBot, window: Window, view: EditionView) -> None:
    view.go("item:indecent-images.p4")
    write_note(window, "Below.")
    (card,) = view.notes.page.margin.cards
    alone = card.rect.top()
    rest_on(qtbot, view)
    pane = related_of(view).pane
    (card,) = view.notes.page.margin.cards
    assert card.rect.top() > pane.y() + view.reading.verticalScrollBar().value() + pane.height() - 1
    view.go("item:indecent-images.f1")
    assert view.notes.page.margin.cards[0].rect.top() == alone


def test_they_give_way_to_the_editor_of_a_note(qtbot: QtBot, window: Window, view: EditionView) -> None:
    rest_on(qtbot, view)
    window.actions_by_name["note"].trigger()
    assert not related_of(view).pane.isVisible()
    QTest.keyClick(view.notes.editing.editor.words, Key.Key_Escape)
    assert related_of(view).pane.isVisible()


def test_in_a_narrow_window_they_stand_in_the_drawer(qtbot: QtBot, window: Window, view: EditionView) -> None:
    window.resize(900, 700)
    view.go(f"item:{ITEM}")
    qtbot.waitUntil(lambda: related_of(view)._shown_item == ITEM)
    assert not related_of(view).pane.isVisible()
    window.actions_by_name["margin"].trigger()
    assert view.notes.page.margin.is_drawer
    assert related_of(view).pane.isVisible()
    assert QApplication.focusWidget() is related_of(view).pane.rows[0]
    window.actions_by_name["margin"].trigger()
    assert not related_of(view).pane.isVisible()
    assert QApplication.focusWidget() is view.reading


def test_the_last_row_leads_to_all_relatives_and_escape_back_to_the_page(qtbot: QtBot, view: EditionView) -> None:
    rows = rest_on(qtbot, view)
    row = next(row for row in rows if row.row.address == ALL)
    assert row.row.place == "All related (R)"
    row.click()
    searching = view.search
    qtbot.waitUntil(lambda: searching.is_shown)
    assert searching.results.sentence.text() == "Nearest to 3, paragraph 3"
    QTest.keyClick(searching.results.list, Key.Key_Escape)
    assert (view.views.name, view.reading.item) == ("read", ITEM)


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_each_issue_of_the_item_leads_to_its_list_over_all_themes(
    qtbot: QtBot, window: Window, view: EditionView, by: str
) -> None:
    row = next(row for row in rest_on(qtbot, view) if row.row.place == "Peer-to-peer")
    if by == "mouse":
        QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    else:
        row.setFocus()
        QTest.keyClick(row, Key.Key_Return)
    assert view.navigator.address == "tag:peer-to-peer"
    assert view.reading.page is not None
    listed = view.reading.page.html
    assert all(f'href="item:{item.id}"' in listed for item in view.bundle.tagged("peer-to-peer"))
    window.actions_by_name["back"].trigger()
    assert view.reading.item == ITEM


def test_the_page_of_issues_leads_to_each_of_them_by_keyboard(window: Window, view: EditionView) -> None:
    window.actions_by_name["issues"].trigger()
    view.reading.setFocus()
    QTest.keyClick(view.reading, Key.Key_Tab)
    QTest.keyClick(view.reading, Key.Key_Return)
    assert view.navigator.address == f"tag:{view.bundle.tags()[0].id}"
    QTest.keyClick(view.reading, Key.Key_Tab)
    QTest.keyClick(view.reading, Key.Key_Return)
    assert view.reading.item in {item.id for item in view.bundle.tagged(view.bundle.tags()[0].id)}


def test_a_relative_bears_its_marking_where_it_is_another_than_the_pages(
    qtbot: QtBot, open_window: Callable[..., Window], exercise_files: tuple[Path, Path]
) -> None:
    view = open_window(exercise_files[1]).edition_view
    assert view is not None
    qtbot.waitUntil(lambda: view.notes.session.book is not None)
    shown = 0
    for theme in view.bundle.themes():
        for item in view.bundle.items(theme.id)[:3]:
            view.go(f"item:{item.id}")
            qtbot.waitUntil(lambda: related_of(view)._shown_item == view.reading.item)
            for row in related_of(view).pane.rows:
                if row.row.address.startswith("item:"):
                    marking = view.bundle.item(row.row.address.removeprefix("item:")).marking
                    assert (row.row.marking.code if row.row.marking else theme.marking) == marking
                    shown += row.row.marking is not None
    assert shown


@pytest.mark.parametrize(("width", "steps", "mode"), [(1280, 0, "light"), (1920, 0, "dark"), (1920, 9, "light")])
def test_they_are_drawn_in_every_size_and_never_beyond_the_margin(
    qtbot: QtBot, window: Window, view: EditionView, width: int, steps: int, mode: str
) -> None:
    window.resize(width, 800)
    window._appearance.set_mode("dark" if mode == "dark" else "light")
    for _ in range(steps):
        window._appearance.zoom(1)
    view.go(f"item:{ITEM}")
    qtbot.waitUntil(lambda: related_of(view)._shown_item == ITEM)
    view.notes.page.is_drawer_open = True
    view.notes.page.lay_out()
    pane = related_of(view).pane
    assert pane.isVisible()
    assert pane.x() >= 0
    assert pane.geometry().right() < view.notes.page.margin.width()
    bottoms = [row.geometry().bottom() for row in pane.rows]
    assert bottoms == sorted(bottoms)
    assert bottoms[-1] < pane.height()
    pane.rows[0].setFocus()
    drawn = pane.rows[0].grab().toImage()
    assert drawn.pixelColor(4, drawn.height() // 2).name().upper() == window._appearance.palette.soft


def test_what_an_item_refers_to_and_what_refers_to_it_stand_beside_it(
    open_window: Callable[[Path], Window], exercise_files: tuple[Path, Path], qtbot: QtBot
) -> None:
    view = open_window(exercise_files[1]).edition_view
    assert view is not None
    qtbot.waitUntil(lambda: view.notes.session.book is not None)
    rows = rest_on(qtbot, view, "asked-fees.r2")
    assert (rows[0].row.address, rows[0].row.place) == ("item:false-notices.p3", "Paragraph 3")
    assert related_of(view).pane.headings[0] == "Refers to"
    rows[0].click()
    assert view.reading.item == "false-notices.p3"
    qtbot.waitUntil(lambda: related_of(view).pane.isVisible())
    rows = list(related_of(view).pane.rows)
    assert related_of(view).pane.headings[0] == "Referred to by"
    assert rows[0].row.address == "item:asked-fees.r2"
