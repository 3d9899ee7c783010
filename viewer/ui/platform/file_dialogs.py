"""Keeps the dialogs that ask for a file from writing down which files and folders were chosen.

What breaks: QFileDialog (Qt 6.12 and before) writes folders and files into `~/.config/QtProject.conf`, with no way to
leave it; the desktop's own dialogs, which Qt prefers where GNOME or a portal offers them, do so in lists of their own.
The smallest program that shows it: `QFileDialog.getSaveFileName()`, answered. When it can go: once QFileDialog can be
told to remember nothing; `tests/ui/platform/test_file_dialogs.py` has the sample.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QCoreApplication, QSettings, Qt


def forget_file_names() -> None:
    """Let file dialogs remember nothing beyond this run; on Windows and macOS the system’s own do as they do."""
    if sys.platform in ("win32", "darwin"):
        return
    # What names its file, as this program's settings do, is not concerned.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
