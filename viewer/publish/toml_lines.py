"""The lines of tables, keys and inline tables in a TOML text: tomllib gives the values, but not their lines."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]  # ("statistic", 2, "observations", 0)

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}'  # strings over several lines; up to two quotes may end the text
    r'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}\n]|[^"\'#\[\]{}\n]+',
    re.DOTALL,
)
_NAME = r'(?:[\w-]+|"[^"\n]*"|\'[^\'\n]*\')'
_NAMES = rf"[ \t]*({_NAME}(?:[ \t]*\.[ \t]*{_NAME})*)[ \t]*"
_HEADER = re.compile(rf"[ \t]*(\[\[?){_NAMES}\]\]?")
_KEY = re.compile(rf"{_NAMES}=")


def toml_lines(text: str) -> dict[Path, int]:
    """Return the line, 1 and up, of every table, key and table in an array of the TOML text, which must be valid."""
    scan = _Scan()
    at = 0
    while at < len(text):
        at = scan.statement(text, at)
    return scan.lines


class _Scan:
    """The line reached, the table that it is in, and the lines found so far."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self._line = 1
        self._table: Path = ()
        self._tables: dict[Path, int] = {}  # how many tables each array of tables has so far

    def statement(self, text: str, at: int) -> int:
        """Record the line of the statement that begins at `at`, and return where the next one begins."""
        if header := _HEADER.match(text, at):
            self._enter(header[1] == "[[", _names(header[2]))
            return self._rest(text, header.end(), None)
        if key := _KEY.match(text, at):
            path = (*self._table, *_names(key[1]))
            self.lines[path] = self._line
            return self._rest(text, key.end(), path)
        return self._rest(text, at, None)

    def _enter(self, is_array: bool, names: list[str]) -> None:
        path: Path = ()
        for name in names[:-1]:
            path = (*path, name)
            if path in self._tables:
                path = (*path, self._tables[path] - 1)
        path = (*path, names[-1])
        if is_array:
            count = self._tables.get(path, 0)
            self._tables[path] = count + 1
            path = (*path, count)
        self._table = path
        self.lines[path] = self._line

    def _rest(self, text: str, at: int, key: Path | None) -> int:
        """Pass over a value, recording the tables in its array; return where the line after it begins."""
        depth = elements = 0
        while token := _TOKEN.match(text, at):
            at = token.end()
            sign = token[0]
            if sign == "{" and depth == 1 and key is not None:
                self.lines[(*key, elements)] = self._line
                elements += 1
            depth += (sign in ("[", "{")) - (sign in ("]", "}"))
            self._line += sign.count("\n")
            if sign == "\n" and depth == 0:
                return at
        return len(text)


def _names(dotted: str) -> list[str]:
    return [name.strip("\"' \t") for name in re.findall(_NAME, dotted)]
