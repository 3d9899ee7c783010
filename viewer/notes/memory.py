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
class Destroyed:
    """Whose words were destroyed for good: the ids of notes, with when; by note, the digests of single versions."""

    notes: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def joined(self, other: Destroyed) -> Destroyed:
        """Return what both say."""
        none: frozenset[str] = frozenset()
        mine, others = self.versions, other.versions
        versions = {uuid: mine.get(uuid, none) | others.get(uuid, none) for uuid in (*mine, *others)}
        return Destroyed(notes={**self.notes, **other.notes}, versions=versions)


@record
class NotesMemory:
    """The names of the notes files, without their ending; by name, what was destroyed."""

    files: tuple[str, ...] = ()
    destroyed: Mapping[str, Destroyed] = field(default_factory=dict)


def is_remembered(path: Path) -> bool:
    """Return whether there was a notes file at `path`. Never raises."""
    found = _load(path)
    return path.stem in found.files or path.stem in found.destroyed


def destroyed(path: Path) -> Destroyed:
    """Return what was destroyed of the notes file at `path`. Never raises."""
    return _load(path).destroyed.get(path.stem, Destroyed())


def remember(path: Path) -> None:
    """Remember that there is a notes file at `path`; where that cannot be written, nothing is lost by it."""
    found = _load(path)
    if path.stem not in found.files:
        _save(path, NotesMemory(files=(*found.files, path.stem), destroyed=found.destroyed))


def remember_destroyed(path: Path, more: Destroyed) -> None:
    """Remember what was destroyed of the notes file at `path`."""
    found = _load(path)
    mine = found.destroyed.get(path.stem, Destroyed()).joined(more)
    _save(path, NotesMemory(files=found.files, destroyed={**found.destroyed, path.stem: mine}))


def _save(path: Path, found: NotesMemory) -> None:
    document = {
        "version": VERSION,
        "files": sorted(found.files),
        "purged": {name: dict(one.notes) for name, one in found.destroyed.items()},
        "purged-versions": {
            name: {uuid: sorted(digests) for uuid, digests in one.versions.items()}
            for name, one in found.destroyed.items()
            if one.versions
        },
    }
    place = path.parent.parent / PLACE
    with suppress(ViewerError):
        ensure_private_folder(place.parent.parent)
        ensure_private_folder(place.parent)
        write_atomically(place, json.dumps(document, sort_keys=True).encode() + b"\n")


def _load(path: Path) -> NotesMemory:
    with suppress(ViewerError, ValueError, RecursionError, TypeError, AttributeError):
        found = json.loads(read_if_exists(path.parent.parent / PLACE, limit=_LARGEST) or b"{}")
        purged, versions = found.get("purged", {}), found.get("purged-versions", {})
        destroyed = {
            str(name): Destroyed(
                notes={str(uuid): str(at) for uuid, at in purged.get(name, {}).items()},
                versions={
                    str(uuid): frozenset(str(digest) for digest in digests)
                    for uuid, digests in versions.get(name, {}).items()
                },
            )
            for name in {*purged, *versions}
        }
        return NotesMemory(files=tuple(str(name) for name in found.get("files", [])), destroyed=destroyed)
    return NotesMemory()
