"""A print service for tests: programs of CUPS's names that keep what they are told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

LPSTAT = """#!/bin/sh
cd "$(dirname "$0")"
env >environment
echo "Cellar_2 not accepting requests since Tue Dec  1 04:46:29 2026 -"
echo "Attic accepting requests since Tue Dec  1 04:46:29 2026"
echo "Office accepting requests since Tue Dec  1 04:46:29 2026"
echo "system default destination: Office"
"""
LP = """#!/bin/sh
cd "$(dirname "$0")"
echo "$@" >words
cat >paper
echo "request id is Office-1 (0 file(s))"
"""


def print_programs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put `lp` and `lpstat` first in the search path, and return their folder."""
    made = folder / "print service"
    made.mkdir()
    for name, text in (("lpstat", LPSTAT), ("lp", LP)):
        (made / name).write_text(text)
        (made / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{made}{os.pathsep}{os.environ['PATH']}")
    return made
