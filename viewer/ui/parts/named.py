"""A widget with the name by which the style sheet knows it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QToolButton, QWidget

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
