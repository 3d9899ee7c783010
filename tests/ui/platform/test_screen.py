"""What is found out about the desktop before Qt loads."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from viewer.errors import NoScreen
from viewer.ui.platform.screen import KINDS, _platforms, check_screen, library_missing


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("libEGL.so.1: cannot open shared object file: No such file or directory",
         "The system library libEGL.so.1, which a window needs, is missing."),
        ("DLL load failed while importing QtWidgets", "DLL load failed while importing QtWidgets."),
    ],
)  # fmt: skip
def test_says_which_library_qt_lacks(reason: str, sentence: str) -> None:
    assert str(library_missing(ImportError(reason))) == sentence


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no such choice there")
@pytest.mark.parametrize(
    ("environment", "tried"),
    [
        ({}, ("xcb",)),
        ({"DISPLAY": ":0"}, ("xcb",)),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ("wayland",)),
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, ("wayland", "xcb")),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "wayland;xcb"}, ("wayland", "xcb")),
        ({"QT_QPA_PLATFORM": "offscreen:size=800x600"}, ("offscreen",)),
        ({"QT_QPA_PLATFORM": "xcb;;vnc:port=5901"}, ("xcb", "vnc")),
    ],
)
def test_asks_for_the_screens_that_qt_will_try(environment: dict[str, str], tried: tuple[str, ...]) -> None:
    assert _platforms(environment) == tried


@pytest.mark.parametrize(
    "kind", ["vnc", "VNC", "vnc:port=5901", "offscreen;vnc", "minimal", "eglfs", "wayland-egl", ":"]
)
def test_opens_no_window_on_another_kind_of_screen(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", kind)
    monkeypatch.setenv("DISPLAY", ":0")
    with pytest.raises(NoScreen, match="a window opens on xcb, wayland, windows, cocoa or offscreen alone"):
        check_screen()
    for known in KINDS:
        monkeypatch.setenv("QT_QPA_PLATFORM", known)
        check_screen()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no such screen there")
def test_opens_no_window_over_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    for display in ("elsewhere:0", "localhost:10.0", "[::1]:0", "tcp/elsewhere:0", "127.0.0.1:0"):
        monkeypatch.setenv("DISPLAY", display)
        with pytest.raises(NoScreen, match="over a network"):
            check_screen()
    for display in (":0", ":0.1", "unix:0", "unix/:0", "/tmp/launch/org.xquartz:0"):
        monkeypatch.setenv("DISPLAY", display)
        check_screen()


BARE = "from PySide6.QtWidgets import QApplication; QApplication([])"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt chooses no such screen there")
def test_qt_still_aborts_where_no_screen_answers() -> None:
    """Fails once the module is needless: then Qt raises an exception, or says what is wrong, and it can go."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": ":nowhere"}
    done = subprocess.run([sys.executable, "-c", BARE], env=environment, capture_output=True, check=False, timeout=60)
    assert done.returncode < 0
