"""Which edition opens when none is named: the one opened last, a newer one of its series on the shelf, or the sample.

Found from names alone, without opening anything: starting is what a reader waits for.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from viewer import paths
from viewer.errors import FileTrouble
from viewer.paths import LAST_OPENED_FILE, SHELF_FOLDER

if TYPE_CHECKING:
    from viewer.model import Seal

_LONGEST = 16_384  # bytes of a path
_KEPT = re.compile(r"([a-z][a-z0-9-]{0,30})_([1-9][0-9]{0,9})_([0-9A-F]{16})_[0-9a-f]{16}\.db")


def kept_file_name(seal: Seal) -> str:
    """The name under which the shelf keeps the edition with this seal."""
    return f"{seal.claims.series}_{seal.claims.serial}_{seal.key_id}_{seal.fingerprint[:16]}.db"


def parse_kept_name(path: Path) -> tuple[str, int, str] | None:
    """Series, serial and key id by a kept edition's name; None for any other name."""
    found = _KEPT.fullmatch(path.name)
    return (found[1], int(found[2]), found[3]) if found else None


def default_edition(home: Path) -> Path:
    """The file to open when none is named; an older kept edition is never chosen over a newer one of its series."""
    last, shelf = last_opened_path(home), home / SHELF_FOLDER
    if last is None or not _is_file(last):
        last = _added_last(shelf)
    named = parse_kept_name(last) if last is not None and last.parent == shelf else None
    if named is not None:
        return newest_kept(shelf, named[0], named[2]) or paths.sample()
    return last or paths.sample()


def last_opened_path(home: Path) -> Path | None:
    """The file of the edition opened last, there or not; None where none was opened."""
    text = _read(home)
    return Path(text) if text and text.isprintable() else None


def newest_kept(shelf: Path, series: str, key_id: str) -> Path | None:
    """The kept edition of the highest serial in a series signed with one key; None where there is none."""
    found = [(parts, path) for path in kept_files(shelf) if (parts := parse_kept_name(path))]
    own = [(parts[1], path) for parts, path in found if (parts[0], parts[2]) == (series, key_id)]
    return max(own, default=(0, None))[1]


def kept_files(shelf: Path) -> list[Path]:
    """The files on the shelf, by name; none where there is no shelf."""
    with suppress(OSError):
        return sorted(path for path in shelf.iterdir() if path.suffix == ".db" and not path.name.startswith("."))
    return []


def remember_opened(home: Path, path: Path, seal: Seal) -> None:
    """Keeps the edition as the one opened last, on the shelf where it is kept there: a stick may be gone tomorrow.

    What cannot be written is left: it would only be convenient.
    """
    kept = home / SHELF_FOLDER / kept_file_name(seal)
    text = str(kept if kept.is_file() else path.absolute())
    if _read(home) == text:
        return
    with suppress(FileTrouble, UnicodeEncodeError):
        data = text.encode()
        paths.write_atomically(paths.ensure_private_folder(home) / LAST_OPENED_FILE, data, mode=0o600)


def _added_last(shelf: Path) -> Path | None:
    with suppress(OSError):
        return max(kept_files(shelf), key=lambda path: path.stat().st_mtime, default=None)
    return None


def _is_file(path: Path) -> bool:
    with suppress(OSError, ValueError):  # such as a name that no file can have
        return path.is_file()
    return False


def _read(home: Path) -> str:
    with suppress(OSError, ValueError), (home / LAST_OPENED_FILE).open("rb") as file:
        return file.read(_LONGEST).decode()
    return ""
