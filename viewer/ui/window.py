"""The window: puts the parts in the order of the eye and wires them; what branches lives elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from viewer.editions.opening import Opened
from viewer.text import wording
from viewer.ui.actions import NEED_EDITION, Actions
from viewer.ui.appearance import Appearance, Mode
from viewer.ui.banner import Banner
from viewer.ui.edition_stack import EditionStack, edition_desk
from viewer.ui.edition_view import EditionView
from viewer.ui.files import Files
from viewer.ui.marking_strip import MarkingStrip
from viewer.ui.parts.widgets import ACTIONS_MENU
from viewer.ui.search.search_field import SearchField
from viewer.ui.settings import Settings
from viewer.ui.status_bar import StatusBar
from viewer.ui.top_bar import TopBar
from viewer.ui.views import VIEWS

if TYPE_CHECKING:
    from types import ModuleType

    from viewer.ui.help_window import HelpWindow
    from viewer.ui.search.search_controller import SearchController

IDLE = 2000  # ms after an edition was opened: the page is read, and what comes next can be loaded


class Window(QMainWindow):
    """One window on one edition at a time. Signals: `painted` once, after the first paint."""

    painted = Signal()

    def __init__(self, appearance: Appearance, settings: Settings, files: Files) -> None:
        super().__init__()
        self._appearance, self._settings, self._files = appearance, settings, files
        self._was_painted = False
        self.actions_by_name = Actions(self)
        self.top, self.bottom = MarkingStrip("top"), MarkingStrip("bottom")
        self.search = SearchField()
        self.bar = TopBar(self.actions_by_name, files, self.search)
        self.banner = Banner()
        self.state = StatusBar()
        self.stack = EditionStack(appearance, settings, files)
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
        self._files.opened.connect(self.stack.show_edition)
        self._files.refused.connect(self.stack.show_refusal)
        self.stack.view_made.connect(self._equip)
        self.stack.moved.connect(self._show_state)
        self.stack.edition_shown.connect(self._present)
        self.stack.related_requested.connect(act["related"].trigger)
        self.stack.sheet_changed.connect(self._show_sheet)
        self.stack.view_changed.connect(self._show_state)
        self.state.seal.clicked.connect(self._show_seal)
        self.search.submitted.connect(self._with_search(lambda search: search.search()))
        self.search.edited.connect(self._with_search(lambda search: search.search_as_typed()))
        self.search.entered.connect(self._with_search(lambda search: search.show_results()))
        self.search.left.connect(self._with_search(lambda search: search.leave()))
        self.search.list_requested.connect(self._with_search(lambda search: search.focus_list()))
        act["back"].triggered.connect(on(lambda desk: desk.navigator.back()))
        act["bookmark"].triggered.connect(on(lambda desk: desk.notes.highlights.toggle_bookmark()))
        act["check_sheet"].triggered.connect(on(lambda desk: sheet_desk().ask_and_check(desk)))
        act["contents"].triggered.connect(on(lambda desk: desk.show_contents(act["contents"].isChecked())))
        act["copy"].triggered.connect(on(lambda desk: desk.copy()))
        act["copy_cited"].triggered.connect(on(lambda desk: desk.copy_cited()))
        act["export_notes"].triggered.connect(on(lambda desk: desk.notes.notes_view.export_notes()))
        act["find"].triggered.connect(on(lambda desk: desk.open_find()))
        act["follow_system"].triggered.connect(lambda on: look.set_mode("system" if on else _shown_mode(look)))
        act["forward"].triggered.connect(on(lambda desk: desk.navigator.forward()))
        act["full_screen"].triggered.connect(lambda on: _fill_screen(self, on))
        act["glossary"].triggered.connect(on(lambda desk: desk.go("page:glossary")))
        act["help"].triggered.connect(self._show_help)
        act["highlight"].triggered.connect(on(lambda desk: desk.notes.highlights.highlight()))
        act["import_notes"].triggered.connect(on(lambda desk: desk.notes.notes_view.import_notes()))
        act["issues"].triggered.connect(on(lambda desk: desk.go("page:issues")))
        act["larger"].triggered.connect(lambda: look.zoom(1))
        act["margin"].triggered.connect(on(lambda desk: desk.notes.toggle_drawer()))
        act["menu"].triggered.connect(self.bar.show_menu)
        act["next_item"].triggered.connect(on(lambda desk: desk.reading.step(1)))
        act["next_match"].triggered.connect(self._with_search(lambda search: search.step(1)))
        act["next_pane"].triggered.connect(on(lambda desk: desk.next_pane()))
        act["next_sentence"].triggered.connect(on(lambda desk: desk.notes.highlights.step_sentence(1)))
        act["next_theme"].triggered.connect(on(lambda desk: desk.navigator.turn_theme(1)))
        act["normal_size"].triggered.connect(lambda: look.zoom(0))
        act["note"].triggered.connect(on(lambda desk: desk.notes.write_note()))
        act["open"].triggered.connect(lambda: self._files.ask(self))
        act["previous_item"].triggered.connect(on(lambda desk: desk.reading.step(-1)))
        act["previous_match"].triggered.connect(self._with_search(lambda search: search.step(-1)))
        act["previous_sentence"].triggered.connect(on(lambda desk: desk.notes.highlights.step_sentence(-1)))
        act["previous_theme"].triggered.connect(on(lambda desk: desk.navigator.turn_theme(-1)))
        act["quit"].triggered.connect(self.close)
        act["redo"].triggered.connect(on(lambda desk: desk.notes.redo()))
        act["related"].triggered.connect(self._with_search(lambda search: search.show_related()))
        act["put_on_sheet"].triggered.connect(on(lambda desk: sheet_desk().put_item(desk)))
        act["put_theme_on_sheet"].triggered.connect(on(lambda desk: sheet_desk().put_theme(desk)))
        act["register"].triggered.connect(on(lambda desk: sheet_desk().show_register(desk)))
        act["sample"].triggered.connect(self._files.open_sample)
        act["seal"].triggered.connect(self._show_seal)
        act["search"].triggered.connect(self.search.begin)
        act["shelf"].triggered.connect(on(lambda desk: edition_desk().show_shelf(desk, self.stack.open_kept)))
        act["smaller"].triggered.connect(lambda: look.zoom(-1))
        act["sources"].triggered.connect(on(lambda desk: desk.go("page:sources")))
        act["start"].triggered.connect(on(lambda desk: desk.go("page:start")))
        act["turn_appearance"].triggered.connect(look.toggle)
        act["undo"].triggered.connect(on(lambda desk: desk.notes.undo()))
        for view in VIEWS:
            act[f"view_{view.name}"].triggered.connect(on(partial(EditionView.show_view, name=view.name)))

    # What is in sight

    @property
    def edition_view(self) -> EditionView | None:
        return self.stack.view

    def _equip(self, desk: EditionView) -> None:
        """Gives a new desk what the window has for it."""
        desk.reading.setProperty("contextMenuPolicy", ACTIONS_MENU)
        shown = ("copy", "copy_cited", "find", "related", "back")
        desk.reading.addActions([self.actions_by_name[name] for name in shown])
        self.search.clear()
        self.setTabOrder(desk.reading, self.state.seal)  # the eye comes to the seal last
        self._show_sheet(0)
        QTimer.singleShot(IDLE, lambda: sheet_desk().warm())

    def _present(self, opened: Opened | None) -> None:
        """Says in every bar which edition is in sight; nothing of one while a refusal is."""
        bundle = opened.bundle if opened else None
        marking = bundle.marking(bundle.edition.marking) if bundle else None
        for strip in (self.top, self.bottom):
            strip.show_marking(marking, self._appearance.scale)
        self.banner.show_warnings(opened.warnings if opened else ())
        self.search.setEnabled(bundle is not None)
        self.state.show_edition(opened, wording.today())
        self.setWindowTitle("Briefing viewer")
        self.actions_by_name.enable(NEED_EDITION, bundle is not None)
        self._show_state()
        if bundle:
            self._after_paint(self._settle)

    def _show_state(self) -> None:
        """Marks in the bar the view that is in sight, and what can be done there."""
        act, desk = self.actions_by_name, self.edition_view if self.stack.shown else None
        shown, history = (desk.view_name, desk.navigator.history) if desk else ("", None)
        for view in VIEWS:
            act[f"view_{view.name}"].setChecked(view.name == shown)
        act["back"].setEnabled(history is not None and history.can_go_back)
        act["forward"].setEnabled(history is not None and history.can_go_forward)
        act["contents"].setEnabled(shown == "read")
        act["contents"].setChecked(desk is not None and desk.contents.isVisibleTo(desk))
        if self._was_painted:
            self.setTabOrder(_last_stop(self), self.state.seal)  # whenever the views above it were made

    @cached_property
    def help(self) -> HelpWindow:
        """The user guide, made when it is first asked for."""
        from viewer.ui.help_window import HelpWindow

        return HelpWindow(self._appearance, self)

    # What the actions do

    def _with_desk(self, do: Callable[[EditionView], object]) -> Callable[..., None]:
        """A slot that does something with the desk, and nothing while no edition is open."""

        def slot(*_from_the_signal: object) -> None:
            if self.edition_view is not None:
                do(self.edition_view)

        return slot

    def _with_search(self, do: Callable[[SearchController], object]) -> Callable[..., None]:
        """A slot that does something with the desk's search, which is made when first needed."""

        def slot(*_from_the_signal: object) -> None:
            if self.edition_view is not None:
                from viewer.ui.search.search_controller import SearchController

                do(self.edition_view.findChild(SearchController) or SearchController(self.edition_view, self.search))

        return slot

    def _show_sheet(self, entries: int) -> None:
        self.actions_by_name["view_sheets"].setText(f"Sheets · {entries}" if entries else "Sheets")

    def _show_seal(self) -> None:
        if self.stack.opened is not None:
            from viewer.ui.seal_dialog import SealDialog

            SealDialog(self.stack.opened, self._appearance.palette, self).exec()

    def _show_help(self) -> None:
        self.help.show()
        self.help.raise_()
        self.help.activateWindow()

    def _restyle(self) -> None:
        self._tint()
        self._settings.save_appearance(self._appearance.mode, self._appearance.scale)
        QTimer.singleShot(0, self.bar, self.bar.fit)  # once the new sizes count
        if self.edition_view is not None:
            self.edition_view.restyle()
            self._present(self.stack.shown)

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
        if self.stack.shown is not None and self.edition_view is not None:
            self.edition_view.contents.settle()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remembers sizes and place; stays where a note that is being written cannot be saved."""
        if self.edition_view is not None and not self.edition_view.can_close():
            event.ignore()
            return
        self.stack.keep_place()
        self._settings.save_window(self.saveGeometry(), self.stack.contents_width)
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
            if path.suffix.lower() == ".pdf" and self.edition_view is not None:
                sheet_desk().check_file(self.edition_view, path)
            else:
                self._files.open(path)


def sheet_desk() -> ModuleType:
    """What the window does with sheets, loaded when it is first wanted."""
    from viewer.ui.sheets import sheet_actions as loaded

    return loaded


def _last_stop(window: QWidget) -> QWidget:
    """The last widget to which Tab leads."""
    out = window.previousInFocusChain()
    while out is not None and out is not window and not out.focusPolicy() & QtCore.Qt.FocusPolicy.TabFocus:
        out = out.previousInFocusChain()
    return out or window


def _fill_screen(window: QMainWindow, on: bool) -> None:
    full, state = QtCore.Qt.WindowState.WindowFullScreen, window.windowState()
    window.setWindowState(state | full if on else state & ~full)


def _shown_mode(appearance: Appearance) -> Mode:
    return "dark" if appearance.palette.dark else "light"


def _dropped(event: QDropEvent) -> Path | None:
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if len(urls) == 1 else None
