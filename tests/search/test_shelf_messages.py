"""What a search through the shelf says."""

from __future__ import annotations

from datetime import date

import pytest

from viewer.bundle.bundle import Bundle
from viewer.records import replace
from viewer.search.shelf_messages import age, edition_line, since, summary, unsearched_line
from viewer.search.shelf_search import Unsearched


@pytest.mark.parametrize(
    ("issued", "said"),
    [
        ("2026-12", "new"),
        ("2026-11-30", "1 month old"),
        ("2026-01-01", "11 months old"),
        ("2025-12-31", "1 year old"),
        ("2012-06", "14 years old"),
        ("2027-05", "new"),
    ],
)
def test_says_how_old_an_edition_is(issued: str, said: str) -> None:
    assert age(issued, date(2026, 12, 1)) == said


def test_says_which_edition_and_that_it_is_superseded(sample: Bundle) -> None:
    today = date(2026, 12, 1)
    line = "TACSEA 2012/13, serial 2 · June 2012, 14 years old"
    assert edition_line(sample.edition, today, is_superseded=False) == line
    assert edition_line(sample.edition, today, is_superseded=True) == f"{line} · superseded"
    assert "\u202e" not in edition_line(replace(sample.edition, label="\u202e1"), today, is_superseded=False)


def test_says_since_when_an_item_is_found(sample: Bundle) -> None:
    assert since(replace(sample.edition, label="2011"), sample.edition) == "since 2011"
    assert since(replace(sample.edition, serial=1), sample.edition) == "since serial 1"
    assert since(None, sample.edition) == ""


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 0, 3, 3), "Nothing in 3 editions on the shelf matches “a”."),
        ((1, 1, 1, 1), "1 match in 1 edition on the shelf."),
        ((1200, 2, 3, 3), "1,200 matches in 2 of 3 editions on the shelf."),
        ((2, 1, 2, 20), "2 matches in 1 of 2 editions on the shelf so far, of 20."),
    ],
)
def test_says_what_was_found_in_all(counts: tuple[int, int, int, int], said: str) -> None:
    assert summary(" a ", *counts) == said


def test_names_what_was_not_searched() -> None:
    assert unsearched_line(Unsearched(name="small/1", reason="It is altered.")) == (
        "Not searched: small/1. It is altered."
    )
