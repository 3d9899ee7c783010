"""Find in page: joins the bar, which is made when it is first opened, with the page."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from viewer.ui.appearance import Appearance
from viewer.ui.reading.pane import ReadingPane

if TYPE_CHECKING:
    from viewer.ui.reading.find_bar import FindBar


class PageFind(QObject):
    """Finds words in the page of `pane`, under which it puts its bar. Signals: `ended` when the bar was closed."""

    ended = Signal()

    def __init__(self, pane: ReadingPane, column: QVBoxLayout, appearance: Appearance) -> None:
        super().__init__(pane)
        self._pane, self._column, self._appearance = pane, column, appearance
        self._bar: FindBar | None = None

    @property
    def bar(self) -> FindBar:
        """The bar, made when it is first opened."""
        if self._bar is None:
            self._bar = self._make_bar()
        return self._bar

    def _make_bar(self) -> FindBar:
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QShortcut

        from viewer.ui.reading.find_bar import FindBar

        bar = FindBar()
        escape = QShortcut(Qt.Key.Key_Escape, self._pane, context=Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(bar.close_bar)
        bar.visibility_changed.connect(escape.setEnabled)
        bar.tint(self._appearance.palette, self._pane.devicePixelRatioF())
        bar.closed.connect(self._end)
        bar.words_changed.connect(self._find)
        bar.step_requested.connect(self.step)
        self._column.insertWidget(1, bar)
        for before, after in pairwise((self._pane, *bar.stops)):
            QWidget.setTabOrder(before, after)
        return bar

    @property
    def is_open(self) -> bool:
        """Whether the bar is in sight."""
        return self._bar is not None and self._bar.isVisible()

    def open(self) -> None:
        """Open the bar, with the selected words in it."""
        chosen = self._pane.selected_text() if self._pane.selection.hasSelection() else ""
        self.bar.open_bar(chosen.partition("\n")[0])

    def step(self, by: int) -> None:
        """Show the place that follows by `by`, +1 or -1."""
        at = self._pane.found_places.step(by)
        self.bar.show_count(at, len(self._pane.found_places))

    def find_again(self) -> None:
        """Find the same words in another page, where the bar is in sight."""
        if self.is_open:
            self._find(self.bar.words.text())

    def restyle(self) -> None:
        """Draw the bar's icons anew in changed colours or sizes."""
        if self._bar is not None:
            self._bar.tint(self._appearance.palette, self._pane.devicePixelRatioF())

    def _find(self, words: str) -> None:
        found = self._pane.found_places.find(words)
        self.bar.show_count(self._pane.found_places.at, found)

    def _end(self) -> None:
        self._pane.found_places.find("")
        self._pane.setFocus()
        self.ended.emit()
