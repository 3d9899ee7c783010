"""The view of sheets shows the very PDF, says what is withheld, and lets nothing out without its row."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)  # fmt: skip
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot
from reportlab.platypus.doctemplate import LayoutError

from tests.dissemination.print_programs import print_programs
from viewer.dissemination import print_service
from viewer.dissemination.register import Register, RegisterRow
from viewer.sheets.recipe import Form, SheetPart
from viewer.ui.appearance import SCALES, Appearance
from viewer.ui.sheets.print_dialog import PrintDialog
from viewer.ui.sheets.register_view import RegisterWindow
from viewer.ui.sheets.sheet_check import CheckDialog
from viewer.ui.sheets.view import SheetsView
from viewer.ui.window import Window


@pytest.fixture
def view(window: Window, qtbot: QtBot) -> SheetsView:
    """The sheets view with one theme on it, its first preview shown."""
    edition_view = window.edition_view
    assert edition_view is not None
    edition_view.tray.add_theme("indecent-images")
    shown = edition_view.show_view("sheets")
    assert isinstance(shown, SheetsView)
    qtbot.waitUntil(lambda: shown.preview.page_count > 0)
    return shown


def rows(home: Path) -> tuple[RegisterRow, ...]:
    register = Register.open_for_reading(home)
    if register is None:
        return ()
    with register:
        return register.rows()


def test_previews_the_pdf_and_says_what_it_holds(view: SheetsView) -> None:
    assert view.preview.page_count == 1
    assert view.state.text().startswith("NOT PROTECTIVELY MARKED · 1 page")
    assert view.outputs.save.isEnabled()


def test_a_preview_is_no_issue(view: SheetsView, tmp_path: Path) -> None:
    assert view.preview.page_count
    assert rows(tmp_path / "home") == ()


def test_follows_every_choice(view: SheetsView, qtbot: QtBot) -> None:
    view.options.form.setCurrentIndex(view.options.form.findData("slides"))
    view.options.form.activated.emit(view.options.form.currentIndex())
    qtbot.waitUntil(lambda: view.preview.page_count > 5)
    QTest.keyClicks(view.options.recipient, "Unit 4")
    assert view.tray.recipe.recipient == "Unit 4"
    assert not view.options.paper.isEnabled()


def test_a_layout_that_fails_takes_the_old_pages_and_the_buttons_away(
    view: SheetsView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise LayoutError

    monkeypatch.setattr("viewer.sheets.pdf.render", fail)
    with capture_exceptions() as caught:
        QTest.keyClicks(view.options.recipient, "Unit 4")
        qtbot.waitUntil(lambda: view.preview.page_count == 0)
        QGuiApplication.processEvents()
    assert {kind for kind, *_ in caught} == {LayoutError}
    assert "made a mistake" in view.preview._why.text()
    assert not view.outputs.save.isEnabled()


def test_says_why_there_is_nothing_to_see(view: SheetsView, qtbot: QtBot) -> None:
    view.entries.setFocus()
    view.entries.selectAll()
    QTest.keyClick(view.entries, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: view.preview.page_count == 0)
    assert not view.outputs.save.isEnabled()
    view.tray.add("indecent-images.f1")
    for part in view.options.parts.values():
        part.setChecked(False)
    qtbot.waitUntil(lambda: "chosen parts hold nothing" in view.preview._why.text())


def test_orders_by_the_keyboard(view: SheetsView) -> None:
    view.tray.add("hidden-internet.f1")
    view.entries.setCurrentRow(1)
    QTest.keyClick(view.entries, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [entry.value for entry in view.tray.recipe.entries] == ["hidden-internet.f1", "indecent-images"]


def test_saves_once_the_row_stands(view: SheetsView, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(view.outputs.message):
        view.outputs.save_to(tmp_path / "a.pdf")
    found = rows(tmp_path / "home")
    assert [(row.issue.event, row.issue.title[:6]) for row in found] == [("export", "Making")]
    assert "row 1 of the register" in view.message.text()
    dialog = CheckDialog(tmp_path / "a.pdf", view.tray.bundle, tmp_path / "home")
    qtbot.addWidget(dialog)
    assert dialog.headline.text() == "This sheet is current"


def test_says_so_where_it_cannot_save(view: SheetsView, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(view.outputs.message):
        view.outputs.save_to(tmp_path / "missing" / "a.pdf")
    assert "folder does not exist" in view.message.text()
    assert rows(tmp_path / "home") == ()


def test_saves_one_file_for_each_theme(view: SheetsView, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    with qtbot.waitSignal(view.outputs.message, timeout=20_000):
        view.outputs.save_all_to(folder)
    assert len(list(folder.glob("*.pdf"))) == len(rows(tmp_path / "home")) == 13


def test_copies_text_with_its_row(view: SheetsView, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(view.outputs.message):
        view.outputs.copy_text()
    assert QGuiApplication.clipboard().text().startswith("**NOT PROTECTIVELY MARKED**")
    assert [row.issue.event for row in rows(tmp_path / "home")] == ["copy"]


def test_waits_for_a_register_that_is_held_outside_the_window_and_twice_the_click_is_one_sheet(
    view: SheetsView, qtbot: QtBot, tmp_path: Path
) -> None:
    with Register.open(tmp_path / "home"):
        pass
    QGuiApplication.clipboard().setText("before")
    with closing(sqlite3.connect(tmp_path / "home" / "register.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        view.outputs.copy_text()
        view.outputs.copy_text()
        view.outputs.save_to(tmp_path / "a.pdf")
        turns: list[int] = []
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: turns.append(1)))
        qtbot.waitUntil(lambda: bool(turns))  # the window lives meanwhile
        assert view.message.text() == "The sheet is being copied …"
        assert [button.isEnabled() for button in view.outputs.buttons] == [False, False, False]
        assert QGuiApplication.clipboard().text() == "before"
        other.execute("ROLLBACK")
    with qtbot.waitSignal(view.outputs.message):
        pass
    assert [button.isEnabled() for button in view.outputs.buttons] == [True, True, True]
    assert QGuiApplication.clipboard().text().startswith("**NOT PROTECTIVELY MARKED**")
    assert [row.issue.event for row in rows(tmp_path / "home")] == ["copy"]


def test_a_print_that_is_under_way_when_the_view_closes_still_comes_out(view: SheetsView, tmp_path: Path) -> None:
    paper: list[bytes] = []
    view.outputs.print_to(paper.append)
    view.runner.shut_down()
    assert [row.issue.event for row in rows(tmp_path / "home")] == ["print"]
    assert paper[0].startswith(b"%PDF")


def test_prints_through_the_service_what_the_dialog_was_answered(
    view: SheetsView, qtbot: QtBot, tmp_path: Path, service: Path
) -> None:
    view.tray.set(two_sided=True)
    qtbot.waitUntil(view.outputs.print.isEnabled)
    answers: list[PrintDialog] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, PrintDialog):
            QTimer.singleShot(20, answer)
            return
        answers.append(dialog)
        assert dialog.printer.currentText() == "Office"
        QTest.keyClicks(dialog.pages, "1,7")
        assert not dialog.ok.isEnabled()
        assert "There is no page 7" in dialog.problem.text()
        dialog.pages.setText("1")
        dialog.ok.click()

    QTimer.singleShot(0, answer)
    with qtbot.waitSignal(view.outputs.message, check_params_cb=lambda text: text.startswith("Sent"), timeout=10_000):
        view.outputs.print.click()
    assert len(answers) == 1
    assert [row.issue.event for row in rows(tmp_path / "home")] == ["print"]
    assert (
        service / "words"
    ).read_text() == "-d Office -t Briefing sheet -P 1 -o media=A4 -o sides=two-sided-long-edge\n"
    assert hashlib.sha256((service / "paper").read_bytes()).hexdigest() == rows(tmp_path / "home")[0].issue.sha256


def test_a_mute_print_service_holds_up_nothing(
    view: SheetsView, qtbot: QtBot, tmp_path: Path, service: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (service / "lpstat").write_text("#!/bin/sh\nexec sleep 60\n")
    monkeypatch.setattr(print_service.printers, "__defaults__", (0.5,))
    turns: list[int] = []
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: turns.append(1)))
    with qtbot.waitSignal(view.outputs.message, timeout=10_000):
        view.outputs.print.click()
        assert view.message.text() == "This computer’s print service is being asked …"
        qtbot.waitUntil(lambda: bool(turns))  # the window lives meanwhile
    assert "did not answer for 0.5 seconds" in view.message.text()
    assert view.outputs.print.isEnabled()
    assert rows(tmp_path / "home") == ()


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the programs of a print service, which keep in it what they are told."""
    return print_programs(tmp_path, monkeypatch)


