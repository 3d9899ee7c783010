"""The record of editions seen in each series, by which one that is old, or not what it says, is recognised."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from viewer.errors import FileTrouble, NotEntitled, Refused, SameSerial, ViewerError
from viewer.model import Seal, group_digits
from viewer.paths import (
    LAST_OPENED_FILE,
    SERIALS_FILE,
    SHELF_FOLDER,
    display_name,
    ensure_private_folder,
    write_atomically,
)
from viewer.records import record
from viewer.signing.claims import is_serial, is_series
from viewer.signing.intake import read_if_exists
from viewer.signing.trust import Trust

VERSION = 2
MOST_OF_A_SERIES = 500  # editions remembered; the oldest serials are forgotten first

_LARGEST = 8 * 1024 * 1024
_SEEN_1 = re.compile(r"([0-9A-F]{16}) ([^ ]+)")
_KEY_ID = re.compile(r"[0-9A-F]{16}")
_FINGERPRINT = re.compile(r"[0-9a-f]{128}")


class _NewerError(Exception):
    """The record was written by a later version of this program."""


class _DamagedError(Exception):
    """The record cannot be understood."""


@record
class SeenEdition:
    """An edition that was opened; `fingerprint` is empty where an earlier version of the program recorded it."""

    series: str
    serial: int
    key_id: str
    fingerprint: str = ""

    @property
    def name(self) -> tuple[str, int, str]:
        """What it is remembered under."""
        return self.series, self.serial, self.key_id


class Serials:
    """The editions seen of each series, over all keys that signed them, and sentences for the reader on the record.

    Without a folder it holds for this run alone.
    """

    def __init__(self, home: Path | None = None) -> None:
        self._path = None if home is None else home / SERIALS_FILE
        self._seen: dict[tuple[str, int, str], SeenEdition] = {}
        self._warnings: list[str] = []
        self._is_damaged = False  # the file is moved aside before the next one is written
        self._is_read_only = False  # the file is left as it is

    @classmethod
    def load(cls, home: Path) -> Serials:
        """Return the record in `home`; an empty one, with a warning, where it cannot be used. Never raises."""
        serials = cls(home)
        if not serials._merge_file() and _used_before(home):
            serials._warn("is missing; a new one will be begun")
        return serials

    @property
    def warnings(self) -> tuple[str, ...]:
        """The sentences for the reader about the record itself, each once."""
        return tuple(self._warnings)

    def knows_series(self, series: str) -> bool:
        """Return whether any edition of the series was seen."""
        return any(one.series == series for one in self._seen.values())

    def newest(self, key_id: str, series: str) -> int | None:
        """Return the highest serial seen from this key in this series, or None."""
        return max((one.serial for one in self._of(series) if one.key_id == key_id), default=None)

    def superseded_by(self, seal: Seal, trust: Trust) -> int | None:
        """Return the newer serial of the series that was seen before, or None where this one is the newest.

        What a key of the same publisher signed counts, and so does that of another key to which the list gives this
        series; what a key signed that is withdrawn by now does not.
        """
        own = seal.claims
        counts = (one.serial for one in self._of(own.series, trust) if _counts_for(one, seal, trust))
        newest = max(counts, default=0)
        return newest if newest > own.serial else None

    def check(self, seal: Seal, trust: Trust) -> None:
        """Raise where this edition cannot be what it says, by what was seen of its series before.

        SameSerial: other content was seen under its serial. NotEntitled: the series is another publisher's, or its
        key's successor had gone on with the series before.
        """
        seen = [one for one in self._of(seal.claims.series, trust) if one.key_id != seal.key_id or one.fingerprint]
        for one in seen:
            if one.serial == seal.claims.serial and one.fingerprint not in ("", seal.fingerprint):
                raise SameSerial(
                    f"Another edition of {seal.claims.series} with the serial {one.serial} was opened on this machine "
                    f"before. Its fingerprint is {one.fingerprint[:32]}, this one's is {seal.fingerprint[:32]}."
                )
        _check_key(seal, seen, {one.key_id for one in self._of(seal.claims.series)}, trust)

    def remember(self, seal: Seal) -> None:
        """Record that this edition was opened; where that cannot be written, hold it for this run, with a warning."""
        own = seal.claims
        one = SeenEdition(series=own.series, serial=own.serial, key_id=seal.key_id, fingerprint=seal.fingerprint)
        if self._seen.get(one.name) == one:
            return
        self._seen[one.name] = one
        self._merge_file()
        if not self._is_read_only:
            self._save()

    def _of(self, series: str, trust: Trust | None = None) -> list[SeenEdition]:
        """Return the editions seen of a series; given who may sign, without those whose key is withdrawn."""
        withdrawn = trust.revoked if trust else {}
        return [one for one in self._seen.values() if one.series == series and one.key_id not in withdrawn]

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
        if self._path is None:
            return True
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
            for one in found or ():
                known = self._seen.get(one.name)
                if known is None or not known.fingerprint:
                    self._seen[one.name] = one
            return found is not None
        return True

    def _save(self) -> None:
        if self._path is None:
            return
        try:
            ensure_private_folder(self._path.parent)
            if self._is_damaged:
                _set_aside(self._path)
                self._is_damaged = False
            write_atomically(self._path, _encoded(self._seen.values()), mode=0o600)
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


def _counts_for(one: SeenEdition, seal: Seal, trust: Trust) -> bool:
    """Return whether what was seen can supersede the edition with this seal."""
    series = seal.claims.series
    both_named = trust.is_bound(one.key_id, series) and trust.is_bound(seal.key_id, series)
    return both_named or trust.is_same_publisher(one.key_id, seal.key_id)


def _check_key(seal: Seal, seen: list[SeenEdition], every_key: set[str], trust: Trust) -> None:
    """Raise NotEntitled where another publisher's series is signed, or a former key signs on after its successor."""
    series, own = seal.claims.series, seal.key_id
    later = [one for one in seen if trust.succeeds(one.key_id, own) and one.serial < seal.claims.serial]
    if later:
        raise NotEntitled(
            f"The key {seal.spaced_key_id} was followed by the key {group_digits(later[0].key_id)}, which had signed "
            f"serial {later[0].serial} of {series} before; this is serial {seal.claims.serial} by the former key."
        )
    if own in every_key or trust.is_bound(own, series):
        return
    others = [one for one in seen if one.key_id in trust.publishers]
    if others and not any(trust.is_same_publisher(own, one.key_id) for one in others):
        raise NotEntitled(
            f"The series {series} is signed with the key {group_digits(others[-1].key_id)}, as seen on this machine "
            f"before, and this is another publisher's: {seal.spaced_key_id}."
        )


