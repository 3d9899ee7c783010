"""The bar at the top keeps its buttons whole, and the menu holds whatever has no room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu, QToolButton
from pytestqt.qtbot import QtBot

from viewer.ui.actions import SPECS, VIEW_SPECS
from viewer.ui.appearance import Appearance
from viewer.ui.window import Window


@pytest.mark.parametrize(("width", "steps"), [(1920, 0), (1280, 0), (640, 0), (1280, 6), (640, 6)])
def test_no_button_is_cut_off(window: Window, appearance: Appearance, qtbot: QtBot, width: int, steps: int) -> None:
    window.resize(width, 600)
    if steps:
        appearance.step(steps)
    qtbot.wait(50)
    shown = [button for button in window.bar.findChildren(QToolButton) if button.isVisible()]
    assert shown
    assert [button.text() for button in shown if button.width() < button.minimumSizeHint().width()] == []


def test_every_action_stands_in_the_menu(window: Window) -> None:
    window.bar.menu.aboutToShow.emit()
    menus = [window.bar.menu, *window.bar.menu.findChildren(QMenu)]
    held = {action for menu in menus for action in menu.actions()}
    missing = [spec.name for spec in (*SPECS, *VIEW_SPECS) if window.actions_by_name[spec.name] not in held]
    assert missing == ["menu"]
