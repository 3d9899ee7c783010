"""Search in the window: from the first letters to the match on the page, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from tests.bundle.bodies import altered
from tests.search.test_index import TOO_MUCH_MEMORY
from viewer.model import Hit
from viewer.paths import resources
from viewer.publish.build import build_body
from viewer.publish.drafts import read_drafts
from viewer.search.search_history import FILE
from viewer.ui.edition_view import EditionView
from viewer.ui.search.search_controller import SearchController
from viewer.ui.search.search_worker import Question
from viewer.ui.window import Window

Key = Qt.Key


@pytest.fixture
def searching(window: Window, qtbot: QtBot) -> SearchController:
    """The window's search, with the keyboard in its field."""
    window.activateWindow()
    window.search.begin()
    window.search.entered.emit()  # which a window without a screen manager may not get by itself
    assert window.edition_view is not None
    found = window.edition_view.search
    qtbot.waitUntil(lambda: found.is_shown)
    return found


def view_of(window: Window) -> EditionView:
    """The view of the edition that is open."""
    assert window.edition_view is not None
    return window.edition_view


def rows(searching: SearchController) -> list[str]:
    """The ids of the hits listed."""
    held = (searching.model.row(at)[1] for at in range(searching.model.rowCount()))
    return [hit.id for hit in held if isinstance(hit, Hit)]


def ask(qtbot: QtBot, window: Window, searching: SearchController, words: str) -> None:
    """Types words, presses Return, and waits for the answer."""
    window.search.selectAll()
    QTest.keyClicks(window.search, words)
    with qtbot.waitSignal(
        searching._worker.answered, timeout=5000, check_params_cb=lambda q, _: q.typed == words and not q.live
    ):
        QTest.keyClick(window.search, Key.Key_Return)
    qtbot.waitUntil(lambda: searching._answer is not None and searching._answer.query.typed == words)


def test_hits_come_while_words_are_typed(qtbot: QtBot, window: Window, searching: SearchController) -> None:
    QTest.keyClicks(window.search, "gr")
    qtbot.waitUntil(lambda: "social-networking.grooming-setting" in rows(searching))
    assert "match" in searching.results.sentence.text()


def test_only_the_newest_answer_is_shown(qtbot: QtBot, window: Window, searching: SearchController) -> None:
    QTest.keyClicks(window.search, "trafficking")
    qtbot.waitUntil(lambda: rows(searching)[:1] == ["trafficking"])
    assert searching._answer is not None
    assert searching._answer.query.typed == "trafficking"


def test_return_gives_the_full_answer_and_again_opens_the_best_hit_at_its_match(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "24.8 million")
    view = searching.results.list
    assert view.currentIndex().data(257).id == "social-networking.facebook-users"
    QTest.keyClick(view, Key.Key_Return)
    opened = view_of(window)
    assert opened.navigator.address == "theme:social-networking"
    assert opened.reading.item == "social-networking.facebook-users"
    marked = [s.cursor.selectedText() for s in opened.reading.extraSelections()]
    assert "24.8 million" in marked
    assert searching.matches.bar.isVisible()


