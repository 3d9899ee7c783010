"""The program has no network code and opens no network socket."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.source_tree import ROOT, Module, modules, network_imports


def test_no_file_imports_what_speaks_to_a_network() -> None:
    assert [fault for module in modules() for fault in network_imports(module)] == []


@pytest.mark.parametrize(
    "code",
    [
        "import socket",
        "from urllib.request import urlopen",
        "def f():\n    from PySide6 import QtNetwork",
        "if TYPE_CHECKING:\n    import http.client",
    ],
)
def test_such_an_import_is_noticed(code: str) -> None:
    assert len(network_imports(Module("viewer.ui.window", ast.parse(code)))) == 1


def test_addresses_may_be_taken_apart() -> None:
    assert network_imports(Module("viewer.pages.theme", ast.parse("from urllib.parse import quote"))) == []


def can_trace() -> bool:
    strace = shutil.which("strace")
    return strace is not None and subprocess.run([strace, "-o", os.devnull, "true"], check=False).returncode == 0


OVER_TCP = "tcp:host=127.0.0.1,port=9"
# What an environment can hold that led Qt over a network: each was seen to.
LEADS_ASTRAY = {
    "QT_QPA_GENERIC_PLUGINS": "tuiotouch",
    "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    **dict.fromkeys(("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS"), OVER_TCP),
}
OPEN = ["open", "briefings.db", "--first-paint"]


@pytest.mark.skipif(not can_trace(), reason="strace is not installed, or may not trace here")
@pytest.mark.parametrize(
    ("words", "environment", "code"),
    [
        (["verify", "briefings.db"], {}, 0),
        (OPEN, {"QT_QPA_PLATFORM": "offscreen"}, 0),
        (OPEN, {"QT_QPA_PLATFORM": "offscreen", **LEADS_ASTRAY}, 0),
        (OPEN, {"QT_QPA_PLATFORM": "vnc"}, 1),
        (OPEN, {"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":6077"}, 1),
        (OPEN, {"QT_QPA_PLATFORM": "xcb", "DISPLAY": "127.0.0.1:0"}, 1),
    ],
)
def test_no_network_socket_is_opened(words: list[str], environment: dict[str, str], code: int, tmp_path: Path) -> None:
    log = tmp_path / "trace"
    done = subprocess.run(
        ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(log), sys.executable, "main.py", *words],
        cwd=ROOT, env=os.environ | environment, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert [line for line in log.read_text().splitlines() if "AF_INET" in line] == []
