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

from viewer import clock
from viewer.editions.opening import Opened
from viewer.ui.actions import NEED_EDITION, Actions
from viewer.ui.appearance import Appearance, Mode
from viewer.ui.banner import Banner
from viewer.ui.edition_stack import EditionStack
from viewer.ui.edition_view import EditionView
from viewer.ui.files import Files
from viewer.ui.marking_strip import MarkingStrip
from viewer.ui.parts.modal import run_dialog
from viewer.ui.parts.widgets import last_tab_stop, set_enum
from viewer.ui.search.search_field import SearchField
from viewer.ui.settings import Settings
from viewer.ui.status_bar import StatusBar
from viewer.ui.top_bar import TopBar
from viewer.ui.views import VIEWS

if TYPE_CHECKING:
    from viewer.ui.help_window import HelpWindow


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
        self.stack = EditionStack(appearance, settings, files, self.search)
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
        act, look, on = self.actions_by_name, self._appearance, self._with_view
        look.changed.connect(self._restyle)
        self._files.opened.connect(self.stack.show_edition)
        self._files.refused.connect(self.stack.show_refusal)
        self.stack.view_made.connect(self._equip)
        self.stack.moved.connect(self._show_state)
        self.stack.edition_shown.connect(self._present)
        self.stack.related_requested.connect(act["related"].trigger)
        self.stack.sheet_changed.connect(self._show_entries)
        self.stack.view_changed.connect(self._show_state)
        self.state.seal.clicked.connect(self._show_seal)
        self.search.submitted.connect(on(lambda view: view.search.search()))
        self.search.edited.connect(on(lambda view: view.search.search_as_typed()))
        self.search.entered.connect(on(lambda view: view.search.show_results()))
        self.search.left.connect(on(lambda view: view.search.leave()))
        self.search.list_requested.connect(on(lambda view: view.search.focus_list()))
        act["back"].triggered.connect(on(lambda view: view.navigator.back()))
        act["bookmark"].triggered.connect(on(lambda view: view.notes.highlights.toggle_bookmark()))
        act["check_sheet"].triggered.connect(on(lambda view: view.sheet_actions.ask_and_check()))
        act["contents"].triggered.connect(on(lambda view: view.reading_view.show_side(act["contents"].isChecked())))
        act["copy"].triggered.connect(on(lambda view: view.views.copy()))
        act["copy_cited"].triggered.connect(on(lambda view: view.views.copy_cited()))
        act["export_notes"].triggered.connect(on(lambda view: view.notes.notes_view.export_notes()))
        act["find"].triggered.connect(on(lambda view: view.views.open_find()))
        act["follow_system"].triggered.connect(lambda on: look.set_mode("system" if on else _shown_mode(look)))
        act["forward"].triggered.connect(on(lambda view: view.navigator.forward()))
        act["full_screen"].triggered.connect(lambda on: _fill_screen(self, on))
        act["glossary"].triggered.connect(on(lambda view: view.go("page:glossary")))
        act["help"].triggered.connect(self._show_help)
        act["highlight"].triggered.connect(on(lambda view: view.notes.highlights.highlight()))
        act["import_notes"].triggered.connect(on(lambda view: view.notes.notes_view.import_notes()))
        act["issues"].triggered.connect(on(lambda view: view.go("page:issues")))
        act["larger"].triggered.connect(lambda: look.zoom(1))
        act["margin"].triggered.connect(on(lambda view: view.notes.toggle_drawer()))
        act["menu"].triggered.connect(self.bar.show_menu)
        act["next_item"].triggered.connect(on(lambda view: view.reading.step(1)))
        act["next_match"].triggered.connect(on(lambda view: view.search.step(1)))
        act["next_pane"].triggered.connect(on(lambda view: view.reading_view.next_pane()))
        act["next_sentence"].triggered.connect(on(lambda view: view.notes.highlights.step_sentence(1)))
        act["next_theme"].triggered.connect(on(lambda view: view.navigator.turn_theme(1)))
        act["normal_size"].triggered.connect(lambda: look.zoom(0))
        act["note"].triggered.connect(on(lambda view: view.notes.write_note()))
        act["note_backups"].triggered.connect(on(lambda view: view.notes.note_backups.show_backups()))
        act["note_bin"].triggered.connect(on(lambda view: view.notes.note_bin.show_bin()))
        act["open"].triggered.connect(lambda: self._files.ask(self))
        act["previous_item"].triggered.connect(on(lambda view: view.reading.step(-1)))
        act["previous_match"].triggered.connect(on(lambda view: view.search.step(-1)))
        act["previous_sentence"].triggered.connect(on(lambda view: view.notes.highlights.step_sentence(-1)))
        act["previous_theme"].triggered.connect(on(lambda view: view.navigator.turn_theme(-1)))
        act["quit"].triggered.connect(self.close)
        act["redo"].triggered.connect(on(lambda view: view.notes.redo()))
        act["related"].triggered.connect(on(lambda view: view.search.show_related()))
        act["put_on_sheet"].triggered.connect(on(lambda view: view.sheet_actions.put_item()))
        act["put_theme_on_sheet"].triggered.connect(on(lambda view: view.sheet_actions.put_theme()))
        act["register"].triggered.connect(on(lambda view: view.sheet_actions.show_register()))
        act["sample"].triggered.connect(self._files.open_sample)
        act["seal"].triggered.connect(self._show_seal)
        act["search"].triggered.connect(self.search.begin)
        act["shelf"].triggered.connect(self.stack.show_shelf)
        act["smaller"].triggered.connect(lambda: look.zoom(-1))
        act["sources"].triggered.connect(on(lambda view: view.go("page:sources")))
        act["start"].triggered.connect(on(lambda view: view.go("page:start")))
        act["turn_appearance"].triggered.connect(look.toggle)
        act["undo"].triggered.connect(on(lambda view: view.notes.undo()))
        for known in VIEWS:
            act[f"view_{known.name}"].triggered.connect(on(partial(EditionView.show_view, name=known.name)))

    # What is in sight

    @property
    def edition_view(self) -> EditionView | None:
        """The view of the edition that is open."""
        return self.stack.view

    def _equip(self, view: EditionView) -> None:
        """Give a new view what the window has for it."""
        set_enum(view.reading, "contextMenuPolicy", "ActionsContextMenu")
        shown = ("copy", "copy_cited", "find", "related", "back")
        view.reading.addActions([self.actions_by_name[name] for name in shown])
        self.search.clear()
        view.context.signals.steps_changed.connect(self.actions_by_name.name_steps)
        self.actions_by_name.name_steps("", "")
        self.setTabOrder(view.reading, self.state.seal)  # the eye comes to the seal last
        self._show_entries(0)

    def _present(self, opened: Opened | None) -> None:
        """Say in every bar which edition is in sight, and nothing of one while a refusal is."""
        bundle = opened.bundle if opened else None
        marking = bundle.marking(bundle.edition.marking) if bundle else None
        for strip in (self.top, self.bottom):
            strip.show_marking(marking, self._appearance.scale)
        self.banner.show_warnings(opened.warnings if opened else ())
        self.search.setEnabled(bundle is not None)
        self.state.show_edition(opened, clock.today())
        self.setWindowTitle("Briefing viewer")
        self.actions_by_name.enable(NEED_EDITION, bundle is not None)
        self._show_state()
        if bundle:
            self._after_paint(self._settle)

    def _show_state(self) -> None:
        """Mark in the bar the view that is in sight, and what can be done there."""
        act, view = self.actions_by_name, self.edition_view if self.stack.shown else None
        shown, history = (view.views.name, view.navigator.history) if view else ("", None)
        for known in VIEWS:
            act[f"view_{known.name}"].setChecked(known.name == shown)
        act["back"].setEnabled(history is not None and history.can_go_back)
        act["forward"].setEnabled(history is not None and history.can_go_forward)
        act["contents"].setEnabled(shown == "read")
        act["contents"].setChecked(view is not None and view.contents.isVisibleTo(view))
        if self._was_painted:
            self.setTabOrder(last_tab_stop(self), self.state.seal)  # whenever the views above it were made

    @cached_property
    def help(self) -> HelpWindow:
        """The user guide, made when it is first asked for."""
        from viewer.ui.help_window import HelpWindow

        return HelpWindow(self._appearance, self)

    # What the actions do

    def _with_view(self, do: Callable[[EditionView], object]) -> Callable[..., None]:
        """Return a slot that does something with the view of the edition, and nothing while none is open."""

        def slot(*_from_the_signal: object) -> None:
            if self.edition_view is not None:
                do(self.edition_view)

        return slot

    def _show_entries(self, entries: int) -> None:
        self.actions_by_name["view_sheets"].setText(f"Sheets · {entries}" if entries else "Sheets")

    def _show_seal(self) -> None:
        if self.stack.opened is not None:
            from viewer.ui.seal_dialog import SealDialog

            run_dialog(SealDialog(self.stack.opened, self._appearance.palette, self))

    def _show_help(self) -> None:
        self.help.show()
        self.help.raise_()
        self.help.activateWindow()

    def _restyle(self) -> None:
        self._tint()
        self._settings.save_appearance(self._appearance.mode, self._appearance.scale)
        QTimer.singleShot(0, self.bar, self.bar.fit)  # once the new sizes count
        if self.edition_view is not None:
            self.edition_view.views.restyle()
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
        """Paint, and say so after the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)  # with `self`: before all that waits for the paint

    def _after_paint(self, do: Callable[[], None]) -> None:
        """Do at leisure what the first paint need not wait for."""
        if self._was_painted:
            QTimer.singleShot(0, self, do)
        else:
            self.painted.connect(lambda: QTimer.singleShot(0, self, do))

    def _settle(self) -> None:
        self._settings.save()
        if self.stack.shown is not None and self.edition_view is not None:
            self.edition_view.contents.settle()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember sizes and place; stay where a note that is being written cannot be saved."""
        if self.edition_view is not None and not self.edition_view.can_close():
            event.ignore()
            return
        self._keep_state()
        super().closeEvent(event)

    def keep(self) -> None:
        """Save what is being written, and sizes and place, as closing does, but ask nothing and stay open."""
        if self.edition_view is not None:
            self.edition_view.keep()
        self._keep_state()

    def _keep_state(self) -> None:
        self.stack.keep_place()
        self._settings.save_window(self.saveGeometry(), self.stack.contents_width)
        self._settings.save()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept one file."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the dropped file; a PDF is checked as a sheet."""
        path = _dropped(event)
        if path:
            event.acceptProposedAction()
            if path.suffix.lower() == ".pdf" and self.edition_view is not None:
                self.edition_view.sheet_actions.check_file(path)
            else:
                self._files.open(path)


def _fill_screen(window: QMainWindow, on: bool) -> None:
    full, state = QtCore.Qt.WindowState.WindowFullScreen, window.windowState()
    window.setWindowState(state | full if on else state & ~full)


def _shown_mode(appearance: Appearance) -> Mode:
    return "dark" if appearance.palette.dark else "light"


def _dropped(event: QDropEvent) -> Path | None:
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if len(urls) == 1 else None
