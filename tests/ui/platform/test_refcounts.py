"""The window outlives the references to `None` and `True` that PySide6 drops."""

from __future__ import annotations

import subprocess
import sys

import pytest

CALLS = """
import viewer.ui
from PySide6.QtCore import QObject, Signal
class Thing(QObject):
    said = Signal(object)
thing = Thing()
for _ in range(100_000):
    thing.blockSignals(False), thing.setObjectName("x"), thing.said.emit(1)
print("alive")
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="they cannot die any more")
def test_a_hundred_thousand_calls_and_signals_do_not_end_the_program() -> None:
    done = subprocess.run([sys.executable, "-c", CALLS], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (0, "alive\n")


DROPPED = """
import sys
from PySide6.QtCore import QObject
thing, before = QObject(), sys.getrefcount(None)
for _ in range(200):
    thing.blockSignals(False), thing.setObjectName("x")
print(before - sys.getrefcount(None))
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="they cannot die any more")
def test_pyside6_still_drops_references_that_it_does_not_hold() -> None:
    """Fails once the module is needless: then it can go."""
    done = subprocess.run([sys.executable, "-c", DROPPED], capture_output=True, text=True, check=True, timeout=60)
    assert int(done.stdout) > 100
