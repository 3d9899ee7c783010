"""The bar at the top keeps its buttons whole, follows the eye, and the menu holds whatever has no room."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from viewer import paths
from viewer.ui.actions import SPECS, VIEW_SPECS
from viewer.ui.appearance import SCALES, Appearance
from viewer.ui.edition_view import EditionView
from viewer.ui.window import Window

_VIEWS = ("Read", "Figures", "Notes", "Sheets", "Changes")


def _buttons(window: Window) -> list[QToolButton]:
    return [button for button in window.bar.findChildren(QToolButton) if button.isVisible()]


def _names(window: Window) -> list[str]:
    return [button.accessibleName() for button in _buttons(window)]


def _places(window: Window) -> dict[str, int]:
    """Where each button and the search field begin."""
    return {widget.accessibleName(): widget.x() for widget in (*_buttons(window), window.search)}


def _refuse(window: Window, folder: Path) -> None:
    (folder / "junk.db").write_bytes(b"no edition")
    window._files.open(folder / "junk.db")


def _stops(window: Window) -> Iterator[QWidget]:
    """What Tab comes to, from the bar on, once round."""
    widget = window.bar.nextInFocusChain()
    while widget is not None and widget is not window.bar:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            yield widget
        widget = widget.nextInFocusChain()


def _cut_off(window: Window) -> list[str]:
    return [button.text() for button in _buttons(window) if button.width() < button.minimumSizeHint().width()]


@pytest.mark.parametrize(("width", "steps"), [(1920, 0), (1280, 0), (640, 0), (1280, 6), (640, 6)])
def test_no_button_is_cut_off(window: Window, appearance: Appearance, qtbot: QtBot, width: int, steps: int) -> None:
    window.resize(width, 600)
    if steps:
        appearance.zoom(steps)
    qtbot.waitUntil(lambda: window.width() == width and window.bar.width() == width)
    qtbot.waitUntil(lambda: _buttons(window) != [] and _cut_off(window) == [])
    assert "Menu" in _names(window)


def test_tab_goes_where_the_eye_goes(window: Window) -> None:
    window.actions_by_name["back"].setEnabled(True)
    window.actions_by_name["forward"].setEnabled(True)
    view = window.stack.currentWidget()
    assert isinstance(view, EditionView)
    order = list(_stops(window))
    bar = [widget for widget in order if window.bar.isAncestorOf(widget)]
    assert bar == order[: len(bar)]
    assert [widget.accessibleName() for widget in bar] == [
        "Contents", "Back", "Forward", "Read", "Figures", "Notes", "Sheets", "Changes", "Search",
        "Find in page", "Smaller text", "Larger text", "Light or dark", "Menu",
    ]  # fmt: skip
    assert bar == sorted(bar, key=lambda widget: widget.x())
    assert [widget for widget in order if widget in (view.contents, view.reading, window.state.seal)] == [
        view.contents, view.reading, window.state.seal,
    ]  # fmt: skip


@pytest.mark.parametrize("view", ["figures", "notes", "sheets", "changes"])
def test_tab_comes_to_the_seal_last_in_every_view(window: Window, view: str) -> None:
    window.actions_by_name[f"view_{view}"].trigger()
    assert list(_stops(window))[-1] is window.state.seal


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_every_button_of_the_bar(window: Window, key: Qt.Key, qtbot: QtBot) -> None:
    window.activateWindow()
    pressed: list[str] = []
    for button in _buttons(window):
        button.defaultAction().setEnabled(True)
        button.defaultAction().triggered.disconnect()
        button.defaultAction().triggered.connect(lambda _on=False, at=button: pressed.append(at.accessibleName()))
        button.setFocus()
        qtbot.waitUntil(button.hasFocus)
        QTest.keyClick(button, key)
    assert pressed == _names(window)


def test_enter_opens_the_details_of_the_seal(window: Window, qtbot: QtBot) -> None:
    window.activateWindow()
    clicked: list[bool] = []
    window.state.seal.clicked.disconnect()
    window.state.seal.clicked.connect(lambda: clicked.append(True))
    window.state.seal.setFocus()
    qtbot.waitUntil(window.state.seal.hasFocus)
    QTest.keyClick(window.state.seal, Qt.Key.Key_Return)
    assert clicked == [True]


@pytest.mark.parametrize("scale", [SCALES[0], 1.0, SCALES[-1]])
def test_icons_are_as_large_as_the_text_wants_them(window: Window, appearance: Appearance, scale: float) -> None:
    appearance.zoom(SCALES.index(scale) - SCALES.index(1.0))
    window.bar.fit()
    sizes = {button.iconSize().width() for button in _buttons(window) if not button.icon().isNull()}
    assert sizes == {round(20 * scale)}
    drawn = window.actions_by_name["menu"].icon().pixmap(400)
    assert drawn.width() / drawn.devicePixelRatio() == round(20 * scale)
    assert window.state.seal.iconSize().width() == round(17 * scale)
    sign, text = window.banner._sign, window.banner._text
    assert sign.pixmap().width() / sign.pixmap().devicePixelRatio() == round(20 * scale)
    middle_of_sign = sign.contentsMargins().top() + round(20 * scale) / 2
    middle_of_line = text.contentsMargins().top() + text.fontMetrics().height() / 2
    assert abs(middle_of_sign - middle_of_line) <= 1


def test_the_search_field_keeps_room_for_what_is_typed(window: Window, appearance: Appearance, qtbot: QtBot) -> None:
    appearance.zoom(SCALES.index(2.0))
    qtbot.waitUntil(lambda: window.width() == 1280 and "Menu" in _names(window))
    window.bar.fit()
    assert window.search.width() >= 280
    window.search.setText("groom")
    first = QPoint(window.search.textMargins().left() + 25, window.search.height() // 2)
    assert window.search.cursorPositionAt(first) == 0


def test_no_two_buttons_look_the_same(window: Window) -> None:
    pictures = [button.icon().pixmap(20).toImage() for button in _buttons(window) if not button.icon().isNull()]
    pictures.append(window.actions_by_name["search"].icon().pixmap(20).toImage())
    assert all(one != other for at, one in enumerate(pictures) for other in pictures[:at])


def test_all_views_stand_equally_far_apart(window: Window, appearance: Appearance, qtbot: QtBot) -> None:
    for steps in (0, 4):
        appearance.zoom(steps)
        window.resize(1920, 1000)
        qtbot.waitUntil(lambda: window.bar.width() == 1920 and "Changes" in _names(window))
        qtbot.wait(1)  # the bar fits once the new sizes count
        views = [button for button in _buttons(window) if button.text() in _VIEWS]
        halves = [view.fontMetrics().horizontalAdvance(view.text()) / 2 for view in views]
        words = zip([view.geometry().center().x() for view in views], halves, strict=True)
        gaps = [after - half_after - before - half for (before, half), (after, half_after) in pairwise(words)]
        assert len(gaps) == 4
        assert max(gaps) - min(gaps) <= 3


@pytest.mark.parametrize(("size", "steps"), [((700, 500), 0), ((640, 500), 0), ((1280, 800), 6)])
def test_the_view_in_sight_keeps_its_button(
    window: Window, appearance: Appearance, size: tuple[int, int], steps: int, qtbot: QtBot
) -> None:
    window.resize(*size)
    appearance.zoom(steps)
    qtbot.waitUntil(lambda: window.bar.width() == size[0] and "Find in page" not in _names(window))
    bare = _names(window)
    for view in ("figures", "notes", "sheets", "changes"):
        window.actions_by_name[f"view_{view}"].trigger()
        shown = [button.text() for button in _buttons(window) if button.isChecked()]
        assert shown == [window.actions_by_name[f"view_{view}"].text()]
        qtbot.waitUntil(lambda: _cut_off(window) == [])
    window.actions_by_name["view_read"].trigger()
    assert _names(window) == bare


def test_what_is_put_on_the_sheet_moves_only_the_view_after_it(window: Window) -> None:
    view = window.stack.currentWidget()
    assert isinstance(view, EditionView)
    before = _places(window)
    view.tray.add_theme("trafficking")
    assert window.actions_by_name["view_sheets"].text() == "Sheets · 1"
    window.bar.layout().activate()  # type: ignore[union-attr]
    after = _places(window)
    assert [name for name, at in before.items() if after[name] != at] == ["Changes"]
    assert after["Changes"] - before["Changes"] < 40
    view.tray.clear()


def test_a_refusal_has_no_view_and_no_contents(window: Window, tmp_path: Path) -> None:
    _refuse(window, tmp_path)
    names = ["contents", *(spec.name for spec in VIEW_SPECS)]
    assert [name for name in names if window.actions_by_name[name].isChecked()] == []
    assert [name for name in names if window.actions_by_name[name].isEnabled()] == []
    window.stack.leave_refusal()
    assert [name for name in names if window.actions_by_name[name].isChecked()] == ["contents", "view_read"]


def test_contents_can_be_shown_only_where_there_are_any(window: Window) -> None:
    contents = window.actions_by_name["contents"]
    assert (contents.isEnabled(), contents.isChecked()) == (True, True)
    for view in ("figures", "changes"):
        window.actions_by_name[f"view_{view}"].trigger()
        assert (contents.isEnabled(), contents.isChecked()) == (False, False)
    window.actions_by_name["view_read"].trigger()
    assert (contents.isEnabled(), contents.isChecked()) == (True, True)


def test_the_sample_can_always_be_opened_again(window: Window) -> None:
    assert window.stack.opened is not None
    assert window.stack.opened.path != paths.sample()
    asked: list[Path] = []
    window._files.open = asked.append  # type: ignore[method-assign,assignment]
    window.actions_by_name["sample"].trigger()
    assert asked == [paths.sample()]
    window.bar.show_menu()
    assert "The sample edition" in [action.text() for action in window.bar.menu.findChildren(QMenu)[0].actions()]


def test_every_action_stands_in_the_menu(window: Window) -> None:
    window.bar.show_menu()
    menus = [window.bar.menu, *window.bar.menu.findChildren(QMenu)]
    held = {action for menu in menus for action in menu.actions()}
    missing = [spec.name for spec in (*SPECS, *VIEW_SPECS) if window.actions_by_name[spec.name] not in held]
    assert missing == ["menu"]
