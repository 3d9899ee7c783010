"""What stands under the bar: the view of the open edition, or the page that says why a file was refused."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from viewer.editions.opening import Opened
from viewer.ui.appearance import Appearance
from viewer.ui.edition_view import EditionView
from viewer.ui.files import Files
from viewer.ui.search.search_field import SearchField
from viewer.ui.settings import Settings

if TYPE_CHECKING:
    from viewer.errors import ViewerError
    from viewer.ui.refusal_page import RefusalPage


class EditionStack(QStackedWidget):
    """One edition at a time, and the way from each to the next.

    Signals: `view_made(EditionView)` before it is shown; `edition_shown(opened)` for the edition now in sight, None for
    a refusal; `moved` when the place changed; `related_requested`, `sheet_changed(entries)` and `view_changed(name)` as
    the view's context has them.
    """

    view_made = Signal(object)
    edition_shown = Signal(object)
    moved = Signal()
    related_requested = Signal()
    sheet_changed = Signal(int)
    view_changed = Signal(str)

    def __init__(self, appearance: Appearance, settings: Settings, files: Files, search_field: SearchField) -> None:
        super().__init__()
        self._appearance, self._settings, self._files = appearance, settings, files
        self._search_field = search_field
        self.view: EditionView | None = None
        self.opened: Opened | None = None  # the edition of the view, in sight or not

    @property
    def shown(self) -> Opened | None:
        """The edition in sight; None while a refusal is, or nothing."""
        return self.opened if self.view is not None and self.currentWidget() is self.view else None

    @cached_property
    def refusal(self) -> RefusalPage:
        """The page that says why a file was not opened, made when the first one is."""
        from viewer.ui.refusal_page import RefusalPage

        page = RefusalPage()
        page.back_requested.connect(self.leave_refusal)
        page.older_requested.connect(self._files.open_older)
        page.other_requested.connect(lambda: self._files.ask(self.window()))
        self.addWidget(page)
        return page

    def show_edition(self, opened: Opened) -> None:
        """Show another edition, at the place where its series was left."""
        if self.view is not None and not self.view.can_close():
            opened.bundle.close()
            return
        self.keep_place()
        previous, self.opened = self.view, opened
        self.view = view = EditionView(opened, self._appearance, opened.home, self._search_field)
        self._wire(view)
        width = self._settings.contents_width
        view.reading_view.dragged = width
        view.reading_view.show_side(width != 0)
        self.addWidget(view)
        self.view_made.emit(view)
        self.leave_refusal()
        view.open_at(self._settings.place(opened.place_name))
        view.reading.setFocus()
        if previous is not None:
            self.removeWidget(previous)
            previous.context.signals.closing.emit()
            previous.destroyed.connect(previous.bundle.close)
            previous.deleteLater()

    def _wire(self, view: EditionView) -> None:
        signals = view.context.signals
        signals.edition_requested.connect(self._open_place)
        signals.related_requested.connect(self.related_requested)
        signals.sheet_changed.connect(self.sheet_changed)
        signals.view_changed.connect(self.view_changed)
        view.navigator.moved.connect(self.moved)
        view.reading.zoom_requested.connect(self._appearance.zoom)
        view.reading_view.folded.connect(self.moved)

    def show_refusal(self, error: ViewerError, path: Path) -> None:
        """Show why a file was not opened, and nothing else."""
        self.refusal.explain(error, path.name, can_go_back=self.view is not None)
        self.setCurrentWidget(self.refusal)
        self.edition_shown.emit(None)

    def leave_refusal(self) -> None:
        """Show the edition that is open."""
        if self.view is not None:
            self.setCurrentWidget(self.view)
            self.edition_shown.emit(self.opened)

    def show_shelf(self) -> None:
        """Open the shelf over the edition that is open."""
        if self.view is not None:
            from viewer.ui.editions.shelf_view import show_shelf

            show_shelf(self.view.context, self.view, lambda path, older: self._files.open(path, older=older))

    def _open_place(self, path: Path, address: str) -> None:
        """Open an older edition at a place, by choice."""
        self._files.open(path, older=True)
        if self.view is not None and self.opened is not None and self.opened.path == path:
            self.view.go(address)

    def keep_place(self) -> None:
        """Remember where the reader is in this series."""
        if self.view is not None and self.view.navigator.history.present is not None:
            self._settings.save_place(self.view.context.opened.place_name, self.view.navigator.history.present)

    @property
    def contents_width(self) -> int | None:
        """The width to which the reader dragged the contents, in pixels, or None; 0 where they are folded away."""
        if self.view is None:
            return self._settings.contents_width
        return self.view.reading_view.dragged if self.view.reading_view.side_wanted else 0
