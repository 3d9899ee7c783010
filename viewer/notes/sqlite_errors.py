"""What SQLite and the system report about the notes file, in the reader's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from viewer import paths
from viewer.errors import FileTrouble, NotesTrouble

PROTECTED = "the notes file or its folder is write-protected"
NEWER = "the notes file was written by a newer version of the viewer"
_BUSY = "another program is using the notes file"
_FULL = "there is no room left on the disk"
_DAMAGED = "the notes file is damaged"
_REASONS = {
    "SQLITE_FULL": _FULL,
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_READONLY": PROTECTED,
    "SQLITE_CANTOPEN": "the notes file or its folder cannot be opened",
    "SQLITE_PERM": "you do not have permission to use the notes file",
    "SQLITE_IOERR": "the disk reports a fault",
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": _DAMAGED,
}
_ADVICE = {
    PROTECTED: "Have the folder of your own files made writable, then start the viewer again.",
    NEWER: "To change them, use the newest version of the viewer.",
    _BUSY: "Close that program, or wait a moment, then try again.",
    _FULL: "Make room on the disk, then try again.",
}
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


class Damaged(NotesTrouble):
    """The notes file cannot be read as one."""

    advice = "Nothing of it is deleted. At its next start the viewer sets the file aside and offers a backup."


def error_name(err: sqlite3.Error) -> str:
    """Return SQLite's primary name of an error: `SQLITE_IOERR` for `SQLITE_IOERR_WRITE`; empty where it has none."""
    name = getattr(err, "sqlite_errorname", None) or ""
    return "_".join(name.split("_")[:2])


def describe_error(err: sqlite3.Error) -> str:
    """Return what happened, as a phrase to follow a colon."""
    return _REASONS.get(error_name(err), f"SQLite reports “{err}”")


def advice_for(reason: str) -> str | None:
    """Return what to do next about a reason; None where the usual advice serves."""
    return _ADVICE.get(reason)


@contextmanager
def as_notes_trouble(what: str) -> Iterator[None]:
    """Turn errors of SQLite and of files into NotesTrouble or Damaged; `what` is the sentence up to its colon."""
    try:
        yield
    except sqlite3.Error as err:
        reason = describe_error(err)
        kind = Damaged if error_name(err) in _DAMAGE else NotesTrouble
        raise kind(f"{what}: {reason}.", advice=advice_for(reason)) from err
    except UnicodeDecodeError as err:  # of a damaged schema, which Python's module reads by itself
        raise Damaged(f"{what}: {_DAMAGED}.") from err
    except OSError as err:
        raise NotesTrouble(f"{what}: {paths.describe_os_error(err)}.") from err
    except FileTrouble as err:
        raise NotesTrouble(f"{what}. {err}", advice=err.advice) from err


def file_label(path: Path) -> str:
    """Return the notes file by its name, to begin a sentence with."""
    return f"The notes file {paths.display_name(path)}"
