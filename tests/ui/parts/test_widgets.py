"""What is made before the first paint by Qt's numbers is what Qt's names would have made."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QTextBrowser, QToolButton
from pytestqt.qtbot import QtBot

from viewer.ui.appearance import system_is_dark
from viewer.ui.parts import widgets

BOTH = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (widgets.ACCESSIBLE_TEXT_ROLE, Qt.ItemDataRole.AccessibleTextRole),
        (widgets.ACTIONS_MENU, Qt.ContextMenuPolicy.ActionsContextMenu),
        (widgets.ALIGN_CENTRE, Qt.AlignmentFlag.AlignCenter),
        (widgets.ALIGN_TOP, Qt.AlignmentFlag.AlignTop),
        (widgets.NO_SELECTION, QAbstractItemView.SelectionMode.NoSelection),
        (widgets.PLAIN_TEXT, Qt.TextFormat.PlainText),
        (widgets.SCROLL_BAR_AS_NEEDED, Qt.ScrollBarPolicy.ScrollBarAsNeeded),
        (widgets.SCROLL_BAR_OFF, Qt.ScrollBarPolicy.ScrollBarAlwaysOff),
        (widgets.SCROLL_BAR_ON, Qt.ScrollBarPolicy.ScrollBarAlwaysOn),
        (widgets.SELECTABLE, BOTH),
        (widgets.TEXT_BESIDE_ICON, Qt.ToolButtonStyle.ToolButtonTextBesideIcon),
        (widgets.TEXT_ONLY, Qt.ToolButtonStyle.ToolButtonTextOnly),
        (widgets.USER_ROLE, Qt.ItemDataRole.UserRole),
    ],
)
def test_every_number_is_that_of_its_name(number: int, name: Qt.AlignmentFlag) -> None:
    assert number == name.value


def test_a_plain_label_never_reads_its_text_as_markup(qtbot: QtBot) -> None:
    label = widgets.plain_label(wrapped=True, selectable=True)
    qtbot.addWidget(label)
    label.setText("<b>5</b> & <i>more</i>")
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.textInteractionFlags() == BOTH
    assert label.wordWrap()


def test_what_is_set_by_number_is_set(qtbot: QtBot) -> None:
    label, button, area = QLabel("x"), QToolButton(), QTextBrowser()
    for widget in (label, button, area):
        qtbot.addWidget(widget)
    widgets.align(label, widgets.ALIGN_CENTRE)
    widgets.show_as(button, widgets.TEXT_ONLY)
    widgets.hide_horizontal_scroll_bar(area)
    widgets.show_scroll_bar(area, widgets.SCROLL_BAR_ON)
    assert label.alignment() == Qt.AlignmentFlag.AlignCenter
    assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextOnly
    assert area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert area.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOn


@pytest.mark.parametrize(("ground", "dark"), [("#202020", True), ("#f4f4f4", False)])
def test_the_systems_own_colours_say_whether_it_is_dark(qapp: QApplication, ground: str, dark: bool) -> None:
    former = qapp.palette()
    changed = qapp.palette()
    changed.setColor(changed.ColorRole.Window, ground)
    qapp.setPalette(changed)
    try:
        assert system_is_dark() is dark
    finally:
        qapp.setPalette(former)
