"""How many rows may belong together: genuine editions at each limit open, those above it are refused at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest

from tests.bundle.bodies import altered, claims_of
from tests.bundle.fillings import COUNT, fillings
from tests.bundle.sqlite_work import counted_work
from viewer.bundle.bundle import Bundle
from viewer.bundle.formats import FORMATS
from viewer.errors import TooLarge
from viewer.signing.sealing import SigningKey, seal
from viewer.signing.trust import Trust

CASES = [(number, *case) for number in FORMATS for case in fillings(number)]


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
    (filled,) = (case[1] for case in fillings(number) if case[0] == table)
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
