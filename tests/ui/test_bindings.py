"""Qt's bindings start without what only describes them, and describe all the same when they are asked."""

from __future__ import annotations

import subprocess
import sys

ASKED = """
import sys
{load}
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(["asked", "-platform", "offscreen"])
def told(ask):
    try:
        print(ask())
    except Exception as err:
        print(type(err).__name__, err)
told(lambda: QTimer.singleShot("soon", 1, 2, 3))
told(lambda: QSize("wide"))
told(lambda: QLabel(wordWrap=True, wrapped=True))
told(lambda: QLabel().setAlignment("left"))
told(lambda: QTimer.start.__doc__)
told(lambda: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
told(lambda: Qt.AlignLeft)
from PySide6.support.signature import get_signature
told(lambda: get_signature(QTimer.setInterval))
"""
LOAD = "from viewer.ui.bindings import load_bindings; load_bindings()"
WAITING = f"""
import sys
{LOAD}
import PySide6.QtWidgets, builtins
from viewer.ui.bindings import Waiting
waiting = {{one.__name__ for one in sys.modules.values() if isinstance(one, Waiting) and "_load" in vars(one)}}
print(*sorted(name.rpartition(".")[2] for name in waiting))
print(builtins.__import__.__name__, "inspect" in sys.modules, "argparse" in sys.modules)
"""


def printed(code: str) -> str:
    """What the code prints in a process of its own."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout


def test_a_wrong_call_is_told_as_by_the_bindings_loaded_whole() -> None:
    told = printed(ASKED.format(load=LOAD))
    assert told == printed(ASKED.format(load=""))
    assert "Supported signatures:\n  PySide6.QtCore.QTimer.singleShot(msec: int" in told


def test_nothing_that_describes_is_loaded_and_no_hook_is_left_behind() -> None:
    waiting, rest = printed(WAITING).splitlines()
    assert waiting == "enum_sig errorhandler feature layout mapping parser pyi_generator tool"
    assert rest == "__import__ False False"
