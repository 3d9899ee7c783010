"""Nothing is loaded at start that the first page does not need."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LATER = (
    *("click", "reportlab", "PIL", "sqlite_utils", "markdown", "nh3", "rapidfuzz", "minisign", "pypdfium2"),
    *("PySide6.QtPdf", "PySide6.QtPdfWidgets", "PySide6.QtPrintSupport", "PySide6.QtNetwork"),
    *("asyncio", "socket", "ssl", "http", "email", "tomllib", "viewer.publish", "viewer.verbs"),
)


def test_loads_only_what_the_first_page_needs() -> None:
    command = [sys.executable, "-X", "importtime", "main.py", "open", "--first-paint"]
    started = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert started.returncode == 0, started.stderr.splitlines()[-1]
    loaded = set(re.findall(r"^import time: .*\| +(\S+)$", started.stderr, re.MULTILINE))
    assert started.stdout.startswith("painted ")
    assert {"viewer.ui.window", "PySide6.QtWidgets"} <= loaded
    assert sorted(loaded & set(LATER)) == []