@pytest.mark.parametrize("answer", [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes])
def test_asks_again_where_the_ending_it_adds_leads_to_another_file(
    view: SheetsView, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: QMessageBox.StandardButton
) -> None:
    there = tmp_path / "x.pdf"
    there.write_bytes(b"old")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "x"), "PDF (*.pdf)"))
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: answer)
    view.outputs.ask_and_save()
    if answer == QMessageBox.StandardButton.Yes:
        qtbot.waitUntil(lambda: there.read_bytes().startswith(b"%PDF"))
    else:
        view.runner.shut_down()
        assert there.read_bytes() == b"old"


def test_exports_a_recipe_whatever_its_name(
    view: SheetsView, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan {x}.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(view.recipes.message):
        view.recipes.ask_and_export()
    assert view.message.text() == "Written: plan {x}.toml."
    assert path.is_file()


def test_tips_and_messages_show_markup_as_the_characters_it_is(view: SheetsView) -> None:
    hostile = "<img src='/tmp/x.png'>"
    view.tray.add_heading(hostile)
    row = view.entries.item(view.entries.count() - 1)
    assert row.text() == hostile
    assert "&lt;img" in row.toolTip()
    assert {view.message.textFormat(), view.state.textFormat()} == {Qt.TextFormat.PlainText}


def test_s_puts_the_present_item_on_the_sheet(window: Window) -> None:
    edition_view = window.edition_view
    assert edition_view is not None
    edition_view.go("theme:indecent-images")
    window.actions_by_name["put_on_sheet"].trigger()
    edition_view.reading.choose("indecent-images.f2")
    window.actions_by_name["put_on_sheet"].trigger()
    window.actions_by_name["put_on_sheet"].trigger()
    assert [entry.value for entry in edition_view.tray.recipe.entries] == ["indecent-images", "indecent-images.f2"]
    assert window.actions_by_name["view_sheets"].text() == "Sheets · 2"


def test_keeps_and_brings_back_a_recipe(view: SheetsView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.recipes.message):
        view.recipes.keep("Monday")
    view.tray.clear()
    with qtbot.waitSignal(view.recipes.message):
        view.recipes.use("Monday")
    assert [entry.value for entry in view.tray.recipe.entries] == ["indecent-images"]
    view.recipes.fill()
    assert "Monday" in [action.text() for action in view.recipes.actions()]


def test_the_register_lists_filters_and_verifies(
    view: SheetsView, qtbot: QtBot, tmp_path: Path, open_register: Callable[[], RegisterWindow]
) -> None:
    for name in ("a.pdf", "b.md"):
        with qtbot.waitSignal(view.outputs.message):
            view.outputs.save_to(tmp_path / name)
    shown = open_register()
    assert shown.state.text().startswith("2 rows, the chain is whole.")
    shown.words.setText("markdown")
    assert shown.table.model().rowCount() == 1
    shown.words.setText("SAV down mark")
    assert shown.table.model().rowCount() == 1, "all words, in whatever columns and order, also within words"
    shown.words.setText("markdown absent")
    assert shown.table.model().rowCount() == 0
    shown.export_to(tmp_path / "register.csv")
    assert (tmp_path / "register.csv").read_text(encoding="utf-8").count("\n") == 3


def test_where_there_is_no_register_it_is_not_claimed_that_no_sheet_has_left(
    view: SheetsView, qtbot: QtBot, tmp_path: Path, open_register: Callable[[], RegisterWindow]
) -> None:
    shown = open_register()
    at_first = shown.state.text()
    with qtbot.waitSignal(view.outputs.message):
        view.outputs.save_to(tmp_path / "a.md")
    (tmp_path / "home" / "register.db").unlink()
    shown = open_register()
    assert shown.state.text() == at_first, "nothing on this machine tells the one from the other"
    assert at_first.startswith("There is no register on this machine: no sheet has left it, or the register was")
    assert shown.state.objectName() == "registerstate"
    Register.open(tmp_path / "home").close()
    shown = open_register()
    assert shown.state.text() == "No sheet stands in this register yet."


@pytest.fixture
def open_register(qtbot: QtBot, tmp_path: Path) -> Callable[[], RegisterWindow]:
    """Opens the register of the reader's folder."""

    def make() -> RegisterWindow:
        window = RegisterWindow(tmp_path / "home")
        qtbot.addWidget(window)
        return window

    return make


def test_every_control_can_be_named_aloud(view: SheetsView) -> None:
    for kind in (QComboBox, QLineEdit, QPlainTextEdit, QSpinBox):
        boxes = [box for box in view.options.findChildren(kind) if not isinstance(box.parent(), QSpinBox)]
        assert boxes
        assert all(box.accessibleName() for box in boxes)


def test_the_number_of_copies_stands_clear_of_its_border_and_has_arrows(view: SheetsView) -> None:
    copies = view.options.copies
    assert copies.lineEdit().textMargins().left() >= 9
    QTest.mouseClick(copies, Qt.MouseButton.LeftButton, pos=QPoint(copies.width() - 8, 5))
    assert view.tray.recipe.copies == 2
    QTest.mouseClick(copies, Qt.MouseButton.LeftButton, pos=QPoint(copies.width() - 8, copies.height() - 5))
    assert view.tray.recipe.copies == 1


def test_each_box_stands_nearer_to_its_own_label_than_to_another(view: SheetsView) -> None:
    parts = view.options.parts
    pairs = [(parts[SheetPart.FINDINGS], parts[SheetPart.FIGURES]), (view.options.large, view.options.two_sided)]
    for box, after in pairs:
        assert after.x() - (box.x() + box.sizeHint().width()) >= 18


@pytest.mark.parametrize(("size", "scale"), [((640, 420), 1.0), ((1280, 800), 2.0)])
def test_in_a_narrow_window_one_side_takes_all_the_room(
    view: SheetsView, window: Window, appearance: Appearance, size: tuple[int, int], scale: float, qtbot: QtBot
) -> None:
    appearance.zoom(SCALES.index(scale) - SCALES.index(1.0))
    window.resize(*size)
    qtbot.waitUntil(lambda: view.look.isVisible() and not view.preview.isVisible())
    assert view.entries.width() > size[0] * 0.85
    tools = [tool for tool in view._bar.findChildren(QAbstractButton) if tool.isVisible()]
    assert len(tools) == 6
    qtbot.waitUntil(lambda: all(tool.width() >= tool.sizeHint().width() for tool in tools))
    assert view._inner.width() <= view._side.viewport().width()
    cut = [box for box in view.options.findChildren(QWidget) if box.isVisible() and _is_cut_off(box, view._inner)]
    assert cut == []
    view.look.click()
    assert view.preview.isVisible()
    assert not view._side.isVisible()
    qtbot.waitUntil(lambda: view.preview.width() == view.width())
    assert view.preview.page_count == 1


def _is_cut_off(widget: QWidget, within: QWidget) -> bool:
    right = widget.mapTo(within, QPoint(widget.width(), 0)).x()
    return right > within.width() or widget.width() < widget.minimumSizeHint().width()


def test_where_the_pages_are_out_of_sight_the_list_says_what_to_do(
    view: SheetsView, window: Window, qtbot: QtBot
) -> None:
    window.resize(640, 420)
    view.tray.clear()
    qtbot.waitUntil(lambda: view.narrow.isVisible())
    assert "Add" in view.narrow.text()


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.4])
def test_both_sides_are_whole_where_both_are_shown(
    view: SheetsView, window: Window, appearance: Appearance, scale: float, qtbot: QtBot
) -> None:
    appearance.zoom(SCALES.index(scale) - SCALES.index(1.0))
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: view.preview.isVisible() and view._side.isVisible())
    qtbot.waitUntil(lambda: view._inner.width() >= view._inner.minimumSizeHint().width())
    assert view._inner.width() <= view._side.viewport().width()
    assert not view.look.isVisible()


