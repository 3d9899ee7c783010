"""A part of a page holds no more than is laid out at once."""

from __future__ import annotations

import re
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.generator import assessment_of
from tests.bundle.bodies import altered, claims_of
from tests.bundle.everything import body_of_each_format
from tests.bundle.sqlite_work import counted_work
from viewer.bundle.bundle import Bundle
from viewer.pages.page_parts import MOST_WEIGHT, part_starts, text_weight, weight
from viewer.pages.parts import Page
from viewer.signing.sealing import SigningKey, seal
from viewer.signing.trust import Trust
from viewer.ui.reading.navigator import Navigator


def test_begins_a_part_after_so_many_things() -> None:
    assert part_starts([1] * 5, 2) == [0, 2, 4]
    assert part_starts([1] * 4, 2) == [0, 2]
    assert part_starts([], 2) == [0]


def test_begins_a_part_where_the_next_would_make_it_too_heavy() -> None:
    half = MOST_WEIGHT // 2
    assert part_starts([half, half, 1, MOST_WEIGHT, 1], 100) == [0, 2, 3, 4]


def test_what_alone_is_too_heavy_stands_alone() -> None:
    assert part_starts([MOST_WEIGHT + 1, MOST_WEIGHT + 1, 1], 100) == [0, 1, 2]


@given(st.lists(st.integers(0, MOST_WEIGHT * 2), max_size=40), st.integers(1, 9))
def test_every_part_holds_something_and_none_too_much(weights: list[int], most: int) -> None:
    starts = part_starts(weights, most)
    parts = [weights[start:end] for start, end in zip(starts, [*starts[1:], len(weights)], strict=True)]
    assert [one for part in parts for one in part] == weights
    assert all(len(part) <= most and (len(part) == 1 or sum(part) <= MOST_WEIGHT) for part in parts if part)
    assert all(parts) or parts == [[]]


def test_signs_and_rows_weigh_more_than_letters() -> None:
    assert text_weight("*a*") > text_weight("abc" * 50)
    assert weight(0, rows=2) > weight(0, rows=1) > weight(100)


SIXTY = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)"
FIGURES = (
    f"{SIXTY} INSERT INTO statistic SELECT 'theme-1.t' || i, 'theme-1', i + 1000, '', 'Title', 'It grew.', 'trend',"
    " 'reports', '', '', '', '', '', '', 'open', '' FROM n",
    f"{SIXTY}, m(j) AS (SELECT 1 UNION ALL SELECT j + 1 FROM m WHERE j < 500) INSERT INTO observation"
    " SELECT 'theme-1.t' || i, j, 'label', '2010', '' || (i + j), '', '', '', '', '', NULL FROM n, m",
)
FINDINGS = (
    f"{SIXTY} INSERT INTO finding SELECT 'theme-1.q' || i, 'theme-1', i + 1000, '', 'x', '', '', 'open', '' FROM n",
    "INSERT INTO support SELECT finding.id, statistic.id FROM finding, statistic"
    " WHERE finding.id GLOB 'theme-1.q*' AND statistic.id GLOB 'theme-1.t*'",
)
STRESSED = "replace(printf('%.*c', 500, 'x'), 'x', '*word* ')"
PASSAGES = (
    f"{SIXTY} INSERT INTO passage SELECT 'theme-1.q' || i, 'theme-1', i + 1000, '', '', {STRESSED}, 'open', '' FROM n",
)
THEMES = (
    "WITH RECURSIVE n(i) AS (SELECT 5 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO theme SELECT"
    f" 'many-' || i, 'context', '', i + 9, '', 'title', 'short', {STRESSED}, 'open', '' FROM n",
)
TAGGED = (
    *PASSAGES,
    "UPDATE passage SET text = text || text || text",
    "DELETE FROM tagging",
    "INSERT INTO tagging SELECT id, 'tag-1' FROM passage",
)
# An edition at a limit, the pages that show it, and what there may be on each of their parts, by the sign of it.
FULL = {
    "sixty figures of 500 values": (FIGURES, "theme:theme-1", '<td class="row">', 700),
    "a hundred findings on sixty figures each": ((*FIGURES, *FINDINGS), "theme:theme-1", '<p class="side">', 400),
    "sixty passages of stressed words": (PASSAGES, "theme:theme-1", "<em>", 2000),
    "a thousand themes with long summaries": (THEMES, "page:start", "<em>", 2000),
    "an issue of long passages": (TAGGED, "tag:tag-1", "word", 60_000),
}


@pytest.mark.parametrize("what", FULL)
def test_no_part_of_a_page_is_too_much_to_lay_out(what: str, trust: Trust, key_pair: SigningKey) -> None:
    filling, address, sign, most = FULL[what]
    body = altered(body_of_each_format(assessment_of(120, themes=4))[2], *filling, compact=False)
    with counted_work() as work, closing(Bundle.from_bytes(seal(body, claims_of(body), key_pair), trust)) as bundle:
        navigator = Navigator(bundle)
        shown: list[Page] = []
        navigator.page_opened.connect(lambda page, _scroll: shown.append(page))
        before = len(work.statements)
        navigator.go(address)
        parts = int(re.findall(r"Part 1 of (\d+)", shown[0].html)[0])
        assert parts > 1
        for part in {2, parts // 2, parts}:
            navigator.go(f"{address}/{part}")
        assert max(page.html.count(sign) for page in shown) <= most
        assert (len(work.statements) - before) / len(shown) < 40
