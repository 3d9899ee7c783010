"""Runs the program in a process of its own as the organisation of the home `exercise` has it: FOLDER, then a verb."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.reader_homes import organisation
from viewer.cli import main

if __name__ == "__main__":
    with organisation(Path(sys.argv[1])):
        sys.exit(main(sys.argv[2:]))
