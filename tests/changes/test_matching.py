"""Which item is which: by text that is nearly the same, and which of them moved."""

from __future__ import annotations

import random

import pytest

from viewer.changes.matching import match_by_text, out_of_order

LONG = "Reports of false notices rose each year from 2023 to 2025 and are rising faster this year than before."

OTHER = "Something else altogether, of about the same length as the other text but with other words."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": LONG}, {"b": LONG}, {"b": ("a", 100)}),
        ({"a": LONG}, {"b": LONG.replace("faster", "more slowly")}, {"b": ("a", 93)}),
        ({"a": LONG}, {"b": OTHER}, {}),
        ({"a": "Yes"}, {"b": "Yes"}, {"b": ("a", 100)}),
        ({}, {"b": LONG}, {}),
        ({"a": ""}, {"b": LONG}, {}),
    ],
)  # fmt: skip
def test_texts_that_are_nearly_the_same_belong_together(
    old: dict[str, str], new: dict[str, str], expected: dict[str, tuple[str, int]]
) -> None:
    found = match_by_text(old, new)
    assert {id_: other for id_, (other, _) in found.items()} == {id_: other for id_, (other, _) in expected.items()}
    for id_, (_, likeness) in expected.items():
        assert abs(found[id_][1] - likeness) <= 3


def test_the_likest_pair_wins_and_no_text_is_used_twice() -> None:
    found = match_by_text({"a": LONG}, {"b": LONG + " So.", "c": LONG})
    assert found == {"c": ("a", 100)}


def test_many_equal_texts_take_no_long_time() -> None:
    old = {f"a{i}": LONG for i in range(3000)}
    assert len(match_by_text(old, {f"b{i}": LONG for i in range(3000)})) > 0


@pytest.mark.parametrize(
    ("positions", "expected"),
    [([], set()), ([1, 2, 3], set()), ([3, 1, 2], {3}), ([1, 3, 2, 4], {3}), ([2, 3, 4, 1], {1}), ([3, 2, 1], {2, 3})],
)
def test_the_fewest_moves_explain_another_order(positions: list[int], expected: set[int]) -> None:
    assert out_of_order(positions) == expected


def test_what_did_not_move_stands_in_its_old_order() -> None:
    chance = random.Random(7)
    for _ in range(50):
        positions = chance.sample(range(100), 30)
        moved = out_of_order(positions)
        kept = [position for position in positions if position not in moved]
        assert kept == sorted(kept)
