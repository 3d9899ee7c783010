"""What is found out about the desktop before Qt is: whether there is a screen, without which Qt would abort."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path

from viewer.errors import NoScreen

NEEDED = (
    "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxkbcommon-x11.so.0", "libxcb-shape.so.0",
)  # fmt: skip


def check_screen() -> None:
    """Raises NoScreen where the desktop names none to open a window on; looks no further, for Qt is not loaded yet."""
    if _is_x() and not os.environ.get("DISPLAY"):
        raise _no_screen("There is no screen to open a window on")


@contextmanager
def server_answering() -> Iterator[None]:
    """While Qt makes its application, which would abort where the X server does not answer or it lacks a library.

    To be entered once Qt's own libraries are there. The connection that asks is held until Qt has one: a server whose
    last client leaves begins anew, and lets the next one wait. Raises NoScreen.
    """
    if not _is_x():
        yield
        return
    _look_for_libraries()
    import ctypes

    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(None, None)
    try:
        if xcb.xcb_connection_has_error(connection):
            raise _no_screen(f"The screen {os.environ.get('DISPLAY', '')!r} does not answer")
        yield
    finally:
        xcb.xcb_disconnect(connection)


def library_missing(err: ImportError) -> NoScreen:
    """What to say where Qt itself could not be loaded, as the system told it: `libEGL.so.1: cannot open …`."""
    name = str(err).partition(":")[0]
    return _no_screen(f"The system library {name}, which a window needs, is missing" if ".so" in name else str(err))


def _is_x() -> bool:
    """Whether Qt will ask an X server: not on Windows and macOS, nor on Wayland or where it was told otherwise."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if sys.platform in ("win32", "darwin") or chosen.partition(":")[0] not in ("", "xcb"):
        return False
    return bool(chosen) or not os.environ.get("WAYLAND_DISPLAY")


def start_no_bus(environment: MutableMapping[str, str] = os.environ) -> None:
    """Keeps Qt's messages to the desktop from starting a message bus of their own where none runs.

    libdbus would look for dbus-launch, start it, and leave a daemon behind; this reader starts no other program.
    """
    if sys.platform in ("win32", "darwin") or environment.get("DBUS_SESSION_BUS_ADDRESS"):
        return
    folder = environment.get("XDG_RUNTIME_DIR")
    if not (folder and (Path(folder) / "bus").exists()):
        environment["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"


def _look_for_libraries() -> None:
    import ctypes

    for name in NEEDED:
        try:
            ctypes.CDLL(name)
        except OSError as err:
            raise _no_screen(f"The system library {name}, which a window needs, is missing") from err


def _no_screen(why: str) -> NoScreen:
    return NoScreen(f"{why}.")
