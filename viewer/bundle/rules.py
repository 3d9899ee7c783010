"""What a format says of its tables: what each column may hold, how many rows belong together, which texts there are."""

from __future__ import annotations

import re

from viewer.records import record

MAX_TEXT = 16_384  # bytes of one text
MAX_ID = 200  # characters of one by which something is named
MAX_LINE = 1000  # characters of one that stands in a line: a title, a name
MAX_VALUE = 200  # of one that stands beside a value, of which a figure may have hundreds
MAX_LABEL = 100  # of what a theme or an item is numbered by, and of pages
MAX_REMARK = 2000  # of one that stands below something else in small type
MAX_ROWS = 500_000  # of all content tables together
MAX_TOTAL = 64 * 1024 * 1024  # bytes of all texts together
ITEM = "item"  # what refers to any item
HOLDER = "holder"  # what refers to any item or theme

NAME_FORM = rb"[a-z0-9]++(?:-[a-z0-9]++)*+"
ITEM_FORM = NAME_FORM + rb"\." + NAME_FORM
COLOUR_FORM = rb"#[0-9A-Fa-f]{6}"
LANGUAGE_FORM = rb"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*+"


@record
class TextColumn:
    """A column of text: not NULL, valid UTF-8 without NUL, at most 16 kB, and what else is set here."""

    name: str
    form: bytes = b""  # a pattern that every whole value must match; no value has a comma
    refers: str = ""  # the table, or ITEM or HOLDER, whose ids its values must be
    optional: bool = False  # of what has a form or refers: may be the empty text, too
    where: str = ""  # of what refers: a condition that the row referred to meets
    unfit: str = "malformed"  # what a value that does not match is called
    most: int = 0  # characters of one value; 0 where only the bytes of any text are limited

    @property
    def is_free(self) -> bool:
        """Whether a value may be any text: then only NUL, which no text holds, can stand between two of them."""
        return not (self.form or self.refers)

    @property
    def one(self) -> re.Pattern[bytes]:
        """The pattern that matches one value."""
        return re.compile(self._form)

    @property
    def many(self) -> re.Pattern[bytes]:
        """The pattern of any number of values, each with a comma after it: one pass over thousands of rows."""
        return re.compile(b"(?:(?:%b),)++" % self._form)

    @property
    def _form(self) -> bytes:
        return b"(?:%b)?+" % self.form if self.optional else self.form


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
class RowRule:
    """What a row must not be: a condition in SQL that such a row meets, and how it is said of the row."""

    condition: str
    problem: str


@record
class ContentTable:
    """A content table: its columns in order, and those by which a row is named to a person.

    Where there are no rowids, these are the primary key.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    rowids: bool = False
    is_item: bool = False
    rules: tuple[RowRule, ...] = ()

    @property
    def plain_columns(self) -> tuple[Column, ...]:
        """The columns whose values are checked one by one: all but an item's theme and position, checked by its key."""
        return tuple(c for c in self.columns if not self.is_item or c.name not in ("theme", "position"))

    @property
    def unique(self) -> tuple[tuple[str, ...], ...]:
        """The groups of columns whose values no two rows share."""
        numbers = tuple((c.name,) for c in self.columns if isinstance(c, IntegerColumn) and c.unique)
        places = (("theme", "position"),) if self.is_item else ()
        kinds = (("kind", "position"),) if self.name == "scale" else ()
        return (*((self.key,) if self.key else ()), *numbers, *places, *kinds)


@record
class RowLimit:
    """How many rows of a table there may be, in all or for each value of the columns `by`.

    `what` names the rows, and `whose` what they belong to, as in "values of one figure".
    """

    table: str
    most: int
    what: str
    by: str = ""
    whose: str = ""


@record
class Format:
    """One format of an edition: its number, which the signed comment has too, its tables, and what limits them.

    `tables` come in such an order that what a column refers to comes first. The series, serial and dates of the
    edition have no rules there: they must be those of the signed comment. `unique` are the indexes that SQLite makes by
    itself for UNIQUE, and for PRIMARY KEY where there are rowids, as (table, number).
    """

    number: int
    tables: tuple[ContentTable, ...]
    limits: tuple[RowLimit, ...]
    unique: tuple[tuple[str, int], ...]

    @property
    def items(self) -> tuple[str, ...]:
        """The tables whose rows are items, in the order in which items are given out."""
        return tuple(table.name for table in self.tables if table.is_item)

    @property
    def keys(self) -> dict[str, str]:
        """The column of each table that others refer to."""
        return {t.name: t.key[0] for t in self.tables if t.key in (("id",), ("code",), ("abbreviation",))}

    def known_ids(self, column: TextColumn) -> list[str]:
        """Return the queries that together give every id that a value of `column` may be."""
        tables = (column.refers,)
        if column.refers in (ITEM, HOLDER):
            tables = (*self.items[::-1], *(("theme",) if column.refers == HOLDER else ()))
        where = f" WHERE {column.where}" if column.where else ""
        return [f"SELECT {self.keys[name]} FROM {name}{where}" for name in tables]


