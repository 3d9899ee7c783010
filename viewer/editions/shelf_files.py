"""The names of the files on the shelf, which say what a file holds without opening it."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from viewer.model import EditionKey, Seal

_KEPT = re.compile(r"([a-z][a-z0-9-]{0,30})_([1-9][0-9]{0,9})_([0-9A-F]{16})_[0-9a-f]{16}\.db")


def kept_file_name(seal: Seal) -> str:
    """Return the name under which the shelf keeps the edition with this seal."""
    return f"{seal.claims.series}_{seal.claims.serial}_{seal.key_id}_{seal.fingerprint[:16]}.db"


def parse_kept_name(path: Path) -> EditionKey | None:
    """Return which edition a file of this name holds; None where the shelf did not give the name."""
    found = _KEPT.fullmatch(path.name)
    return EditionKey(series=found[1], serial=int(found[2]), key_id=found[3]) if found else None


def kept_files(shelf: Path) -> list[Path]:
    """Return the files in the folder `shelf`, by name; none where there is no such folder."""
    with suppress(OSError):
        return sorted(path for path in shelf.iterdir() if path.suffix == ".db" and not path.name.startswith("."))
    return []


def kept_editions(shelf: Path) -> list[tuple[EditionKey, Path]]:
    """Return the files in the folder `shelf` whose names say which edition they hold, by name."""
    return [(key, path) for path in kept_files(shelf) if (key := parse_kept_name(path))]


def newest_kept(shelf: Path, series: str, key_id: str) -> Path | None:
    """Return the kept edition of the highest serial in a series signed with one key; None where there is none."""
    own = [(key.serial, path) for key, path in kept_editions(shelf) if (key.series, key.key_id) == (series, key_id)]
    return max(own, default=(0, None))[1]
