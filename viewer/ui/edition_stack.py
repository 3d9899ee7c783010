"""What stands under the bar: the desk of the open edition, or the page that says why a file was refused."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from viewer.editions.opening import Opened
from viewer.ui.appearance import Appearance
from viewer.ui.edition_view import EditionView
from viewer.ui.files import Files
from viewer.ui.settings import Settings

if TYPE_CHECKING:
    from types import ModuleType

    from viewer.errors import ViewerError
    from viewer.ui.refusal_page import RefusalPage


class EditionStack(QStackedWidget):
    """One edition at a time, and the way from each to the next.

    Signals: `desk_made(desk)` before it is shown; `presented(opened)` for the edition now in sight, None for a
    refusal; `moved`, `related_requested`, `sheet_changed(entries)` and `view_changed(name)` as the desk says them.
    """

    view_made = Signal(object)
    edition_shown = Signal(object)
    moved = Signal()
    related_requested = Signal()
    sheet_changed = Signal(int)
    view_changed = Signal(str)

    def __init__(self, appearance: Appearance, settings: Settings, files: Files) -> None:
        super().__init__()
        self._appearance, self._settings, self._files = appearance, settings, files
        self.view: EditionView | None = None
        self.opened: Opened | None = None  # the edition on the desk, in sight or not

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
        """Puts another edition on the desk, at the place where its series was left."""
        if self.view is not None and not self.view.can_close():
            opened.bundle.close()
            return
        self.keep_place()
        former, self.opened = self.view, opened
        self.view = desk = EditionView(opened, self._appearance, self._files.home)
        self._wire(desk)
        width = self._settings.contents_width
        desk.show_contents(width != 0)
        desk.split.dragged = width
        desk.split.fit()
        self.addWidget(desk)
        self.view_made.emit(desk)
        self.leave_refusal()
        desk.open_at(self._settings.place(opened.bundle.edition.series))
        desk.reading.setFocus()
        if former is not None:
            self.removeWidget(former)
            former.end_workers()
            former.destroyed.connect(former.bundle.close)
            former.deleteLater()

    def _wire(self, desk: EditionView) -> None:
        desk.edition_requested.connect(self._open_place)
        desk.moved.connect(self.moved)
        desk.reading.painted.connect(lambda: QTimer.singleShot(0, desk, lambda: edition_desk().begin(desk)))
        desk.reading.zoom_requested.connect(self._appearance.zoom)
        desk.related_requested.connect(self.related_requested)
        desk.sheet_changed.connect(self.sheet_changed)
        desk.view_changed.connect(self.view_changed)

    def show_refusal(self, error: ViewerError, path: Path) -> None:
        """Shows why a file was not opened, and nothing else."""
        self.refusal.explain(error, path.name, can_go_back=self.view is not None)
        self.setCurrentWidget(self.refusal)
        self.edition_shown.emit(None)

    def leave_refusal(self) -> None:
        """Shows the edition that is open."""
        if self.view is not None:
            self.setCurrentWidget(self.view)
            self.edition_shown.emit(self.opened)

    def open_kept(self, path: Path, older: bool) -> None:
        """Opens an edition of the shelf; `older` is the reader's choice of a superseded one."""
        self._files.open(path, older=older)

    def _open_place(self, path: Path, address: str) -> None:
        """Opens an older edition at a place, by choice."""
        self._files.open(path, older=True)
        if self.view is not None and self.opened is not None and self.opened.path == path:
            self.view.go(address)

    def keep_place(self) -> None:
        """Remembers where the reader is in this series."""
        if self.view is not None and self.view.navigator.history.present is not None:
            self._settings.save_place(self.view.bundle.edition.series, self.view.navigator.history.present)

    @property
    def contents_width(self) -> int | None:
        """The width to which the reader dragged the contents, in pixels, or None; 0 where they are folded away."""
        if self.view is None:
            return self._settings.contents_width
        return self.view.split.dragged if self.view.contents_wanted else 0


def edition_desk() -> ModuleType:
    """What is done with editions beside the open one, loaded when first needed."""
    from viewer.ui.editions import edition_actions as loaded

    return loaded
