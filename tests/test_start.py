"""Nothing is loaded before the first paint that the first page does not need."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parent.parent
LATER = (
    *("click", "reportlab", "PIL", "sqlite_utils", "markdown", "nh3", "rapidfuzz", "minisign", "pypdfium2"),
    *("PySide6.QtPdf", "PySide6.QtPdfWidgets", "PySide6.QtPrintSupport", "PySide6.QtNetwork", "PySide6.QtSvg"),
    *("asyncio", "socket", "ssl", "http", "email", "tomllib", "html", "dataclasses", "inspect", "hashlib"),
    *(f"viewer.{name}" for name in ("changes", "figures", "notes", "publish", "search", "sheets", "dissemination")),
    *(f"viewer.{name}" for name in ("verbs", "bundle.diagnosis", "editions.shelf", "editions.earlier")),
    *(f"viewer.ui.{name}" for name in ("editions", "figures", "notes", "sheets", "help_window", "refusal_page")),
    *(f"viewer.ui.{name}" for name in ("seal_dialog", "reading.find_bar", "reading.footnote_popup")),
    *(f"viewer.ui.search.{name}" for name in ("search_controller", "search_worker", "search_view", "related_items")),
)
# Of Qt's: the namespace and these classes bring hundreds of enumerations along, each of which takes its time.
LATER_OF_QT = {
    "Qt", "QDialog", "QFileDialog", "QLinearGradient", "QMenu", "QMessageBox", "QShortcut", "QStyle", "QTextCursor",
    "QUrl",
}  # fmt: skip
REPORT = """
import sys
from viewer.ui import app

def report():
    from PySide6 import QtCore, QtGui, QtWidgets
    print("modules", *sys.modules)
    print("made", *vars(QtCore), *vars(QtGui), *vars(QtWidgets))

app._report = report
from viewer.cli import main
sys.exit(main(["open", "briefings.db", "--first-paint"]))
"""


@cache
def at_first_paint() -> Mapping[str, frozenset[str]]:
    """The modules that are loaded when the window has just been painted, and what is made of Qt's by then."""
    command = [sys.executable, "-c", REPORT]
    started = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert started.returncode == 0, started.stderr
    lines = (line.split() for line in started.stdout.splitlines())
    return {name: frozenset(names) for name, *names in lines}


def test_what_must_wait_is_there_to_be_loaded() -> None:
    """A name that no longer leads anywhere would guard nothing."""
    assert [name for name in LATER if find_spec(name) is None] == []


def test_what_of_qt_must_wait_is_there_to_be_made() -> None:
    modules = [import_module(f"PySide6.{name}") for name in ("QtCore", "QtGui", "QtWidgets")]
    assert [name for name in sorted(LATER_OF_QT) if not any(hasattr(module, name) for module in modules)] == []


def test_loads_only_what_the_first_page_needs() -> None:
    loaded = at_first_paint()["modules"]
    assert {"viewer.ui.window", "viewer.ui.status_bar", "viewer.ui.reading.contents", "PySide6.QtWidgets"} <= loaded
    assert sorted(name for name in loaded if any(f"{name}.".startswith(f"{late}.") for late in LATER)) == []


def test_makes_of_qt_only_what_the_first_page_needs() -> None:
    made = at_first_paint()["made"]
    assert {"QTextBrowser", "QTreeWidget", "QSettings"} <= made
    assert sorted(made & LATER_OF_QT) == []


def test_says_when_it_was_painted_and_how_much_memory_that_took() -> None:
    command = [sys.executable, "main.py", "open", "--first-paint"]
    started = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    painted, process, peak = started.stdout.split()
    assert painted == "painted"
    assert int(process) > 0
    assert (int(peak) > 0) is Path("/proc/self/status").exists()
