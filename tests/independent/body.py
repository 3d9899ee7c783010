"""Sections 6 and 8 to 10 of `docs/format.md`: whether a verified body is an edition of a format described there."""

from __future__ import annotations

import math
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from tests.independent import document
from tests.independent.document import Column, RowLimit, SchemaRow, Table
from tests.independent.envelope import Claims
from tests.independent.refusal import Refusal

PAGE = 4096
APPLICATION = 0x42524642
FORMS = {name: re.compile(pattern, re.ASCII) for name, pattern in document.forms().items()}
STORED = {"text": "text", "whole": "integer", "whole or NULL": "integer", "real or NULL": "real"}
BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"


class BodyFormat:
    """What the document says of one body format: in section `section`, and in its columns of other sections."""

    def __init__(self, number: int, section: int) -> None:
        self.number = number
        self.limits: dict[str, int] = document.limits(number)
        self.row_limits: tuple[RowLimit, ...] = document.row_limits(number)
        self.tables: tuple[Table, ...] = document.content_tables(f"{section}.2")
        self.schemas: tuple[frozenset[SchemaRow], ...] = document.schemas(f"{section}.5")
        (items,) = re.findall(r"\*\*item tables\*\* are ((?:`\w+`(?:, | and )?)+)", document.section(f"{section}.1"))
        self.items: tuple[str, ...] = tuple(re.findall(r"`(\w+)`", items))
        self.keys = {
            table.name: table.unique[0][0] for table in self.tables if table.unique and len(table.unique[0]) == 1
        }


FORMATS = {1: BodyFormat(1, 9), 2: BodyFormat(2, 10)}

Ids = dict[str, set[bytes]]


def open_body(body: bytes, claims: Claims) -> sqlite3.Connection:
    """The database in memory, once it has passed steps 8 to 16 of section 5."""
    rules = FORMATS[check_header(body)]
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, rules.limits["bytes of all texts together"])
        connection.deserialize(body)
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {pragma}")
        _check(connection, rules, claims)
        connection.execute("PRAGMA query_only = ON")
    except BaseException as err:
        connection.close()
        if isinstance(err, sqlite3.DataError):
            raise Refusal("too large", str(err)) from err
        if isinstance(err, sqlite3.DatabaseError | UnicodeDecodeError):
            raise Refusal("faulty", str(err)) from err
        raise
    return connection


def check_header(body: bytes) -> int:
    """Section 6.1; the number of the body format."""

    def at(offset: int, size: int) -> int:
        return int.from_bytes(body[offset : offset + size], "big")

    if len(body) < PAGE or body[:16] != b"SQLite format 3\0":
        raise Refusal("faulty", "no SQLite database")
    if at(68, 4) != APPLICATION:
        raise Refusal("wrong kind", "another application_id")
    if at(60, 4) > max(FORMATS):
        raise Refusal("newer", f"user_version {at(60, 4)}")
    fits = (
        *(at(16, 2) == PAGE, at(18, 1) == 1, at(19, 1) == 1, at(20, 1) == 0, body[21:24] == bytes((64, 32, 32))),
        *(at(28, 4) * PAGE == len(body), at(32, 8) == 0, at(44, 4) == 4, at(52, 4) == 0, at(56, 4) == 1),
        *(at(60, 4) in FORMATS, at(64, 4) == 0, at(72, 20) == 0, _first_page_fits(body)),
    )
    if not all(fits):
        raise Refusal("faulty", "the header does not fit")
    return at(60, 4)


