"""The rules of format 1: its tables and limits. Editions of it are read for ever, and no longer built."""

from __future__ import annotations

from viewer.bundle.rules import (
    EDITION_TABLE,
    LINKED,
    MARKING,
    MARKING_TABLE,
    MAX_ID,
    MAX_LABEL,
    MAX_VALUE,
    NAME_FORM,
    OF_ITEM,
    SOURCE_TABLE,
    SUPPORT_TABLE,
    TAG_TABLE,
    TAGGING_TABLE,
    TERM_TABLE,
    ContentTable,
    Format,
    IntegerColumn,
    RealColumn,
    TextColumn,
    limits_of_items,
    lines,
    one_of,
    remarks,
    texts,
)
from viewer.model import Part, StatisticKind

PARTS = (  # the three kinds of themes
    Part(id="context", position=1, title="The edition", theme_title="Context"),
    Part(id="emerging", position=2, title="Emerging", theme_title="Emerging theme"),
    Part(id="priority", position=3, title="Priority themes", theme_title="Priority theme"),
)

FORMAT_1 = Format(
    number=1,
    tables=(
        MARKING_TABLE,
        EDITION_TABLE,
        ContentTable(
            name="theme",
            columns=(
                TextColumn(name="id", form=NAME_FORM, most=MAX_ID),
                TextColumn(name="kind", form=one_of(*(part.id for part in PARTS)), unfit="unknown"),
                IntegerColumn(name="position", unique=True),
                *texts("number", most=MAX_LABEL),
                *lines("title", "short"),
                *texts("summary"),
                MARKING,
                *texts("page", most=MAX_LABEL),
            ),
        ),
        SOURCE_TABLE,
        TAG_TABLE,
        TERM_TABLE,
        ContentTable(
            name="finding",
            rowids=True,
            is_item=True,
            columns=(*OF_ITEM, *texts("text"), MARKING, *texts("page", most=MAX_LABEL)),
        ),
        ContentTable(
            name="statistic",
            rowids=True,
            is_item=True,
            columns=(
                *OF_ITEM,
                *lines("title"),
                *texts("statement"),
                TextColumn(name="kind", form=one_of(*StatisticKind), unfit="unknown"),
                *lines("unit", "population", "base", "period", "place"),
                *remarks("caveat"),
                MARKING,
                *texts("page", most=MAX_LABEL),
            ),
        ),
        ContentTable(
            name="passage",
            rowids=True,
            is_item=True,
            columns=(
                *OF_ITEM,
                *texts("number", most=MAX_LABEL),
                *lines("heading"),
                *texts("text"),
                MARKING,
                *texts("page", most=MAX_LABEL),
            ),
        ),
        ContentTable(
            name="observation",
            key=("statistic", "position"),
            columns=(
                TextColumn(name="statistic", refers="statistic"),
                IntegerColumn(name="position"),
                *texts("label", "period", most=MAX_VALUE),
                RealColumn(name="value"),
                RealColumn(name="low"),
                RealColumn(name="high"),
                *texts("qualifier", "words", most=MAX_VALUE),
                IntegerColumn(name="rank", optional=True),
            ),
        ),
        SUPPORT_TABLE,
        ContentTable(
            name="citation", key=("item", "source"), columns=(LINKED, TextColumn(name="source", refers="source"))
        ),
        TAGGING_TABLE,
    ),
    limits=limits_of_items(("finding", "statistic", "passage")),
    unique=(
        ("marking", 2),
        ("theme", 2),
        ("passage", 1),
        ("passage", 2),
        ("finding", 1),
        ("finding", 2),
        ("statistic", 1),
        ("statistic", 2),
        ("source", 2),
    ),
)
