"""The bar at the top: back and forward, text size, appearance, and the menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from viewer.ui.actions import Actions
from viewer.ui.files import Files
from viewer.ui.views import VIEWS

_MENU = (
    ("open", "recent"),
    ("start", "glossary", "sources", "issues"),
    ("previous_theme", "next_theme", "previous_item", "next_item"),
    ("find", "copy", "copy_cited"),
    ("larger", "smaller", "normal_size", "turn_appearance", "follow_system", "full_screen", "contents"),
    ("seal", "help"),
    ("quit",),
)


class TopBar(QWidget):
    """Buttons for what the hand needs most; all else is in the menu, which Actions fills."""

    def __init__(self, actions: Actions, files: Files, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions, self._files = actions, files
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.menu = QMenu(self)
        self.menu.setAccessibleName("Menu")
        self.menu.aboutToShow.connect(self._fill)
        self._menu_button = _button(actions["menu"], self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(4)
        for name in ("contents", "back", "forward"):
            row.addWidget(_button(actions[name], self))
        for view in VIEWS:
            button = _button(actions[f"view_{view.name}"], self)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setVisible(len(VIEWS) > 1)
            row.addWidget(button)
        row.addStretch(1)
        for name in ("find", "smaller", "larger", "turn_appearance"):
            row.addWidget(_button(actions[name], self))
        row.addWidget(self._menu_button)

    def show_menu(self) -> None:
        """Opens the menu under its button."""
        corner = self._menu_button.mapToGlobal(QPoint(self._menu_button.width(), self._menu_button.height() + 4))
        self.menu.popup(corner - QPoint(self.menu.sizeHint().width(), 0))

    def _fill(self) -> None:
        self.menu.clear()
        for group in _MENU:
            for name in group:
                if name == "recent":
                    self._add_recent()
                else:
                    self.menu.addAction(self._actions[name])
            self.menu.addSeparator()

    def _add_recent(self) -> None:
        recent = self._files.recent()
        under = self.menu.addMenu("Recent editions")
        under.setEnabled(bool(recent))
        for path in recent:
            under.addAction(f"{path.name}   –   {path.parent}", partial(self._files.open, path))
        under.addSeparator()
        under.addAction("Forget these", self._files.forget_recent)


def _button(action: QAction, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setDefaultAction(action)
    button.setAccessibleName(action.text())
    button.setIconSize(QSize(20, 20))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
