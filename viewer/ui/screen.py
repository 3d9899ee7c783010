"""What is found out about the desktop before Qt is: whether there is a screen, without which Qt would abort."""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

from viewer.errors import NoScreen

NEEDED = (
    "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxkbcommon-x11.so.0", "libxcb-shape.so.0",
)  # fmt: skip


def check_screen() -> None:
    """Raises NoScreen where a window cannot be opened; returns at once on Windows and macOS."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if sys.platform in ("win32", "darwin") or chosen.partition(":")[0] not in ("", "xcb"):
        return
    if os.environ.get("WAYLAND_DISPLAY") and not chosen:
        return
    if not os.environ.get("DISPLAY"):
        raise _no_screen("There is no screen to open a window on")
    _check_server()


def start_no_bus(environment: MutableMapping[str, str] = os.environ) -> None:
    """Keeps Qt's messages to the desktop from starting a message bus of their own where none runs.

    libdbus would look for dbus-launch, start it, and leave a daemon behind; this reader starts no other program.
    """
    if sys.platform in ("win32", "darwin") or environment.get("DBUS_SESSION_BUS_ADDRESS"):
        return
    folder = environment.get("XDG_RUNTIME_DIR")
    if not (folder and (Path(folder) / "bus").exists()):
        environment["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"


def _check_server() -> None:
    """Connects to the X server once, as Qt will, and looks for the libraries that Qt loads."""
    import ctypes

    for name in NEEDED:
        try:
            ctypes.CDLL(name)
        except OSError as err:
            raise _no_screen(f"The system library {name}, which a window needs, is missing") from err
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(None, None)
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if refused:
        raise _no_screen(f"The screen {os.environ['DISPLAY']!r} does not answer")


def _no_screen(why: str) -> NoScreen:
    return NoScreen(f"{why}.")
