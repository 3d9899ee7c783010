"""A long session does not grow, warn or stall; each tour is a process of its own, so that its counts are its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QObject, QTimer

from tests.soak.tour import Count, counted, faults_between
from tests.source_tree import ROOT


def tour(*options: str, language: str = "") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"} | ({"LC_ALL": language} if language else {})
    command = [sys.executable, "-m", "tests.soak.tour", *options]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_what_grew_is_said() -> None:
    owner = QObject()
    first = Count(memory=100_000, objects=counted([owner]), threads=2, descriptors=9)
    timers = [QTimer(owner) for _ in range(61)]
    last = Count(memory=130_000, objects=counted(timers), threads=9, descriptors=99)
    said = " ".join(faults_between(first, last))
    for part in ("memory grew from 100,000 to 130,000 kB", "61 more objects", "9 threads", "99 descriptors"):
        assert part in said
    assert faults_between(first, first) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["tr_TR.UTF-8", "cy_GB.UTF-8", "C", "ar_EG.UTF-8"])
def test_the_window_works_in_other_languages(language: str) -> None:
    done = tour("--steps", "200", language=language)
    assert done.returncode == 0, done.stderr
