"""Small helps for making widgets: enumerations by name, plain labels, sizes that follow the text, keys that click."""

from __future__ import annotations

from typing import TypeVar

from PySide6 import QtCore
from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QToolButton, QWidget

_Widget = TypeVar("_Widget", bound=QWidget)


def set_enum(owner: QObject, name: str, value: str) -> None:
    """Set the property `name` to the enumeration value that Qt calls `value`; several are joined by `|`.

    For what is made before the first paint: the first `Qt.X` that Python names builds all 94 enumerations of that
    namespace, which `make bench` measures. Qt itself knows them by name. Raises ValueError for an unknown name.
    """
    if not owner.setProperty(name, value):
        raise ValueError(f"{type(owner).__name__} has no {name} {value}")


def plain_label(*, wrapped: bool = False, selectable: bool = False) -> QLabel:
    """Return a label that shows its text letter for letter, never as markup."""
    label = QLabel(wordWrap=wrapped)
    set_enum(label, "textFormat", "PlainText")
    if selectable:
        set_enum(label, "textInteractionFlags", "TextSelectableByMouse|TextSelectableByKeyboard")
    return label


def scaled(at_100: float) -> int:
    """Return `at_100` pixels at the text size in force; the type has 14 at 100 %."""
    return round(at_100 * QApplication.font().pixelSize() / 14)


def head_font(base: QFont) -> QFont:
    """Return the type of a heading above a group of rows: smaller than the rows, spaced and half bold."""
    font = QFont(base)
    font.setPixelSize(max(9, round(QApplication.font().pixelSize() * 0.82)))
    font.setWeight(QFont.Weight.DemiBold)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1.2)
    return font


def named(widget: _Widget, name: str) -> _Widget:
    """Return the widget itself, under the name by which the style sheet knows it."""
    widget.setObjectName(name)
    return widget


def checkable_button(text: str = "") -> QToolButton:
    """Return a button that stays down."""
    button = QToolButton()
    button.setText(text)
    button.setCheckable(True)
    return button


def click_on_enter(button: QAbstractButton) -> None:
    """Let Enter click a button as Space does; outside a dialog Qt leaves Enter to others."""
    from PySide6.QtGui import QShortcut

    for key in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter):
        shortcut = QShortcut(key, button, context=QtCore.Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(button.click)  # given to the constructor it would count in the whole window


def click_focused_button(bar: QWidget, event: QKeyEvent) -> bool:
    """Click the button of `bar` that has the keyboard, where the key is Enter; return whether it did.

    For a bar that is made before the first paint: `click_on_enter` needs two shortcuts for each button.
    """
    button = bar.focusWidget()
    if event.key() not in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter):
        return False
    if not isinstance(button, QToolButton) or not button.hasFocus():
        return False
    button.click()
    return True


def last_tab_stop(window: QWidget) -> QWidget:
    """Return the last widget to which Tab leads, the window itself where there is none."""
    out = window.previousInFocusChain()
    while out is not None and out is not window and not out.focusPolicy() & QtCore.Qt.FocusPolicy.TabFocus:
        out = out.previousInFocusChain()
    return out or window
