"""The window: puts the parts in the order of the eye and wires them; what branches lives elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from viewer.opening import Opened
from viewer.ui.actions import Actions
from viewer.ui.appearance import Appearance, Mode
from viewer.ui.banner import Banner
from viewer.ui.bar import TopBar
from viewer.ui.desk import Desk
from viewer.ui.files import Files
from viewer.ui.history import Place
from viewer.ui.marking import MarkingStrip
from viewer.ui.refusal import RefusalPage
from viewer.ui.seal import SealDialog, StateBar
from viewer.ui.settings import Settings
from viewer.ui.views import VIEWS


class Window(QMainWindow):
    """One window on one edition at a time."""

    def __init__(self, appearance: Appearance, settings: Settings, files: Files) -> None:
        super().__init__()
        self._appearance, self._settings, self._files = appearance, settings, files
        self._opened: Opened | None = None
        self._desk: Desk | None = None
        self.actions_by_name = Actions(self)
        self.top, self.bottom = MarkingStrip("top"), MarkingStrip("bottom")
        self.bar = TopBar(self.actions_by_name, files)
        self.banner = Banner()
        self.refusal = RefusalPage()
        self.state = StateBar()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.refusal)
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
        self.refusal.back_requested.connect(self._leave_refusal)
        self.refusal.other_requested.connect(lambda: self._files.ask(self))
        self.refusal.older_requested.connect(self._files.open_older)
        self.state.seal.clicked.connect(self._show_seal)
        act["back"].triggered.connect(on(lambda desk: desk.navigator.back()))
        act["contents"].triggered.connect(self._show_contents)
        act["copy"].triggered.connect(on(lambda desk: desk.reading.copy()))
        act["copy_cited"].triggered.connect(on(lambda desk: desk.copy_cited()))
        act["find"].triggered.connect(on(lambda desk: desk.open_find()))
        act["follow_system"].triggered.connect(lambda on: look.set_mode("system" if on else _shown_mode(look)))
        act["forward"].triggered.connect(on(lambda desk: desk.navigator.forward()))
        act["full_screen"].triggered.connect(self._full_screen)
        act["glossary"].triggered.connect(on(lambda desk: desk.go("page:glossary")))
        act["help"].triggered.connect(self._show_help)
        act["issues"].triggered.connect(on(lambda desk: desk.go("page:issues")))
        act["larger"].triggered.connect(lambda: look.step(1))
        act["menu"].triggered.connect(self.bar.show_menu)
        act["next_item"].triggered.connect(on(lambda desk: desk.reading.step(1)))
        act["next_pane"].triggered.connect(on(lambda desk: desk.next_pane()))
        act["next_theme"].triggered.connect(on(lambda desk: desk.navigator.turn_theme(1)))
        act["normal_size"].triggered.connect(lambda: look.step(0))
        act["open"].triggered.connect(lambda: self._files.ask(self))
        act["previous_item"].triggered.connect(on(lambda desk: desk.reading.step(-1)))
        act["previous_theme"].triggered.connect(on(lambda desk: desk.navigator.turn_theme(-1)))
        act["quit"].triggered.connect(self.close)
        act["seal"].triggered.connect(self._show_seal)
        act["smaller"].triggered.connect(lambda: look.step(-1))
        act["sources"].triggered.connect(on(lambda desk: desk.go("page:sources")))
        act["start"].triggered.connect(on(lambda desk: desk.go("page:start")))
        act["turn_appearance"].triggered.connect(look.turn)
        for view in VIEWS:
            act[f"view_{view.name}"].triggered.connect(on(partial(Desk.show_view, name=view.name)))

    # Editions

    def show_edition(self, opened: Opened) -> None:
        """Puts another edition on the desk, at the place where its series was left."""
        self._keep_place()
        former, self._opened = self._desk, opened
        desk = Desk(opened, self._appearance, self._files.home)
        desk.moved.connect(self._moved)
        desk.view_changed.connect(self._show_view_name)
        desk.reading.sized.connect(self._appearance.step)
        desk.reading.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        desk.reading.addActions([self.actions_by_name[name] for name in ("copy", "copy_cited", "find", "back")])
        desk.find_bar.tint(self._appearance.palette, self.devicePixelRatioF())
        width = self._settings.contents_width
        desk.show_contents(width > 0)
        desk.split.setSizes([width or 272, 1000])
        self.stack.addWidget(desk)
        self._desk = desk
        self.setTabOrder(desk.find_bar.close_button, self.state.seal)  # the eye comes to the seal last
        self._leave_refusal()
        desk.open_at(self._settings.place(opened.bundle.edition.series))
        desk.reading.setFocus()
        if former is not None:
            self.stack.removeWidget(former)
            former.deleteLater()

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
        self.state.show_bundle(bundle, date.today())  # noqa: DTZ011
        self.setWindowTitle("Briefing viewer")
        for name in _ON_DESK:
            self.actions_by_name[name].setEnabled(bundle is not None)
        if bundle:
            self._moved()
            QTimer.singleShot(0, self._settings.save)

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

    def _show_contents(self, shown: bool) -> None:
        if self._desk is not None:
            self._desk.show_contents(shown)

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
            self.windowState() | Qt.WindowState.WindowFullScreen
            if on
            else self.windowState() & ~Qt.WindowState.WindowFullScreen
        )

    def _show_seal(self) -> None:
        if self._opened is not None:
            SealDialog(self._opened.bundle, self._opened.public_key, self).exec()

    def _show_help(self) -> None:
        from viewer.ui.help import HelpWindow  # when first needed: start is fast without it

        self._help = HelpWindow(self._appearance, self)
        self._help.show()

    def _restyle(self) -> None:
        self._tint()
        self._settings.keep_appearance(self._appearance.mode, self._appearance.scale)
        if self._desk is not None:
            self._desk.restyle()
            self._present(self._opened if self.stack.currentWidget() is self._desk else None)

    def _tint(self) -> None:
        palette, ratio = self._appearance.palette, self.devicePixelRatioF()
        self.actions_by_name.tint(palette, ratio)
        self.banner.tint(palette, ratio)
        self.state.tint(palette, ratio)
        if self._desk is not None:
            self._desk.find_bar.tint(palette, ratio)
        self.actions_by_name["follow_system"].setChecked(self._appearance.mode == "system")

    # What Qt asks

    def _keep_place(self) -> None:
        if self._desk is not None and self._desk.navigator.history.present is not None:
            place: Place = self._desk.navigator.history.present
            self._settings.keep_place(self._desk.bundle.edition.series, place)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remembers sizes and place."""
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
        """Opens the dropped file."""
        path = _dropped(event)
        if path:
            event.acceptProposedAction()
            self._files.open(path)


_ON_DESK = (
    "start", "previous_theme", "next_theme", "next_item", "previous_item", "glossary", "sources", "issues", "find",
    "copy", "copy_cited", "contents", "next_pane", "seal", "back", "forward", *(f"view_{view.name}" for view in VIEWS),
)  # fmt: skip


def _shown_mode(appearance: Appearance) -> Mode:
    return "dark" if appearance.palette.dark else "light"


def _dropped(event: QDropEvent) -> Path | None:
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if len(urls) == 1 else None
