"""What time it is, as far as this computer can be believed: never earlier than what was vouched for or seen before.

A laptop's clock can be wrong, or be set wrong. An edition or trust list that a trusted key signed cannot be older than
the day on which it was issued, a row of the register not older than the time it bears. Exercises vouch for nothing.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from viewer.errors import FileTrouble, ViewerError
from viewer.paths import ensure_private_folder, write_atomically

FILE = "clock.json"
VERSION = 1
TOLERANCE = timedelta(days=1)  # that the system clock may lie behind without a word
MAX_STEP = timedelta(days=366)  # that it may have gone ahead since it was last seen
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEWS = timedelta(hours=1)  # that pass before the time is remembered anew
_LARGEST = 4096  # bytes of the file
TAKE_BACK = " If the later day is wrong, `main.py clock --forget` takes it back."
NOT_RELIABLE = "clock not reliable"  # on sheets


def system_now() -> datetime:
    """Return what the computer's clock says, in UTC: to compare times of files, and to be judged here."""
    return datetime.now(UTC)


class Clock:
    """The clock of one home; without a home nothing is remembered.

    `floor` is the earliest that it can be now, with `reason`, what says so. `seen` is the newest time that was
    remembered, None where none was. `trouble` is a sentence on the file, empty where there is none.
    """

    def __init__(self, home: Path | None = None) -> None:
        self._path = home / FILE if home else None
        self.floor = _EPOCH
        self.reason, self.trouble = "", ""
        self.seen: datetime | None = None
        self._is_newer = False  # the file was written by a newer program, and is left alone
        self._load()

    # What time it is

    def now(self) -> datetime:
        """Return the time by which things are dated, in UTC: the later of the system clock and the floor.

        A system clock that went ahead of what was seen by over a year does not count before it is confirmed.
        """
        system = system_now()
        if self._is_ahead(system):
            assert self.seen is not None
            return max(self.seen, self.floor)
        return max(system, self.floor)

    def today(self) -> date:
        """Return the day by which review dates are judged, by the reader's own calendar: the later of all."""
        return max(system_now(), self.now()).astimezone().date()

    @property
    def is_reliable(self) -> bool:
        """Whether the system clock agrees with what is known."""
        return not self.warning

    @property
    def warning(self) -> str:
        """What is wrong with the system clock, in sentences; empty where nothing is."""
        from viewer.text.wording import day

        system = system_now()
        said = day(system.astimezone().date().isoformat())
        if system < self.floor - TOLERANCE:
            later = day(self.floor.astimezone().date().isoformat())
            return (
                f"The clock of this computer says {said}, but it cannot be earlier than {later}: {self.reason}. "
                "Set the clock. Until then review dates are judged by the later day, and sheets say that the clock is "
                f"not reliable.{TAKE_BACK if self.floor == self.seen else ''}"
            )
        if self._is_ahead(system):
            assert self.seen is not None
            last = day(self.seen.astimezone().date().isoformat())
            return (
                f"The clock of this computer says {said}, more than a year after it was last seen, on {last}. If it "
                "is right, confirm it with `main.py clock --confirm`. Until then sheets say that it is not reliable."
            )
        return ""

    def _is_ahead(self, system: datetime) -> bool:
        return self.seen is not None and system > max(self.seen, self.floor) + MAX_STEP

    # What is known of it

    def vouch(self, issued: str, what: str) -> None:
        """Take an ISO date of issue (a month alone means its first day) as the earliest that it can be now."""
        year, month, *rest = (int(part) for part in issued.split("-"))
        self.raise_to(datetime(year, month, rest[0] if rest else 1, tzinfo=UTC), what)

    def raise_to(self, time: datetime, what: str) -> None:
        """Take `time` as the earliest that it can be now; `what` is the reason, as part of a sentence."""
        if time > self.floor:
            self.floor, self.reason = time, what

    def remember(self) -> None:
        """Remember the time, at most once an hour; a file that cannot be written is no reason to stop."""
        now = self.now()
        if self.seen is not None and self.seen <= now < self.seen + _NEWS:
            return
        try:
            self._save(now)
        except ViewerError:
            return

    def confirm(self) -> None:
        """Take what the system clock says as right, though it went ahead. Raise FileTrouble."""
        self._save(max(system_now(), self.floor))

    def forget(self) -> None:
        """Take back what was seen, so that the system clock counts again. Raise FileTrouble."""
        self.floor, self.reason, self.seen = _EPOCH, "", None
        self._save(system_now())

    # The file

    def _load(self) -> None:
        from viewer.signing.intake import read_if_exists

        if self._path is None:
            return
        try:
            data = read_if_exists(self._path, limit=_LARGEST)
            if data is None:
                return
            found: Any = json.loads(data)
            if found["version"] > VERSION:
                self._is_newer = True
                self.trouble = f"{FILE} was written by a newer version of the viewer, and is left alone."
                return
            seen = datetime.fromisoformat(found["seen"])
            self.seen = seen.astimezone(UTC)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            self.trouble = f"{FILE}, which remembers the time, is damaged; it is begun anew."
            return
        except ViewerError as err:
            self.trouble = str(err)
            return
        self.raise_to(self.seen, "it was later than that when the viewer was last used")

    def _save(self, time: datetime) -> None:
        if self._path is None:
            self.seen = time
            return
        if self._is_newer:
            raise FileTrouble(f"{FILE} was written by a newer version of the viewer, and is left alone.")
        data = json.dumps({"version": VERSION, "seen": time.isoformat(timespec="seconds")}).encode() + b"\n"
        ensure_private_folder(self._path.parent)
        write_atomically(self._path, data)
        self.seen = time


_clock = Clock()


def start(home: Path | None) -> Clock:
    """Make the clock of `home` the one of this run; return it. Never raises."""
    global _clock
    _clock = Clock(home)
    return _clock


def current() -> Clock:
    """Return the clock of this run."""
    return _clock


def now() -> datetime:
    """Return the time by which things are dated, in UTC."""
    return _clock.now()


def today() -> date:
    """Return the day by which review dates are judged, by the reader's own calendar."""
    return _clock.today()
