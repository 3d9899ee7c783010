"""What `docs/format.md` says in its tables, read from the document itself: nothing of it is repeated here.

`docs/own-files.md` can be read by the same functions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DOCS = Path(__file__).parent.parent.parent / "docs"
FORMAT, OWN_FILES = "format.md", "own-files.md"

Row = dict[str, str]  # cells by the titles of their columns
SchemaRow = tuple[str, str, str, str | None]  # type, name, table name, SQL


@dataclass(frozen=True)
class Column:
    """A column of a content table."""

    name: str
    kind: str  # "text", "whole", "whole or NULL", "real or NULL"
    values: str

    @property
    def rule(self) -> str:
        """What the values must be where they are not empty."""
        return re.sub(r", at most [\d,]+ characters$", "", self.values.removesuffix(", or empty"))

    @property
    def optional(self) -> bool:
        """Whether a text with a rule may be empty."""
        return self.values.endswith(", or empty")

    @property
    def form(self) -> str:
        """The form of a text: "name", "item id", "colour", "language", "decimal", or empty."""
        return self.rule if self.rule in ("name", "item id", "colour", "language", "decimal") else ""

    @property
    def choices(self) -> tuple[str, ...]:
        """The words of which a text must be one; none where it is free."""
        return tuple(re.findall(r"`([a-z]+)`", self.rule)) if self.rule.startswith("one of ") else ()

    @property
    def refers(self) -> str:
        """The table among whose ids the value must be, or "item", or "item or theme"."""
        found = re.fullmatch(r"→ `?([a-z]+(?: or theme)?)`?(?: of the kind `[a-z]+`)?", self.rule)
        return found[1] if found else ""

    @property
    def of_kind(self) -> str:
        """The kind of the row that a value must lead to; empty where any will do."""
        found = re.search(r" of the kind `([a-z]+)`", self.rule)
        return found[1] if found else ""

    @property
    def most(self) -> int:
        """How many characters a text may have at most; 0 where its bytes alone are limited."""
        found = re.search(r"at most ([\d,]+) characters", self.values)
        return int(found[1].replace(",", "")) if found else 0

    @property
    def least(self) -> int:
        """The least whole number allowed."""
        found = re.match(r"at least (\d+)", self.values)
        assert found is not None, self
        return int(found[1])


@dataclass(frozen=True)
class RowLimit:
    """How many rows of a table there may be: in all, or with the same value in the column `by`."""

    table: str
    by: str
    most: int


@dataclass(frozen=True)
class Table:
    """A content table, and the groups of columns that no two rows share."""

    name: str
    columns: tuple[Column, ...]
    unique: tuple[tuple[str, ...], ...]


@cache
def text(page: str = FORMAT) -> str:
    """The whole document."""
    return (DOCS / page).read_text("utf-8")


def section(number: str, page: str = FORMAT) -> str:
    """The text of the section of that number, down to the next heading of its level or above."""
    found = re.search(rf"^(#+) {re.escape(number)}\.? .*\n", text(page), re.MULTILINE)
    assert found is not None, number
    rest = text(page)[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def tables_in(part: str) -> list[list[Row]]:
    """Every table in a part of the document, row for row."""
    found = re.findall(r"(?:^\|.*\|\n)+", part, re.MULTILINE)
    return [_rows(lines.splitlines()) for lines in found]


def limits(body_format: int) -> dict[str, int]:
    """The limits of section 6.3 by their names, for one body format."""
    rows, _ = tables_in(section("6.3"))
    return {row["limit"]: int(row[f"format {body_format}"].replace(",", "")) for row in rows}


def row_limits(body_format: int) -> tuple[RowLimit, ...]:
    """The limits of section 6.3 for the rows of one table, for one body format."""
    _, rows = tables_in(section("6.3"))
    return tuple(
        RowLimit(row["rows of"].strip("`"), row["for each"].strip("`"), int(most.replace(",", "")))
        for row in rows
        if (most := row[f"format {body_format}"]) != "–"
    )


def forms() -> dict[str, str]:
    """The patterns of section 6.5 by their names."""
    _, rows = tables_in(section("6.5"))
    return {row["form of a text"]: row["pattern"].strip("`") for row in rows}


def content_tables(number: str) -> tuple[Table, ...]:
    """The content tables that section `number` describes, in the order in which they are checked."""
    return tuple(_table(name, part) for name, part in described(number).items())


def described(number: str) -> dict[str, str]:
    """What section `number` says of each table; of one that is as in another section, what is said there."""
    parts = re.split(r"^#### `(\w+)`\n", section(number), flags=re.MULTILINE)[1:]
    out = dict(zip(parts[::2], parts[1::2], strict=True))
    for name, part in out.items():
        if found := re.match(r"\s*As in section ([\d.]+)\.\n", part):
            out[name] = described(found[1])[name]
    return out


def schemas(number: str) -> tuple[frozenset[SchemaRow], frozenset[SchemaRow]]:
    """The rows that `sqlite_master` may hold by section `number`: as most builds of SQLite make them, and others."""
    fenced = re.compile(r"^```(?:sql)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    statements, indexes, *_ = fenced.findall(section(number))
    part = section("9.5")  # says for every format what FTS5 adds
    own_to_fts5 = fenced.findall(part)[-1]
    rows = {_made(sql) for sql in re.findall(r"CREATE .*?(?=;$)", statements, re.MULTILINE)}
    rows |= {_index(name) for name in indexes.split()}
    made = [line.split(None, 1)[1] for line in own_to_fts5.splitlines()]
    usual = {_made(sql.replace("NAME", index)) for index in ("stemmed", "plain") for sql in made}
    other = {(*row[:3], (row[3] or "").removesuffix(" WITHOUT ROWID")) for row in usual}
    keys = {
        _index(name.replace("NAME", index))
        for index in ("stemmed", "plain")
        for name in re.findall(r"`(sqlite_autoindex_NAME_\w+)`", part)
    }
    assert len(keys) == 4
    return frozenset(rows | usual), frozenset(rows | other | keys)


def _table(name: str, part: str) -> Table:
    rows, *_ = tables_in(part)
    said = re.search(r"Unique: (.*?)\.\n", part)
    groups = said[1].split("; ") if said else []
    return Table(
        name=name,
        columns=tuple(Column(row["column"].strip("`"), row["type"], row["values"]) for row in rows),
        unique=tuple(tuple(re.findall(r"`(\w+)`", group)) for group in groups),
    )


def _rows(lines: list[str]) -> list[Row]:
    cells = [re.split(r"(?<!\\)\|", line.removeprefix("|").removesuffix("|")) for line in lines]
    titles, _, *rows = ([cell.strip().replace("\\|", "|") for cell in line] for line in cells)
    return [dict(zip(titles, row, strict=True)) for row in rows]


def _made(sql: str) -> SchemaRow:
    found = re.match(r"CREATE (?:VIRTUAL )?TABLE '?(\w+)'?", sql)
    assert found is not None, sql
    return "table", found[1], found[1], sql


def _index(name: str) -> SchemaRow:
    found = re.fullmatch(r"sqlite_autoindex_(\w+)_\d", name)
    assert found is not None, name
    return "index", name, found[1], None
