"""What changed goes onto a sheet from the view of changes, or by choosing the form and the earlier edition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from viewer.dissemination.register import Register
from viewer.editions.opening import ReaderSession
from viewer.editions.shelf import Shelf
from viewer.sheets.recipe import Form
from viewer.signing.trust import Trust
from viewer.ui.edition_view import EditionView
from viewer.ui.editions.changes_view import ChangesView
from viewer.ui.sheets.view import SheetsView
from viewer.ui.window import Window

OpenWindow = Callable[..., Window]


@pytest.fixture
def edition_view(
    open_window: OpenWindow, exercise_files: tuple[Path, Path], trust: Trust, tmp_path: Path
) -> EditionView:
    """The view of serial 2 of the invented series, with serial 1 on the shelf."""
    Shelf(ReaderSession(home=tmp_path / "home", trust=trust)).add(exercise_files[0])
    found = open_window(exercise_files[1]).edition_view
    assert found is not None
    return found


def _changes(edition_view: EditionView) -> ChangesView:
    view = edition_view.show_view("changes")
    assert isinstance(view, ChangesView)
    return view


def _compared(edition_view: EditionView, qtbot: QtBot) -> ChangesView:
    """The view of changes, once it has compared."""
    view = _changes(edition_view)
    qtbot.waitUntil(view.put.isVisible)
    return view


def _sheets(edition_view: EditionView) -> SheetsView:
    view = edition_view.show_view("sheets")
    assert isinstance(view, SheetsView)
    return view


def _choose_form(view: SheetsView, form: Form) -> None:
    view.options.form.setCurrentIndex(view.options.form.findData(form.value))
    view.options.form.activated.emit(view.options.form.currentIndex())


def test_the_button_puts_all_changes_on_a_sheet(edition_view: EditionView, qtbot: QtBot) -> None:
    _compared(edition_view, qtbot).put.click()
    view = edition_view.views.currentWidget()
    assert isinstance(view, SheetsView)
    qtbot.waitUntil(lambda: view.preview.page_count > 1)
    assert (edition_view.tray.recipe.form, edition_view.tray.recipe.since) == (Form.CHANGES, "exercise/1")
    assert "20 items withheld" in view.state.text()
    assert view.since.isVisible()
    assert view.since.currentText() == "Serial 1, EXERCISE 1 (invented)"
    assert view.outputs.save.isEnabled()


def test_the_button_keeps_to_the_theme_that_is_shown(edition_view: EditionView, qtbot: QtBot) -> None:
    view = _compared(edition_view, qtbot)
    view.themes.setCurrentIndex(view.themes.findData("false-notices"))
    view.put.click()
    assert [entry.value for entry in edition_view.tray.recipe.entries] == ["false-notices"]
    qtbot.waitUntil(lambda: _sheets(edition_view).preview.page_count > 0)


@pytest.mark.parametrize(("answer", "form"), [("Ok", Form.CHANGES), ("Cancel", Form.SUMMARY)])
def test_asks_before_it_takes_the_place_of_another_sheet(
    edition_view: EditionView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answer: str, form: Form
) -> None:
    edition_view.tray.add_theme("false-notices")
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton[answer])
    _compared(edition_view, qtbot).put.click()
    assert edition_view.tray.recipe.form is form


def test_without_anything_to_compare_with_there_is_no_button(window: Window) -> None:
    assert window.edition_view is not None
    assert not _changes(window.edition_view).put.isVisible()


def test_choosing_the_form_tells_since_the_edition_before(edition_view: EditionView, qtbot: QtBot) -> None:
    view = _sheets(edition_view)
    assert not view.since.isVisible()
    assert not view.narrow.isVisible()
    _choose_form(view, Form.CHANGES)
    qtbot.waitUntil(lambda: view.preview.page_count > 1)
    assert view.since.currentText() == "The one before on the shelf"
    assert view.narrow.isVisible()
    _choose_form(view, Form.BRIEFING)
    assert not view.since.isVisible()


def test_the_view_and_the_sheet_name_the_same_earlier_edition_where_neither_is_kept(
    open_window: OpenWindow, exercise_files: tuple[Path, Path], qtbot: QtBot
) -> None:
    window = open_window(exercise_files[0])
    window._files.open(exercise_files[1])
    edition_view = window.edition_view
    assert edition_view is not None
    assert _compared(edition_view, qtbot).editions.currentText() == "EXERCISE 1 (invented), from a file"
    view = _sheets(edition_view)
    _choose_form(view, Form.CHANGES)
    qtbot.waitUntil(lambda: view.preview.page_count > 1)
    assert view.since.currentText() == "The one before, from exercise-1.db"
    assert edition_view.tray.earlier.compare("").earlier.edition.name == "EXERCISE 1 (invented)"
    edition_view.tray.set_form(Form.SUMMARY)
    _compared(edition_view, qtbot).put.click()
    assert edition_view.tray.recipe.since == "exercise/1"


def test_a_file_is_verified_before_it_is_taken(
    open_window: OpenWindow, exercise_files: tuple[Path, Path], qtbot: QtBot
) -> None:
    edition_view = open_window(exercise_files[1]).edition_view
    assert edition_view is not None
    view = _sheets(edition_view)
    _choose_form(view, Form.CHANGES)
    qtbot.waitUntil(lambda: "No earlier edition is chosen" in view.preview._why.text())
    assert not view.outputs.save.isEnabled()
    genuine = exercise_files[0].read_bytes()
    exercise_files[0].write_bytes(genuine[:-1])
    view.since.take_file(exercise_files[0])
    assert view.message.isVisible()
    assert edition_view.tray.recipe.since == ""
    exercise_files[0].write_bytes(genuine)
    view.since.take_file(exercise_files[0])
    qtbot.waitUntil(lambda: view.preview.page_count > 1)
    assert view.since.currentText() == "Serial 1, from exercise-1.db"


def test_it_is_registered_like_every_sheet(edition_view: EditionView, qtbot: QtBot, tmp_path: Path) -> None:
    edition_view.tray.tell_changes("exercise/1")
    view = _sheets(edition_view)
    with qtbot.waitSignal(view.outputs.message):
        view.outputs.save_to(tmp_path / "a.pdf")
    with Register.open(tmp_path / "home") as register:
        assert [(row.issue.form, row.issue.audience) for row in register.rows()] == [("changes", "npm")]


def test_a_kept_recipe_names_the_earlier_edition_and_no_path(
    edition_view: EditionView, qtbot: QtBot, tmp_path: Path
) -> None:
    edition_view.tray.tell_changes("exercise/1")
    view = _sheets(edition_view)
    view.recipes.keep("Since spring")
    kept = (tmp_path / "home" / "recipes" / "Since spring.recipe.toml").read_text()
    assert 'since = "exercise/1"' in kept
    assert str(tmp_path) not in kept
    edition_view.tray.clear()
    edition_view.tray.set_form(Form.SUMMARY)
    view.recipes.use("Since spring")
    qtbot.waitUntil(lambda: view.preview.page_count > 1)