def _first_page_fits(body: bytes) -> bool:
    kind, cells = body[100], int.from_bytes(body[103:105], "big")
    if kind == 13:
        return True
    if kind != 5 or cells > 16:
        return False
    pointers = [int.from_bytes(body[112 + 2 * cell : 114 + 2 * cell], "big") for cell in range(cells)]
    children = [int.from_bytes(body[place : place + 4], "big") for place in (108, *pointers)]
    return all(2 <= child <= len(body) // PAGE and body[(child - 1) * PAGE] == 13 for child in children)


def _check(connection: sqlite3.Connection, rules: BodyFormat, claims: Claims) -> None:
    _check_schema(connection, rules)
    _check_number_of_rows(connection, rules)
    for table in rules.tables:
        if connection.execute(f"PRAGMA integrity_check('{table.name}')").fetchone() != ("ok",):
            raise Refusal("faulty", f"{table.name} does not hold together")
    if connection.execute("SELECT count(*) FROM edition").fetchone() != (1,):
        raise Refusal("faulty", "not one edition")
    _check_values(connection, rules)
    for problem in _marking_problems(connection, rules):
        raise Refusal("faulty", problem)
    said = connection.execute("SELECT series, serial, issued, review FROM edition").fetchone()
    if (*said, rules.number) != (claims.series, claims.serial, claims.issued, claims.review, claims.schema):
        raise Refusal("inconsistent", f"{said} and {claims}")


def _check_schema(connection: sqlite3.Connection, rules: BodyFormat) -> None:
    rows = connection.execute("SELECT type, name, tbl_name, sql, rootpage FROM sqlite_master LIMIT 200").fetchall()
    found = {row[:4] for row in rows}
    if len(found) != len(rows) or found not in rules.schemas:
        raise Refusal("faulty", "another schema")
    roots = [row[4] for row in rows if not str(row[3]).startswith("CREATE VIRTUAL")]
    if len(set(roots)) != len(roots):
        raise Refusal("faulty", "two tables in one place")


def _check_number_of_rows(connection: sqlite3.Connection, rules: BodyFormat) -> None:
    most, total = rules.limits["rows of all content tables together"], 0
    of_table = {limit.table: limit.most for limit in rules.row_limits if not limit.by}
    for table in rules.tables:
        try:
            counted = f"SELECT count(*) FROM (SELECT 1 FROM {table.name} NOT INDEXED LIMIT {most + 1})"
            rows = connection.execute(counted).fetchone()[0]
        except sqlite3.DatabaseError:
            continue  # step 11 finds that this table does not hold together
        total += rows
        if rows > of_table.get(table.name, most) or total > most:
            raise Refusal("too large", f"too many rows, {rows} in {table.name}")
    try:
        (entries,) = connection.execute("SELECT max(id) FROM entry").fetchone()
    except sqlite3.DatabaseError:
        return  # it can be read without search
    if (entries or 0) > rules.limits["largest `entry.id`"]:
        raise Refusal("too large", "too many entries")


def _check_values(connection: sqlite3.Connection, rules: BodyFormat) -> None:
    ids: Ids = {"item": set()}
    total = 0
    for table in rules.tables:
        own, size = _check_table(connection, rules, table, ids)
        total += size
        ids[table.name] = own
        if table.name in rules.items:
            if own & ids["item"]:
                raise Refusal("faulty", f"{table.name} has the id of another item")
            ids["item"] |= own
        ids["item or theme"] = ids["item"] | ids.get("theme", set())
        if table.name == "scale":
            for kind, id_ in connection.execute("SELECT kind, CAST(id AS BLOB) FROM scale"):
                ids.setdefault(f"scale {kind}", set()).add(id_)
    if total > rules.limits["bytes of all texts together"]:
        raise Refusal("too large", "too much text")


def _check_table(connection: sqlite3.Connection, rules: BodyFormat, table: Table, ids: Ids) -> tuple[set[bytes], int]:
    """The ids of a table that others may refer to, and the bytes of its texts."""
    own: set[bytes] = set()
    size = 0
    grouped: dict[str, Counter[bytes | None]] = {one.by: Counter() for one in rules.row_limits if one.by}
    for row in _rows(connection, table):
        for column, (kind, value) in zip(table.columns, row, strict=True):
            if problem := _problem(rules, column, kind, value, ids):
                raise Refusal("faulty", f"{table.name}.{column.name} {problem}")
            if column.kind == "text" and not (table.name in rules.items and column.name == "theme"):
                size += len(value or b"")
            if column.name == rules.keys.get(table.name):
                own.add(value or b"")
            if column.name in grouped:
                grouped[column.name][value] += 1
    for limit in rules.row_limits:
        if limit.table == table.name and limit.by and max(grouped[limit.by].values(), default=0) > limit.most:
            raise Refusal("too large", f"too many rows of {table.name} with the same {limit.by}")
    if find := ROW_RULES.get((rules.number, table.name)):
        for problem in find(connection):
            raise Refusal("faulty", problem)
    if size > rules.limits["bytes of all texts together"]:
        raise Refusal("too large", f"too much text in {table.name}")
    return own, size


def _theme_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """What section 10.2 says below the table of `theme`."""
    rows = connection.execute("SELECT id, parent, part, position FROM theme").fetchall()
    themes: dict[str, tuple[str, str, int]] = {id_: rest for id_, *rest in rows}
    for id_, (parent, part, position) in themes.items():
        above = themes.get(parent)
        if parent and (above is None or above[1] != part or above[2] >= position):
            yield f"{id_} stands under no earlier theme of its part"
        depth, at = 1, parent
        while at in themes and depth <= 3:
            depth, at = depth + 1, themes[at][0]
        if depth > 3:
            yield f"{id_} stands too deep"


def _scale_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for id_, *bounds in connection.execute("SELECT id, low, high FROM scale"):
        numbers = [float(bound) for bound in bounds if bound]
        if not all(0 <= number <= 100 for number in numbers) or numbers != sorted(numbers):
            yield f"{id_} has no range of per cent"


def _word_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for term, word in connection.execute("SELECT term, word FROM also"):
        if not word.strip(" "):
            yield f"{term} has a word of nothing"


# What section 10.2 says of rows as a whole.
ROW_RULES: dict[tuple[int, str], Callable[[sqlite3.Connection], Iterator[str]]] = {
    (2, "theme"): _theme_problems,
    (2, "scale"): _scale_problems,
    (2, "also"): _word_problems,
}


def _rows(connection: sqlite3.Connection, table: Table) -> Iterator[list[tuple[str, bytes | None]]]:
    wanted = ", ".join(f"typeof({column.name}), CAST({column.name} AS BLOB)" for column in table.columns)
    for row in connection.execute(f"SELECT {wanted} FROM {table.name} NOT INDEXED"):
        yield list(zip(row[::2], row[1::2], strict=True))


def _problem(rules: BodyFormat, column: Column, kind: str, value: bytes | None, ids: Ids) -> str:
    if value is None:
        return "" if column.kind.endswith(" or NULL") else "is missing"
    if kind != STORED[column.kind]:
        return f"is stored as {kind}"
    if column.kind.startswith("whole"):
        return "" if int(value) >= column.least else "is too low"
    if column.kind.startswith("real"):
        return "" if math.isfinite(float(value)) else "is not finite"
    return _text_problem(rules, column, value, ids)


def _text_problem(rules: BodyFormat, column: Column, value: bytes, ids: Ids) -> str:
    if len(value) > rules.limits["bytes of one text, in UTF-8"]:
        return "is too long"
    if b"\0" in value:
        return "holds NUL"
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        return "is not UTF-8"
    if column.most and len(text) > column.most:
        return "has too many characters"
    if column.optional and not text:
        return ""
    if column.refers and value not in ids.get(f"{column.refers} {column.of_kind}".strip(), ()):
        return f"leads nowhere: {text}"
    if column.form and FORMS[column.form].fullmatch(text) is None:
        return f"is no {column.form}: {text}"
    return "" if not column.choices or text in column.choices else f"is none of its words: {text}"


def _marking_problems(connection: sqlite3.Connection, rules: BodyFormat) -> Iterator[str]:
    scheme: list[Any] = connection.execute("SELECT code, level, label, colour, ink FROM marking").fetchall()
    labels = [row[:3:2] for row in scheme]
    if rules.number > 1:
        labels += connection.execute("SELECT code, label FROM caveat").fetchall()
    seen: set[str] = set()
    for code, label in labels:
        if not any(char.isalnum() for char in label) or any(map(_is_unseen, label)):
            yield f"{code} has an illegible label"
        if _as_read(label) in seen:
            yield f"{code} cannot be told apart"
        seen.add(_as_read(label))
    for code, _, _, colour, ink in scheme:
        if _contrast(colour, ink) < 4.5:
            yield f"{code} has too little contrast"
    levels = {code: level for code, level, *_ in scheme}
    (own,) = connection.execute("SELECT marking FROM edition").fetchone()
    for table in ("theme", *rules.items):
        for id_, marking in connection.execute(f"SELECT id, marking FROM {table}"):
            if levels[marking] > levels[own]:
                yield f"{table} {id_} is marked above its edition"


def _is_unseen(char: str) -> bool:
    is_selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return is_selector or char in BLANKS or unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")


def _as_read(label: str) -> str:
    letters = (char for char in unicodedata.normalize("NFKD", label) if unicodedata.category(char) != "Mn")
    return "".join("".join(letters).casefold().split())


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    part: Callable[[float], float] = lambda c: c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4  # noqa: E731
    red, green, blue = (part(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
