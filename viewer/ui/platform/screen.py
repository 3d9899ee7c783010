"""Finds out before Qt does whether there is a screen to open a window on.

What breaks: where the X or Wayland server does not answer, or a system library is missing, Qt (6.12 and before) aborts
the process with advice for programmers. The smallest program that shows it: `QT_QPA_PLATFORM=xcb DISPLAY=:nowhere
python -c "from PySide6.QtWidgets import QApplication; QApplication([])"`. When it can go: once that raises an
exception; `tests/ui/platform/test_screen.py` fails then.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.errors import NoScreen

if TYPE_CHECKING:
    from ctypes import CDLL

# The kinds of screen that a window is opened on; Qt brings others along, `vnc` among them, which shows it to a network.
KINDS = ("xcb", "wayland", "windows", "cocoa", "offscreen")
NEEDED = (
    "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxkbcommon-x11.so.0", "libxcb-shape.so.0",
)  # fmt: skip


def check_screen() -> None:
    """Raise NoScreen where the desktop names none of this computer's; look no further, for Qt is not loaded yet."""
    platforms, display = _platforms(), os.environ.get("DISPLAY", "")
    for name in platforms:
        if name not in KINDS:
            known = ", ".join(KINDS[:-1])
            raise _no_screen(f"QT_QPA_PLATFORM asks for {name!r}; a window opens on {known} or {KINDS[-1]} alone")
    if set(platforms) == {"xcb"} and not display:
        raise _no_screen("There is no screen to open a window on")
    if "xcb" in platforms and display and not _is_local(display):
        raise _no_screen(f"The screen {display!r} is reached over a network, and this program uses none")


@contextmanager
def server_answering() -> Iterator[None]:
    """Hold a connection to the screen while Qt makes its application; raise NoScreen where it would abort.

    To be entered once Qt's own libraries are there. The connection that asks is held until Qt has one: an X server
    whose last client leaves begins anew, and lets the next one wait. Raises NoScreen.
    """
    with ExitStack() as held:
        faults: list[NoScreen] = []
        for name in _platforms():
            try:
                _ask(name, held)
                break
            except NoScreen as err:
                faults.append(err)
        else:
            if faults:
                raise faults[0]
        yield


def library_missing(err: ImportError) -> NoScreen:
    """Return what to say where Qt itself could not be loaded, from the system's `libEGL.so.1: cannot open …`."""
    name = str(err).partition(":")[0]
    return _no_screen(f"The system library {name}, which a window needs, is missing" if ".so" in name else str(err))


def _platforms(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the kinds of screen that Qt will try, in turn, as it chooses them itself; none on Windows and macOS."""
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen:
        return tuple(name.partition(":")[0] for name in chosen.split(";") if name)
    if sys.platform in ("win32", "darwin"):
        return ()
    is_wayland = environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland"
    return (*(("wayland",) if is_wayland else ()), *(("xcb",) if environment.get("DISPLAY") or not is_wayland else ()))


def _is_local(display: str) -> bool:
    """Return whether an X display is reached through a socket of this computer's own, not over TCP."""
    return display.startswith((":", "unix:", "unix/", "/"))


def _ask(name: str, held: ExitStack) -> None:
    """Ask the server of that kind of screen whether it is there; raise NoScreen where Qt would abort over it."""
    if name == "xcb":
        _ask_x(held)
    elif name == "wayland":
        _ask_wayland()
    elif sys.platform not in ("win32", "darwin") and not (
        "QT_PLUGIN_PATH" in os.environ or "QT_QPA_PLATFORM_PLUGIN_PATH" in os.environ or _is_offered(name)
    ):
        raise _no_screen(f"QT_QPA_PLATFORM asks for {name!r}, a kind of screen that is not known here")


def _ask_x(held: ExitStack) -> None:
    import ctypes

    for library in NEEDED:
        _library(library)
    xcb = _library("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    display = os.environ.get("DISPLAY", "")
    # Without the word "unix", libxcb looks for the screen on this computer's TCP ports too.
    connection = xcb.xcb_connect(os.fsencode(f"unix/{display}" if display.startswith(":") else display), None)
    held.callback(xcb.xcb_disconnect, connection)
    if xcb.xcb_connection_has_error(connection):
        raise _no_screen(f"The screen {display!r} does not answer")


def _ask_wayland() -> None:
    import ctypes

    name = os.environ.get("WAYLAND_DISPLAY", "wayland-0")
    wayland = _library("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    wayland.wl_display_disconnect.argtypes = (ctypes.c_void_p,)
    is_placed = os.environ.get("XDG_RUNTIME_DIR") or name.startswith("/")  # else it would complain in words of its own
    connection = wayland.wl_display_connect(None) if is_placed else None
    if not connection:
        raise _no_screen(f"The screen {name!r} does not answer")
    wayland.wl_display_disconnect(connection)


def _library(name: str) -> CDLL:
    from ctypes import CDLL

    try:
        return CDLL(name)
    except OSError as err:
        raise _no_screen(f"The system library {name}, which a window needs, is missing") from err


def _is_offered(name: str) -> bool:
    """Tell whether Qt brings a plugin of that name along."""
    import PySide6

    return any((Path(folder) / "Qt/plugins/platforms" / f"libq{name}.so").exists() for folder in PySide6.__path__)


def _no_screen(why: str) -> NoScreen:
    return NoScreen(f"{why}.")
