"""Every field that can be cleared has the same button for it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from viewer.ui.appearance import SCALES, Appearance
from viewer.ui.parts.clear_button import SIDE, SIGN, ClearButton
from viewer.ui.window import Window


@pytest.fixture
def field(qtbot: QtBot, appearance: Appearance) -> QLineEdit:
    """A shown field with words in it, and the button that clears it."""
    field = QLineEdit("groom")
    qtbot.addWidget(field)
    ClearButton(field).tint(appearance.palette, 1.0)
    field.show()
    qtbot.waitExposed(field)
    return field


def _button(field: QLineEdit) -> ClearButton:
    button = field.findChild(ClearButton)
    assert isinstance(button, ClearButton)
    return button


def test_a_click_clears_the_field_and_says_so_as_typing_does(field: QLineEdit) -> None:
    said: list[str] = []
    field.textEdited.connect(said.append)
    QTest.mouseClick(_button(field), Qt.MouseButton.LeftButton)
    assert field.text() == ""
    assert said == [""]


def test_it_is_there_only_while_there_is_something_to_clear(field: QLineEdit) -> None:
    field.clear()
    assert not _button(field).isVisible()
    field.setText("again")
    assert _button(field).isVisible()


def test_it_grows_with_the_text_and_keeps_its_place_at_the_end(field: QLineEdit, appearance: Appearance) -> None:
    for step in (0, SCALES.index(2.0) - SCALES.index(1.0)):
        appearance.zoom(step)
        _button(field).tint(appearance.palette, 1.0)
        for width in (300, 500):
            field.resize(width, field.sizeHint().height())
            button = _button(field)
            assert button.width() == round(SIDE * appearance.scale)
            assert button.iconSize().width() == round(SIGN * appearance.scale)
            assert field.rect().contains(button.geometry())
            assert button.geometry().right() >= width - 12 * appearance.scale


def test_what_is_typed_ends_before_it(field: QLineEdit) -> None:
    field.setText("a long text that fills the whole of the field " * 4)
    field.setCursorPosition(len(field.text()))
    field.grab()  # only what is painted is scrolled
    assert field.cursorRect().center().x() <= _button(field).geometry().left() + 1


def test_the_search_field_has_one_once_there_is_something_to_clear(window: Window) -> None:
    assert window.search.findChild(ClearButton) is None
    window.search.setText("groom")
    assert _button(window.search).isVisible()
    QTest.mouseClick(_button(window.search), Qt.MouseButton.LeftButton)
    assert window.search.text() == ""
    assert not _button(window.search).isVisible()
