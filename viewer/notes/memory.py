"""What is remembered of notes files apart from them: which there were, and which notes were destroyed for good.

So a loss is seen, and words that were destroyed do not come back where a file is lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from viewer.errors import ViewerError
from viewer.paths import ensure_private_folder, write_atomically
from viewer.records import field, record
from viewer.signing.intake import read_if_exists

PLACE = "memory/notes-seen.json"  # within the reader's folder
VERSION = 1
_LARGEST = 8 * 1024 * 1024


@record
class NotesMemory:
    """The names of the notes files, without their ending; by name, the destroyed notes with when."""

    files: tuple[str, ...] = ()
    purged: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def is_remembered(path: Path) -> bool:
    """Return whether there was a notes file at `path`. Never raises."""
    return path.stem in _load(path).files


def purged(path: Path) -> dict[str, str]:
    """Return the notes of the file at `path` whose words were destroyed, with when. Never raises."""
    return dict(_load(path).purged.get(path.stem, {}))


def remember(path: Path) -> None:
    """Remember that there is a notes file at `path`; where that cannot be written, nothing is lost by it."""
    found = _load(path)
    if path.stem not in found.files:
        _save(path, NotesMemory(files=(*found.files, path.stem), purged=found.purged))


def remember_purged(path: Path, uuids: Mapping[str, str]) -> None:
    """Remember that the words of these notes were destroyed, with when."""
    found = _load(path)
    mine = {**found.purged.get(path.stem, {}), **uuids}
    _save(path, NotesMemory(files=found.files, purged={**found.purged, path.stem: mine}))


def _save(path: Path, found: NotesMemory) -> None:
    document = {
        "version": VERSION,
        "files": sorted(found.files),
        "purged": {name: dict(uuids) for name, uuids in found.purged.items()},
    }
    place = path.parent.parent / PLACE
    with suppress(ViewerError):
        ensure_private_folder(place.parent.parent)
        ensure_private_folder(place.parent)
        write_atomically(place, json.dumps(document, sort_keys=True).encode() + b"\n")


def _load(path: Path) -> NotesMemory:
    with suppress(ViewerError, ValueError, RecursionError, TypeError, AttributeError):
        found = json.loads(read_if_exists(path.parent.parent / PLACE, limit=_LARGEST) or b"{}")
        purged = {
            str(name): {str(uuid): str(at) for uuid, at in uuids.items()}
            for name, uuids in found.get("purged", {}).items()
        }
        return NotesMemory(files=tuple(str(name) for name in found.get("files", [])), purged=purged)
    return NotesMemory()
