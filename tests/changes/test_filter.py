"""Changes are filtered by all words in any order, in what they are called and in the texts of either side."""

from __future__ import annotations

import pytest

from viewer.bundle.bundle import Bundle
from viewer.changes.compare import compare_editions
from viewer.changes.filter import ChangeFilter
from viewer.text.filter_words import FilterWords


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("copied-codes.f4", set()),  # ids are not shown
        ('reword "finding 2"', {"false-notices.f2", "copied-codes.f4"}),
        ("lockers' carrier", None),
        ("absent", set()),
    ],
)
def test_changes_pass_that_hold_all_words(exercise: tuple[Bundle, Bundle], typed: str, found: set[str] | None) -> None:
    changes = compare_editions(*exercise).all
    passing = ChangeFilter({}).passing(changes, FilterWords(typed))
    if found is None:
        assert 0 < len(passing) < len(changes)
    else:
        assert {change.id for change in passing} == found


def test_without_words_all_pass(exercise: tuple[Bundle, Bundle]) -> None:
    changes = compare_editions(*exercise).all
    assert ChangeFilter({}).passing(changes, FilterWords("  ")) == changes


def test_the_former_words_of_what_was_reworded_count_too(exercise: tuple[Bundle, Bundle]) -> None:
    themes = {theme.id: theme.title for bundle in exercise for theme in bundle.themes()}
    filtered = ChangeFilter(themes)
    for change in compare_editions(*exercise).all:
        for side in (change.old, change.new):
            words = getattr(side, "text", "").replace('"', " ").split()[:3]
            assert change in filtered.passing((change,), FilterWords(" ".join(words)))
