"""Statements that put as many rows as one likes under one parent, for each limit of a format."""

from __future__ import annotations

from collections.abc import Callable, Iterator

COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})"
FINDING = {1: "'theme-1', i + 1000, 'x', 'open', ''", 2: "'theme-1', i + 1000, '', 'x', '', '', 'open', ''"}
CITED = {1: "", 2: ", i"}
# What belongs together: how to make so many of it, where `before` are there already, and how the refusal names it.
Filling = tuple[str, Callable[[int, int], list[str]], int, str]


def fillings(number: int) -> Iterator[Filling]:
    """For each limit of a format what belongs together there: the table, how to fill it, where to begin, its name."""

    def rows(table: str, columns: str) -> Callable[[int, int], list[str]]:
        return lambda most, first: [
            f"{COUNT.format(most)} INSERT INTO {table} SELECT {columns} FROM n WHERE i >= {first}"
        ]

    def with_others(
        others: Callable[[int, int], list[str]], table: str, columns: str
    ) -> Callable[[int, int], list[str]]:
        return lambda most, first: [
            f"DELETE FROM {table}", *others(most, 1), *rows(table, columns)(most, first)
        ]  # fmt: skip

    sources = rows("source", "'many-' || i, i + 1000, '', '', '', '', ''")
    tags = rows("tag", "'many-' || i, '', ''")
    finding = rows("finding", f"'theme-1.many' || i, {FINDING[number]}")
    theme = (
        "'context', '', i + 9, '', '', '', '', 'open', ''"
        if number == 2
        else "'context', i + 9, '', '', '', '', 'open', ''"
    )
    yield "marking", rows("marking", "'m' || i, i + 9, 'M' || i, '#000000', '#FFFFFF'"), 4, "markings"
    yield "theme", rows("theme", f"'many-' || i, {theme}"), 5, "themes"
    yield "source", sources, 41, "sources"
    yield "tag", tags, 13, "issues"
    yield "term", rows("term", "'many ' || i, '', ''"), 21, "abbreviations"
    yield "finding", finding, 7, "findings of theme 'theme-1'"
    values = (
        "'theme-1.s1', i + 99, '', '', NULL, NULL, NULL, '', '', NULL"
        if number == 1
        else ("'theme-1.s1', i + 99, '', '', '', '', '', '', '', '', NULL")
    )
    yield "observation", with_others(lambda *_: [], "observation", values), 1, "values of statistic 'theme-1.s1'"
    cited = f"'theme-1.p1', 'many-' || i{CITED[number]}"
    yield "citation", with_others(sources, "citation", cited), 1, "sources of item 'theme-1.p1'"
    yield "tagging", with_others(tags, "tagging", "'theme-1.p1', 'many-' || i"), 1, "issues of item 'theme-1.p1'"
    yield (
        "support",
        with_others(finding, "support", "'theme-1.many' || i, 'theme-1.s1'"),
        1,
        "findings of statistic 'theme-1.s1'",
    )
    if number == 1:
        return
    yield "caveat", rows("caveat", "'c' || i, i + 9, 'C' || i, ''"), 3, "handling caveats"
    yield "part", rows("part", "'many-' || i, i + 9, '', ''"), 4, "parts"
    yield "scale", rows("scale", "'many-' || i, 'likelihood', i + 9, '', '', '', ''"), 3, "steps of scale 'likelihood'"
    more = rows("term", "'many ' || i, '', ''")
    yield (
        "also",
        with_others(lambda *_: more(1000, 21), "also", "'many ' || (21 + i % 980), 'w' || i"),
        1,
        "words for abbreviations",
    )
    yield (
        "also",
        with_others(lambda *_: [], "also", "(SELECT min(abbreviation) FROM term), 'w' || i"),
        1,
        "other words of abbreviation '",
    )
    yield (
        "footnote",
        with_others(lambda *_: [], "footnote", "'theme-1.p1', 'n' || i, i, ''"),
        1,
        "footnotes of item 'theme-1.p1'",
    )
    yield (
        "answer",
        with_others(finding, "answer", "'theme-1.r1', 'theme-1.many' || i"),
        1,
        "findings of recommendation 'theme-1.r1'",
    )
    yield (
        "reference",
        with_others(finding, "reference", "'theme-1.p1', 'theme-1.many' || i"),
        1,
        "cross-references of item 'theme-1.p1'",
    )
