"""Whichever quotation marks are typed, words within them keep together; an apostrophe is none."""

from __future__ import annotations

import pytest

from viewer.text.quotation_marks import straight_quotes


@pytest.mark.parametrize(
    ("typed", "straight"),
    [
        ("“stranger danger”", '"stranger danger"'),
        ("„stranger danger“", '"stranger danger"'),
        ("«stranger danger» risk", '"stranger danger" risk'),
        ("‘stranger danger’ risk", '"stranger danger" risk'),
        ("-‘stranger danger’", '-"stranger danger"'),
        ("child’s play", "child’s play"),
        ("offenders’ homes", "offenders’ homes"),
        ("‘tis the offender’s", "‘tis the offender’s"),
        ('"straight"', '"straight"'),
    ],
)
def test_quotation_marks_become_straight_and_apostrophes_stay(typed: str, straight: str) -> None:
    assert straight_quotes(typed) == straight
    assert len(straight) == len(typed)
