"""Which edition opens when none is named: the one opened last, a newer one of its series on the shelf, or the sample.

Found by file names alone, without opening anything: the reader waits while the program starts.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from viewer import paths
from viewer.editions.shelf_files import kept_file_name, kept_files, newest_kept, parse_kept_name
from viewer.errors import FileTrouble
from viewer.model import Seal
from viewer.paths import LAST_OPENED_FILE, SHELF_FOLDER

_LONGEST = 16_384  # bytes of a path


def default_edition(home: Path) -> Path:
    """Return the file to open when none is named.

    A kept edition never takes precedence over a newer one of its series on the shelf.
    """
    last, shelf = last_opened_path(home), home / SHELF_FOLDER
    if last is None or not _is_file(last):
        last = _added_last(shelf)
    key = parse_kept_name(last) if last is not None and last.parent == shelf else None
    if key is not None:
        return newest_kept(shelf, key.series, key.key_id) or paths.sample()
    return last or paths.sample()


def last_opened_path(home: Path) -> Path | None:
    """Return the file of the edition opened last, whether it still exists or not; None where none was opened."""
    text = _read(home)
    return Path(text) if text and text.isprintable() else None


def remember_opened(home: Path, path: Path, seal: Seal) -> None:
    """Record the edition as the one opened last: its copy on the shelf, if there is one, since a stick may be gone.

    A record that cannot be written is left out: it is only a convenience.
    """
    kept = home / SHELF_FOLDER / kept_file_name(seal)
    text = str(kept if kept.is_file() else path.absolute())
    if _read(home) == text:
        return
    with suppress(FileTrouble, UnicodeEncodeError):
        data = text.encode()
        paths.write_atomically(paths.ensure_private_folder(home) / LAST_OPENED_FILE, data, mode=paths.PRIVATE_MODE)


def _added_last(shelf: Path) -> Path | None:
    with suppress(OSError):
        return max(kept_files(shelf), key=lambda path: path.stat().st_mtime, default=None)
    return None


def _is_file(path: Path) -> bool:
    with suppress(OSError, ValueError):  # ValueError: a name that no file can have
        return path.is_file()
    return False


def _read(home: Path) -> str:
    with suppress(FileTrouble, UnicodeDecodeError):
        return (paths.read_own_file(home / LAST_OPENED_FILE, limit=_LONGEST) or b"").decode()
    return ""
