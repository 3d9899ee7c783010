"""The rules of format 2: its tables and limits."""

from __future__ import annotations

from viewer.bundle.rules import (
    EDITION_TABLE,
    HOLDER,
    LINKED,
    MARKING,
    MARKING_TABLE,
    MAX_ID,
    MAX_LABEL,
    MAX_REMARK,
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
    RowLimit,
    RowRule,
    TextColumn,
    limits_of_items,
    lines,
    one_of,
    remarks,
    texts,
)
from viewer.model import MAGNITUDES, ScaleKind, StatisticKind

MOST_DEPTH = 3  # themes under one another
# As published, in one way of writing: no sign or zeros before it that say nothing, no "-0". There are up to 30 digits
# before the point and 30 behind it.
DECIMAL_FORM = rb"(?:-(?=[0-9.]*[1-9]))?+(?:0|[1-9][0-9]{0,29}+)(?:\.[0-9]{1,30}+)?+"
_MAGNITUDES = one_of(*(word for word in MAGNITUDES if word))


def _decimals(*names: str) -> tuple[TextColumn, ...]:
    return tuple(TextColumn(name=name, form=DECIMAL_FORM, optional=True) for name in names)


def _step(name: str) -> TextColumn:
    return TextColumn(name=name, refers="scale", optional=True, where=f"kind = '{name}'")


_LABEL = TextColumn(name="label", most=MAX_LABEL)
_PAGE = TextColumn(name="page", most=MAX_LABEL)
_THEME_RULES = (
    RowRule(
        condition="parent != '' AND NOT EXISTS (SELECT 1 FROM theme AS above WHERE above.id = theme.parent"
        " AND above.part = theme.part AND above.position < theme.position)",
        problem="has a parent that is no earlier theme of its part",
    ),
    RowRule(
        condition="EXISTS (SELECT 1 FROM theme AS one CROSS JOIN theme AS two ON two.id = one.parent"
        " CROSS JOIN theme AS three ON three.id = two.parent WHERE one.id = theme.parent)",
        problem=f"stands under more than {MOST_DEPTH - 1} themes",
    ),
)
_PER_CENT = RowRule(
    condition="CAST(low AS REAL) NOT BETWEEN 0 AND 100 OR CAST(high AS REAL) NOT BETWEEN 0 AND 100"
    " OR (low != '' AND high != '' AND CAST(low AS REAL) > CAST(high AS REAL))",
    problem="has bounds that are no range of per cent",
)
_NO_WORD = RowRule(condition="trim(word) = ''", problem="has no word")

