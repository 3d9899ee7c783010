"""The view of changes, the marks on the page, and the shelf, in the real window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import current_thread

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QToolTip
from pytestqt.qtbot import QtBot

from viewer.editions.opening import Opened, ReaderSession
from viewer.editions.shelf import Shelf
from viewer.figures.table import FigureTable
from viewer.signing.trust import Trust
from viewer.ui.editions import touched
from viewer.ui.editions.change_marks import ChangeMarks
from viewer.ui.editions.changes_controller import ChangesController
from viewer.ui.editions.changes_view import ChangesView
from viewer.ui.editions.shelf_view import ShelfDialog, cells_of
from viewer.ui.window import Window

OpenWindow = Callable[..., Window]


@pytest.fixture
def shelf(tmp_path: Path, trust: Trust) -> Shelf:
    """The shelf of the window's reader."""
    return Shelf(ReaderSession(home=tmp_path / "home", trust=trust))


@pytest.fixture
def kept_window(open_window: OpenWindow, shelf: Shelf, exercise_files: tuple[Path, Path], qtbot: QtBot) -> Window:
    """The window on serial 2 of the invented series, with serial 1 on the shelf and the page marked."""
    shelf.add(exercise_files[0])
    window = open_window(exercise_files[1])
    qtbot.waitUntil(lambda: _marks(window) is not None)
    return window


def _marks(window: Window) -> ChangeMarks | None:
    view = window.edition_view
    return vars(view).get("_change_marks")  # none before there is a change to mark


def _view(window: Window) -> ChangesView:
    window.actions_by_name["view_changes"].trigger()
    assert window.edition_view is not None
    view = window.edition_view.views.currentWidget()
    assert isinstance(view, ChangesView)
    _wait(view._controller)
    return view


def _wait(comparing: ChangesController) -> None:
    """Until all that was asked for is found and shown."""
    done: list[object] = []
    comparing.list_kept(done.append)
    for _ in range(500):
        if not done:
            QTest.qWait(10)
    assert done


def _choose(view: ChangesView, id_: str) -> None:
    for line in range(view.model.rowCount()):
        change = view.model.change(line)
        if change is not None and change.id == id_:
            view.table.selectRow(line)
            return
    raise AssertionError(id_)


def test_without_an_earlier_edition_it_says_what_to_do(window: Window) -> None:
    view = _view(window)
    assert view.headline.text() == "Nothing to compare with yet"
    assert "Ctrl+Shift+E" in view.cautions.text()
    assert not view.table.isVisible()


def test_with_the_edition_before_on_the_shelf_it_opens_with_the_headline(kept_window: Window) -> None:
    view = _view(kept_window)
    assert view.headline.text().startswith("3 findings new, 1 withdrawn, 5 reworded")
    assert "From EXERCISE 1 (invented), serial 1 to EXERCISE 2 (invented), serial 2." in view.cautions.text()
    assert view.editions.currentText().startswith("EXERCISE 1 (invented), serial 1")


def test_a_file_can_be_compared_with_too(open_window: OpenWindow, exercise_files: tuple[Path, Path]) -> None:
    window = open_window(exercise_files[1])
    view = _view(window)
    assert window.edition_view is not None
    window.edition_view.changes.compare(exercise_files[0])
    _wait(window.edition_view.changes)
    assert view.editions.currentText() == "EXERCISE 1 (invented), from a file"
    assert view.table.isVisible()


def test_the_edition_that_was_open_before_in_this_window_is_compared_with_by_itself(
    open_window: OpenWindow, exercise_files: tuple[Path, Path], qtbot: QtBot
) -> None:
    window = open_window(exercise_files[0])
    window._files.open(exercise_files[1])
    qtbot.waitUntil(lambda: _marks(window) is not None)
    view = _view(window)
    assert view.headline.text().startswith("3 findings new, 1 withdrawn, 5 reworded")
    assert view.editions.currentText() == "EXERCISE 1 (invented), from a file"


