"""Starts the window: type, appearance, the edition, first paint; all else waits until after that."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from viewer import __version__
from viewer.paths import display_name
from viewer.text.safe import visible
from viewer.ui.platform.local_environment import stay_local
from viewer.ui.platform.qt_import import import_qt
from viewer.ui.platform.screen import check_screen, library_missing, server_answering

if TYPE_CHECKING:
    from viewer.errors import ViewerError
    from viewer.ui.window import Window


def run(path: Path, *, home: Path, key: Path | None = None, picture: Path | None = None, report: bool = False) -> int:
    """Open the window on the edition at `path`; return the exit code.

    `key` is trusted for this run alone. `picture` saves what the window shows once it is painted, and ends;
    `report` says on standard output when that was, and ends. Raises NoScreen, or Refused for a bad `key`.
    """
    gc.disable()  # starting makes much and drops next to nothing; once painted, the GarbageCollector collects
    check_screen()
    stay_local()
    try:
        import_qt()
        from PySide6.QtWidgets import QApplication
    except ModuleNotFoundError:
        raise
    except ImportError as err:
        raise library_missing(err) from err

    from viewer.editions.opening import ReaderSession
    from viewer.ui.appearance import STARTUP_FACES, Appearance, load_fonts, system_is_dark
    from viewer.ui.error_dialog import show_unexpected_error
    from viewer.ui.files import Files
    from viewer.ui.settings import Settings
    from viewer.ui.window import Window

    with server_answering():
        app = QApplication.instance() or QApplication(["briefing-viewer", "-style", "fusion"])
    assert isinstance(app, QApplication)
    app.setApplicationName("Briefing viewer")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("briefing-viewer")
    sys.excepthook = show_unexpected_error
    load_fonts(STARTUP_FACES)
    settings = Settings(home)
    appearance = Appearance(settings.mode, settings.scale, system_is_dark=system_is_dark(), dressed=False)
    files = Files(ReaderSession.start(home, key), settings)
    window = Window(appearance, settings, files)
    refused: list[ViewerError] = []
    files.refused.connect(lambda err, _path: refused.append(err))
    files.open(path)
    appearance.apply_style_sheet()
    window.painted.connect(lambda: _finish(window, home, picture, report, refused))
    window.show()
    return app.exec()


def _finish(window: Window, home: Path, picture: Path | None, report: bool, refused: list[ViewerError]) -> None:
    """Do what was asked for once the window is painted, and end; else do what could wait until then."""
    if report:
        _report()
    from PySide6.QtWidgets import QApplication

    from viewer.leftovers import sweep_home
    from viewer.ui.appearance import load_remaining_fonts
    from viewer.ui.platform.file_dialogs import forget_file_names
    from viewer.ui.platform.garbage import GarbageCollector

    if report or picture:
        saved = picture is None or _is_saved(window, picture)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setQuitOnLastWindowClosed(False)  # its own end would come first, and with 0
        window.close()
        for err in refused:
            print(f"briefing-viewer: {visible(str(err))}", file=sys.stderr)
        app.exit(0 if saved and not refused else 1)
        return
    forget_file_names()
    GarbageCollector(window)
    load_remaining_fonts()
    _keep_when_ended(window)
    sweep_home(home)


def _keep_when_ended(window: Window) -> None:
    """Keep what closing keeps where a signal ends the program, or the session in which it runs."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from viewer.ui.platform.end_signals import EndSignals

    app = QApplication.instance()
    assert isinstance(app, QApplication)

    def end() -> None:
        window.keep()
        leave()

    def leave() -> None:
        """End once no dialog is open: one that is left open would outlive the window."""
        dialog = app.activeModalWidget()
        if dialog is None or not dialog.close():
            app.exit(0)
        else:
            QTimer.singleShot(0, leave)

    EndSignals(window).received.connect(end)
    app.commitDataRequest.connect(window.keep)


def _is_saved(window: Window, picture: Path) -> bool:
    """Save the picture, and tell whether it could be written; where not, say so on standard error: no dialog here."""
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
    saved = window.grab().save(str(picture))
    if not saved:
        print(f"briefing-viewer: The picture {display_name(picture)} could not be written.", file=sys.stderr)
    return saved


def _report() -> None:
    """Print `painted`, the process and the most memory it held, in kB (0 where the system does not say)."""
    import os

    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii", errors="replace").splitlines() if status.exists() else []
    peak = next((line.split()[1] for line in lines if line.startswith("VmHWM:")), "0")
    print("painted", os.getpid(), peak, flush=True)
