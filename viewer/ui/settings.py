"""What the window remembers between runs: sizes, appearance, recent editions, the place in each series."""

from __future__ import annotations

import math
import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from viewer.errors import FileTrouble, StrangeFile
from viewer.paths import PRIVATE_MODE, ensure_private_folder, read_own_file, set_aside
from viewer.ui.appearance import MODES, Mode
from viewer.ui.reading.history import VisitedPlace

MOST_RECENT = 8

_LARGEST = 1_000_000  # bytes of window.ini
_FARTHEST = 2**31 - 1  # pixels
_LONGEST = 4096  # characters of a path


class Settings:
    """The remembered state, in `window.ini` in the reader's own folder; what is missing has a calm default."""

    def __init__(self, home: Path) -> None:
        self._file = home / "window.ini"
        if not _is_sound(self._file) and not set_aside(self._file):
            self._file = Path(os.devnull)  # nothing is remembered
        self._store = QSettings(str(self._file), QSettings.Format.IniFormat)
        self._is_private = False

    def _keep(self, name: str, value: object) -> None:
        if not self._is_private:
            self._is_private = True
            self._make_private()
        self._store.setValue(name, value)

    def _make_private(self) -> None:
        """Make folder and file for the reader alone, before Qt makes them for everybody; Qt keeps the file's mode."""
        with suppress(FileTrouble, OSError):  # nothing is remembered then, as Qt would have it too
            if self._file == Path(os.devnull):
                return
            ensure_private_folder(self._file.parent)
            self._file.touch(PRIVATE_MODE)
            self._file.chmod(PRIVATE_MODE)

    @property
    def mode(self) -> Mode:
        """Light, dark, or as the system."""
        stored = str(self._store.value("appearance/mode", "system"))
        return stored if stored in MODES else "system"

    @property
    def scale(self) -> float:
        """The text size, 1.0 for 100 %."""
        return _number(self._store.value("appearance/scale", 1.0), 1.0)

    def save_appearance(self, mode: Mode, scale: float) -> None:
        """Remember mode and text size."""
        self._keep("appearance/mode", mode)
        self._keep("appearance/scale", scale)

    @property
    def geometry(self) -> QByteArray:
        """The window's size and place as Qt writes them; empty at the first start."""
        return _bytes(self._store.value("window/geometry"))

    @property
    def contents_width(self) -> int | None:
        """The width to which the reader dragged the contents, in pixels, or None; 0 where they were folded away."""
        width = int(_number(self._store.value("contents/width", -1), -1))
        return width if width >= 0 else None

    def save_window(self, geometry: QByteArray, contents_width: int | None) -> None:
        """Remember the window's size and place and the width of the contents."""
        self._keep("window/geometry", geometry)
        self._keep("contents/width", -1 if contents_width is None else contents_width)

    def place(self, series: str) -> VisitedPlace:
        """Return where the reader was in this series; the start page at first."""
        address = str(self._store.value(f"place/{series}/address", "page:start"))
        return VisitedPlace(address=address, scroll=int(_number(self._store.value(f"place/{series}/scroll", 0), 0)))

    def save_place(self, series: str, place: VisitedPlace) -> None:
        """Remember where the reader is in this series."""
        self._keep(f"place/{series}/address", place.address)
        self._keep(f"place/{series}/scroll", place.scroll)

    @property
    def recent(self) -> list[Path]:
        """The editions opened last, the newest first."""
        stored = self._store.value("editions/recent", [])
        names = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        sound = (name for name in names if isinstance(name, str) and "\0" not in name and len(name) <= _LONGEST)
        return [Path(name) for name in sound if name][:MOST_RECENT]

    def add_recent(self, path: Path) -> None:
        """Put an edition at the head of the recent ones."""
        others = [str(known) for known in self.recent if known != path]
        self._keep("editions/recent", [str(path), *others][:MOST_RECENT])

    def forget_recent(self) -> None:
        """Forget the recent editions."""
        self._store.remove("editions/recent")

    def save(self) -> None:
        """Write now what is otherwise written at the end."""
        self._store.sync()


def _is_sound(path: Path) -> bool:
    """Return whether Qt may read what stands there: nothing, or a file of moderate size. A pipe would never end."""
    try:
        read_own_file(path, limit=_LARGEST)
    except StrangeFile:
        return False
    except FileTrouble:
        return True  # as Qt finds it, too
    return True


def _number(stored: object, default: float) -> float:
    """Return a finite number within what Qt counts pixels in; the default for all else."""
    try:
        number = float(stored)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return default
    return number if math.isfinite(number) and abs(number) <= _FARTHEST else default


def _bytes(stored: object) -> QByteArray:
    return stored if isinstance(stored, QByteArray) else QByteArray()
