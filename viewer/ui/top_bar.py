"""The bar at the top: back and forward, text size, appearance, and the menu."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSpacerItem, QToolButton, QWidget

from viewer.ui.actions import Actions
from viewer.ui.files import Files
from viewer.ui.parts.widgets import click_focused_button, set_enum
from viewer.ui.views import VIEWS

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QMenu

_VIEWS = tuple(f"view_{view.name}" for view in VIEWS)
_MENU: tuple[tuple[str, tuple[str, ...]], ...] = (  # each group under its name; the last ones stand openly
    ("Editions", ("open", "recent", "sample", "shelf")),
    ("Views", _VIEWS),
    ("Go", ("start", "glossary", "sources", "issues", "", "previous_theme", "next_theme", "previous_item", "next_item",
            "next_sentence", "previous_sentence", "", "back", "forward", "next_pane")),
    ("Find", ("search", "next_match", "previous_match", "related", "", "find")),
    ("Notes", ("highlight", "note", "bookmark", "", "undo", "redo", "", "margin", "note_bin", "note_backups", "",
               "export_notes", "import_notes")),
    ("Copy and sheets", ("copy", "copy_cited", "", "put_on_sheet", "put_theme_on_sheet", "check_sheet", "register")),
    ("Look", ("larger", "smaller", "normal_size", "", "turn_appearance", "follow_system", "full_screen", "contents")),
    ("", ("seal", "help", "quit")),
)  # fmt: skip
_SPARE = ("turn_appearance", "smaller", "larger", "find", *reversed(_VIEWS), "forward", "contents")


class TopBar(QFrame):
    """Buttons for what the hand needs most; all else is in the menu, which Actions fills."""

    def __init__(self, actions: Actions, files: Files, search: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions, self._files = actions, files
        self.setObjectName("bar")
        self._buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(4)
        for name in ("contents", "back", "forward", *_VIEWS):  # the keyboard comes to them in the order made
            row.addWidget(self._button(name))
        for name in _VIEWS:
            set_enum(self._buttons[name], "toolButtonStyle", "ToolButtonTextOnly")
            actions[name].toggled.connect(self._fit_again)
        self._kept = QSpacerItem(0, 0)
        row.addItem(self._kept)
        actions["view_sheets"].changed.connect(self._reserve)
        row.addStretch(1)
        row.addWidget(search, 8)
        row.addStretch(1)
        for name in ("find", "smaller", "larger", "turn_appearance", "menu"):
            row.addWidget(self._button(name))

    def _button(self, name: str) -> QToolButton:
        button = self._buttons[name] = QToolButton(self)
        button.setDefaultAction(self._actions[name])
        button.setAccessibleName(self._actions[name].text())
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses a button as Space does."""
        click_focused_button(self, event) or super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave to the menu what has no room."""
        super().resizeEvent(event)
        self.fit()

    def _fit_again(self) -> None:
        """For another view in sight; before the first paint, its resizing does it."""
        if self.isVisible():
            self.fit()

    def fit(self) -> None:
        """Show as many buttons as there is room for, in whole; that of the view in sight gives way last."""
        row = self.layout()
        assert row is not None
        self._reserve()
        for name in _SPARE:
            self._buttons[name].show()
        for name in sorted(_SPARE, key=lambda name: name in _VIEWS and self._actions[name].isChecked()):
            row.invalidate()
            if row.minimumSize().width() <= self.width():
                return
            self._buttons[name].hide()

    def _reserve(self) -> None:
        """Keep room after the views for the number of entries on the sheet: only the view after it makes way."""
        metrics, row = self._buttons["view_sheets"].fontMetrics(), self.layout()
        used, most = (metrics.horizontalAdvance(text) for text in (self._actions["view_sheets"].text(), "Sheets · 88"))
        self._kept.changeSize(max(0, most - used), 0)
        if row is not None:
            row.invalidate()

    def show_menu(self) -> None:
        """Open the menu, filled anew, under its button."""
        self._fill()
        button = self._buttons["menu"]
        corner = button.mapToGlobal(QPoint(button.width(), button.height() + 4))
        self.menu.popup(corner - QPoint(self.menu.sizeHint().width(), 0))

    @cached_property
    def menu(self) -> QMenu:
        """The menu, made when it is first asked for."""
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        menu.setAccessibleName("Menu")
        return menu

    def _fill(self) -> None:
        self.menu.clear()
        for title, names in _MENU:
            under = self.menu.addMenu(title) if title else self.menu
            if not title:
                self.menu.addSeparator()
            for name in names:
                self._add(under, name)

    def _add(self, under: QMenu, name: str) -> None:
        if name == "recent":
            self._add_recent(under)
        elif name:
            under.addAction(self._actions[name])
        else:
            under.addSeparator()

    def _add_recent(self, menu: QMenu) -> None:
        recent = self._files.recent()
        under = menu.addMenu("Recent editions")
        under.setEnabled(bool(recent))
        for path in recent:
            under.addAction(f"{path.name}   –   {path.parent}", partial(self._files.open, path))
        under.addSeparator()
        under.addAction("Forget these", self._files.forget_recent)
