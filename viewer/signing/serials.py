"""The record of serials seen, by which an old edition that is shown again is recognised."""

from __future__ import annotations

import json
import re
from pathlib import Path

from viewer.errors import FileTrouble, Refused, ViewerError
from viewer.model import Seal
from viewer.paths import LAST_OPENED_FILE, SHELF_FOLDER, display_name, ensure_private_folder, write_atomically
from viewer.signing.claims import is_serial, is_series
from viewer.signing.intake import read_if_exists

RECORD_NAME = "serials.json"
VERSION = 1

_LARGEST = 1024 * 1024
_SEEN = re.compile(r"([0-9A-F]{16}) ([^ ]+)")


class _NewerError(Exception):
    """The record was written by a later version of this program."""


class _DamagedError(Exception):
    """The record cannot be understood."""


class Serials:
    """The newest serial seen of each key and series, and sentences for the reader about the record itself."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: dict[str, int] = {}
        self._warnings: list[str] = []
        self._is_damaged = False  # the file is moved aside before the next one is written
        self._is_read_only = False  # the file is left as it is

    @classmethod
    def load(cls, home: Path) -> Serials:
        """Return the record in `home`; an empty one, with a warning, where it cannot be used. Never raises."""
        serials = cls(home / RECORD_NAME)
        if not serials._merge_file() and _used_before(home):
            serials._warn("is missing; a new one will be begun")
        return serials

    @property
    def warnings(self) -> tuple[str, ...]:
        """The sentences for the reader about the record itself, each once."""
        return tuple(self._warnings)

    def newest(self, key_id: str, series: str) -> int | None:
        """Return the highest serial seen from this key in this series, or None."""
        return self._seen.get(f"{key_id} {series}")

    def superseded_by(self, seal: Seal) -> int | None:
        """Return the newer serial that was seen before this edition, or None where this one is the newest."""
        newest = self.newest(seal.key_id, seal.claims.series)
        return newest if newest is not None and newest > seal.claims.serial else None

    def remember(self, seal: Seal) -> None:
        """Record that this edition was opened; where that cannot be written, hold it for this run, with a warning."""
        newest = self.newest(seal.key_id, seal.claims.series)
        if newest is not None and newest >= seal.claims.serial:
            return
        self._seen[f"{seal.key_id} {seal.claims.series}"] = seal.claims.serial
        self._merge_file()
        if not self._is_read_only:
            self._save()

    def ensure_recorded(self) -> None:
        """Make sure that a sound record exists, if only an empty one, so that a missing one means that it was lost."""
        found = self._merge_file()
        if (not found or self._is_damaged) and not self._is_read_only:
            self._save()

    def repair(self) -> None:
        """Do what a warning announced: set a damaged record aside, and begin one where it is missing."""
        if self._warnings:
            self.ensure_recorded()

    def _merge_file(self) -> bool:
        """Merge in the file, which another window may have written since; return False where there is none."""
        self._is_damaged = self._is_read_only = False
        try:
            found = _read(self._path)
        except _NewerError:
            self._leave_file("was written by a newer version of this program and is left as it is")
        except _DamagedError:
            self._is_damaged = True
            self._warn("is damaged; it will be put aside and a new one begun")
        except ViewerError as err:
            self._leave_file(f"cannot be read, and is left as it is: {err}")
        else:
            for key, serial in (found or {}).items():
                self._seen[key] = max(serial, self._seen.get(key, 0))
            return found is not None
        return True

    def _save(self) -> None:
        try:
            ensure_private_folder(self._path.parent)
            if self._is_damaged:
                _set_aside(self._path)
                self._is_damaged = False
            write_atomically(self._path, _encoded(self._seen), mode=0o600)
        except FileTrouble as err:
            self._warn(f"cannot be kept and holds for this run only: {err}")

    def _leave_file(self, why: str) -> None:
        self._is_read_only = True
        self._warn(why)

    def _warn(self, what: str) -> None:
        sentence = (
            f"The record of editions seen on this machine {what.rstrip('.')}. "
            "An older edition may not be recognised as such."
        )
        if sentence not in self._warnings:
            self._warnings.append(sentence)


def _read(path: Path) -> dict[str, int] | None:
    """Return the serials in the file at `path`, None without a file.

    Raises _DamagedError, _NewerError, FileTrouble.
    """
    try:
        data = read_if_exists(path, limit=_LARGEST)
        return None if data is None else _checked(json.loads(data))
    except (ValueError, RecursionError, Refused) as err:
        raise _DamagedError from err


def _checked(record: object) -> dict[str, int]:
    if not isinstance(record, dict):
        raise _DamagedError
    version, seen = record.get("version"), record.get("seen")
    if type(version) is not int or version < 1:
        raise _DamagedError
    if version > VERSION:
        raise _NewerError
    if not isinstance(seen, dict) or not all(_is_entry(key, serial) for key, serial in seen.items()):
        raise _DamagedError
    return seen


def _is_entry(key: str, serial: object) -> bool:
    found = _SEEN.fullmatch(key)
    return found is not None and is_series(found[2]) and type(serial) is int and is_serial(serial)


def _encoded(seen: dict[str, int]) -> bytes:
    return json.dumps({"version": VERSION, "seen": seen}, indent=1, sort_keys=True).encode() + b"\n"


def _set_aside(path: Path) -> None:
    """Rename a damaged record to the first free `serials.json.damaged-1`, `-2`, ...; raises FileTrouble."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    try:
        path.rename(aside)
    except OSError as err:
        raise FileTrouble(f"{display_name(path)} cannot be put aside") from err


def _used_before(home: Path) -> bool:
    """Return whether editions were opened with this folder: whether there is what is only written after the record."""
    return any((home / name).exists() for name in (LAST_OPENED_FILE, SHELF_FOLDER))
