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
_DAMAGED = "the notes file is damaged"
_SAID = {
    "SQLITE_FULL": "there is no room left on the disk",
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
    _SAID["SQLITE_FULL"]: "Make room on the disk, then try again.",
}
DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


class Damaged(NotesTrouble):
    """The notes file cannot be read as one."""

    advice = "Nothing of it is deleted. At its next start the viewer sets the file aside and offers a backup."


def kind(err: sqlite3.Error) -> str:
    """SQLite's own name of what happened, without its finer distinctions."""
    name = getattr(err, "sqlite_errorname", None) or ""
    return "_".join(name.split("_")[:2])


def reason(err: sqlite3.Error) -> str:
    """What happened, to follow a colon."""
    return _SAID.get(kind(err), f"SQLite reports “{err}”")


def advice(reason: str) -> str | None:
    """What to do next about a reason; None where there is nothing better than the usual advice."""
    return _ADVICE.get(reason)


@contextmanager
def as_notes_trouble(what: str) -> Iterator[None]:
    """Turns what goes wrong inside into NotesTrouble, `what` being the sentence up to the colon."""
    try:
        yield
    except sqlite3.Error as err:
        why, sort = reason(err), Damaged if kind(err) in DAMAGE else NotesTrouble
        raise sort(f"{what}: {why}.", advice=advice(why)) from err
    except OSError as err:
        raise NotesTrouble(f"{what}: {paths.describe_os_error(err)}.") from err
    except FileTrouble as err:
        raise NotesTrouble(f"{what}. {err}", advice=err.advice) from err


def shown(path: Path) -> str:
    """The notes file by its name, to begin a sentence."""
    return f"The notes file {paths.display_name(path)}"
