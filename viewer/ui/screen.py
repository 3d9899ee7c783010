"""Whether there is a screen to open a window on, found out before Qt, which would abort the program."""

from __future__ import annotations

import os
import sys

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
