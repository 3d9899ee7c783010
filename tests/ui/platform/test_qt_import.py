"""Qt's bindings start without what only describes them, and describe all the same when they are asked."""

from __future__ import annotations

import subprocess
import sys

from viewer.ui.platform.qt_import import SPARE

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
LOAD = "from viewer.ui.platform.qt_import import import_qt; import_qt()"
WAITING = f"""
import sys
{LOAD}
import PySide6.QtWidgets, builtins
from viewer.ui.platform.qt_import import LazyModule
waiting = {{one.__name__ for one in sys.modules.values() if isinstance(one, LazyModule) and "_load" in vars(one)}}
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
    describing = {"enum_sig", "errorhandler", "feature", "layout", "mapping", "parser", "pyi_generator", "tool"}
    assert describing <= set(waiting.split()) <= describing | set(SPARE)
    assert rest == "__import__ False False"


USED = f"""
{LOAD}
import bz2, lzma, os, shutil, tempfile, textwrap, traceback, zipfile
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "packed.zip")
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a", "aa" * 99, compress_type=zipfile.ZIP_LZMA)
        packed.writestr("b", "bb" * 99, compress_type=zipfile.ZIP_BZIP2)
    print(len(zipfile.ZipFile(shutil.copy(path, path + "2")).read("a")), os.path.basename(shutil.__file__))
from textwrap import *
print(dedent("  as ever"), traceback.format_exception_only(ValueError("told")))
"""


def test_what_of_python_was_put_off_works_as_ever() -> None:
    assert printed(USED) == "198 shutil.py\nas ever ['ValueError: told\\n']\n"
