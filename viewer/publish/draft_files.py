"""Draft files as text and as tables, each table and key with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from viewer.errors import PublishError
from viewer.paths import describe_os_error
from viewer.publish import toml_lines
from viewer.publish.faults import Faults, Place

_SYNTAX_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a draft: its values as TOML gives them, and where it stands."""

    values: Mapping[str, Any]
    place: Place
    _path: toml_lines.Path
    _lines: Mapping[toml_lines.Path, int]
    _offset: int  # lines of the file before the TOML begins

    @classmethod
    def on_one_line(cls, values: Mapping[str, Any], place: Place) -> Table:
        """A table that is no TOML: all of it stands at `place`."""
        return cls(values, place, (), {}, 0)

    def place_of(self, key: str) -> Place:
        """Where a key of this table stands; the table's own place for a key that it has not."""
        path = (*self._path, key)
        line = self._lines.get(path) or self._lines.get(
            (*path, 0)
        )  # an array of tables stands where its first one does
        return self.place if line is None else Place(self.place.file, line + self._offset)

    def tables(self, key: str, faults: Faults) -> list[Table]:
        """The tables of an array of tables; what is no such array is a fault."""
        found = self.values.get(key, [])
        if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
            faults.add(self.place_of(key), f'"{key}" should be a list of tables')
            return []
        return [self._table(entry, (*self._path, key, index)) for index, entry in enumerate(found)]

    def _table(self, values: Mapping[str, Any], path: toml_lines.Path) -> Table:
        known = (self._lines.get(path[:length]) for length in range(len(path), 0, -1))
        line = next((line + self._offset for line in known if line is not None), self.place.line)
        return Table(values, Place(self.place.file, line), path, self._lines, self._offset)


def read_text(folder: Path, name: str, faults: Faults) -> str | None:
    """The text of a draft file with plain line ends; None, and a fault, where it is missing or not UTF-8.

    Raises PublishError when the file is there but cannot be read.
    """
    try:
        data = (folder / name).read_bytes()
    except FileNotFoundError:
        faults.add(Place(name, 1), "the file is missing")
        return None
    except OSError as err:
        raise PublishError(f"The draft {name} could not be read: {describe_os_error(err)}.") from err
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as err:
        faults.add(Place(name, data.count(b"\n", 0, err.start) + 1), "the text is not UTF-8")
        return None
    return text.replace("\r\n", "\n")


def parse_toml(text: str, file: str, faults: Faults, *, offset: int = 0) -> Table | None:
    """The whole of a TOML text that begins after `offset` lines of its file; None, and a fault, for bad syntax."""
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as err:  # a number of thousands of digits is no TOMLDecodeError
        found, line = _syntax_fault(str(err), text)
        faults.add(Place(file, line + offset), f"the TOML cannot be read: {found}")
        return None
    return Table(values, Place(file, 1 + offset), (), toml_lines.toml_lines(text), offset)


def _syntax_fault(message: str, text: str) -> tuple[str, int]:
    place = _SYNTAX_PLACE.search(message)
    line = int(place[1]) if place and place[1] else len(text.rstrip("\n").split("\n"))
    found = _SYNTAX_PLACE.sub("", message)
    return found[:1].lower() + found[1:], line