FORMAT_2 = Format(
    number=2,
    tables=(
        MARKING_TABLE,
        EDITION_TABLE,
        ContentTable(
            name="caveat",
            key=("code",),
            columns=(
                TextColumn(name="code", form=NAME_FORM, most=MAX_ID),
                IntegerColumn(name="position", unique=True),
                *texts("label", most=MAX_LABEL),
                *remarks("description"),
            ),
        ),
        ContentTable(
            name="scale",
            rules=(_PER_CENT,),
            columns=(
                TextColumn(name="id", form=NAME_FORM, most=MAX_ID),
                TextColumn(name="kind", form=one_of(*ScaleKind), unfit="unknown"),
                IntegerColumn(name="position"),
                *lines("term"),
                *_decimals("low", "high"),
                *remarks("description"),
            ),
        ),
        ContentTable(
            name="part",
            columns=(
                TextColumn(name="id", form=NAME_FORM, most=MAX_ID),
                IntegerColumn(name="position", unique=True),
                *lines("title", "theme_title"),
            ),
        ),
        ContentTable(
            name="theme",
            rules=_THEME_RULES,
            columns=(
                TextColumn(name="id", form=NAME_FORM, most=MAX_ID),
                TextColumn(name="part", refers="part"),
                TextColumn(name="parent"),
                IntegerColumn(name="position", unique=True),
                _LABEL,
                *lines("title", "short"),
                *texts("summary"),
                MARKING,
                _PAGE,
            ),
        ),
        SOURCE_TABLE,
        TAG_TABLE,
        TERM_TABLE,
        ContentTable(
            name="also",
            key=("term", "word"),
            rules=(_NO_WORD,),
            columns=(TextColumn(name="term", refers="term"), *lines("word")),
        ),
        ContentTable(
            name="finding",
            rowids=True,
            is_item=True,
            columns=(
                *OF_ITEM,
                _LABEL,
                *texts("text"),
                _step("likelihood"),
                _step("confidence"),
                MARKING,
                _PAGE,
            ),
        ),
        ContentTable(
            name="recommendation",
            rowids=True,
            is_item=True,
            columns=(*OF_ITEM, _LABEL, *texts("text"), *lines("owner", "due"), MARKING, _PAGE),
        ),
        ContentTable(
            name="statistic",
            rowids=True,
            is_item=True,
            columns=(
                *OF_ITEM,
                _LABEL,
                *lines("title"),
                *texts("statement"),
                TextColumn(name="kind", form=one_of(*StatisticKind), unfit="unknown"),
                *lines("unit", "population", "base", "period", "place"),
                *remarks("caveat", "short_caveat"),
                MARKING,
                _PAGE,
            ),
        ),
        ContentTable(
            name="passage",
            rowids=True,
            is_item=True,
            columns=(*OF_ITEM, _LABEL, *lines("heading"), *texts("text"), MARKING, _PAGE),
        ),
        ContentTable(
            name="observation",
            key=("statistic", "position"),
            columns=(
                TextColumn(name="statistic", refers="statistic"),
                IntegerColumn(name="position"),
                *texts("label", "period", most=MAX_VALUE),
                *_decimals("value", "low", "high"),
                TextColumn(name="magnitude", form=_MAGNITUDES, optional=True, unfit="unknown"),
                *texts("qualifier", "words", most=MAX_VALUE),
                IntegerColumn(name="rank", optional=True),
            ),
        ),
        SUPPORT_TABLE,
        ContentTable(
            name="answer",
            key=("recommendation", "finding"),
            columns=(
                TextColumn(name="recommendation", refers="recommendation"),
                TextColumn(name="finding", refers="finding"),
            ),
        ),
        ContentTable(
            name="citation",
            key=("item", "source"),
            columns=(LINKED, TextColumn(name="source", refers="source"), IntegerColumn(name="position")),
        ),
        ContentTable(
            name="footnote",
            key=("item", "id"),
            columns=(
                LINKED,
                TextColumn(name="id", form=NAME_FORM, most=MAX_ID),
                IntegerColumn(name="position"),
                *texts("text", most=MAX_REMARK),
            ),
        ),
        ContentTable(
            name="reference", key=("item", "target"), columns=(LINKED, TextColumn(name="target", refers=HOLDER))
        ),
        ContentTable(
            name="handling",
            key=("holder", "caveat"),
            columns=(TextColumn(name="holder", refers=HOLDER), TextColumn(name="caveat", refers="caveat")),
        ),
        TAGGING_TABLE,
    ),
    limits=(
        *limits_of_items(("finding", "recommendation", "statistic", "passage")),
        RowLimit(table="caveat", most=20, what="handling caveats"),
        RowLimit(table="scale", most=20, what="steps", by="kind", whose="scale"),
        RowLimit(table="part", most=50, what="parts"),
        RowLimit(table="also", most=20_000, what="words for abbreviations"),
        RowLimit(table="also", most=50, what="other words", by="term", whose="abbreviation"),
        RowLimit(table="answer", most=100, what="findings", by="recommendation", whose="recommendation"),
        RowLimit(table="answer", most=100, what="recommendations", by="finding", whose="finding"),
        RowLimit(table="footnote", most=50, what="footnotes", by="item", whose="item"),
        RowLimit(table="reference", most=100, what="cross-references", by="item", whose="item"),
        RowLimit(table="reference", most=10_000, what="cross-references", by="target", whose="place"),
    ),
    unique=(
        ("marking", 2),
        ("caveat", 2),
        ("scale", 2),
        ("part", 2),
        ("theme", 2),
        ("finding", 1),
        ("finding", 2),
        ("recommendation", 1),
        ("recommendation", 2),
        ("statistic", 1),
        ("statistic", 2),
        ("passage", 1),
        ("passage", 2),
        ("source", 2),
    ),
)
