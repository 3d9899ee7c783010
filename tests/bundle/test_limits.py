"""How many rows may belong together: genuine editions at each limit open, those above it are refused at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from tests.bundle.bodies import altered, claims_of
from tests.bundle.sqlite_work import counted_work
from viewer.bundle.bundle import Bundle
from viewer.bundle.formats import FORMATS
from viewer.errors import TooLarge
from viewer.signing.sealing import SigningKey, seal
from viewer.signing.trust import Trust

COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})"
FINDING = {1: "'theme-1', i + 1000, 'x', 'open', ''", 2: "'theme-1', i + 1000, '', 'x', '', '', 'open', ''"}
CITED = {1: "", 2: ", i"}
# What belongs together: how to make so many of it, where `before` are there already, and how the refusal names it.
Filling = tuple[str, Callable[[int, int], list[str]], int, str]


def _filling(number: int) -> Iterator[Filling]:
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


CASES = [(number, *case) for number in FORMATS for case in _filling(number)]


@pytest.fixture
def opens(trust: Trust, key_pair: SigningKey) -> Callable[[bytes], Bundle]:
    """Signs a body with a trusted key and opens it."""
    return lambda body: Bundle.from_bytes(seal(body, claims_of(body), key_pair), trust)


@pytest.mark.parametrize(
    ("number", "table", "filled", "first", "named"), CASES, ids=[f"{case[0]}: {case[4]}" for case in CASES]
)
def test_as_many_as_the_limit_open_and_one_more_is_refused_by_name(
    bodies: dict[int, bytes],
    opens: Callable[[bytes], Bundle],
    number: int,
    table: str,
    filled: Callable[[int, int], list[str]],
    first: int,
    named: str,
) -> None:
    (most,) = (
        limit.most
        for limit in FORMATS[number].limits
        if limit.table == table and named.startswith(f"{limit.what} of {limit.whose}" if limit.by else limit.what)
    )
    opens(altered(bodies[number], *filled(most, first), compact=False)).close()
    above = altered(bodies[number], *filled(most + 1, first), compact=False)
    with pytest.raises(TooLarge, match=f"has more than {most:,} {named}"):
        opens(above)


FLOODS = {  # the number of rows, in all of which the program once took very long
    "values of statistic 'theme-1.s1'": ("observation", 300_000),
    "abbreviations": ("term", 400_000),
    "markings": ("marking", 20_000),
    "sources": ("source", 200_000),
    "themes": ("theme", 50_000),
}


@pytest.mark.parametrize("number", FORMATS)
@pytest.mark.parametrize("named", FLOODS)
def test_a_flood_is_refused_with_little_work(
    bodies: dict[int, bytes], trust: Trust, key_pair: SigningKey, number: int, named: str
) -> None:
    table, rows = FLOODS[named]
    (filled,) = (case[1] for case in _filling(number) if case[0] == table)
    flood = altered(bodies[number], *filled(rows, 100), compact=False)
    signed = seal(flood, claims_of(flood), key_pair)
    with counted_work() as work, pytest.raises(TooLarge, match=f"more than [0-9,]+ {named}"):
        Bundle.from_bytes(signed, trust)
    assert len(work.statements) < 200
    assert work.kilosteps < 50_000  # some tenths of a second


@pytest.mark.parametrize("number", FORMATS)
def test_every_limit_is_tried_here(number: int) -> None:
    tried = {case[4].partition(" '")[0] for case in CASES if case[0] == number}
    alike = {f"{kind}s of theme" for kind in FORMATS[number].items}  # one rule for every kind of item
    others = {"figures of finding", "recommendations of finding", "cross-references of place"}
    known = {f"{one.what} of {one.whose}" if one.by else one.what for one in FORMATS[number].limits}
    assert known - alike - others == tried - alike


def test_a_genuine_edition_of_a_hundred_thousand_items_opens(
    bodies: dict[int, bytes], opens: Callable[[bytes], Bundle]
) -> None:
    large = altered(
        bodies[2],
        f"{COUNT.format(376)} INSERT INTO theme SELECT 'many-' || i, 'priority', '', i + 9, '', 't', 't', 't', 'open',"
        " '' FROM n WHERE i > 4",
        f"{COUNT.format(3956)} INSERT INTO source SELECT 'many-' || i, i + 1000, 't', '', '', '', '' FROM n"
        " WHERE i > 40",
        f"{COUNT.format(99_876)} INSERT INTO passage SELECT 'many.p' || i, 'many-' || (5 + i % 372), i + 1000, '', '',"
        " 'A sentence of some words, about as long as they are.', 'open', '' FROM n",
        f"{COUNT.format(99_876)} INSERT INTO citation SELECT 'many.p' || i, 'many-' || (41 + i % 3900), 1 FROM n",
        compact=False,
    )
    with closing(opens(large)) as bundle:
        assert (len(bundle.themes()), sum(bundle.totals()), len(bundle.sources())) == (376, 100_000, 3956)


def test_a_term_with_commas_may_have_as_many_words_as_any(
    bodies: dict[int, bytes], opens: Callable[[bytes], Bundle]
) -> None:
    filled = (
        "INSERT INTO term VALUES('a,b', '', '')",
        f"{COUNT.format(50)} INSERT INTO also SELECT 'a,b', 'w' || i FROM n",
    )
    opens(altered(bodies[2], *filled)).close()
    with pytest.raises(TooLarge, match="more than 50 other words of abbreviation 'a,b'"):
        opens(altered(bodies[2], *filled, "INSERT INTO also VALUES('a,b', 'one more')"))
