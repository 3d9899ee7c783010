"""Draft files, read as text and as TOML tables, each table and key with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from viewer.errors import PublishError
from viewer.paths import describe_os_error
from viewer.publish import toml_lines
from viewer.publish.faults import DraftLocation, Faults
from viewer.publish.prose import TYPOGRAPHIC, normalised
from viewer.records import field, record

_STRING = re.compile(r'"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'')
_COMMAS = re.compile(r"=\s*([+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?)(?![\d])")
_SIGNED = re.compile(r"=\s*([£€$]\s*[\d.,]+|[+-]?[\d.]+\s*(?:%|[£€$]|thousand|million|billion|trillion))")
_OTHER_BASE = re.compile(r"=\s*(0[xob][0-9A-Fa-f_]+)")
# What systems and editors leave in a folder: no draft, and no fault.
_LEFT_BEHIND = re.compile(
    r"\..*|.*~|~\$.*|#.*#|.*\.(?:swp|swo|tmp|bak)|desktop\.ini|thumbs\.db", re.IGNORECASE | re.DOTALL
)
_SYNTAX_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@record
class TomlNumber:
    """A number with a fraction, as it stands in the TOML."""

    text: str

    def __str__(self) -> str:
        return self.text


@record
class DraftTable:
    """One table of a draft: its values as TOML gives them, and where it stands."""

    values: Mapping[str, Any]
    place: DraftLocation
    path: toml_lines.Path = ()  # of the table in its file
    lines: Mapping[toml_lines.Path, int] = field(default_factory=dict)  # of every table and key in the file
    offset: int = 0  # lines of the file before the TOML begins

    def place_of(self, key: str) -> DraftLocation:
        """Return where a key of this table stands; the table's own place for a key that it has not."""
        path = (*self.path, key)
        line = self.lines.get(path) or self.lines.get((*path, 0))  # an array of tables stands where its first one does
        return self.place if line is None else DraftLocation(file=self.place.file, line=line + self.offset)

    def tables(self, key: str, faults: Faults) -> list[DraftTable]:
        """Return the tables of an array of tables; what is no such array is a fault."""
        found = self.values.get(key, [])
        if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
            faults.add(self.place_of(key), f'"{key}" should be a list of tables')
            return []
        return [self._table(entry, (*self.path, key, index)) for index, entry in enumerate(found)]

    def _table(self, values: Mapping[str, Any], path: toml_lines.Path) -> DraftTable:
        known = (self.lines.get(path[:length]) for length in range(len(path), 0, -1))
        line = next((line + self.offset for line in known if line is not None), self.place.line)
        return DraftTable(
            values=values,
            place=DraftLocation(file=self.place.file, line=line),
            path=path,
            lines=self.lines,
            offset=self.offset,
        )


def read_text(folder: Path, name: str, faults: Faults) -> str | None:
    """Return the text of a draft file, its lines ended by `\\n`; None, and a fault, if it is missing or not UTF-8.

    Raises PublishError when the file is there but cannot be read.
    """
    try:
        data = (folder / name).read_bytes()
    except FileNotFoundError:
        faults.add(DraftLocation(file=name, line=1), "the file is missing")
        return None
    except OSError as err:
        raise PublishError(f"The draft {name} could not be read: {describe_os_error(err)}.") from err
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as err:
        faults.add(DraftLocation(file=name, line=data.count(b"\n", 0, err.start) + 1), "the text is not UTF-8")
        return None
    return normalised(text.replace("\r\n", "\n"))


def is_left_behind(name: str) -> bool:
    """Return whether a file is one that systems and editors leave behind: `.DS_Store`, `Thumbs.db`, `~$x.docx`."""
    return _LEFT_BEHIND.fullmatch(name) is not None


def parse_toml(text: str, file: str, faults: Faults, *, offset: int = 0) -> DraftTable | None:
    """Return the whole of a TOML text, which begins after `offset` lines of its file; None, and a fault, if invalid."""
    try:
        values = tomllib.loads(text, parse_float=lambda typed: TomlNumber(text=typed))
    except (ValueError, RecursionError) as err:  # a number of thousands of digits is no TOMLDecodeError
        found, line = _syntax_fault(str(err), text)
        faults.add(DraftLocation(file=file, line=line + offset), f"the TOML cannot be read: {found}")
        return None
    for at, typed in enumerate(text.split("\n"), start=1 + offset):
        if " 0" in typed and (other := _OTHER_BASE.search(_STRING.sub('""', typed))):
            faults.add(DraftLocation(file=file, line=at), f"{other[1]} would show as another number; write it out")
    return DraftTable(
        values=values,
        place=DraftLocation(file=file, line=1 + offset),
        lines=toml_lines.toml_lines(text),
        offset=offset,
    )


def _syntax_fault(message: str, text: str) -> tuple[str, int]:
    """Return what tomllib reports, without the place, and the line of `text` at which it stands."""
    place = _SYNTAX_PLACE.search(message)
    line = int(place[1]) if place and place[1] else len(text.rstrip("\n").split("\n"))
    found = _SYNTAX_PLACE.sub("", message)
    return _syntax_hint(text.split("\n")[line - 1]) or found[:1].lower() + found[1:], line


def _syntax_hint(line: str) -> str:
    """Return what is to be written instead in a line that cannot be read; empty where that is not known."""
    bare = _STRING.sub('""', line)
    if sign := TYPOGRAPHIC.search(bare):
        return f'{sign[0]} is a typographic quotation mark; text stands between straight ones: "text"'
    if number := _COMMAS.search(bare):
        return f'a number has no commas: write {number[1].replace(",", "")}, or "{number[1]}" in quotation marks'
    if number := _SIGNED.search(bare):
        return f'"{number[1]}" is no number: the sign belongs in the unit, and million and the like in magnitude'
    return ""