def test_a_ticked_part_that_has_no_room_is_said_to_be_left_out(view: SheetsView, qtbot: QtBot) -> None:
    view.tray.clear()
    view.tray.add_theme("trafficking")
    qtbot.waitUntil(lambda: "Left out of this summary: the narrative" in view.state.text())
    assert view.options.parts[SheetPart.NARRATIVE].isChecked()
    assert view.options.parts_without_room.isVisible()
    assert view.options.parts_without_room.text() == "No room on one page: narrative left out."
    view.tray.set_form(Form.BRIEFING)
    qtbot.waitUntil(lambda: not view.options.parts_without_room.isVisible())


@pytest.mark.parametrize(("size", "scale"), [((640, 420), 1.0), ((1280, 800), 2.0)])
def test_the_register_fits_the_window(
    window: Window, appearance: Appearance, tmp_path: Path, size: tuple[int, int], scale: float, qtbot: QtBot
) -> None:
    appearance.zoom(SCALES.index(scale) - SCALES.index(1.0))
    window.resize(*size)
    register = RegisterWindow(tmp_path / "home", window)
    qtbot.addWidget(register)
    register.show()
    assert register.width() <= size[0]
    assert register.height() <= size[1]
    head = register.table.horizontalHeader()
    titles = [head.sectionSize(column) for column in range(head.count())]
    assert [width for width in titles if width < 40 * scale] == []