def _read(path: Path) -> list[SeenEdition] | None:
    """Return the editions in the file at `path`, None without a file.

    Raises _DamagedError, _NewerError, FileTrouble.
    """
    try:
        data = read_if_exists(path, limit=_LARGEST)
        return None if data is None else _checked(json.loads(data))
    except (ValueError, RecursionError, Refused) as err:
        raise _DamagedError from err


def _checked(found: object) -> list[SeenEdition]:
    if not isinstance(found, dict):
        raise _DamagedError
    version, seen = found.get("version"), found.get("seen")
    if type(version) is not int or version < 1:
        raise _DamagedError
    if version > VERSION:
        raise _NewerError
    if version == 1:
        if not isinstance(seen, dict):
            raise _DamagedError
        return [_entry_1(words, serial) for words, serial in seen.items()]
    if not isinstance(seen, list):
        raise _DamagedError
    return [_entry(one) for one in seen]


def _entry_1(words: str, serial: object) -> SeenEdition:
    """Return what version 1 recorded: the highest serial of a key and a series."""
    found = _SEEN_1.fullmatch(words)
    if found is None or not is_series(found[2]) or type(serial) is not int or not is_serial(serial):
        raise _DamagedError
    return SeenEdition(series=found[2], serial=serial, key_id=found[1])


def _entry(found: object) -> SeenEdition:
    if not isinstance(found, dict):
        raise _DamagedError
    series, serial, key_id, fingerprint = map(found.get, ("series", "serial", "key", "fingerprint"))
    if (
        not (isinstance(series, str) and is_series(series))
        or type(serial) is not int
        or not is_serial(serial)
        or not (isinstance(key_id, str) and _KEY_ID.fullmatch(key_id))
        or not (isinstance(fingerprint, str) and (not fingerprint or _FINGERPRINT.fullmatch(fingerprint)))
    ):
        raise _DamagedError
    return SeenEdition(series=series, serial=serial, key_id=key_id, fingerprint=fingerprint)


def _encoded(seen: Iterable[SeenEdition]) -> bytes:
    of_series: dict[str, list[SeenEdition]] = {}
    for one in sorted(seen, key=lambda one: (one.series, one.serial, one.key_id)):
        of_series.setdefault(one.series, []).append(one)
    rows = [
        {"series": one.series, "serial": one.serial, "key": one.key_id, "fingerprint": one.fingerprint}
        for group in of_series.values()
        for one in group[-MOST_OF_A_SERIES:]
    ]
    return json.dumps({"version": VERSION, "seen": rows}, indent=1).encode() + b"\n"


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
