"""What the small helps promise: plain labels, enumerations by name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTextBrowser, QToolButton
from pytestqt.qtbot import QtBot

from viewer.ui.appearance import system_is_dark
from viewer.ui.parts import widgets

BOTH = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


def test_a_plain_label_never_reads_its_text_as_markup(qtbot: QtBot) -> None:
    label = widgets.plain_label(wrapped=True, selectable=True)
    qtbot.addWidget(label)
    label.setText("<b>5</b> & <i>more</i>")
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.textInteractionFlags() == BOTH
    assert label.wordWrap()


def test_an_enumeration_is_set_by_the_name_that_qt_has_for_it(qtbot: QtBot) -> None:
    label, button, area = QLabel("x"), QToolButton(), QTextBrowser()
    for widget in (label, button, area):
        qtbot.addWidget(widget)
    widgets.set_enum(label, "alignment", "AlignBottom|AlignRight")
    widgets.set_enum(button, "toolButtonStyle", "ToolButtonTextOnly")
    widgets.set_enum(area, "verticalScrollBarPolicy", "ScrollBarAlwaysOn")
    assert label.alignment() == Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight
    assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextOnly
    assert area.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOn


@pytest.mark.parametrize(("name", "value"), [("alignment", "AlignSideways"), ("alinement", "AlignTop")])
def test_a_name_that_qt_does_not_know_is_a_mistake(qtbot: QtBot, name: str, value: str) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    with pytest.raises(ValueError, match=f"QLabel has no {name} {value}"):
        widgets.set_enum(label, name, value)


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
