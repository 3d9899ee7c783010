"""What is on a sheet being made outlives its window, and the reader has several of them."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from viewer import paths
from viewer.errors import FileTrouble
from viewer.sheets.recipe import Form
from viewer.ui.edition_view import EditionView
from viewer.ui.sheets.draft_keeper import FOLLOWED
from viewer.ui.window import Window

OpenWindow = Callable[..., Window]


def view_of(window: Window) -> EditionView:
    """The view of the edition that is open in a window."""
    assert window.edition_view is not None
    return window.edition_view


def entries(view: EditionView) -> list[str]:
    """What is on the sheet, by id."""
    return [entry.value for entry in view.tray.recipe.entries]


def is_written(view: EditionView) -> bool:
    """Tell whether what is on the tray stands in a file."""
    return view.drafts.is_kept and view.drafts.drafts.draft.recipe == view.tray.recipe


@pytest.fixture
def view(window: Window, qtbot: QtBot) -> EditionView:
    """The view of the sample with one theme on the sheet, which is kept."""
    found = view_of(window)
    found.tray.add_theme("indecent-images")
    qtbot.waitUntil(lambda: is_written(found))
    return found


def test_all_that_was_chosen_is_there_in_the_next_window(
    open_window: OpenWindow, window: Window, sample_file: Path
) -> None:
    first = view_of(window)
    first.tray.add_theme("indecent-images")
    first.tray.set(title="Mine", introduction="Read this.\n", questions=("Why?",), recipient="Unit 4", copies=3)
    first.tray.set_form(Form.BRIEFING)
    kept = first.tray.recipe
    assert window.close()
    second = open_window(sample_file)
    assert (view_of(second).tray.recipe.title, view_of(second).tray.recipe.copies) == ("Mine", 3)
    assert entries(view_of(second)) == ["indecent-images"]
    assert view_of(second).tray.recipe.introduction == kept.introduction
    assert second.actions_by_name["view_sheets"].text() == "Sheets · 1"


def test_opening_an_edition_anew_keeps_the_sheet(window: Window, sample_file: Path) -> None:
    view_of(window).tray.add_theme("indecent-images")
    window._files.open(sample_file)
    assert entries(view_of(window)) == ["indecent-images"]


@pytest.mark.usefixtures("view")
def test_a_change_is_written_without_closing_anything(tmp_path: Path) -> None:
    (file,) = (tmp_path / "home" / "trays" / "tacsea").glob("*.recipe.toml")
    assert 'theme = "indecent-images"' in file.read_text()


def test_typing_without_a_pause_does_not_put_off_the_writing(view: EditionView, qtbot: QtBot) -> None:
    saves = []
    view.drafts.changed.connect(lambda: saves.append(view.tray.recipe.title))
    words = 0
    while not saves:
        words += 1
        view.tray.set(title="x" * (words % 200 + 1))
        qtbot.wait(20)
        assert words < 500, "nothing is written while there is typing"


def test_the_next_edition_says_what_is_gone(open_window: OpenWindow, exercise_files: tuple[Path, Path]) -> None:
    window = open_window(exercise_files[0])
    first = view_of(window)
    gone = next(item.id for theme in first.bundle.themes() for item in first.bundle.items(theme.id))
    first.tray.add(gone)
    first.tray.add("withdrawn.f9")
    window._files.open(exercise_files[1])
    later = view_of(window)
    assert entries(later) == [gone, "withdrawn.f9"]
    assert "No longer in this edition: 1 entry (withdrawn.f9)." in later.message_bar.text.text()
    assert "Not in this edition: withdrawn.f9" in [later.tray.name_of(entry) for entry in later.tray.recipe.entries]


def test_another_sheet_begins_empty_and_leads_back(view: EditionView) -> None:
    view.drafts.begin()
    assert (entries(view), view.drafts.name) == ([], "Sheet 2")
    view.tray.add("hidden-internet.f1")
    view.drafts.switch("Sheet 1")
    assert entries(view) == ["indecent-images"]
    view.drafts.switch("Sheet 2")
    assert entries(view) == ["hidden-internet.f1"]


def test_a_removed_sheet_comes_back(view: EditionView) -> None:
    view.drafts.remove()
    assert entries(view) == []
    assert view.message_bar.text.text() == "The sheet “Sheet 1” is removed."
    view.message_bar.buttons[0].click()
    assert (entries(view), view.drafts.name) == (["indecent-images"], "Sheet 1")


def test_an_emptied_sheet_comes_back(view: EditionView) -> None:
    view.tray.set(introduction="Read this.")
    view.drafts.empty()
    assert view.tray.recipe.introduction == ""
    view.message_bar.buttons[0].click()
    assert (entries(view), view.tray.recipe.introduction) == (["indecent-images"], "Read this.")


def test_what_was_emptied_comes_back_beside_what_was_put_on_since(view: EditionView) -> None:
    view.drafts.empty()
    view.tray.add("hidden-internet.f1")
    view.message_bar.buttons[0].click()
    assert entries(view) == ["indecent-images"]
    assert view.drafts.name == "Sheet 2"
    view.drafts.switch("Sheet 1")
    assert entries(view) == ["hidden-internet.f1"]


def test_a_recipe_takes_the_place_of_no_sheet(view: EditionView) -> None:
    from viewer.ui.sheets.view import SheetsView

    shown = view.show_view("sheets")
    assert isinstance(shown, SheetsView)
    shown.recipes.keep("Monday")
    view.tray.add("hidden-internet.f1")
    shown.recipes.use("Monday")
    assert (view.drafts.name, entries(view)) == ("Monday", ["indecent-images"])
    view.drafts.switch("Sheet 1")
    assert entries(view) == ["indecent-images", "hidden-internet.f1"]


def test_a_full_disk_is_said_and_tried_again(view: EditionView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    write = paths.write_atomically

    def full(path: Path, *_: object, **__: object) -> None:
        raise FileTrouble(f"{path.name} was not written.") from OSError(errno.ENOSPC, "")

    monkeypatch.setattr(paths, "write_atomically", full)
    view.tray.set(title="Mine")
    qtbot.waitUntil(lambda: bool(view.drafts.trouble))
    assert "is not kept yet" in view.message_bar.text.text()
    view.drafts.switch("Sheet 1")
    assert view.tray.recipe.title == "Mine"
    monkeypatch.setattr(paths, "write_atomically", write)
    view.drafts._again.setInterval(0)
    view.drafts._again.start()
    qtbot.waitUntil(lambda: is_written(view))
    assert view.drafts.trouble == ""


@pytest.mark.parametrize(("answer", "closes"), [("Cancel", False), ("Discard", True)])
def test_a_window_asks_before_it_closes_over_what_cannot_be_kept(
    view: EditionView, window: Window, monkeypatch: pytest.MonkeyPatch, answer: str, closes: bool
) -> None:
    asked = []

    def full(path: Path, *_: object, **__: object) -> None:
        raise FileTrouble(f"{path.name} was not written.")

    def answered(box: QDialog) -> int:
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        return QMessageBox.StandardButton[answer].value

    view.tray.set(title="Mine")
    with monkeypatch.context() as patched:
        patched.setattr(paths, "write_atomically", full)
        patched.setattr(QMessageBox, "exec", answered)
        assert window.close() is closes
    assert "not kept yet" in asked[0]


def test_two_windows_on_one_sheet_follow_and_lose_nothing(
    view: EditionView, open_window: OpenWindow, sample_file: Path, qtbot: QtBot
) -> None:
    other = view_of(open_window(sample_file))
    assert entries(other) == ["indecent-images"]
    view.tray.add("hidden-internet.f1")
    qtbot.waitUntil(lambda: len(other.tray) == 2)
    assert other.message_bar.text.text() == FOLLOWED
    for timer in (view.drafts._look, other.drafts._look):
        timer.stop()
    view.tray.set(title="First")
    other.tray.set(title="Second")
    qtbot.waitUntil(lambda: is_written(view) and is_written(other))
    assert {view.drafts.name, other.drafts.name} == {"Sheet 1", "Sheet 2"}
    assert (view.tray.recipe.title, other.tray.recipe.title) == ("First", "Second")
    sentence = "Another window changed “Sheet 1” too. What is here is kept beside it, as “Sheet 2”."
    qtbot.waitUntil(lambda: sentence in (view.message_bar.text.text(), other.message_bar.text.text()))
