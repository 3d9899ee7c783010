"""Starts the window: type, appearance, the edition, first paint; all else waits until after that."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from viewer import __version__
from viewer.errors import ViewerError
from viewer.opening import Opener
from viewer.ui.screen import check_screen


def run(path: Path, *, home: Path, key: Path | None = None, picture: Path | None = None, report: bool = False) -> int:
    """Opens the window on the edition at `path`; returns the exit code.

    `key` is trusted for this run alone. `picture` saves what the window shows once it is painted, and ends;
    `report` says on standard output when that was, and ends. Raises NoScreen, or Refused for a bad `key`.
    """
    check_screen()
    from PySide6.QtWidgets import QApplication

    from viewer.ui.appearance import Appearance, load_type
    from viewer.ui.crash import show_mistake
    from viewer.ui.files import Files
    from viewer.ui.settings import Settings
    from viewer.ui.window import Window

    app = QApplication.instance() or QApplication(["briefing-viewer"])
    assert isinstance(app, QApplication)
    app.setApplicationName("Briefing viewer")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("briefing-viewer")
    app.setStyle("Fusion")
    sys.excepthook = show_mistake
    load_type()
    settings = Settings(home)
    appearance = Appearance(settings.mode, settings.scale)
    files = Files(Opener.of(home, key), settings)
    window = Window(appearance, settings, files)
    files.open(path)
    if picture:
        _after_paint(window, lambda: _save_picture(window, picture))
    if report:
        _after_paint(window, _report)
    window.show()
    return app.exec()


def _after_paint(window: object, then: Callable[[], None]) -> None:
    """Calls `then` once the window has been painted for the first time, and quits."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    assert isinstance(window, QWidget)

    class Watcher(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
                QTimer.singleShot(0, finish)
            return False

    def finish() -> None:
        then()
        QApplication.quit()

    window.first_paint_watcher = watcher = Watcher(window)  # type: ignore[attr-defined]
    QApplication.instance().installEventFilter(watcher)  # type: ignore[union-attr]


def _save_picture(window: object, picture: Path) -> None:
    from PySide6.QtWidgets import QApplication, QWidget

    assert isinstance(window, QWidget)
    QApplication.processEvents()
    if not window.grab().save(str(picture)):
        raise ViewerError(f"The picture {picture.name} could not be written.")


def _report() -> None:
    """Prints `painted`, the process and the most memory it held, in kB (0 where the system does not say)."""
    import os

    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii", errors="replace").splitlines() if status.exists() else []
    peak = next((line.split()[1] for line in lines if line.startswith("VmHWM:")), "0")
    print("painted", os.getpid(), peak, flush=True)
