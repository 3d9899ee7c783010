"""Words that could not be saved when the program was ended: files of their own, named at the next start."""

from __future__ import annotations

import os
import re
from pathlib import Path

from viewer.paths import display_name

_NAME = re.compile(r"unsaved-[0-9a-f]{8}\.md")


def new_path(home: Path) -> Path:
    """Return where the words of one note are to be written, in `home`, the folder of the reader's own files."""
    return home / f"unsaved-{os.urandom(4).hex()}.md"


def sentence(home: Path) -> str:
    """Return where such words lie, for the reader; empty where there are none."""
    try:
        found = sorted(path for path in home.iterdir() if _NAME.fullmatch(path.name))
    except OSError:
        return ""
    if not found:
        return ""
    names = ", ".join(display_name(path) for path in found[:3]) + (" …" if len(found) > 3 else "")
    what = "The words of a note" if len(found) == 1 else f"The words of {len(found)} notes"
    return (
        f"{what} could not be saved when the program was ended. They are in the folder of your own files, in {names}: "
        "put them into a note, then remove the file."
    )
