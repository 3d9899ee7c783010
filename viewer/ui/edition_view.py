"""One edition open before the reader: makes its parts, each when it is first needed, and joins them."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from viewer.editions.opening import Opened
from viewer.pages.parts import Page
from viewer.ui import edition_views
from viewer.ui.appearance import Appearance
from viewer.ui.context import EditionContext, EditionSignals
from viewer.ui.reading.history import VisitedPlace
from viewer.ui.reading.navigator import Navigator
from viewer.ui.reading.view import ReadingView
from viewer.ui.search.search_field import SearchField
from viewer.ui.view_stack import ViewStack

if TYPE_CHECKING:
    from viewer.ui.editions.change_marks import ChangeMarks
    from viewer.ui.editions.changes_controller import ChangesController
    from viewer.ui.notes.notes_controller import NotesController
    from viewer.ui.parts.announcement import Announcement
    from viewer.ui.parts.message_bar import MessageBar
    from viewer.ui.search.related_items import RelatedItems
    from viewer.ui.search.search_controller import SearchController
    from viewer.ui.search.search_worker import SearchWorker
    from viewer.ui.sheets.draft_keeper import SheetDraftKeeper
    from viewer.ui.sheets.sheet_actions import SheetActions
    from viewer.ui.sheets.tray import Tray

NOTES_AFTER = 60  # milliseconds from the first paint to the opening of the notes
IDLE_AFTER = 2000  # milliseconds: the page is read, and what comes next can be loaded


class EditionView(QWidget):
    """The views of one edition, of which one is in sight, and what works in them.

    What its parts say to one another and to the window are the signals of `context`.
    """

    def __init__(self, opened: Opened, appearance: Appearance, home: Path, search_field: SearchField) -> None:
        super().__init__()
        self.bundle, self._search_field = opened.bundle, search_field
        self.navigator = Navigator(opened.bundle, self)
        self.views = ViewStack(self._make_view)
        self.context = EditionContext(
            opened=opened,
            navigator=self.navigator,
            appearance=appearance,
            home=home,
            signals=EditionSignals(self),
            views=self.views,
        )
        self.reading_view = ReadingView(opened.bundle, self.navigator, appearance)
        self.reading, self.contents = self.reading_view.pane, self.reading_view.contents
        self.views.add_view("read", self.reading_view, keyboard=self.reading)
        self._first_place: VisitedPlace | None = None
        self._drafts: SheetDraftKeeper | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.views)
        self._wire()

    def _wire(self) -> None:
        signals = self.context.signals
        self.contents.address_chosen.connect(self.go)
        self.destroyed.connect(signals.closing)
        self.navigator.page_opened.connect(self._show_page)
        self.reading.link_requested.connect(self.go)
        self.reading.painted.connect(lambda: QTimer.singleShot(0, self, self._begin))
        self.views.view_changed.connect(signals.view_changed)
        signals.announced.connect(lambda sentence: self._announcement.announce(sentence))

    # Its parts

    @cached_property
    def changes(self) -> ChangesController:
        """What changed since an earlier edition; it is marked on the page."""
        from viewer.ui.editions.changes_controller import ChangesController

        made = ChangesController(self.bundle, self.context.session, self)
        made.compared.connect(lambda changes: self._change_marks.mark_changes(changes))
        self.context.signals.closing.connect(made.end)
        return made

    @cached_property
    def notes(self) -> NotesController:
        """What the reader does with notes."""
        from viewer.ui.notes.notes_controller import NotesController

        return NotesController(self.context, self.reading, self.message_bar, self)

    @cached_property
    def message_bar(self) -> MessageBar:
        """The bar for sentences above the views."""
        from viewer.ui.parts.message_bar import MessageBar

        bar = MessageBar()
        self._column.insertWidget(0, bar)
        return bar

    @cached_property
    def related_items(self) -> RelatedItems:
        """What stands beside the item on which the reader rests."""
        from viewer.ui.search.related_items import RelatedItems

        return RelatedItems(
            self.context,
            self.reading,
            self.notes.page.margin,
            self.search_worker,
            gives_way=lambda: self.notes.is_writing,
            parent=self,
        )

    @cached_property
    def search(self) -> SearchController:
        """Search in this edition."""
        from viewer.ui.search.search_controller import SearchController

        return SearchController(
            self.context,
            self.reading_view,
            self.views,
            self._search_field,
            self.search_worker,
            self.notes,
            parent=self,
        )

    @cached_property
    def search_worker(self) -> SearchWorker:
        """The thread that searches this edition; it ends with the edition and with the program."""
        from viewer.ui.search.search_worker import SearchWorker

        worker = SearchWorker(self.bundle, self)
        app = QApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(worker.shut_down)
        self.context.signals.closing.connect(worker.shut_down)
        return worker

    @cached_property
    def sheet_actions(self) -> SheetActions:
        """What can be done with sheets outside their view."""
        from viewer.ui.sheets.sheet_actions import SheetActions

        return SheetActions(self.context, self.tray, self)

    @cached_property
    def tray(self) -> Tray:
        """What is on the sheet: what was on it when it was left."""
        from viewer.editions.earlier import EarlierEditions
        from viewer.ui.sheets.draft_keeper import SheetDraftKeeper
        from viewer.ui.sheets.tray import Tray

        signals = self.context.signals
        tray = Tray(self.bundle, EarlierEditions(self.bundle, self.context.session), self)
        tray.announced.connect(signals.announced)
        tray.changed.connect(lambda: signals.sheet_changed.emit(len(tray)))
        self._drafts = drafts = SheetDraftKeeper(tray, self.context.home, self)
        drafts.said.connect(lambda sentence, choices: self.message_bar.show_message(sentence, *choices))
        signals.closing.connect(drafts.end)
        drafts.open()
        return tray

    @property
    def drafts(self) -> SheetDraftKeeper:
        """The sheets being made, of which one is on the tray."""
        self.tray  # noqa: B018 - it is made with them
        assert self._drafts is not None
        return self._drafts

    @cached_property
    def _announcement(self) -> Announcement:
        from viewer.ui.parts.announcement import Announcement

        return Announcement(self)

    @cached_property
    def _change_marks(self) -> ChangeMarks:
        from viewer.ui.editions.change_marks import ChangeMarks

        return ChangeMarks(self.reading, self.context.appearance, self)

    def _make_view(self, name: str) -> QWidget:
        """Make the view `name`; raises ViewerError where the notes cannot be opened."""
        match name:
            case "figures":
                return edition_views.make_figures(self.context)
            case "notes":
                return self.notes.notes_view.make()
            case "sheets":
                return edition_views.make_sheets(self.context, self.tray, self.drafts, self.sheet_actions.show_register)
            case "changes":
                from viewer.ui.editions.touched import touched_items

                touched = partial(touched_items, self.context, self.notes.session.open)
                return edition_views.make_changes(self.context, self.changes, touched, self.sheet_actions.put_changes)
        raise ValueError(f"there is no view {name}")

    # What it does

    def go(self, address: str) -> None:
        """Open the page or place at `address` in the reading view."""
        self.context.go(address)

    def show_view(self, name: str) -> QWidget:
        """Show the view `name`, which is made the first time, and return it."""
        return self.views.show_view(name)

    def open_at(self, place: VisitedPlace) -> None:
        """Open the remembered place, else the start page; once the view is shown, so that it is laid out once."""
        if not self.isVisible():
            self._first_place = place
            return
        self.navigator.go(place.address, place.scroll)
        if self.navigator.history.present is None:
            self.navigator.go("page:start")

    def can_close(self) -> bool:
        """Tell whether nothing that the reader wrote would be lost now, after asking; the notes are let go then."""
        if self._drafts is not None and not self._drafts.can_close():
            return False
        return "notes" not in self.__dict__ or self.notes.can_close()

    def keep(self) -> None:
        """Save what is being written, without asking: the program may end at once."""
        if "notes" in self.__dict__:
            self.notes.keep()

    def showEvent(self, event: QShowEvent) -> None:
        """Open the place that waited for it."""
        super().showEvent(event)
        place, self._first_place = self._first_place, None
        if place is not None:
            self.open_at(place)

    def _show_page(self, page: Page, scroll: int) -> None:
        self.views.show_view("read")
        self.reading_view.show_page(page, scroll)

    def _begin(self) -> None:
        """Do after the first paint what it need not wait for."""
        QTimer.singleShot(NOTES_AFTER, self, self._open_notes)
        QTimer.singleShot(IDLE_AFTER, self, self._preload)
        self.changes.compare_unasked()

    def _open_notes(self) -> None:
        from viewer.ui.reading.keyboard_focus import KeyboardFocusFrame

        self.reading.add_edge_painter(KeyboardFocusFrame(self.reading, self.context.appearance).paint)
        self.related_items  # noqa: B018 - it shows itself from now on
        self.notes.session.open()
        self.tray  # noqa: B018 - the top bar says how much is on it

    def _preload(self) -> None:
        from viewer.ui.sheets.sheet_actions import preload

        preload(self)
