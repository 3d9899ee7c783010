"""Takes out of the environment what would lead the window over a network before Qt reads it.

What breaks: Qt's own libraries follow these variables. The smallest program that shows it: `QT_QPA_PLATFORM=offscreen
QT_QPA_GENERIC_PLUGINS=tuiotouch python -c "from PySide6.QtWidgets import QApplication; QApplication([])"` (Qt 6.12)
opens UDP port 3333 to everybody. When it can go: once Qt brings no such plugin along and asks no bus over TCP; the
samples are in `tests/test_network.py`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

SESSION_BUS = "DBUS_SESSION_BUS_ADDRESS"
_OTHER_BUSES = ("DBUS_SYSTEM_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "IBUS_ADDRESS")
_PLUGINS = "QT_QPA_GENERIC_PLUGINS"  # input devices besides the platform's own, those of a network among them


def stay_local(environment: MutableMapping[str, str] = os.environ) -> None:
    """Leave in `environment` nothing that makes Qt open a network socket, or start a message bus.

    Where no session bus runs, libdbus would look for dbus-launch, start it, and leave a daemon behind.
    """
    environment.pop(_PLUGINS, None)
    if sys.platform in ("win32", "darwin"):
        return
    for name in _OTHER_BUSES:
        if not _is_local(environment.get(name, "")):
            environment.pop(name, None)
    named = environment.get(SESSION_BUS, "")
    if not _is_local(named) or (not named and not _bus_runs(environment.get("XDG_RUNTIME_DIR", ""))):
        environment[SESSION_BUS] = "disabled:"


def _is_local(address: str) -> bool:
    """Return whether every way that a bus's address names is a socket of this computer's own."""
    return all(entry.startswith("unix:") for entry in address.split(";") if entry)


def _bus_runs(folder: str) -> bool:
    return bool(folder) and (Path(folder) / "bus").exists()
