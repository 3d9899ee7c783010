"""Which notes files there were on this machine, remembered apart from them, so that a loss of one is seen."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from viewer.errors import ViewerError
from viewer.paths import ensure_private_folder, write_atomically
from viewer.signing.intake import read_if_exists

PLACE = "memory/notes-seen.json"  # within the reader's folder
VERSION = 1
_LARGEST = 1024 * 1024


def is_remembered(path: Path) -> bool:
    """Return whether there was a notes file at `path`. Never raises."""
    return path.stem in _names(path)


def remember(path: Path) -> None:
    """Remember that there is a notes file at `path`; where that cannot be written, nothing is lost by it."""
    names = _names(path)
    if path.stem in names:
        return
    place = _place(path)
    data = json.dumps({"version": VERSION, "files": sorted({*names, path.stem})}).encode() + b"\n"
    with suppress(ViewerError):
        ensure_private_folder(place.parent.parent)
        ensure_private_folder(place.parent)
        write_atomically(place, data)


def _names(path: Path) -> list[str]:
    try:
        data = read_if_exists(_place(path), limit=_LARGEST)
        found = json.loads(data or b"{}")
        names = found.get("files", []) if isinstance(found, dict) else []
    except (ViewerError, ValueError, RecursionError):
        return []
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _place(path: Path) -> Path:
    return path.parent.parent / PLACE
