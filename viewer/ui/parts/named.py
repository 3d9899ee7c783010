"""Widgets with what most of them want: the name by which the style sheet knows one, keys that press one."""

from __future__ import annotations

from typing import TypeVar

from PySide6 import QtCore
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QToolButton, QWidget

_Widget = TypeVar("_Widget", bound=QWidget)


def named(widget: _Widget, name: str) -> _Widget:
    """The widget itself, named."""
    widget.setObjectName(name)
    return widget


def checkable_button(text: str = "") -> QToolButton:
    """A button that stays down."""
    button = QToolButton()
    button.setText(text)
    button.setCheckable(True)
    return button


def click_on_enter(button: QAbstractButton) -> None:
    """Lets Enter press a button as Space does; outside a dialog Qt leaves Enter to others."""
    for key in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter):
        pressed = QShortcut(key, button, context=QtCore.Qt.ShortcutContext.WidgetShortcut)
        pressed.activated.connect(button.click)  # given to the constructor it would count in the whole window
