"""The notes file as a file: created whole, checked before SQLite works with it, opened with safe settings."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from viewer import paths
from viewer.notes import schemas, tables
from viewer.notes.sqlite_errors import Damaged, error_name, file_label
from viewer.own_schema import describe

_MOST_VERSIONS = 1000  # a higher number than any program will write is damage
BUSY_TIMEOUT = 1.5  # seconds to wait while another window saves
_PRAGMAS = (
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = MEMORY",
)


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Return a connection to the file, for reading alone or for writing safely. Raise sqlite3.Error."""
    address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False)
    connection.text_factory = lenient_text
    try:
        for pragma in _PRAGMAS[1:] if read_only else _PRAGMAS:
            connection.execute(pragma).fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def lenient_text(data: bytes) -> str:
    """Return a text of the file, also where a fault of the disk left no UTF-8: its checksum then shows the fault."""
    return data.decode("utf-8", "replace")


def create(path: Path) -> None:
    """Create an empty notes file, put in its place only when it is whole. Raise OSError or sqlite3.Error."""
    paths.ensure_private_folder(path.parent.parent)
    paths.ensure_private_folder(path.parent)
    fresh = path.with_name(f".{path.stem}-{os.urandom(6).hex()}.new")
    try:
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(connect(fresh)) as connection:
            tables.create(connection)
        if not path.exists():
            fresh.replace(path)
    finally:
        with suppress(OSError):
            fresh.unlink()


def check(path: Path) -> None:
    """Raise Damaged unless the file is a whole notes file of this program."""
    if path.is_symlink() or not path.is_file():
        raise Damaged(f"{file_label(path)} was not opened: it is not an ordinary file.")
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0"):
        raise Damaged(f"{file_label(path)} was not opened: it is not a notes file, or only part of one.")
    if int.from_bytes(head[68:72]) != tables.APPLICATION_ID:
        raise Damaged(f"{file_label(path)} was not opened: it is another kind of file.")
    try:
        _check_content(path)
    except sqlite3.Error as err:
        if error_name(err) == "SQLITE_ERROR":  # such as a format that SQLite does not know: the head is damaged
            raise Damaged(f"{file_label(path)} was not opened: it is damaged.") from err
        raise


def _check_content(path: Path) -> None:
    with closing(connect(path, read_only=not is_writable(path))) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        is_ours = (
            describe(connection) == schemas.KNOWN.get(version)
            if version <= tables.VERSION
            else version <= _MOST_VERSIONS
        )
        if not is_ours:
            raise Damaged(f"{file_label(path)} was not opened: it is not made as this program makes it.")
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if found != ("ok",):
            raise Damaged(f"{file_label(path)} was not opened: it is damaged.")


def user_version(path: Path) -> int:
    """Return which version of the tables the file holds."""
    with closing(connect(path, read_only=True)) as connection:
        found: tuple[int] = connection.execute("PRAGMA user_version").fetchone()
        return found[0]


def identity(path: Path) -> tuple[int, int] | None:
    """Return device and inode of the file at `path`, which tell it from any other; None where there is none."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino


def is_writable(path: Path) -> bool:
    """Return whether the file and its folder may be written."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
