"""What SQLite and the system report about the notes file, in the reader's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from viewer import places
from viewer.errors import FileTrouble, NotesTrouble

_SAID = {
    "SQLITE_FULL": "there is no room left on the disk",
    "SQLITE_BUSY": "another program is using the notes file",
    "SQLITE_LOCKED": "another program is using the notes file",
    "SQLITE_READONLY": "the notes file can only be read",
    "SQLITE_CANTOPEN": "the notes file cannot be opened in its folder",
    "SQLITE_PERM": "you do not have the right to",
    "SQLITE_IOERR": "the disk reports a fault",
    "SQLITE_CORRUPT": "the notes file is damaged",
    "SQLITE_NOTADB": "the notes file is damaged",
}
DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


class Damaged(NotesTrouble):
    """The notes file cannot be read as one."""

    advice = "It is set aside, not deleted. A backup may be there."


def kind(err: sqlite3.Error) -> str:
    """SQLite's own name of what happened, without its finer distinctions."""
    name = getattr(err, "sqlite_errorname", None) or ""
    return "_".join(name.split("_")[:2])


def reason(err: sqlite3.Error) -> str:
    """What happened, to follow a colon."""
    return _SAID.get(kind(err), f"SQLite reports “{err}”")


@contextmanager
def told(what: str) -> Iterator[None]:
    """Turns what goes wrong inside into NotesTrouble, `what` being the sentence up to the colon."""
    try:
        yield
    except sqlite3.Error as err:
        sort = Damaged if kind(err) in DAMAGE else NotesTrouble
        raise sort(f"{what}: {reason(err)}.") from err
    except OSError as err:
        raise NotesTrouble(f"{what}: {places.reason(err)}.") from err
    except FileTrouble as err:
        raise NotesTrouble(f"{what}. {err}", advice=err.advice) from err


def shown(path: Path) -> str:
    """The notes file's name for a sentence."""
    return places.shown_name(path)