def test_a_file_that_is_refused_says_why(open_window: OpenWindow, exercise_files: tuple[Path, Path]) -> None:
    exercise_files[0].write_bytes(exercise_files[0].read_bytes()[:-1])
    window = open_window(exercise_files[1])
    view = _view(window)
    assert window.edition_view is not None
    window.edition_view.changes.compare(exercise_files[0])
    _wait(window.edition_view.changes)
    assert "Copy it again" in view.cautions.text() or "not signed" in view.cautions.text()
    assert not view.table.isVisible()


def test_one_theme_can_be_looked_at_alone(kept_window: Window) -> None:
    view = _view(kept_window)
    view.themes.setCurrentIndex(view.themes.findData("depot-losses"))
    view.themes.activated.emit(view.themes.currentIndex())
    changes = [view.model.change(line) for line in range(view.model.rowCount())]
    assert {change.theme for change in changes if change} == {"depot-losses"}
    assert view.headline.text().startswith("2 findings new")


def test_the_changes_can_be_filtered_by_words(kept_window: Window) -> None:
    view = _view(kept_window)
    kept_window.actions_by_name["find"].trigger()
    assert kept_window.focusWidget() is view.words
    view.words.setText("FINDING reword")
    changes = [view.model.change(line) for line in range(view.model.rowCount())]
    assert 0 < len([change for change in changes if change]) <= 5
    assert view.headline.text().startswith("5 findings reworded")
    view.words.setText("absent")
    assert (view.model.rowCount(), view.headline.text()) == (0, "No change holds all of these words.")
    view.words.clear()
    assert view.headline.text().startswith("3 findings new, 1 withdrawn, 5 reworded")


def test_the_chosen_change_shows_both_sides_word_by_word(kept_window: Window) -> None:
    view = _view(kept_window)
    _choose(view, "copied-codes.f4")
    details = view.details.text()
    assert '<span class="gone">lockers</span>\u2009<span class="come">locker</span>' in details
    assert "Marking raised from PROTECT" in details or "marking raised from PROTECT" in details
    assert "matched by its text" in details


def test_both_sides_open(kept_window: Window) -> None:
    view = _view(kept_window)
    _choose(view, "copied-codes.f4")
    view.details.linkActivated.emit("item:copied-codes.f4")
    assert kept_window.edition_view is not None
    assert kept_window.edition_view.reading.item == "copied-codes.f4"
    view = _view(kept_window)
    view.details.linkActivated.emit("old:item:copied-codes.f2")
    edition_view = kept_window.edition_view
    assert edition_view.bundle.edition.serial == 1
    assert edition_view.reading.item == "copied-codes.f2"
    assert kept_window.stack.opened is not None
    assert any(warning.startswith("Superseded") for warning in kept_window.stack.opened.warnings)


def test_changed_items_carry_a_quiet_mark_that_says_how(kept_window: Window, qtbot: QtBot) -> None:
    edition_view, marks = kept_window.edition_view, _marks(kept_window)
    assert edition_view is not None
    assert marks is not None
    edition_view.go("theme:false-notices")
    qtbot.waitUntil(lambda: len(marks.marked()) > 0)
    places = dict(marks.marked())
    assert "false-notices.f1" in places
    assert "false-notices.f3" not in places
    assert marks.tooltips["false-notices.f5"] == "New since EXERCISE 1 (invented), serial 1"
    place = places["false-notices.f1"]
    assert place.right() < edition_view.reading.column.left
    at = place.center().toPoint()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, at, edition_view.reading.viewport().mapToGlobal(at))
    QApplication.sendEvent(edition_view.reading.viewport(), event)
    assert QToolTip.text().startswith("<p>Reworded since EXERCISE 1")
    QToolTip.hideText()


