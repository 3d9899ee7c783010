"""What search reads of an assessment, as rows of the table `entry`, and the proof that an index holds just that."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from viewer.bundle.entry_text import entry_text, entry_title
from viewer.bundle.schema import SEARCH_INDEXES
from viewer.errors import PublishError
from viewer.model import Assessment, Finding, Item, ItemKind, Recommendation, Statistic, Theme
from viewer.text.folded import fold_text

_THEME = "theme"  # the kind of a theme's own entry
_ENTRIES = "SELECT id, item, kind, theme, title, text FROM entry ORDER BY id"

EntryRow = tuple[int, str, str, str, str, str]  # number, item, kind, theme, title, text


def items_of(assessment: Assessment) -> list[Item]:
    """Return all items in order of importance, each kind in document order."""
    return [*assessment.findings, *assessment.recommendations, *assessment.statistics, *assessment.passages]


def entry_rows(assessment: Assessment) -> Iterator[EntryRow]:
    """Yield the rows that search ranks, numbered in order of importance, their titles and texts folded."""
    things: list[Theme | Item] = [*assessment.themes, *items_of(assessment)]
    for number, thing in enumerate(things, start=1):
        theme = thing.id if isinstance(thing, Theme) else thing.theme
        title, text = fold_text(entry_title(thing)).text, fold_text(entry_text(thing)).text
        yield number, thing.id, _kind(thing), theme, title, text


def _kind(thing: Theme | Item) -> str:
    match thing:
        case Theme():
            return _THEME
        case Finding():
            return str(ItemKind.FINDING)
        case Recommendation():
            return str(ItemKind.RECOMMENDATION)
        case Statistic():
            return str(ItemKind.STATISTIC)
        case _:
            return str(ItemKind.PASSAGE)


def check_index(connection: sqlite3.Connection, rows: Sequence[EntryRow]) -> None:
    """Compare every entry with what its item says, the `rows`, and both indexes with every entry.

    Raises PublishError where they differ.
    """
    for found, wanted in zip_longest(connection.execute(_ENTRIES), rows):
        if found != wanted:
            named = (wanted or found)[1]
            raise PublishError(f"The edition was not built: its index says otherwise than “{named}” itself.")
    for index in SEARCH_INDEXES:
        try:
            connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as err:
            raise PublishError("The edition was not built: its index does not hold the words of its entries.") from err
