"""What is left behind by dialogs that ask for a file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.source_tree import ROOT

ASKS = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from viewer.ui.platform.file_dialogs import forget_file_names

app = QApplication([])
if sys.argv[1] == "forgetful":
    forget_file_names()

def answer():
    dialog = app.activeModalWidget()
    dialog.findChild(QLineEdit).setText("secret.pdf")
    dialog.accept()

QTimer.singleShot(300, answer)
assert QFileDialog.getSaveFileName(None, "Save", sys.argv[2])[0].endswith("secret.pdf")
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the dialog is the system's")
@pytest.mark.parametrize(("how", "left"), [("usual", 1), ("forgetful", 0)])
def test_a_dialog_leaves_no_name_of_a_file_or_folder(how: str, left: int, tmp_path: Path) -> None:
    """Fails for the usual dialog once the module is needless: then Qt writes nothing by itself."""
    folder = tmp_path / "Operation Secret"
    folder.mkdir()
    home = tmp_path / "home"
    home.mkdir()
    environment = os.environ | {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", ASKS, how, str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    left_files = [path for path in home.rglob("*") if path.is_file() and b"Secret" in path.read_bytes()]
    assert len(left_files) == left
    if how == "forgetful":
        assert list(home.rglob("*")) == []
