"""Loads the window's libraries on a second core, while Python reads the program on the first.

Together they take a tenth of the start, and nothing of Python's is needed to load them: the system's own loader is
called, during which Python goes on, and each import then finds its library there. What cannot be loaded so is loaded,
or missed, where it is imported.
"""

from __future__ import annotations

import os
import sys
from _thread import start_new_thread
from importlib.machinery import PathFinder

LIBRARIES = (  # in the order in which they are needed
    ("shiboken6", "Shiboken.abi3.so"),
    ("PySide6", "QtCore.abi3.so"),
    ("PySide6", "QtGui.abi3.so"),
    ("PySide6", "QtWidgets.abi3.so"),
    ("cryptography", "hazmat/bindings/_rust.abi3.so"),
)
ON_X = ("PySide6", "Qt/plugins/platforms/libqxcb.so")
TYPE = "libfontconfig.so.1"
NOW = 2  # RTLD_NOW: as Python loads what it imports


def load_ahead() -> None:
    """Begins, and returns at once; on Linux alone, and only where a second core has nothing else to do."""
    if not sys.platform.startswith("linux") or (os.cpu_count() or 1) < 2:
        return
    wanted = (*LIBRARIES, ON_X) if os.environ.get("QT_QPA_PLATFORM", "xcb") == "xcb" else LIBRARIES
    paths = [os.path.join(folder, name) for package, name in wanted if (folder := _folder(package))]  # noqa: PTH118
    start_new_thread(_load, (paths,))


def _folder(package: str) -> str:
    """Where the package is, without importing it; empty where it is not installed."""
    spec = PathFinder.find_spec(package)
    return next(iter(spec.submodule_search_locations or ()), "") if spec else ""


def _load(paths: list[str]) -> None:
    """Loads the libraries; then fontconfig reads which type is installed, as Qt will ask it to."""
    import ctypes

    dlopen = ctypes.CDLL(None).dlopen  # ctypes.CDLL itself would keep Python waiting
    dlopen.restype = ctypes.c_void_p
    for path in paths:
        dlopen(os.fsencode(path), NOW)
    try:
        ctypes.CDLL(TYPE).FcInit()
    except OSError:
        return
