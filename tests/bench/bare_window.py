"""The least that a Qt program with one page can do, to measure ours against: says when it is painted, and ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTextBrowser

PAGE = "<h1>A page</h1>" + "<p>A paragraph of the page, long enough to be broken into two lines or three. </p>" * 40


class Browser(QTextBrowser):
    """A page that tells of its first paint."""

    def viewportEvent(self, event: QEvent) -> bool:
        """Passes the event on; at the first paint, reports as soon as it is done."""
        handled = super().viewportEvent(event)
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, report)
        return handled


def report() -> None:
    """Prints `painted`, the process, and the most memory it held, in kB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    peak = next(line.split()[1] for line in lines if line.startswith("VmHWM:"))
    print("painted", os.getpid(), peak, flush=True)
    QApplication.quit()


def main() -> int:
    """Shows the window; returns its exit code."""
    app = QApplication(sys.argv)
    window = QMainWindow()
    page = Browser()
    page.setHtml(PAGE)
    window.setCentralWidget(page)
    window.resize(1280, 800)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
