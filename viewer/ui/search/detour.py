"""The way from a view of the edition to the results of a search, and back to where the reader was."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from viewer.ui.edition_view import EditionView
from viewer.ui.search.search_field import SearchField


class Detour(QObject):
    """Remembers the view that was left for `results`, and what had the keyboard there."""

    def __init__(self, desk: EditionView, field: SearchField, results: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._field, self._results = desk, field, results
        self._came_from: tuple[str, QWidget] = ("read", desk.split)
        self._outside: QWidget | None = None  # what had the keyboard, where that was none of the view's
        desk.views.addWidget(results)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._keyboard_moved)

    def is_on(self) -> bool:
        """Whether the results are shown."""
        return self._desk.views.currentWidget() is self._results

    def begin(self) -> None:
        """Shows the results, as they were left."""
        if not self.is_on():
            self._came_from = self._desk.view_name, self._desk.views.currentWidget() or self._desk.split
            self._desk.views.setCurrentWidget(self._results)
            self._desk.view_changed.emit("search")

    def end(self) -> None:
        """Goes back to where the reader was: the view, its place, and what had the keyboard there."""
        if not self.is_on():
            self._desk.show_view("read")
            self._desk.reading.setFocus()
            return
        name, view = self._came_from
        had_keyboard = self._outside or view.focusWidget()
        self._desk.show_view(name)
        if had_keyboard is not None and had_keyboard.isVisible():
            had_keyboard.setFocus()

    def _keyboard_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        """Remembers what had the keyboard before the field; a view remembers by itself what had it there."""
        if now is self._field and old is not None and not self._results.isAncestorOf(old):
            self._outside = None if self._desk.views.isAncestorOf(old) else old