def test_the_marks_are_painted(kept_window: Window, qtbot: QtBot) -> None:
    edition_view, marks = kept_window.edition_view, _marks(kept_window)
    assert edition_view is not None
    assert marks is not None
    edition_view.go("theme:false-notices")
    qtbot.waitUntil(lambda: len(marks.marked()) > 0)
    picture = edition_view.reading.viewport().grab().toImage()
    place = dict(marks.marked())["false-notices.f1"]
    found = picture.pixelColor((QPointF(place.left(), place.top() + 1) * picture.devicePixelRatio()).toPoint())
    assert found.name().upper() == kept_window._appearance.palette.quiet


def test_an_edition_without_a_former_one_has_no_marks(window: Window, qtbot: QtBot) -> None:
    assert window.edition_view is not None
    made = vars(window.edition_view)
    qtbot.waitUntil(lambda: "changes" in made)
    assert _marks(window) is None


def test_what_touches_the_readers_own_is_named_and_can_be_listed_alone(
    kept_window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(touched, "_noted", lambda _notes: frozenset({"copied-codes.f2", "how-to-read.p1"}))
    monkeypatch.setattr(touched, "_on_sheets", lambda _context: frozenset({"false-notices.f4", "copied-codes.f2"}))
    view = _view(kept_window)
    _choose(view, "copied-codes.f4")
    assert "Touches yours: note and sheet." in view.details.text()
    view.mine.setChecked(True)
    changes = [view.model.change(line) for line in range(view.model.rowCount())]
    assert [change.id for change in changes if change] == ["false-notices.f4", "copied-codes.f4"]


def test_a_real_note_on_an_item_of_the_earlier_edition_is_found_by_its_former_id(
    open_window: OpenWindow, shelf: Shelf, exercise_files: tuple[Path, Path]
) -> None:
    shelf.add(exercise_files[0])
    window = open_window(exercise_files[0])
    assert window.edition_view is not None
    notes = window.edition_view.notes.session
    notes.open()
    assert notes.book is not None
    notes.book.add([notes.book.anchor_at("copied-codes.f2"), notes.book.anchor_at("false-notices.f4")], text="Ask.")
    window._files.open(exercise_files[1])
    view = _view(window)
    view.mine.setChecked(True)
    changes = [view.model.change(line) for line in range(view.model.rowCount())]
    assert {change.id for change in changes if change} == {"copied-codes.f4", "false-notices.f4"}


def test_a_change_is_copied_with_both_editions_named(kept_window: Window) -> None:
    view = _view(kept_window)
    _choose(view, "false-notices.f1")
    kept_window.actions_by_name["copy_cited"].trigger()
    text = QApplication.clipboard().text()
    assert "Then: More than a third" in text
    assert "Now: Nearly half" in text
    assert text.endswith("EXERCISE 1 (invented), serial 1 → EXERCISE 2 (invented), serial 2")


def test_dark_keeps_the_choice(kept_window: Window) -> None:
    view = _view(kept_window)
    _choose(view, "false-notices.f1")
    kept_window._appearance.set_mode("dark")
    chosen = view.chosen()
    assert chosen is not None
    assert chosen.id == "false-notices.f1"


# The shelf


def test_the_shelf_lists_adds_and_removes(shelf: Shelf, exercise_files: tuple[Path, Path], qtbot: QtBot) -> None:
    dialog = ShelfDialog(shelf, exercise_files[0])
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: "No editions are kept yet" in dialog.said.text())
    assert not dialog.open_button.isEnabled()
    dialog.keep_button.click()
    dialog.add(exercise_files[1])
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    assert dialog.said.text() == "EXERCISE 2 (invented) is kept."
    shown = [dialog.table.item(0, column) for column in range(dialog.table.columnCount())]
    assert [item.text() for item in shown if item][2:5] == ["5 October 2026", "2", "Test publisher"]
    dialog.remove()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)


def test_the_shelf_says_why_a_file_is_not_kept(shelf: Shelf, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "x.db").write_bytes(b"nothing")
    dialog = ShelfDialog(shelf, None)
    qtbot.addWidget(dialog)
    dialog.add(tmp_path / "x.db")
    assert dialog.said.text()
    assert dialog.table.rowCount() == 0
    assert not dialog.keep_button.isEnabled()