def texts(*names: str, most: int = 0) -> tuple[TextColumn, ...]:
    """Return columns of text of these names, of at most so many characters, or 0 for any that a text may have."""
    return tuple(TextColumn(name=name, most=most) for name in names)


def lines(*names: str) -> tuple[TextColumn, ...]:
    """Return columns of text that stands in one line."""
    return texts(*names, most=MAX_LINE)


def remarks(*names: str) -> tuple[TextColumn, ...]:
    """Return columns of remarks."""
    return texts(*names, most=MAX_REMARK)


MARKING = TextColumn(name="marking", refers="marking")
OF_ITEM = (
    TextColumn(name="id", form=ITEM_FORM, most=MAX_ID),
    TextColumn(name="theme", refers="theme"),
    IntegerColumn(name="position"),
)
LINKED = TextColumn(name="item", refers=ITEM)

MARKING_TABLE = ContentTable(
    name="marking",
    key=("code",),
    columns=(
        TextColumn(name="code", form=NAME_FORM, most=MAX_ID),
        IntegerColumn(name="level", least=0, unique=True),
        *texts("label", most=MAX_LABEL),
        TextColumn(name="colour", form=COLOUR_FORM),
        TextColumn(name="ink", form=COLOUR_FORM),
    ),
)
EDITION_TABLE = ContentTable(
    name="edition",
    key=(),
    rowids=True,
    columns=(
        *texts("series"),
        *lines("title", "label"),
        IntegerColumn(name="serial"),
        *texts("issued", "review"),
        *lines("publisher"),
        TextColumn(name="language", form=LANGUAGE_FORM),
        MARKING,
        *texts("summary"),
    ),
)
SOURCE_TABLE = ContentTable(
    name="source",
    columns=(
        TextColumn(name="id", form=NAME_FORM, most=MAX_ID),
        IntegerColumn(name="number", unique=True),
        *lines("title", "author", "year", "locator"),
        *remarks("note"),
    ),
)
TAG_TABLE = ContentTable(
    name="tag", columns=(TextColumn(name="id", form=NAME_FORM, most=MAX_ID), *lines("label"), *texts("description"))
)
TERM_TABLE = ContentTable(
    name="term", key=("abbreviation",), columns=(*lines("abbreviation", "expansion"), *remarks("definition"))
)
SUPPORT_TABLE = ContentTable(
    name="support",
    key=("finding", "statistic"),
    columns=(TextColumn(name="finding", refers="finding"), TextColumn(name="statistic", refers="statistic")),
)
TAGGING_TABLE = ContentTable(
    name="tagging", key=("item", "tag"), columns=(LINKED, TextColumn(name="tag", refers="tag"))
)


def one_of(*words: str) -> bytes:
    """Return the form of a value that is one of these words."""
    return "|".join(words).encode()


def limits_of_items(items: tuple[str, ...]) -> tuple[RowLimit, ...]:
    """Return the limits that every format has; `items` are its tables of items."""
    return (
        RowLimit(table="marking", most=20, what="markings"),
        RowLimit(table="theme", most=1000, what="themes"),
        RowLimit(table="source", most=20_000, what="sources"),
        RowLimit(table="tag", most=1000, what="issues"),
        RowLimit(table="term", most=5000, what="abbreviations"),
        *(RowLimit(table=name, most=20_000, what=f"{name}s", by="theme", whose="theme") for name in items),
        RowLimit(table="observation", most=500, what="values", by="statistic", whose="statistic"),
        RowLimit(table="citation", most=50, what="sources", by="item", whose="item"),
        RowLimit(table="tagging", most=50, what="issues", by="item", whose="item"),
        RowLimit(table="support", most=100, what="figures", by="finding", whose="finding"),
        RowLimit(table="support", most=200, what="findings", by="statistic", whose="statistic"),
    )
