"""Sections 7.1 to 7.3 and 9.4 of `docs/format.md`: the plain text of prose of format 1, and its entries."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_EMPHASIS = (
    re.compile(r"(\*{1,3})(?=\S)(?!\*)(.+?)(?<=\S)\1", re.DOTALL),
    re.compile(r"(?<!\w)(_{1,3})(?=\S)(?!_)(.+?)(?<=\S)\1(?!\w)", re.DOTALL),
)
_POINT = re.compile(r"(?:[-+*]|[0-9]{1,2}\.)[ \t]+(.*)")
_HEADING = re.compile(r"#{1,6}(.*?)#*")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
_KEPT = 0xF0000  # where a sign that is no markup waits until all markup is gone

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Entry:
    """What must stand in a row of `entry`; `text` is a pattern, since a unit in the singular is the writer's affair."""

    id: int
    item: str
    kind: str
    theme: str
    title: str
    text: str


def plain_text(prose: str) -> str:
    """What a page shows of a text without its markup."""
    shown = visible(prose)
    lines = shown.split("\n") if _is_as_typed(shown) else list(_blocks(shown))
    spaced = (" ".join(line.split()) for line in lines)
    return "\n".join(line for line in spaced if line)


def entries(connection: sqlite3.Connection) -> Iterator[Entry]:
    """Every entry that there must be, in order."""
    of_themes = connection.execute("SELECT id, title, summary FROM theme ORDER BY position").fetchall()
    order = " JOIN theme ON theme.id = one.theme ORDER BY theme.position, one.position"
    findings = connection.execute(f"SELECT one.id, one.theme, '', one.text FROM finding AS one{order}").fetchall()
    figures = connection.execute(
        "SELECT one.id, one.theme, one.title, statement, population, base, period, place, unit, caveat"
        f" FROM statistic AS one{order}"
    ).fetchall()
    passages = connection.execute(
        f"SELECT one.id, one.theme, one.heading, one.text FROM passage AS one{order}"
    ).fetchall()
    rows = [
        *((id_, "theme", id_, title, _of_prose(summary)) for id_, title, summary in of_themes),
        *((id_, "finding", theme, title, _of_prose(text)) for id_, theme, title, text in findings),
        *((row[0], "statistic", row[1], row[2], _of_statistic(connection, row)) for row in figures),
        *((id_, "passage", theme, title, _of_prose(text)) for id_, theme, title, text in passages),
    ]
    for number, row in enumerate(rows, 1):
        yield Entry(number, *row)


def shown(value: float | None, low: float | None, high: float | None, words: str, unit: str) -> str:
    """A figure as it is shown, without qualifier and unit (section 9.3)."""
    sign = "%" if unit in ("%", "% change") else ""
    if words:
        return words
    if value is not None:
        return ("+" if unit == "% change" and value > 0 else "") + _number(value) + sign
    if low is not None and high is not None:
        return f"{_number(low)}–{_number(high)}{sign}"
    if low is not None:
        return f"{_number(low)}{sign} and over"
    return "" if high is None else f"up to {_number(high)}{sign}"


def _of_prose(prose: str) -> str:
    return re.escape(plain_text(prose))


def _of_statistic(connection: sqlite3.Connection, row: Row) -> str:
    id_, _, _, statement, population, base, period, place, unit, caveat = row
    observations = connection.execute(
        "SELECT label, period, qualifier, value, low, high, words FROM observation WHERE statistic = ?"
        " ORDER BY position",
        (id_,),
    ).fetchall()
    lines = [re.escape(line) for line in (plain_text(statement), population, base, period, place)]
    lines += [_of_observation(observation, unit) for observation in observations]
    return "\n".join(line for line in (*lines, _of_prose(caveat)) if line)


def _of_observation(row: Row, unit: str) -> str:
    label, period, qualifier, value, low, high, words = row
    figure = " ".join(part for part in (qualifier, shown(value, low, high, words, unit)) if part)
    line = re.escape(" ".join(part for part in (label, period, figure) if part))
    if not figure or unit in ("%", "% change"):
        return line
    return line + (r" [^\n]+" if value == 1 else re.escape(f" {unit}"))


def _number(value: float) -> str:
    if abs(value) >= 1_000_000:
        return f"{_number_below(value / 1_000_000)} million"
    return _number_below(value)


def _number_below(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".").replace("-", "\N{MINUS SIGN}")


def visible(text: str) -> str:
    """Section 7.1: a text as it is shown."""
    out: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if char == "\u00ad" or marks > 3:
            continue
        is_hidden = category in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp") and char not in "\t\n"
        out.append(f"[U+{ord(char):04X}]" if is_hidden else char)
    return "".join(out)


def _is_as_typed(text: str) -> bool:
    return (
        len(re.findall(r"[*_`\\]", text)) > 400
        or text.count("\n") > 2000
        or re.search(r"\S{500}", text) is not None
        or re.search(r"^(?:[ \t]*>){6}|^[ \t]{24}", text, re.MULTILINE) is not None
    )


def _blocks(text: str) -> Iterator[str]:
    """The lines of plain text, block by block."""
    for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip("\n")):
        yield from _block(block.split("\n"))


def _block(lines: list[str]) -> Iterator[str]:
    lines = [line[4:] if line.startswith("    ") else line for line in lines]
    if lines[0].lstrip().startswith(">"):
        yield from _blocks("\n".join(re.sub(r"^[ ]{0,3}>[ ]?", "", line) for line in lines))
    elif _POINT.fullmatch(lines[0].lstrip()):
        yield from _points(lines)
    elif lines[0].startswith("#") and (heading := _HEADING.fullmatch(lines[0])):
        yield _inline(heading[1])
        yield from _blocks("\n".join(lines[1:]))
    elif len(lines) > 1 and _UNDERLINE.fullmatch(lines[1]):
        yield _inline(lines[0])
        yield from _blocks("\n".join(lines[2:]))
    else:
        yield from _inline("\n".join(lines)).split("\r")


def _points(lines: list[str]) -> Iterator[str]:
    point: list[str] = []
    for line in lines:
        if (found := _POINT.fullmatch(line.lstrip())) and point:
            yield from _inline("\n".join(point)).split("\r")
            point = [found[1]]
        else:
            point.append(found[1] if found else line)
    yield from _inline("\n".join(point)).split("\r")


def _inline(text: str) -> str:
    """A paragraph without its markup; CR stands for a line break."""
    text = _CODE.sub(lambda found: _kept(found[2].strip()), text)
    text = _ESCAPE.sub(lambda found: _kept(found[1]), text)
    text = re.sub(r" {2,}\n", "\r", text)
    for pattern in _EMPHASIS:
        text = pattern.sub(lambda found: found[2], pattern.sub(lambda found: found[2], text))
    return "".join(chr(ord(char) - _KEPT) if ord(char) >= _KEPT else char for char in text)


def _kept(text: str) -> str:
    return "".join(chr(ord(char) + _KEPT) if ord(char) < 0x10000 else char for char in text)
