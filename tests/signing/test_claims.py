from __future__ import annotations

import pytest

from viewer.errors import Faulty, NewerFormat, Refused, WrongKind
from viewer.model import Claims
from viewer.signing.claims import format_comment, is_date, parse_comment

CLAIMS = Claims(series="tacsea", serial=1, issued="2012-06", review="2013-03-31", schema=1)
COMMENT = "briefings/1 series=tacsea serial=1 issued=2012-06 review=2013-03-31 schema=1"


def test_reads_and_writes_the_comment_of_an_edition() -> None:
    assert parse_comment(COMMENT) == CLAIMS
    assert format_comment(CLAIMS) == COMMENT


def test_reads_the_largest_serial_and_series_that_there_may_be() -> None:
    comment = COMMENT.replace("serial=1", "serial=2147483647").replace("=tacsea", "=" + "a" * 31)
    assert parse_comment(comment).serial == 2**31 - 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" serial=1", ""),
        ("serial=1", "serial="),
        ("serial=1", "serial=-1"),
        ("serial=1", "serial=0"),
        ("serial=1", "serial=01"),
        ("serial=1", "serial=+1"),
        ("serial=1", "serial=1.0"),
        ("serial=1", "serial=1_0"),
        ("serial=1", "serial=0x2A"),
        ("serial=1", f"serial={2**31}"),
        ("serial=1", f"serial={2**70}"),
        ("serial=1", "serial=\N{ARABIC-INDIC DIGIT ONE}"),
        ("serial=1", "serial=1 serial=1"),
        ("serial=1", "serial=1 serial=2"),
        ("series=tacsea", "series=tacsea series=tacsea"),
        ("series=tacsea serial=1", "serial=1 series=tacsea"),
        ("series=tacsea", "series=Tacsea"),
        ("series=tacsea", "series=1tacsea"),
        ("series=tacsea", "series=-tacsea"),
        ("series=tacsea", "series=../tacsea"),
        ("series=tacsea", "series="),
        ("series=tacsea", "series=" + "a" * 32),
        ("issued=2012-06", "issued=2012"),
        ("issued=2012-06", "issued=2012-13"),
        ("issued=2012-06", "issued=2012-00"),
        ("issued=2012-06", "issued=0000-01"),
        ("issued=2012-06", "issued=2012-6"),
        ("issued=2012-06", "issued=2012-06-31"),
        ("review=2013-03-31", "review=2013-02-29"),
        ("review=2013-03-31", "review=2013-03-31T00:00"),
        (" schema=1", ""),
        ("schema=1", "schema=0"),
        ("schema=1", "schema=1 "),
        ("schema=1", "schema=1 more=1"),
        ("schema=1", "schema=1\n"),
        (" ", "  "),
        (" ", "\t"),
        (COMMENT, "briefings/1"),
    ],
)
def test_refuses_a_comment_that_breaks_the_form(old: str, new: str) -> None:
    assert old in COMMENT
    with pytest.raises((Faulty, WrongKind)):
        parse_comment(COMMENT.replace(old, new))


@pytest.mark.parametrize(
    "comment",
    [
        COMMENT.replace("schema=1", "schema=3"),
        COMMENT.replace("briefings/1", "briefings/2"),
        "briefings/2 edition=next",
    ],
)
def test_says_that_a_later_format_needs_a_newer_viewer(comment: str) -> None:
    with pytest.raises(NewerFormat, match="needs a newer viewer"):
        parse_comment(comment)


@pytest.mark.parametrize(
    "comment", ["", "timestamp:1\tfile:x\thashed", "briefings-trust/1 serial=1 issued=2026-11", "Briefings/1 x"]
)
def test_knows_the_comments_of_other_files(comment: str) -> None:
    with pytest.raises(WrongKind):
        parse_comment(comment)


def test_never_lets_another_failure_out() -> None:
    for cut in range(len(COMMENT)):
        with pytest.raises(Refused):
            parse_comment(COMMENT[:cut])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2012-06", True), ("2012-02-29", True), ("2013-02-29", False), ("2012-6", False), ("20120601", False)],
)
def test_knows_days_and_months_of_the_calendar(text: str, expected: bool) -> None:
    assert is_date(text) is expected