def test_return_after_half_a_word_keeps_the_hits_and_says_so_and_again_opens_the_best(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    QTest.keyClicks(window.search, "peer to p")
    qtbot.waitUntil(lambda: searching._answer is not None and searching._answer.query.typed == "peer to p")
    while_typed = rows(searching)
    assert while_typed
    ask(qtbot, window, searching, "peer to p")
    assert rows(searching) == while_typed
    assert searching.results.sentence.text() == "Nothing matches “peer to p” as it stands. “peer to”: 3 matches"
    window.search.begin()
    QTest.keyClick(window.search, Key.Key_Return)
    assert not searching.is_shown
    assert view_of(window).reading.found_places


def test_f3_goes_from_match_to_match_and_on_to_the_next_hit(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "grooming")
    searching.open_row(1)
    reading = view_of(window).reading
    found, first = len(reading.found_places), reading.found_places.at
    assert found > 1
    window.actions_by_name["next_match"].trigger()
    assert reading.found_places.at == first + 1
    window.actions_by_name["previous_match"].trigger()
    assert reading.found_places.at == first
    for _ in range(found):
        window.actions_by_name["next_match"].trigger()
    assert searching.matches.row == 2


def test_the_place_in_the_list_is_kept(qtbot: QtBot, window: Window, searching: SearchController) -> None:
    ask(qtbot, window, searching, "reports")
    view = searching.results.list
    for _ in range(3):
        QTest.keyClick(view, Key.Key_J)
    chosen = view.currentIndex().row()
    QTest.keyClick(view, Key.Key_Return)
    assert view_of(window).views.name == "read"
    searching.show_results()
    assert searching.is_shown
    assert view.currentIndex().row() == chosen
    assert window.search.text() == "reports"


def test_a_click_on_a_filter_sets_it_and_another_takes_it_off(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    from viewer.search.query import Filter

    ask(qtbot, window, searching, "reports")
    chosen = Filter(name="kind", value="finding")
    searching.view.facets.filter_chosen.emit(chosen)
    assert window.search.text() == "reports kind:finding"
    qtbot.waitUntil(lambda: all(".f" in item for item in rows(searching)) and bool(rows(searching)))
    qtbot.waitUntil(lambda: "✓ Findings" in [i.text(0) for i in _filters(searching)])
    searching.view.facets.filter_chosen.emit(chosen)
    assert window.search.text() == "reports"


def _filters(searching: SearchController) -> list[QTreeWidgetItem]:
    pane = searching.view.facets
    rows = (pane.topLevelItem(at) for at in range(pane.topLevelItemCount()))
    return [row for row in rows if row is not None]


def test_filters_show_how_many_hits_they_leave(qtbot: QtBot, window: Window, searching: SearchController) -> None:
    ask(qtbot, window, searching, "IIOC")
    qtbot.waitUntil(lambda: searching.view.facets.topLevelItemCount() > 0)
    shown = {i.text(0): i.text(1) for i in _filters(searching)}
    assert shown["Findings"] == "6"


def test_an_empty_answer_says_what_was_searched_and_offers_a_correction(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "groming")
    assert "Nothing in this edition matches “groming”." in searching.results.sentence.text()
    assert "All themes, findings, figures and passages" in searching.results.remarks.text()
    qtbot.waitUntil(lambda: "Did you mean “grooming”?" in _offers(searching))
    assert window.search.text() == "groming"


def _offers(searching: SearchController) -> list[str]:
    from PySide6.QtWidgets import QPushButton

    buttons = searching.results.findChildren(QPushButton, "advice")
    return [button.text() for button in buttons if button.isVisible()]


def test_a_correction_taken_is_searched_for(qtbot: QtBot, window: Window, searching: SearchController) -> None:
    from viewer.search.messages import Advice

    ask(qtbot, window, searching, "groming")
    searching.results.advice_taken.emit(Advice(text="", typed="grooming"))
    qtbot.waitUntil(lambda: "social-networking.grooming-setting" in rows(searching))
    assert window.search.text() == "grooming"


def test_past_searches_are_offered_while_the_field_is_empty_and_can_be_forgotten(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "grooming")
    ask(qtbot, window, searching, "IIOC")
    window.search.clear()
    searching.show_history()
    assert [searching.model.row(at)[1] for at in range(3)] == ["Past searches", "IIOC", "grooming"]
    searching.open_row(2)
    qtbot.waitUntil(lambda: "social-networking.grooming-setting" in rows(searching))
    searching.results.clear_requested.emit()
    assert searching.history.searches.past == ()


def test_a_search_that_found_nothing_is_not_offered_again(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "grooming")
    ask(qtbot, window, searching, "zeppelin")
    ask(qtbot, window, searching, "grooming theme:3")
    assert searching.history.searches.past == ("grooming",)


def test_a_search_that_found_a_note_alone_is_offered_again(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    notes = view_of(window).notes.session
    notes.open()
    notes.edit(lambda held: held.add([held.anchor_at("trafficking.p9")], text="Ask about the zeppelin"))
    ask(qtbot, window, searching, "zeppelin")
    assert searching.history.searches.past == ("zeppelin",)


def test_where_a_search_cannot_be_kept_that_is_said_under_what_it_found(
    qtbot: QtBot, window: Window, searching: SearchController, tmp_path: Path
) -> None:
    (tmp_path / "home" / FILE).mkdir(parents=True)
    ask(qtbot, window, searching, "grooming")
    assert "match" in searching.results.sentence.text()
    assert searching.results.remarks.text().startswith("Your searches were not kept.")


def test_searches_are_not_kept_where_the_reader_does_not_want_it(
    qtbot: QtBot, window: Window, searching: SearchController, tmp_path: Path
) -> None:
    searching.results.keeping_turned.emit(False)
    ask(qtbot, window, searching, "grooming")
    assert "grooming" not in (tmp_path / "home" / FILE).read_text()


def test_related_items_of_the_present_item_are_shown(qtbot: QtBot, window: Window, searching: SearchController) -> None:
    opened = view_of(window)
    opened.go("item:indecent-images.p3")
    window.actions_by_name["related"].trigger()
    qtbot.waitUntil(lambda: "indecent-images.f2" in rows(searching))
    assert searching.results.sentence.text() == "Nearest to 3, paragraph 3"
    qtbot.waitUntil(lambda: "All under “Peer-to-peer”" in _offers(searching))


def test_escape_goes_back_to_the_page(window: Window, searching: SearchController) -> None:
    QTest.keyClick(window.search, Key.Key_Escape)
    assert not searching.is_shown


def test_rows_are_in_words_for_those_who_cannot_see_them(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "P2P")
    index = searching.model.index(1)
    spoken = index.data(int(Qt.ItemDataRole.AccessibleTextRole))
    assert "P2P" in spoken
    assert "NOT PROTECTIVELY MARKED" in spoken


@pytest.mark.parametrize("typed", ['"', "(" * 300, "NEAR(", "theme:", "*", "\u202e\u202d", "é́́"])
def test_hostile_words_leave_the_window_at_work(
    qtbot: QtBot, window: Window, searching: SearchController, typed: str
) -> None:
    QApplication.clipboard().setText(typed)
    window.search.paste()
    searching.search_as_typed()
    searching.search()
    ask(qtbot, window, searching, "grooming")
    assert "social-networking.grooming-setting" in rows(searching)


def test_light_dark_and_sizes_are_taken_over(qtbot: QtBot, window: Window, searching: SearchController) -> None:
    ask(qtbot, window, searching, "grooming")
    searching.open_row(1)
    marked = len(view_of(window).reading.found_places)
    window._appearance.set_mode("dark")
    window._appearance.zoom(2)
    assert len(view_of(window).reading.found_places) == marked


def test_a_mistake_in_the_search_thread_is_shown_and_search_goes_on(
    qtbot: QtBot, window: Window, searching: SearchController, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(*_: object, **__: object) -> None:
        raise RuntimeError("a mistake of ours")

    with monkeypatch.context() as broken, qtbot.captureExceptions() as shown:
        broken.setattr("viewer.search.related.related_items", mistaken)
        searching._worker.ask(Question(related_to="trafficking.f1"))
        qtbot.waitUntil(lambda: bool(shown))
    assert str(shown[0][1]) == "a mistake of ours"
    ask(qtbot, window, searching, "24.8 million")


def keyboard() -> QWidget:
    """What has the keyboard."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def text_of(widget: QWidget) -> str:
    """What stands on a button; nothing for another widget."""
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def tab_to(wanted: str, key: Key, most: int = 12) -> list[str]:
    """Presses `key` until the keyboard is on a button with that text; returns the texts on the way, that one last."""
    passed: list[str] = []
    for _ in range(most):
        QTest.keyClick(keyboard(), key)
        passed.append(text_of(keyboard()))
        if passed[-1] == wanted:
            break
    return passed


def test_tab_goes_from_an_empty_result_to_what_is_offered_and_enter_takes_it(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "groming")
    qtbot.waitUntil(lambda: "Did you mean “grooming”?" in _offers(searching))
    assert keyboard() is window.search
    offered = "Did you mean “grooming”?"
    assert tab_to("Exact words", Key.Key_Tab)[0] == offered
    assert tab_to(offered, Key.Key_Backtab)[-1] == offered
    QTest.keyClick(keyboard(), Key.Key_Backtab)
    assert keyboard() is window.search
    assert tab_to(offered, Key.Key_Tab) == [offered]
    QTest.keyClick(keyboard(), Key.Key_Return)
    qtbot.waitUntil(lambda: "social-networking.grooming-setting" in rows(searching))
    assert window.search.text() == "grooming"


def test_down_goes_from_the_field_to_what_is_offered_where_nothing_is_listed(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "groming xyzzyq facebok")
    qtbot.waitUntil(lambda: len(_offers(searching)) == 2)
    QTest.keyClick(window.search, Key.Key_Down)
    assert text_of(keyboard()) == _offers(searching)[0]
    QTest.keyClick(keyboard(), Key.Key_Down)
    assert text_of(keyboard()) == _offers(searching)[1]


def test_down_goes_from_the_field_to_the_list_where_there_is_one(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "grooming")
    window.search.begin()
    QTest.keyClick(window.search, Key.Key_Down)
    assert keyboard() is searching.results.list


@pytest.mark.parametrize("view", ["read", "figures", "notes", "sheets", "changes"])
@pytest.mark.parametrize("leaves_from", ["field", "list", "filters"])
def test_escape_goes_back_to_the_view_and_to_what_had_the_keyboard(
    qtbot: QtBot, window: Window, view: str, leaves_from: str
) -> None:
    opened = view_of(window)
    window.activateWindow()
    opened.go("theme:trafficking")
    window.actions_by_name[f"view_{view}"].trigger()
    bar = opened.reading.verticalScrollBar()
    bar.setValue(240)
    QTest.keyClick(keyboard(), Key.Key_Tab)
    shown, had_keyboard = opened.views.currentWidget(), keyboard()
    window.search.begin()
    window.search.entered.emit()
    assert window.edition_view is not None
    searching = window.edition_view.search
    ask(qtbot, window, searching, "grooming")
    qtbot.waitUntil(searching.view.facets.isVisible)
    places = {"field": window.search, "list": searching.results.list, "filters": searching.view.facets}
    places[leaves_from].setFocus()
    QTest.keyClick(places[leaves_from], Key.Key_Escape)
    assert (opened.views.name, opened.views.currentWidget()) == (view, shown)
    assert keyboard() is had_keyboard
    assert (opened.navigator.address, bar.value()) == ("theme:trafficking", 240)
    assert window.actions_by_name[f"view_{view}"].isChecked()


def test_the_field_leads_from_a_list_of_related_items_back_to_the_words_in_it(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "grooming")
    view_of(window).go("item:indecent-images.p3")
    window.actions_by_name["related"].trigger()
    qtbot.waitUntil(lambda: searching.results.sentence.text() == "Nearest to 3, paragraph 3")
    window.search.begin()
    window.search.entered.emit()
    qtbot.waitUntil(lambda: "social-networking.grooming-setting" in rows(searching))


def test_a_filter_that_was_typed_by_number_is_ticked_under_its_name_and_can_be_taken_off(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "images theme:3")
    qtbot.waitUntil(lambda: "✓ Indecent images" in [i.text(0) for i in _filters(searching)])
    row = next(row for row in _filters(searching) if row.text(0) == "✓ Indecent images")
    searching.view.facets.itemActivated.emit(row, 0)
    assert window.search.text() == "images"


def test_an_empty_answer_under_a_filter_says_so_and_offers_the_corrected_word_without_it(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "groming theme:3")
    assert searching.results.remarks.text().startswith("Only what theme:3 lets through was searched for")
    qtbot.waitUntil(lambda: "“grooming” without the filters: 8 matches" in _offers(searching))


def test_a_page_opened_from_one_search_keeps_its_marks_while_another_is_looked_at(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "grooming")
    searching.open_row(1)
    reading = view_of(window).reading
    marked = len(reading.found_places)
    ask(qtbot, window, searching, "trafficking")
    searching.leave()
    assert len(reading.found_places) == marked
    for _ in range(marked + 2):
        window.actions_by_name["next_match"].trigger()
    assert reading.found_places.at == marked
    assert view_of(window).navigator.address == "theme:social-networking"


@pytest.mark.parametrize("words", ["24.8 million", '"24.8 million"'])
def test_a_figure_in_two_words_is_one_match_on_its_page(
    qtbot: QtBot, window: Window, searching: SearchController, words: str
) -> None:
    ask(qtbot, window, searching, words)
    searching.open_row(1)
    page = view_of(window).reading
    shown = page.wide_text().count("24.8 million")
    assert shown > 1
    assert (len(page.found_places), f" of {shown} on this page" in searching.matches.bar.position.text()) == (
        shown,
        True,
    )


def test_a_saved_search_is_done_again_and_can_be_let_go(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "grooming")
    searching.results.save.click()
    ask(qtbot, window, searching, "IIOC")
    window.search.clear()
    searching.show_history()
    assert [searching.model.row(at)[1] for at in range(2)] == ["Saved searches", "grooming"]
    searching.open_row(1)
    qtbot.waitUntil(lambda: "social-networking.grooming-setting" in rows(searching))
    assert searching.results.save.isChecked()
    searching.results.save.click()
    assert searching.history.searches.saved == ()


def test_what_is_typed_after_related_items_were_listed_stays_in_the_field(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "webcam")
    window.search.entered.emit()
    searching.search()
    window.actions_by_name["related"].trigger()
    qtbot.waitUntil(lambda: searching._question.related_to != "" and searching._answer is None)
    searching.leave()
    window.actions_by_name["search"].trigger()
    qtbot.waitUntil(lambda: searching._answer is not None)
    assert keyboard() is window.search


def test_a_page_made_anew_keeps_its_place_under_the_marks_of_a_search(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "webcam")
    searching.search()
    page = window.edition_view.reading  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: len(page.found_places) > 0)
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    window.actions_by_name["turn_appearance"].trigger()
    assert bar.value() == pytest.approx(bar.maximum(), abs=40)
    window.actions_by_name["start"].trigger()
    assert bar.value() == 0
    assert "hit" not in searching.matches.bar.position.text()


def test_esc_on_the_page_takes_the_marks_off(qtbot: QtBot, window: Window, searching: SearchController) -> None:
    ask(qtbot, window, searching, "webcam")
    searching.search()
    page = window.edition_view.reading  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: len(page.found_places) > 0)
    assert searching.matches.bar.isVisible()
    QTest.keyClick(page, Key.Key_Escape)
    assert len(page.found_places) == 0
    assert searching.matches.bar.isHidden()


def test_in_a_narrow_window_a_button_shows_the_filters_in_place_of_the_hits(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    window.resize(700, 500)
    ask(qtbot, window, searching, "images")
    panes, button = searching.view, searching.results.filters
    qtbot.waitUntil(button.isVisible)
    assert not panes.facets.isVisible()
    window.search.begin()
    assert tab_to("Filters", Key.Key_Tab, most=1) == ["Filters"]
    QTest.keyClick(keyboard(), Key.Key_Return)
    assert keyboard() is panes.facets
    assert not searching.results.list.isVisible()
    row = next(one for one in _filters(searching) if one.text(0) == "Passages")
    panes.facets.setCurrentItem(row)
    QTest.keyClick(keyboard(), Key.Key_Return)
    qtbot.waitUntil(lambda: button.accessibleName() == "Filters, 1 chosen")
    assert window.search.text() == "images kind:passage"
    QTest.keyClick(keyboard(), Key.Key_Escape)
    assert keyboard() is button
    assert searching.results.list.isVisible()
    assert searching.is_shown
    QTest.keyClick(keyboard(), Key.Key_Escape)
    assert not searching.is_shown


def test_the_filters_find_their_place_again_as_the_window_changes(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    ask(qtbot, window, searching, "images")
    panes, button = searching.view, searching.results.filters
    qtbot.waitUntil(panes.facets.isVisible)
    assert not button.isVisible()
    window.resize(700, 500)
    qtbot.waitUntil(button.isVisible)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert panes.facets.isVisible()
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: not button.isVisible())
    assert panes.facets.isVisible()
    assert searching.results.list.isVisible()
    assert panes.facets.x() < searching.results.x()


def test_what_is_typed_shows_its_hits_although_the_filters_were_open(
    qtbot: QtBot, window: Window, searching: SearchController
) -> None:
    window.resize(700, 500)
    ask(qtbot, window, searching, "images")
    qtbot.waitUntil(searching.results.filters.isVisible)
    searching.results.filters.click()
    window.search.begin()
    QTest.keyClicks(window.search, "gr")
    qtbot.waitUntil(searching.results.list.isVisible)
    assert not searching.view.facets.isVisible()


@pytest.fixture
def faulty_window(
    qtbot: QtBot, open_window: Callable[..., Window], sealed: Callable[..., bytes], tmp_path: Path
) -> Window:
    """The window on the sample with an index that asks for more memory than there is, made so before it was signed."""
    body = build_body(read_drafts(resources() / "drafts" / "tacsea-2012"))
    path = tmp_path / "faulty.db"
    path.write_bytes(sealed(altered(body, f"UPDATE plain_data SET block = {TOO_MUCH_MEMORY} WHERE id = 10")))
    window = open_window(path)
    qtbot.waitUntil(lambda: view_of(window).notes.session.book is not None)
    window.activateWindow()
    return window


def test_where_the_index_cannot_be_read_search_says_so_and_reading_goes_on(qtbot: QtBot, faulty_window: Window) -> None:
    opened = view_of(faulty_window)
    notes = opened.notes.session
    notes.edit(lambda book: book.add([book.anchor_at("trafficking.p9")], text="Ask about grooming"))
    faulty_window.search.begin()
    faulty_window.search.entered.emit()
    QTest.keyClicks(faulty_window.search, "grooming")
    results = opened.search.results
    said = "Faulty edition: its search index cannot be read, so search stops; all else can be read."
    qtbot.waitUntil(lambda: results.sentence.text() == said)
    assert rows(opened.search) == []
    assert "Report it to the publisher" in results.remarks.text()
    assert len(opened.search.view.note_hits.buttons) == 1
    QTest.keyClick(faulty_window.search, Key.Key_Escape)
    opened.go("theme:indecent-images")
    assert "indecent images of children" in opened.reading.toPlainText()


def test_where_the_index_cannot_be_read_an_item_has_its_issues_beside_it_and_no_related_items(
    qtbot: QtBot, faulty_window: Window
) -> None:
    opened = view_of(faulty_window)
    opened.go("item:indecent-images.p3")
    pane = opened.related_items.pane
    qtbot.waitUntil(pane.isVisible)
    assert [row.row.place for row in pane.rows] == ["Peer-to-peer"]
    faulty_window.actions_by_name["related"].trigger()
    qtbot.waitUntil(lambda: opened.search.is_shown)
    assert opened.search.results.sentence.text().startswith("Faulty edition:")
