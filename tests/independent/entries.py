"""Sections 9.4, 10.3 and 10.4 of `docs/format.md`: what must stand in `entry`, for each body format."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from tests.independent import commonmark, plain_text
from tests.independent.folding import folded
from tests.independent.plain_text import Entry

_CURRENCY = re.compile(r"([A-Z]{0,3}[$\u00a2-\u00a5\u20a0-\u20cf])(?: (.*))?", re.DOTALL)
_MAGNITUDES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ORDER = " JOIN theme ON theme.id = one.theme ORDER BY theme.position, one.position"

Row = tuple[Any, ...]


def entries(connection: sqlite3.Connection, body_format: int) -> Iterator[Entry]:
    """Every entry that there must be, in order."""
    return plain_text.entries(connection) if body_format == 1 else _entries_2(connection)


def plain(prose: str) -> str:
    """The plain text of prose of format 2."""
    lines = (" ".join(line.split()) for line in commonmark.plain_lines(plain_text.visible(prose)))
    return "\n".join(line for line in lines if line)


def _entries_2(connection: sqlite3.Connection) -> Iterator[Entry]:
    notes = _footnotes(connection)
    number = 0
    for kind, rows in _things(connection):
        for id_, theme, title, *lines in rows:
            number += 1
            patterns = (
                [_pattern(line) for line in lines] if kind != "statistic" else _of_statistic(connection, id_, lines)
            )
            patterns += [_pattern(note) for note in notes.get(id_, ())]
            yield Entry(number, id_, kind, theme, folded(title), "\n".join(line for line in patterns if line))


def _things(connection: sqlite3.Connection) -> Iterator[tuple[str, list[Row]]]:
    def asked(sql: str) -> list[Row]:
        return connection.execute(sql).fetchall()

    def first_plain(rows: list[Row]) -> list[Row]:
        return [(*row[:3], plain(row[3]), *row[4:]) for row in rows]

    yield "theme", first_plain(asked("SELECT id, id, title, summary FROM theme ORDER BY position"))
    yield "finding", first_plain(asked(f"SELECT one.id, theme, '', text FROM finding AS one{_ORDER}"))
    yield (
        "recommendation",
        first_plain(asked(f"SELECT one.id, theme, '', text, owner, due FROM recommendation AS one{_ORDER}")),
    )
    yield (
        "statistic",
        first_plain(
            asked(
                "SELECT one.id, theme, one.title, statement, population, base, period, place, unit, caveat,"
                f" short_caveat FROM statistic AS one{_ORDER}"
            )
        ),
    )
    yield "passage", first_plain(asked(f"SELECT one.id, theme, heading, text FROM passage AS one{_ORDER}"))


def _footnotes(connection: sqlite3.Connection) -> dict[str, list[str]]:
    rows = connection.execute("SELECT item, text FROM footnote ORDER BY item, position, id").fetchall()
    return {item: [plain(text) for _, text in group] for item, group in groupby(rows, lambda row: row[0])}


def _pattern(text: str) -> str:
    """Just this text, folded line by line."""
    return re.escape("\n".join(map(folded, text.split("\n"))))


def _of_statistic(connection: sqlite3.Connection, id_: str, lines: list[str]) -> list[str]:
    *basis, unit, caveat, short_caveat = lines
    observations = connection.execute(
        "SELECT label, period, qualifier, value, low, high, magnitude, words FROM observation WHERE statistic = ?"
        " ORDER BY position",
        (id_,),
    ).fetchall()
    return [
        *map(_pattern, basis),
        *(_of_observation(observation, unit) for observation in observations),
        *(_pattern(plain(remark)) for remark in (caveat, short_caveat)),
    ]


def _of_observation(row: Row, unit: str) -> str:
    label, period, qualifier, value, low, high, magnitude, words = row
    figure = " ".join(part for part in (qualifier, shown(value, low, high, magnitude, words, unit)) if part)
    line = [part for part in (label, period, figure) if part]
    _, noun = _currency(unit)
    if not figure or not noun:
        return _pattern(" ".join(line))
    if value and Decimal(value) * _MAGNITUDES[magnitude] == 1 and noun == unit:
        return _pattern(" ".join(line)) + r" [^\n]+"  # in the singular, as the writer has it
    return _pattern(" ".join((*line, noun)))


def shown(value: str, low: str, high: str, magnitude: str, words: str, unit: str) -> str:
    """A figure as it is shown, without qualifier and what it counts (section 10.3)."""
    if words:
        return words
    if value:
        return ("+" if unit == "% change" and Decimal(value) > 0 else "") + _number(value, magnitude, unit)
    if low and high:
        between = " to " if "-" in low + high else "–"
        is_money = _currency(unit)[0] != ""
        return _number(low, "", unit if is_money else "") + between + _number(high, magnitude, unit)
    if low:
        return f"{_number(low, magnitude, unit)} and over"
    return f"up to {_number(high, magnitude, unit)}" if high else ""


def _number(digits: str, magnitude: str, unit: str) -> str:
    whole, point, rest = digits.removeprefix("-").partition(".")
    grouped = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", whole)
    behind = (f" {magnitude}" if magnitude else "") + ("%" if unit in ("%", "% change") else "")
    return ("\N{MINUS SIGN}" if digits.startswith("-") else "") + _currency(unit)[0] + grouped + point + rest + behind


def _currency(unit: str) -> tuple[str, str]:
    """The currency sign of a unit, and what is counted besides."""
    found = _CURRENCY.fullmatch(unit)
    if found:
        return found[1], found[2] or ""
    return "", "" if unit in ("%", "% change") else unit
