"""One edition open before the reader: contents, page, and find, wired to its navigator."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from viewer import wording
from viewer.opening import Opened
from viewer.page import Page
from viewer.ui.appearance import Appearance
from viewer.ui.contents import ContentsPane
from viewer.ui.find import FindBar
from viewer.ui.history import Place
from viewer.ui.navigator import Navigator
from viewer.ui.popup import SourcePopup
from viewer.ui.reading import ReadingPane
from viewer.ui.views import VIEWS, Restyled

NARROW = 820  # pixels at 100 %; below, the contents fold away


class Desk(QWidget):
    """Contents at the left, the page at the right, find under it; the other views take the same place.

    Signals: `moved` when the place changed; `view_changed(name)` when another view is shown.
    """

    moved = Signal()
    view_changed = Signal(str)

    def __init__(self, opened: Opened, appearance: Appearance, home: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened, self.appearance, self.home = opened, appearance, home
        self.bundle = bundle = opened.bundle
        self.navigator = Navigator(bundle, self)
        self.contents = ContentsPane(bundle)
        self.reading = ReadingPane(appearance)
        self.find_bar = FindBar()
        self.popup = SourcePopup(self)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.reading, 1)
        column.addWidget(self.find_bar)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.contents)
        self.split.addWidget(right)
        self.split.setStretchFactor(1, 1)
        self.views = QStackedWidget()
        self.views.addWidget(self.split)
        self._made: dict[str, QWidget] = {"read": self.split}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.views)
        self.contents_wanted, self._is_wide = True, True
        self._wire()

    def _wire(self) -> None:
        self.contents.address_chosen.connect(self.go)
        self.find_bar.closed.connect(self._end_find)
        self.find_bar.sought.connect(self._seek)
        self.find_bar.step_requested.connect(self._step_find)
        self.navigator.moved.connect(self.moved)
        self.navigator.page_opened.connect(self._show)
        self.navigator.source_asked.connect(self._show_source)
        self.navigator.target_named.connect(self._show_target)
        self.reading.link_requested.connect(self.go)
        self.reading.verticalScrollBar().valueChanged.connect(self._scrolled)

    def open_at(self, place: Place) -> None:
        """Opens the remembered place, else the start page."""
        self.navigator.go(place.address, place.scroll)
        if self.navigator.history.present is None:
            self.navigator.go("page:start")

    def go(self, address: str) -> None:
        """Opens the page or place at `address`, in the reading view."""
        self.show_view("read")
        self.navigator.go(address)

    def show_view(self, name: str) -> QWidget:
        """Shows the view `name`, which is made the first time, and returns it."""
        view = self._made.get(name)
        if view is None:
            make = next(known.make for known in VIEWS if known.name == name)
            assert make is not None
            view = self._made[name] = make(self)
            self.views.addWidget(view)
        if self.views.currentWidget() is not view:
            self.views.setCurrentWidget(view)
            (self.reading if view is self.split else view).setFocus()
        self.view_changed.emit(name)
        return view

    def restyle(self) -> None:
        """Shows the same place again in changed colours or sizes."""
        self.contents.restyle()
        self.reading.restyle()
        for name, view in self._made.items():
            if name != "read":
                cast(Restyled, view).restyle()

    def open_find(self) -> None:
        """Opens find in page, with the selected words in it."""
        self.find_bar.open_bar(self.reading.selected_text())

    def show_contents(self, shown: bool) -> None:
        """Shows the contents or folds them away, as the reader wishes."""
        self.contents_wanted = shown
        self.contents.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Folds the contents away while the window is too narrow for them and the page."""
        super().resizeEvent(event)
        wide = self.width() >= NARROW * self.appearance.scale
        if wide != self._is_wide:
            self._is_wide = wide
            self.contents.setVisible(self.contents_wanted and wide)
            self.moved.emit()

    def next_pane(self) -> None:
        """Moves the keyboard from contents to page and back."""
        other = self.contents if self.reading.hasFocus() or not self.contents.isVisible() else self.reading
        (self.reading if not self.contents.isVisible() else other).setFocus(Qt.FocusReason.TabFocusReason)

    def copy_cited(self) -> str:
        """Puts the selection, or the present item, with its citation on the clipboard; returns what it put there."""
        item_id = self.reading.item_of_selection()
        text = self.reading.selected_text() or (self.reading.text_of_item() if item_id else "")
        if item_id:
            item = self.bundle.item(item_id)
            cited = wording.citation(self.bundle.edition, self.bundle.theme(item.theme), item)
        else:
            cited = self._page_citation()
        whole = f"“{text}” ({cited})" if text else cited
        QApplication.clipboard().setText(whole)
        return whole

    def _page_citation(self) -> str:
        kind, _, name = self.navigator.address.partition(":")
        if kind == "theme":
            return wording.citation(self.bundle.edition, self.bundle.theme(name.partition("/")[0]))
        return self.bundle.edition.name

    def _show(self, page: Page, scroll: int) -> None:
        self.reading.show_page(page, scroll)
        self.contents.show_address(self.navigator.address)
        if self.find_bar.isVisible():
            self._seek(self.find_bar.words.text())

    def _show_target(self, target: str) -> None:
        if target.startswith("#"):
            self.reading.go_to(target[1:])
            self.contents.show_address(self.navigator.address.partition("/")[0] + target)
        else:
            self.reading.choose(target)

    def _show_source(self, source_id: str) -> None:
        self.popup.show_source(self.bundle.source(source_id), self.reading.link_point())

    def _scrolled(self, to: int) -> None:
        self.navigator.history.scrolled(to)

    def _seek(self, words: str) -> None:
        found = self.reading.find_all(words)
        self.find_bar.show_count(self.reading.find_step(0), found)

    def _step_find(self, by: int) -> None:
        at = self.reading.find_step(by)
        self.find_bar.show_count(at, self.reading.found)

    def _end_find(self) -> None:
        self.reading.find_all("")
        self.reading.setFocus()
