"""A part of a page holds no more than is laid out at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from viewer.pages.page_parts import MOST_WEIGHT, part_starts, text_weight, weight


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
