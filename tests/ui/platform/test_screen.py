"""What is found out about the desktop before Qt loads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from viewer.ui.platform.screen import _platforms, library_missing, start_no_bus


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no such bus there")
def test_no_bus_is_started_where_none_runs(tmp_path: Path) -> None:
    runtime = tmp_path / "runtime"
    runtime.mkdir()
    for bare in ({}, {"XDG_RUNTIME_DIR": str(runtime)}, {"DBUS_SESSION_BUS_ADDRESS": ""}):
        environment: dict[str, str] = dict(bare)
        start_no_bus(environment)
        assert environment["DBUS_SESSION_BUS_ADDRESS"] == "disabled:"
    (runtime / "bus").touch()
    running = {"XDG_RUNTIME_DIR": str(runtime)}
    start_no_bus(running)
    named = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/bus"}
    start_no_bus(named)
    assert "DBUS_SESSION_BUS_ADDRESS" not in running
    assert named == {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/bus"}


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
    ],
)
def test_asks_for_the_screens_that_qt_will_try(environment: dict[str, str], tried: tuple[str, ...]) -> None:
    assert _platforms(environment) == tried


BARE = "from PySide6.QtWidgets import QApplication; QApplication([])"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt chooses no such screen there")
def test_qt_still_aborts_where_no_screen_answers() -> None:
    """Fails once the module is needless: then Qt raises an exception, or says what is wrong, and it can go."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": ":nowhere"}
    done = subprocess.run([sys.executable, "-c", BARE], env=environment, capture_output=True, check=False, timeout=60)
    assert done.returncode < 0
