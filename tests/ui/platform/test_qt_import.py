"""Qt's bindings start without what only describes them, and describe all the same when they are asked."""

from __future__ import annotations

import subprocess
import sys

from viewer.ui.platform.qt_import import DESCRIBING

ASKED = """
import sys
{load}
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(["asked", "-platform", "offscreen"])
def show(ask):
    try:
        print(ask())
    except Exception as err:
        print(type(err).__name__, err)
show(lambda: QTimer.singleShot("soon", 1, 2, 3))
show(lambda: QSize("wide"))
show(lambda: QLabel(wordWrap=True, wrapped=True))
show(lambda: QLabel().setAlignment("left"))
show(lambda: QTimer.start.__doc__)
show(lambda: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
show(lambda: Qt.AlignLeft)
from PySide6.support.signature import get_signature
show(lambda: get_signature(QTimer.setInterval))
"""
LOAD = "from viewer.ui.platform.qt_import import import_qt; import_qt()"
PENDING = f"""
import sys
{LOAD}
import PySide6.QtWidgets, builtins
from viewer.ui.platform.qt_import import LazyModule
pending = {{one.__name__ for one in sys.modules.values() if isinstance(one, LazyModule) and "_pending" in vars(one)}}
print(*sorted(name.rpartition(".")[2] for name in pending))
print(builtins.__import__.__name__, "inspect" in sys.modules, "argparse" in sys.modules)
"""
PLAIN = """
import sys
import PySide6.QtCore
print(*(name for name in sys.modules if name.startswith("shibokensupport.")))
"""


def printed(code: str) -> str:
    """What the code prints in a process of its own."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout


def test_a_wrong_call_is_explained_as_by_the_bindings_loaded_whole() -> None:
    explained = printed(ASKED.format(load=LOAD))
    assert explained == printed(ASKED.format(load=""))
    assert "Supported signatures:\n  PySide6.QtCore.QTimer.singleShot(msec: int" in explained


def test_nothing_that_describes_is_loaded_and_no_hook_is_left_behind() -> None:
    pending, rest = printed(PENDING).splitlines()
    describing = ["enum_sig", "errorhandler", "feature", "layout", "mapping", "parser", "pyi_generator", "tool"]
    assert pending.split() == describing
    assert rest == "__import__ False False"


def test_a_plain_import_of_pyside6_still_loads_what_only_describes() -> None:
    """Fails once the module is needless: then a plain import is as quick, and it can go."""
    loaded = set(printed(PLAIN).split())
    assert {f"{package}.{part}" for package, parts in DESCRIBING.items() for part in parts} <= loaded
