"""One edition open before the reader: contents, page, and find, wired to its navigator."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from viewer.editions.opening import Opened
from viewer.pages.parts import Page
from viewer.ui.appearance import Appearance
from viewer.ui.context import EditionContext, EditionSignals
from viewer.ui.parts.folding_splitter import ContentsSplit
from viewer.ui.reading.contents import ContentsPane
from viewer.ui.reading.history import VisitedPlace
from viewer.ui.reading.navigator import Navigator
from viewer.ui.reading.pane import ReadingPane
from viewer.ui.view_stack import ViewStack
from viewer.ui.views import VIEWS, CopiesCited, Findable

if TYPE_CHECKING:
    from viewer.ui.notes.notes_controller import NotesController
    from viewer.ui.parts.message_bar import MessageBar
    from viewer.ui.reading.find_bar import FindBar
    from viewer.ui.reading.source_popup import SourcePopup
    from viewer.ui.search.related_items import RelatedItems
    from viewer.ui.sheets.tray import Tray

AFTER_PAINT = 60  # milliseconds from the first paint to the opening of the notes
NARROW = 820  # pixels at 100 %; below, the contents fold away


class EditionView(QWidget):
    """Contents at the left, the page at the right, find under it; the other views take the same place.

    Signals: `moved` when the place changed; `view_changed(name)` when another view is shown;
    `sheet_changed(entries)` when something was put on the sheet or taken off; `edition_requested(path, address)`
    for a place in an older edition; `related_requested` for all relatives of the present item.
    """

    moved = Signal()
    view_changed = Signal(str)
    find_ended = Signal()
    sheet_changed = Signal(int)
    edition_requested = Signal(object, str)
    related_requested = Signal()

    def __init__(self, opened: Opened, appearance: Appearance, home: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened, self.appearance, self.home = opened, appearance, home
        self.bundle = bundle = opened.bundle
        self.navigator = Navigator(bundle, self)
        self.contents = ContentsPane(bundle)
        self.reading = ReadingPane(appearance)
        self.reading.keep_margin()
        self._find_bar: FindBar | None = None
        self._first_place: VisitedPlace | None = None
        right = QWidget()
        self.column = column = QVBoxLayout(right)  # to which search adds a bar of its own
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.reading, 1)
        self.split = _ReadingView(self.contents, right, self.reading)
        self.views = ViewStack(self._make_view)
        self.views.add_view("read", self.split)
        self.split.setFocusProxy(self.reading)
        self.context = EditionContext(
            opened=opened,
            navigator=self.navigator,
            appearance=appearance,
            home=home,
            signals=EditionSignals(self),
            views=self.views,
        )
        self._layout = whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.views)
        self.contents_wanted, self._is_wide = True, True
        self._wire()

    def _wire(self) -> None:
        signals = self.context.signals
        signals.announced.connect(self._announce)
        signals.edition_requested.connect(self.edition_requested)
        signals.related_requested.connect(self.related_requested)
        signals.sheet_changed.connect(self.sheet_changed)
        self.views.view_changed.connect(signals.view_changed)
        signals.view_changed.connect(self.view_changed)
        self.contents.address_chosen.connect(self.go)
        self.navigator.moved.connect(self.moved)
        self.reading.painted.connect(lambda: QtCore.QTimer.singleShot(0, self, self._open_notes_later))
        self.navigator.page_opened.connect(self._show)
        self.navigator.source_requested.connect(self._show_source)
        self.navigator.target_named.connect(self._show_target)
        self.navigator.returned.connect(lambda item: self.reading.choose(item, scroll=False))
        self.reading.item_chosen.connect(self.navigator.history.chose)
        self.reading.marking_label = self._stamp
        self.reading.link_requested.connect(self.go)
        self.reading.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def find_bar(self) -> FindBar:
        """The bar for finding in the page, made when it is first opened."""
        if self._find_bar is None:
            self._find_bar = self._make_find_bar()
        return self._find_bar

    def _make_find_bar(self) -> FindBar:
        from viewer.ui.reading.find_bar import FindBar

        bar = FindBar()
        bar.tint(self.appearance.palette, self.devicePixelRatioF())
        bar.closed.connect(self._end_find)
        bar.words_changed.connect(self._seek)
        bar.step_requested.connect(self._step_find)
        self.column.insertWidget(1, bar)
        for before, after in pairwise((self.reading, *bar.stops)):
            self.setTabOrder(before, after)
        return bar

    @cached_property
    def popup(self) -> SourcePopup:
        """The frame that shows a source, made when the first one is asked for."""
        from viewer.ui.reading.source_popup import SourcePopup

        return SourcePopup(self)

    @cached_property
    def tray(self) -> Tray:
        """What is on the sheet, made when it is first needed."""
        from viewer.ui.sheets.sheet_actions import make_tray

        return make_tray(self)

    @cached_property
    def notes(self) -> NotesController:
        """What the reader does with notes, made after the first paint."""
        from viewer.ui.notes.notes_controller import NotesController

        return NotesController(self.context, self.reading, self.message_bar, self)

    @cached_property
    def message_bar(self) -> MessageBar:
        """The bar for sentences above the views, made after the first paint."""
        from viewer.ui.parts.message_bar import MessageBar

        bar = MessageBar()
        self._layout.insertWidget(0, bar)
        return bar

    @cached_property
    def related_items(self) -> RelatedItems:
        """What stands beside the present item, made after the first paint."""
        from viewer.ui.search.related_items import RelatedItems

        return RelatedItems(self, self.notes.page.margin, lambda: self.notes.is_writing)

    def noted_items(self) -> frozenset[str]:
        """The items that have a note, highlight or bookmark."""
        return self.notes.session.noted_items

    def can_close(self) -> bool:
        """Whether nothing that the reader wrote would be lost now; asks where something would. The notes are let go."""
        if "notes" not in self.__dict__:
            return True
        return self.notes.can_close()

    def end_workers(self) -> None:
        """Ends what still works on the edition in threads of its own, so that it can be closed."""
        from viewer.ui.parts.background_runner import BackgroundRunner
        from viewer.ui.search.search_worker import SearchWorker

        workers: list[SearchWorker | BackgroundRunner] = [
            *self.findChildren(SearchWorker),
            *self.findChildren(BackgroundRunner),
        ]
        for worker in workers:
            worker.shut_down()

    def _open_notes_later(self) -> None:
        """Once the paint is through and what waited for it was done."""
        QtCore.QTimer.singleShot(AFTER_PAINT, self, self._open_notes)

    def _open_notes(self) -> None:
        from viewer.ui.reading.keyboard_focus import KeyboardFocusFrame

        self.reading.add_edge_painter(KeyboardFocusFrame(self.reading, self.appearance).paint)
        assert self.related_items
        self.notes.session.open()

    def open_at(self, place: VisitedPlace) -> None:
        """Opens the remembered place, else the start page; once the desk is shown, so that it is laid out once."""
        if not self.isVisible():
            self._first_place = place
            return
        self.navigator.go(place.address, place.scroll)
        if self.navigator.history.present is None:
            self.navigator.go("page:start")

    def go(self, address: str) -> None:
        """Opens the page or place at `address`, in the reading view."""
        self.show_view("read")
        self.navigator.go(address)

    def show_view(self, name: str) -> QWidget:
        """Shows the view `name`, which is made the first time, and returns it."""
        return self.views.show_view(name)

    def _make_view(self, name: str) -> QWidget:
        make = next(known.make for known in VIEWS if known.name == name)
        assert make is not None
        return make(self)

    @property
    def view_name(self) -> str:
        """The name of the view that is shown; empty while it is none of those of the top bar."""
        return self.views.name

    def _announce(self, sentence: str) -> None:
        from viewer.ui.parts.announcement import announce

        announce(self, sentence)

    def restyle(self) -> None:
        """Shows the same place again in changed colours or sizes."""
        self.contents.restyle()
        self.split.fit()
        self._fold()
        self.reading.restyle()
        if self._find_bar is not None:
            self._find_bar.tint(self.appearance.palette, self.devicePixelRatioF())
        self.views.restyle()

    def open_find(self) -> None:
        """Opens find in page, with the selected words in it; in another view, what it has for finding."""
        view = self.views.currentWidget()
        if isinstance(view, Findable):
            view.open_find()
            return
        chosen = self.reading.selected_text() if self.reading.selection.hasSelection() else ""
        self.find_bar.open_bar(chosen.partition("\n")[0])

    def show_contents(self, shown: bool) -> None:
        """Shows the contents or folds them away, as the reader wishes."""
        self.contents_wanted = shown
        self.contents.setVisible(shown)

    def showEvent(self, event: QShowEvent) -> None:
        """Opens the place that waited for it."""
        super().showEvent(event)
        place, self._first_place = self._first_place, None
        if place is not None:
            self.open_at(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Folds what has no room."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Folds the contents away while the window is too narrow for them and the page."""
        wide = self.width() >= NARROW * self.appearance.scale
        if wide != self._is_wide:
            self._is_wide = wide
            self.contents.setVisible(self.contents_wanted and wide)
            self.moved.emit()

    def next_pane(self) -> None:
        """Moves the keyboard from contents to page and back."""
        other = self.contents if self.reading.hasFocus() or not self.contents.isVisible() else self.reading
        (self.reading if not self.contents.isVisible() else other).setFocus(QtCore.Qt.FocusReason.TabFocusReason)

    def copy(self) -> None:
        """Copies what is selected on the page; what another view copies never leaves without its citation."""
        if self.views.currentWidget() is self.split:
            self.reading.copy()
        else:
            self.copy_cited()

    def copy_cited(self) -> str:
        """Puts the selection, or the present item, with its citation on the clipboard; returns what it put there."""
        view = self.views.currentWidget()
        if isinstance(view, CopiesCited):
            return view.copy_cited()
        from viewer.ui.reading.copied_text import cited_text

        pane = self.reading
        whole = cited_text(self.bundle, self.navigator.address, pane.item_map, pane.selection, pane.item)
        QApplication.clipboard().setText(whole)
        return whole

    def _stamp(self) -> str:
        from viewer.ui.reading.copied_text import marking_label

        pane = self.reading
        return marking_label(self.bundle, self.navigator.address, pane.item_map, pane.textCursor(), pane.item)

    def _show(self, page: Page, scroll: int) -> None:
        self.show_view("read")
        self.reading.show_page(page, scroll)
        self.contents.show_address(self.navigator.address)
        if self._find_bar is not None and self._find_bar.isVisible():
            self._seek(self._find_bar.words.text())

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
        found = self.reading.found_places.find(words)
        self.find_bar.show_count(self.reading.found_places.at, found)

    def _step_find(self, by: int) -> None:
        at = self.reading.found_places.step(by)
        self.find_bar.show_count(at, len(self.reading.found_places))

    def _end_find(self) -> None:
        self.reading.found_places.find("")
        self.reading.setFocus()
        self.find_ended.emit()


class _ReadingView(ContentsSplit):
    """Contents and page as one view."""

    def __init__(self, contents: QWidget, page: QWidget, pane: ReadingPane) -> None:
        super().__init__(contents, page)
        self._pane = pane

    def present_item(self) -> str:
        """Return the id of the item on which the reader rests, empty while there is none."""
        return self._pane.item_of_selection() or ""
