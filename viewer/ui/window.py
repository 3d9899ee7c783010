"""The window: puts the parts in the order of the eye and wires them; what branches lives elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from viewer import wording
from viewer.opening import Opened
from viewer.ui.actions import Actions
from viewer.ui.appearance import Appearance, Mode
from viewer.ui.banner import Banner
from viewer.ui.bar import TopBar
from viewer.ui.desk import Desk
from viewer.ui.files import Files
from viewer.ui.marking import MarkingStrip
from viewer.ui.parts.early import ACTIONS_MENU
from viewer.ui.reading.history import Place
from viewer.ui.seal import StateBar
from viewer.ui.search.search_field import SearchField
from viewer.ui.settings import Settings
from viewer.ui.views import VIEWS

if TYPE_CHECKING:
    from types import ModuleType

    from viewer.ui.help import HelpWindow
    from viewer.ui.refusal import RefusalPage
    from viewer.ui.search.searching import Searching

IDLE = 2000  # ms after an edition was opened: the page is read, and what comes next can be loaded


class Window(QMainWindow):
    """One window on one edition at a time. Signals: `painted` once, after the first paint."""

    painted = Signal()

    def __init__(self, appearance: Appearance, settings: Settings, files: Files) -> None:
        super().__init__()
        self._appearance, self._settings, self._files = appearance, settings, files
        self._opened: Opened | None = None
        self._desk: Desk | None = None
        self._was_painted = False
        self.actions_by_name = Actions(self)
        self.top, self.bottom = MarkingStrip("top"), MarkingStrip("bottom")
        self.bar = TopBar(self.actions_by_name, files)
        self.search = SearchField()
        self.bar.seat(self.search)
        self.banner = Banner()
        self.state = StateBar()
        self.stack = QStackedWidget()
        self._lay_out()
        self._wire()
        self._tint()
        self.setAcceptDrops(True)
        self.setMinimumSize(640, 420)
        self.setWindowTitle("Briefing viewer")
        if not self.restoreGeometry(settings.geometry):
            self.resize(1280, 800)

    def _lay_out(self) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.bar)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        column.addWidget(self.state)
        column.addWidget(self.bottom)
        self.setCentralWidget(whole)

    def _wire(self) -> None:
        act, look, on = self.actions_by_name, self._appearance, self._with_desk
        look.changed.connect(self._restyle)
        self._files.opened.connect(self.show_edition)
        self._files.refused.connect(self.show_refusal)
        self.state.seal.clicked.connect(self._show_seal)
        self.search.asked.connect(self._with_search(lambda search: search.search()))
        self.search.changed_by_hand.connect(self._with_search(lambda search: search.typed()))
        self.search.entered.connect(self._with_search(lambda search: search.open()))
        self.search.left.connect(self._with_search(lambda search: search.leave()))
        self.search.list_requested.connect(self._with_search(lambda search: search.to_list()))
        act["back"].triggered.connect(on(lambda desk: desk.navigator.back()))
        act["bookmark"].triggered.connect(on(lambda desk: desk.noting.bookmark()))
        act["check_sheet"].triggered.connect(on(lambda desk: sheet_desk().ask_and_check(desk)))
        act["contents"].triggered.connect(self._show_contents)
        act["copy"].triggered.connect(on(lambda desk: desk.copy()))
        act["copy_cited"].triggered.connect(on(lambda desk: desk.copy_cited()))
        act["export_notes"].triggered.connect(on(lambda desk: desk.noting.export()))
        act["find"].triggered.connect(on(lambda desk: desk.open_find()))
        act["follow_system"].triggered.connect(lambda on: look.set_mode("system" if on else _shown_mode(look)))
        act["forward"].triggered.connect(on(lambda desk: desk.navigator.forward()))
        act["full_screen"].triggered.connect(self._full_screen)
        act["glossary"].triggered.connect(on(lambda desk: desk.go("page:glossary")))
        act["help"].triggered.connect(self._show_help)
        act["highlight"].triggered.connect(on(lambda desk: desk.noting.highlight()))
        act["import_notes"].triggered.connect(on(lambda desk: desk.noting.import_()))
        act["issues"].triggered.connect(on(lambda desk: desk.go("page:issues")))
        act["larger"].triggered.connect(lambda: look.step(1))
        act["margin"].triggered.connect(on(lambda desk: desk.noting.turn_drawer()))
        act["menu"].triggered.connect(self.bar.show_menu)
        act["next_item"].triggered.connect(on(lambda desk: desk.reading.step(1)))
        act["next_match"].triggered.connect(self._with_search(lambda search: search.step(1)))
        act["next_pane"].triggered.connect(on(lambda desk: desk.next_pane()))
        act["next_sentence"].triggered.connect(on(lambda desk: desk.noting.step_sentence(1)))
        act["next_theme"].triggered.connect(on(lambda desk: desk.navigator.turn_theme(1)))
        act["normal_size"].triggered.connect(lambda: look.step(0))
        act["note"].triggered.connect(on(lambda desk: desk.noting.write()))
        act["open"].triggered.connect(lambda: self._files.ask(self))
        act["previous_item"].triggered.connect(on(lambda desk: desk.reading.step(-1)))
        act["previous_match"].triggered.connect(self._with_search(lambda search: search.step(-1)))
        act["previous_sentence"].triggered.connect(on(lambda desk: desk.noting.step_sentence(-1)))
        act["previous_theme"].triggered.connect(on(lambda desk: desk.navigator.turn_theme(-1)))
        act["quit"].triggered.connect(self.close)
        act["redo"].triggered.connect(on(lambda desk: desk.noting.redo()))
        act["related"].triggered.connect(self._with_search(lambda search: search.show_relatives()))
        act["put_on_sheet"].triggered.connect(on(lambda desk: sheet_desk().put_item(desk)))
        act["put_theme_on_sheet"].triggered.connect(on(lambda desk: sheet_desk().put_theme(desk)))
        act["register"].triggered.connect(on(lambda desk: sheet_desk().show_register(desk)))
        act["seal"].triggered.connect(self._show_seal)
        act["search"].triggered.connect(self.search.begin)
        act["shelf"].triggered.connect(on(lambda desk: edition_desk().show_shelf(desk, self._open_kept)))
        act["smaller"].triggered.connect(lambda: look.step(-1))
        act["sources"].triggered.connect(on(lambda desk: desk.go("page:sources")))
        act["start"].triggered.connect(on(lambda desk: desk.go("page:start")))
        act["turn_appearance"].triggered.connect(look.turn)
        act["undo"].triggered.connect(on(lambda desk: desk.noting.undo()))
        for view in VIEWS:
            act[f"view_{view.name}"].triggered.connect(on(partial(Desk.show_view, name=view.name)))

    # Editions

    def show_edition(self, opened: Opened) -> None:
        """Puts another edition on the desk, at the place where its series was left."""
        if self._desk is not None and not self._desk.may_leave():
            opened.bundle.close()
            return
        self._keep_place()
        former, self._opened = self._desk, opened
        desk = Desk(opened, self._appearance, self._files.home)
        desk.edition_requested.connect(self._open_place)
        desk.moved.connect(self._moved)
        desk.related_requested.connect(self.actions_by_name["related"].trigger)
        desk.sheet_changed.connect(self._show_sheet)
        desk.view_changed.connect(self._show_view_name)
        desk.reading.painted.connect(lambda: QTimer.singleShot(0, desk, lambda: edition_desk().begin(desk)))
        desk.reading.sized.connect(self._appearance.step)
        desk.reading.setProperty("contextMenuPolicy", ACTIONS_MENU)
        shown = ("copy", "copy_cited", "find", "related", "back")
        desk.reading.addActions([self.actions_by_name[name] for name in shown])
        width = self._settings.contents_width
        desk.show_contents(width > 0)
        desk.split.setSizes([width or 272, 1000])
        self.stack.addWidget(desk)
        self._desk = desk
        self.search.clear()
        self.setTabOrder(desk.reading, self.state.seal)  # the eye comes to the seal last
        self._show_sheet(0)
        self._show_view_name("read")
        self._leave_refusal()
        desk.open_at(self._settings.place(opened.bundle.edition.series))
        desk.reading.setFocus()
        QTimer.singleShot(IDLE, lambda: sheet_desk().warm())
        if former is not None:
            self.stack.removeWidget(former)
            former.end()
            former.destroyed.connect(former.bundle.close)
            former.deleteLater()

    def _open_kept(self, path: Path, older: bool) -> None:
        """Opens an edition of the shelf; `older` is the reader's choice of a superseded one."""
        self._files.open(path, older=older)

    def _open_place(self, path: Path, address: str) -> None:
        """Opens an older edition at a place, by choice."""
        self._files.open(path, older=True)
        if self._desk is not None and self._opened is not None and self._opened.path == path:
            self._desk.go(address)

    @cached_property
    def help(self) -> HelpWindow:
        """The user guide, made when it is first asked for."""
        from viewer.ui.help import HelpWindow

        return HelpWindow(self._appearance, self)

    @cached_property
    def refusal(self) -> RefusalPage:
        """The page that says why a file was not opened, made when the first one is."""
        from viewer.ui.refusal import RefusalPage

        page = RefusalPage()
        page.back_requested.connect(self._leave_refusal)
        page.other_requested.connect(lambda: self._files.ask(self))
        page.older_requested.connect(self._files.open_older)
        self.stack.addWidget(page)
        return page

    def show_refusal(self, error: object, path: Path) -> None:
        """Shows why a file was not opened, and nothing else."""
        self.refusal.explain(error, path.name, can_go_back=self._desk is not None)  # type: ignore[arg-type]
        self._present(None)
        self.stack.setCurrentWidget(self.refusal)

    def _leave_refusal(self) -> None:
        if self._desk is not None:
            self.stack.setCurrentWidget(self._desk)
            self._present(self._opened)

    def _present(self, opened: Opened | None) -> None:
        bundle = opened.bundle if opened else None
        marking = bundle.marking(bundle.edition.marking) if bundle else None
        for strip in (self.top, self.bottom):
            strip.show_marking(marking, self._appearance.scale)
        self.banner.show_warnings(opened.warnings if opened else ())
        self.search.setEnabled(bundle is not None)
        self.state.show_bundle(bundle, wording.today())
        self.setWindowTitle("Briefing viewer")
        for name in _ON_DESK:
            self.actions_by_name[name].setEnabled(bundle is not None)
        if bundle:
            self._moved()
            self._after_paint(self._settle)

    @property
    def opened(self) -> Opened | None:
        """The edition that is open."""
        return self._opened

    def show_address(self, address: str) -> None:
        """Opens a place of the edition that is open, such as `theme:trafficking`."""
        if self._desk is not None:
            self._desk.go(address)

    # What the actions do

    def _with_desk(self, do: Callable[[Desk], object]) -> Callable[..., None]:
        """A slot that does something with the desk, and nothing while no edition is open."""

        def slot(*_from_the_signal: object) -> None:
            if self._desk is not None:
                do(self._desk)

        return slot

    def _with_search(self, do: Callable[[Searching], object]) -> Callable[..., None]:
        """A slot that does something with the desk's search, which is made when first needed."""

        def slot(*_from_the_signal: object) -> None:
            if self._desk is not None:
                from viewer.ui.search.searching import Searching

                do(self._desk.findChild(Searching) or Searching(self._desk, self.search))

        return slot

    def _show_contents(self, shown: bool) -> None:
        if self._desk is not None:
            self._desk.show_contents(shown)

    def _show_sheet(self, entries: int) -> None:
        self.actions_by_name["view_sheets"].setText(f"Sheets · {entries}" if entries else "Sheets")

    def _show_view_name(self, shown: str) -> None:
        for view in VIEWS:
            self.actions_by_name[f"view_{view.name}"].setChecked(view.name == shown)

    def _moved(self) -> None:
        if self._desk is not None:
            history = self._desk.navigator.history
            self.actions_by_name["back"].setEnabled(history.can_go_back)
            self.actions_by_name["forward"].setEnabled(history.can_go_forward)
            self.actions_by_name["contents"].setChecked(self._desk.contents.isVisibleTo(self._desk))

    def _full_screen(self, on: bool) -> None:
        self.setWindowState(
            self.windowState() | QtCore.Qt.WindowState.WindowFullScreen
            if on
            else self.windowState() & ~QtCore.Qt.WindowState.WindowFullScreen
        )

    def _show_seal(self) -> None:
        if self._opened is not None:
            from viewer.ui.seal_dialog import SealDialog

            SealDialog(self._opened.bundle, self._opened.public_key, self).exec()

    def _show_help(self) -> None:
        self.help.show()
        self.help.raise_()
        self.help.activateWindow()

    def _restyle(self) -> None:
        self._tint()
        self._settings.keep_appearance(self._appearance.mode, self._appearance.scale)
        QTimer.singleShot(0, self.bar, self.bar.fit)  # once the new sizes count
        if self._desk is not None:
            self._desk.restyle()
            self._present(self._opened if self.stack.currentWidget() is self._desk else None)

    def _tint(self) -> None:
        palette, ratio = self._appearance.palette, self.devicePixelRatioF()
        self.actions_by_name.tint(palette, ratio)
        self.banner.tint(palette, ratio)
        self.state.tint(palette, ratio)
        self.search.tint(palette, ratio)
        self.actions_by_name["follow_system"].setChecked(self._appearance.mode == "system")

    # What Qt asks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints, and says so after the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)  # with `self`: before all that waits for the paint

    def _after_paint(self, do: Callable[[], None]) -> None:
        """Does at leisure what the first paint need not wait for."""
        if self._was_painted:
            QTimer.singleShot(0, self, do)
        else:
            self.painted.connect(lambda: QTimer.singleShot(0, self, do))

    def _settle(self) -> None:
        self._settings.save()
        if self._opened is not None and self._desk is not None and self.stack.currentWidget() is self._desk:
            self._desk.contents.settle()
            self.banner.show_warnings(self._opened.warnings + self._opened.late_warnings)

    def _keep_place(self) -> None:
        if self._desk is not None and self._desk.navigator.history.present is not None:
            place: Place = self._desk.navigator.history.present
            self._settings.keep_place(self._desk.bundle.edition.series, place)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remembers sizes and place; stays where a note that is being written cannot be saved."""
        if self._desk is not None and not self._desk.may_leave():
            event.ignore()
            return
        self._keep_place()
        width = self._settings.contents_width
        if self._desk is not None and self._desk.contents.isVisible():
            width = self._desk.contents.width()
        elif self._desk is not None and not self._desk.contents_wanted:
            width = 0
        self._settings.keep_window(self.saveGeometry(), width)
        self._settings.save()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens the dropped file; a PDF is checked as a sheet."""
        path = _dropped(event)
        if path:
            event.acceptProposedAction()
            if path.suffix.lower() == ".pdf" and self._desk is not None:
                sheet_desk().check_file(self._desk, path)
            else:
                self._files.open(path)


def edition_desk() -> ModuleType:
    """What is done with editions beside the open one, loaded when first needed."""
    from viewer.ui.editions import edition_desk as loaded

    return loaded


def sheet_desk() -> ModuleType:
    """What the window does with sheets, loaded when it is first wanted."""
    from viewer.ui.sheets import sheet_desk as loaded

    return loaded


_ON_DESK = (
    "shelf",
    "put_on_sheet", "put_theme_on_sheet", "check_sheet", "register",
    "search", "next_match", "previous_match", "related",
    "highlight", "note", "bookmark", "margin", "next_sentence", "previous_sentence", "undo", "redo",
    "export_notes", "import_notes",
    "start", "previous_theme", "next_theme", "next_item", "previous_item", "glossary", "sources", "issues", "find",
    "copy", "copy_cited", "contents", "next_pane", "seal", "back", "forward", *(f"view_{view.name}" for view in VIEWS),
)  # fmt: skip


def _shown_mode(appearance: Appearance) -> Mode:
    return "dark" if appearance.palette.dark else "light"


def _dropped(event: QDropEvent) -> Path | None:
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if len(urls) == 1 else None