def test_the_shelf_opens_an_older_edition_as_the_readers_choice(
    shelf: Shelf, exercise_files: tuple[Path, Path], trust: Trust, qtbot: QtBot
) -> None:
    older, newer = (shelf.add(path).path for path in exercise_files)
    ReaderSession(home=shelf.folder.parent, trust=trust).open(newer)
    dialog = ShelfDialog(shelf, None)
    qtbot.addWidget(dialog)
    asked: list[tuple[object, bool]] = []
    dialog.open_requested.connect(lambda path, is_older: asked.append((path, is_older)))
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    dialog.table.selectRow(1)
    dialog.open_button.click()
    assert asked == [(older, True)]


def test_a_refused_file_on_the_shelf_says_why(shelf: Shelf, exercise_files: tuple[Path, Path]) -> None:
    kept = shelf.add(exercise_files[0]).path
    kept.write_bytes(kept.read_bytes()[:-100])
    (entry,) = shelf.entries()
    assert cells_of(entry)["state"] == "Refused"
    assert cells_of(entry)["edition"] == f"{kept.name}: {entry.refused}"


def test_what_is_copied_bears_a_marking_above_the_lowest(kept_window: Window) -> None:
    edition_view = kept_window.edition_view
    assert edition_view is not None
    edition_view.go("item:copied-codes.f4")
    clipboard = QApplication.clipboard()
    assert edition_view.views.copy_cited().splitlines()[0] == "RESTRICTED"
    start = edition_view.reading.item_map.start_of("copied-codes.f4")
    assert start is not None
    cursor = edition_view.reading.textCursor()
    cursor.setPosition(start)
    cursor.movePosition(cursor.MoveOperation.NextWord, cursor.MoveMode.KeepAnchor, 3)
    edition_view.reading.setTextCursor(cursor)
    for copy in (edition_view.views.copy, edition_view.reading.copy):
        clipboard.clear()
        copy()
        assert clipboard.text().splitlines() == ["RESTRICTED", edition_view.reading.selected_text()]
    view = _view(kept_window)
    _choose(view, "copied-codes.f4")
    assert view.copy_cited().splitlines()[0] == "RESTRICTED"
    table = FigureTable(edition_view.bundle)
    table.add(
        statistic for theme in edition_view.bundle.themes() for statistic in edition_view.bundle.statistics(theme.id)
    )
    first = {table.cited(row).splitlines()[0] for row in range(len(table)) if table.statistics[row].marking != "npm"}
    assert first <= {marking.label for marking in edition_view.bundle.markings[1:]}
    assert first


def test_what_may_go_to_everybody_is_copied_without_a_marking(window: Window) -> None:
    edition_view = window.edition_view
    assert edition_view is not None
    edition_view.go("item:indecent-images.p4")
    assert "MARKED" not in edition_view.views.copy_cited()


def test_editions_are_verified_and_compared_off_the_windows_thread(
    kept_window: Window, shelf: Shelf, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    threads: list[str] = []
    look_at = ReaderSession.inspect

    def recording(self: ReaderSession, path: Path, *, today: date | None = None) -> Opened:
        threads.append(current_thread().name)
        return look_at(self, path, today=today)

    monkeypatch.setattr(ReaderSession, "inspect", recording)
    _view(kept_window)
    dialog = ShelfDialog(shelf)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    assert len(threads) >= 2
    assert all(name.startswith("background") for name in threads)


def test_a_file_that_the_reader_names_is_at_hand_for_sheets_too(
    open_window: OpenWindow, exercise_files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(exercise_files[1])
    view = _view(window)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(exercise_files[0]), ""))
    view.editions.activated.emit(view.editions.findText("From a file …"))
    _wait(view._controller)
    assert window.edition_view is not None
    assert window.edition_view.tray.earlier.compare("").earlier.edition.serial == 1
