"""What each column of an edition may hold, table by table: the row rules of format 1."""

from __future__ import annotations

import re

from viewer.model import StatisticKind, ThemeKind
from viewer.records import record

MAX_TEXT = 16_384  # bytes of one text
MAX_ROWS = 500_000  # of all content tables together
MAX_TOTAL = 64 * 1024 * 1024  # bytes of all texts together
ITEMS = ("finding", "statistic", "passage")  # the tables whose rows are items
ITEM = "item"  # what refers to any of them

_NAME = rb"[a-z0-9]++(?:-[a-z0-9]++)*+"
_ITEM = _NAME + rb"\." + _NAME
_COLOUR = rb"#[0-9A-Fa-f]{6}"
_LANGUAGE = rb"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*+"


@record
class TextColumn:
    """A column of text: not NULL, valid UTF-8 without NUL, at most 16 kB, and what else is set here."""

    name: str
    form: bytes = b""  # a pattern that every whole value must match; no value has a comma
    refers: str = ""  # the table, or ITEM, whose ids its values must be
    unfit: str = "malformed"  # what a value that does not match is called

    @property
    def one(self) -> re.Pattern[bytes]:
        """The pattern that matches one value."""
        return re.compile(self.form)

    @property
    def many(self) -> re.Pattern[bytes]:
        """The pattern that matches any number of values with commas between: one pass over thousands of rows."""
        return re.compile(b"(?:%b)(?:,(?:%b))*+" % (self.form, self.form))


@record
class IntegerColumn:
    """A column of whole numbers of at least `least`."""

    name: str
    least: int = 1
    optional: bool = False
    unique: bool = False  # in the whole table


@record
class RealColumn:
    """A column of finite numbers, or NULL."""

    name: str


Column = TextColumn | IntegerColumn | RealColumn


@record
class ContentTable:
    """A content table: its columns in order, and those by which a row is named to a person.

    Where there are no rowids, these are the primary key.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    rowids: bool = False

    @property
    def plain_columns(self) -> tuple[Column, ...]:
        """The columns whose values are checked one by one: all but an item's theme and position, checked by its key."""
        return tuple(c for c in self.columns if self.name not in ITEMS or c.name not in ("theme", "position"))

    @property
    def unique(self) -> tuple[tuple[str, ...], ...]:
        """The groups of columns whose values no two rows share."""
        numbers = tuple((c.name,) for c in self.columns if isinstance(c, IntegerColumn) and c.unique)
        places = (("theme", "position"),) if self.name in ITEMS else ()
        return (*((self.key,) if self.key else ()), *numbers, *places)


def _texts(*names: str) -> tuple[TextColumn, ...]:
    return tuple(TextColumn(name=name) for name in names)


_MARKING = TextColumn(name="marking", refers="marking")
_OF_ITEM = (TextColumn(name="id", form=_ITEM), TextColumn(name="theme", refers="theme"), IntegerColumn(name="position"))
_LINKED = TextColumn(name="item", refers=ITEM)

# In such an order that what a column refers to comes first. The series, serial and dates of the edition are not
# here: they must be those of the signed comment.
TABLES = (
    ContentTable(
        name="marking",
        key=("code",),
        columns=(
            TextColumn(name="code", form=_NAME),
            IntegerColumn(name="level", least=0, unique=True),
            TextColumn(name="label"),
            TextColumn(name="colour", form=_COLOUR),
            TextColumn(name="ink", form=_COLOUR),
        ),
    ),
    ContentTable(
        name="edition",
        key=(),
        rowids=True,
        columns=(
            *_texts("series", "title", "label"),
            IntegerColumn(name="serial"),
            *_texts("issued", "review", "publisher"),
            TextColumn(name="language", form=_LANGUAGE),
            _MARKING,
            *_texts("summary"),
        ),
    ),
    ContentTable(
        name="theme",
        columns=(
            TextColumn(name="id", form=_NAME),
            TextColumn(name="kind", form="|".join(ThemeKind).encode(), unfit="unknown"),
            IntegerColumn(name="position", unique=True),
            *_texts("number", "title", "short", "summary"),
            _MARKING,
            *_texts("page"),
        ),
    ),
    ContentTable(
        name="source",
        columns=(
            TextColumn(name="id", form=_NAME),
            IntegerColumn(name="number", unique=True),
            *_texts("title", "author", "year", "locator", "note"),
        ),
    ),
    ContentTable(name="tag", columns=(TextColumn(name="id", form=_NAME), *_texts("label", "description"))),
    ContentTable(name="term", key=("abbreviation",), columns=_texts("abbreviation", "expansion", "definition")),
    ContentTable(name="finding", rowids=True, columns=(*_OF_ITEM, *_texts("text"), _MARKING, *_texts("page"))),
    ContentTable(
        name="statistic",
        rowids=True,
        columns=(
            *_OF_ITEM,
            *_texts("title", "statement"),
            TextColumn(name="kind", form="|".join(StatisticKind).encode(), unfit="unknown"),
            *_texts("unit", "population", "base", "period", "place", "caveat"),
            _MARKING,
            *_texts("page"),
        ),
    ),
    ContentTable(
        name="passage",
        rowids=True,
        columns=(*_OF_ITEM, *_texts("number", "heading", "text"), _MARKING, *_texts("page")),
    ),
    ContentTable(
        name="observation",
        key=("statistic", "position"),
        columns=(
            TextColumn(name="statistic", refers="statistic"),
            IntegerColumn(name="position"),
            *_texts("label", "period"),
            RealColumn(name="value"),
            RealColumn(name="low"),
            RealColumn(name="high"),
            *_texts("qualifier", "words"),
            IntegerColumn(name="rank", optional=True),
        ),
    ),
    ContentTable(
        name="support",
        key=("finding", "statistic"),
        columns=(TextColumn(name="finding", refers="finding"), TextColumn(name="statistic", refers="statistic")),
    ),
    ContentTable(
        name="citation", key=("item", "source"), columns=(_LINKED, TextColumn(name="source", refers="source"))
    ),
    ContentTable(name="tagging", key=("item", "tag"), columns=(_LINKED, TextColumn(name="tag", refers="tag"))),
)

KEYS = {table.name: table.key[0] for table in TABLES if table.key in (("id",), ("code",))}  # what others refer to
