"""The sheets being made are named, begun, renamed and removed by the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from viewer.ui.sheets.draft_row import SheetDraftRow
from viewer.ui.sheets.view import SheetsView
from viewer.ui.window import Window


@pytest.fixture
def row(window: Window) -> SheetDraftRow:
    """The row in the view of sheets, with one theme on the sheet."""
    assert window.edition_view is not None
    window.edition_view.tray.add_theme("indecent-images")
    view = window.edition_view.show_view("sheets")
    assert isinstance(view, SheetsView)
    return view.draft


def listed(row: SheetDraftRow) -> list[str]:
    """The lines of the menu as it opens."""
    row.fill()
    return [action.text() for action in row.menu.actions() if not action.isSeparator()]


def test_the_menu_lists_the_sheets_and_what_can_be_done(row: SheetDraftRow) -> None:
    assert listed(row) == ["Sheet 1", "&New sheet", "&Rename …", "&Duplicate", "Re&move"]
    assert [action.text() for action in row.menu.actions() if action.isChecked()] == ["Sheet 1"]


def test_the_menu_opens_and_acts_by_keyboard(row: SheetDraftRow, window: Window, qtbot: QtBot) -> None:
    from PySide6.QtCore import QTimer

    assert window.edition_view is not None
    QTimer.singleShot(0, row.menu, lambda: QTest.keyClick(row.menu, Qt.Key.Key_N))
    row.button.setFocus()
    row.button.showMenu()
    qtbot.waitUntil(lambda: row.button.text() == "Sheet 2")
    assert len(window.edition_view.tray) == 0
    assert listed(row)[:2] == ["Sheet 1", "Sheet 2"]


def test_a_name_is_asked_for_again_where_it_is_too_long_and_shown_letter_for_letter(
    row: SheetDraftRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["y" * 101, "R&D <b>"])
    asked = []

    def answer(*_: object, text: str) -> tuple[str, bool]:
        asked.append(text)
        return next(answers), True

    monkeypatch.setattr(QInputDialog, "getText", answer)
    row.ask_and_rename()
    assert asked == ["Sheet 1", "y" * 101]
    assert row.button.text() == "R&&D -b"


def test_why_it_is_not_kept_stands_below_its_name(row: SheetDraftRow) -> None:
    assert not row.state.isVisible()
    row._keeper.trouble = "The sheet “Sheet 1” is not kept yet."
    row.show_state()
    assert row.state.isVisible()
    assert row.state.text() == "The sheet “Sheet 1” is not kept yet."
