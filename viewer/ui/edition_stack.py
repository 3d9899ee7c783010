"""What stands under the bar: the desk of the open edition, or the page that says why a file was refused."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from viewer.opening import Opened
from viewer.ui.appearance import Appearance
from viewer.ui.desk import Desk
from viewer.ui.files import Files
from viewer.ui.settings import Settings

if TYPE_CHECKING:
    from types import ModuleType

    from viewer.errors import ViewerError
    from viewer.ui.refusal import RefusalPage


class EditionStack(QStackedWidget):
    """One edition at a time, and the way from each to the next.

    Signals: `desk_made(desk)` before it is shown; `presented(opened)` for the edition now in sight, None for a
    refusal; `moved`, `related_requested`, `sheet_changed(entries)` and `view_changed(name)` as the desk says them.
    """

    desk_made = Signal(object)
    presented = Signal(object)
    moved = Signal()
    related_requested = Signal()
    sheet_changed = Signal(int)
    view_changed = Signal(str)

    def __init__(self, appearance: Appearance, settings: Settings, files: Files) -> None:
        super().__init__()
        self._appearance, self._settings, self._files = appearance, settings, files
        self.desk: Desk | None = None
        self.opened: Opened | None = None  # the edition on the desk, in sight or not

    @property
    def shown(self) -> Opened | None:
        """The edition in sight; None while a refusal is, or nothing."""
        return self.opened if self.desk is not None and self.currentWidget() is self.desk else None

    @cached_property
    def refusal(self) -> RefusalPage:
        """The page that says why a file was not opened, made when the first one is."""
        from viewer.ui.refusal import RefusalPage

        page = RefusalPage()
        page.back_requested.connect(self.leave_refusal)
        page.older_requested.connect(self._files.open_older)
        page.other_requested.connect(lambda: self._files.ask(self.window()))
        self.addWidget(page)
        return page

    def show_edition(self, opened: Opened) -> None:
        """Puts another edition on the desk, at the place where its series was left."""
        if self.desk is not None and not self.desk.may_leave():
            opened.bundle.close()
            return
        self.keep_place()
        former, self.opened = self.desk, opened
        self.desk = desk = Desk(opened, self._appearance, self._files.home)
        self._wire(desk)
        width = self._settings.contents_width
        desk.show_contents(width != 0)
        desk.split.dragged = width
        desk.split.fit()
        self.addWidget(desk)
        self.desk_made.emit(desk)
        self.leave_refusal()
        desk.open_at(self._settings.place(opened.bundle.edition.series))
        desk.reading.setFocus()
        if former is not None:
            self.removeWidget(former)
            former.end()
            former.destroyed.connect(former.bundle.close)
            former.deleteLater()

    def _wire(self, desk: Desk) -> None:
        desk.edition_requested.connect(self._open_place)
        desk.moved.connect(self.moved)
        desk.reading.painted.connect(lambda: QTimer.singleShot(0, desk, lambda: edition_desk().begin(desk)))
        desk.reading.sized.connect(self._appearance.step)
        desk.related_requested.connect(self.related_requested)
        desk.sheet_changed.connect(self.sheet_changed)
        desk.view_changed.connect(self.view_changed)

    def show_refusal(self, error: ViewerError, path: Path) -> None:
        """Shows why a file was not opened, and nothing else."""
        self.refusal.explain(error, path.name, can_go_back=self.desk is not None)
        self.setCurrentWidget(self.refusal)
        self.presented.emit(None)

    def leave_refusal(self) -> None:
        """Shows the edition that is open."""
        if self.desk is not None:
            self.setCurrentWidget(self.desk)
            self.presented.emit(self.opened)

    def open_kept(self, path: Path, older: bool) -> None:
        """Opens an edition of the shelf; `older` is the reader's choice of a superseded one."""
        self._files.open(path, older=older)

    def _open_place(self, path: Path, address: str) -> None:
        """Opens an older edition at a place, by choice."""
        self._files.open(path, older=True)
        if self.desk is not None and self.opened is not None and self.opened.path == path:
            self.desk.go(address)

    def keep_place(self) -> None:
        """Remembers where the reader is in this series."""
        if self.desk is not None and self.desk.navigator.history.present is not None:
            self._settings.keep_place(self.desk.bundle.edition.series, self.desk.navigator.history.present)

    @property
    def contents_width(self) -> int | None:
        """The width to which the reader dragged the contents, in pixels, or None; 0 where they are folded away."""
        if self.desk is None:
            return self._settings.contents_width
        return self.desk.split.dragged if self.desk.contents_wanted else 0


def edition_desk() -> ModuleType:
    """What is done with editions beside the open one, loaded when first needed."""
    from viewer.ui.editions import edition_desk as loaded

    return loaded
