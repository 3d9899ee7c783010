"""The window's libraries are loaded while Python reads the program, and where they cannot be, nothing is lost."""

from __future__ import annotations

import subprocess
import sys

import pytest

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="libraries are found otherwise there")

LOADED = """
import os, sys, time
os.cpu_count = lambda: {cores}
from viewer.ui import ahead
{before}
ahead.load_ahead()
def is_loaded(name):
    with open("/proc/self/maps") as maps:
        return name in maps.read()
end = time.monotonic() + {seconds}
while not is_loaded("libQt6Widgets") and time.monotonic() < end:
    time.sleep(0.01)
print(is_loaded("libQt6Widgets"), "PySide6" in sys.modules, "cryptography" in sys.modules)
import PySide6.QtWidgets
"""


def told(*, cores: int = 2, before: str = "", seconds: float) -> str:
    """What a process prints that loads ahead: whether Qt is there, and whether Python has imported anything of it."""
    code = LOADED.format(cores=cores, before=before, seconds=seconds)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.strip()


@on_linux
def test_qt_is_loaded_before_python_imports_it() -> None:
    assert told(seconds=30) == "True False False"


@on_linux
def test_nothing_is_done_where_there_is_one_core_only() -> None:
    assert told(cores=1, seconds=0.3) == "False False False"


@on_linux
@pytest.mark.parametrize(
    "before", ["ahead.LIBRARIES = (('PySide6', 'gone.so'), ('nothing', 'at all'))", "sys.path_importer_cache.clear()"]
)
def test_what_cannot_be_loaded_ahead_is_loaded_where_it_is_imported(before: str) -> None:
    assert told(before=f"{before}\nahead.ON_X = ('PySide6', 'gone.so')\nahead.TYPE = 'gone.so'", seconds=0.3)


@on_linux
def test_a_program_may_end_while_its_libraries_are_loaded() -> None:
    code = "from viewer.ui.ahead import load_ahead; load_ahead()"
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, done.stderr) == (0, "")
