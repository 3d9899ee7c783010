"""The bar at the top: back and forward, text size, appearance, and the menu."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from viewer.ui.actions import Actions
from viewer.ui.early import TEXT_ONLY, show_as
from viewer.ui.files import Files
from viewer.ui.views import VIEWS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

_MENU = (
    ("open", "recent", "shelf"),
    ("start", "glossary", "sources", "issues"),
    ("previous_theme", "next_theme", "previous_item", "next_item"),
    ("search", "next_match", "previous_match", "related"),
    ("highlight", "note", "bookmark", "margin", "next_sentence", "previous_sentence", "undo", "redo"),
    ("export_notes", "import_notes"),
    ("find", "copy", "copy_cited"),
    ("put_on_sheet", "put_theme_on_sheet", "check_sheet", "register"),
    ("larger", "smaller", "normal_size", "turn_appearance", "follow_system", "full_screen", "contents"),
    ("seal", "help"),
    ("quit",),
)


class TopBar(QFrame):
    """Buttons for what the hand needs most; all else is in the menu, which Actions fills."""

    def __init__(self, actions: Actions, files: Files, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions, self._files = actions, files
        self.setObjectName("bar")
        self._menu_button = _button(actions["menu"], self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(4)
        for name in ("contents", "back", "forward"):
            row.addWidget(_button(actions[name], self))
        for view in VIEWS:
            button = _button(actions[f"view_{view.name}"], self)
            show_as(button, TEXT_ONLY)
            button.setVisible(len(VIEWS) > 1)
            row.addWidget(button)
        self._middle = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(self._middle, 8)
        row.addStretch(1)
        for name in ("find", "smaller", "larger", "turn_appearance"):
            row.addWidget(_button(actions[name], self))
        row.addWidget(self._menu_button)

    def seat(self, widget: QWidget) -> None:
        """Puts the search field into the middle."""
        self._middle.addWidget(widget)

    def show_menu(self) -> None:
        """Opens the menu under its button."""
        corner = self._menu_button.mapToGlobal(QPoint(self._menu_button.width(), self._menu_button.height() + 4))
        self.menu.popup(corner - QPoint(self.menu.sizeHint().width(), 0))

    @cached_property
    def menu(self) -> QMenu:
        """The menu, made when it is first asked for."""
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        menu.setAccessibleName("Menu")
        menu.aboutToShow.connect(self._fill)
        return menu

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
    return button
