"""Drafts -> records; what is wrong with drafts is in test_faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from viewer.errors import PublishError
from viewer.model import (
    Assessment,
    Edition,
    Finding,
    Marking,
    Observation,
    Passage,
    Source,
    Statistic,
    StatisticKind,
    Tag,
    Term,
    Theme,
    ThemeKind,
)
from viewer.publish.drafts import read_drafts

EXPECTED = Assessment(
    edition=Edition(
        series="small",
        title="A small assessment",
        label="2020",
        serial=2,
        issued="2020-05",
        review="2021-03-31",
        publisher="A publisher",
        language="en-GB",
        marking="closed",
        summary="Two themes, *briefly*.",
    ),
    markings=(
        Marking(code="open", level=0, label="OPEN", colour="#5B636B", ink="#FFFFFF"),
        Marking(code="closed", level=1, label="CLOSED", colour="#8A4B08", ink="#FFFFFF"),
    ),
    themes=(
        Theme(
            id="scope",
            kind=ThemeKind.CONTEXT,
            position=1,
            number="C1",
            title="Scope and aim",
            short="Scope",
            summary="What is covered.",
            marking="closed",
            page="1",
        ),
        Theme(
            id="risk",
            kind=ThemeKind.PRIORITY,
            position=2,
            number="1",
            title="The risk",
            short="Risk",
            summary="What is at stake.",
            marking="closed",
            page="",
        ),
    ),
    findings=(
        Finding(
            id="risk.f1",
            theme="risk",
            position=1,
            text="Contact is made by messages.",
            marking="closed",
            page="2",
            sources=("census",),
            statistics=("risk.ways", "scope.reports"),
        ),
        Finding(
            id="risk.f2",
            theme="risk",
            position=2,
            text="Networks are *often* named.",
            marking="open",
            page="",
            statistics=("scope.reports",),
        ),
    ),
    statistics=(
        Statistic(
            id="scope.reports",
            theme="scope",
            position=1,
            title="Reports about networks",
            statement="Almost a third of 610 reports were about networks.",
            kind=StatisticKind.SINGLE,
            unit="%",
            population="Reports received",
            base="610 reports",
            period="2019",
            place="UK",
            caveat="",
            marking="closed",
            page="11-12",
            observations=(
                Observation(
                    position=1,
                    label="about networks",
                    value=33.33,
                    low=30.0,
                    high=33.33,
                    qualifier="almost",
                    words="a third",
                ),
            ),
            sources=("survey", "census"),
            tags=("peer-to-peer",),
            findings=("risk.f1", "risk.f2"),
        ),
        Statistic(
            id="risk.ways",
            theme="risk",
            position=1,
            title="Ways of contact",
            statement="Messages came first, then games.",
            kind=StatisticKind.RANKING,
            unit="ways",
            population="",
            base="",
            period="",
            place="",
            caveat='The order alone is known:\nkind = "single" stands in no source.',
            marking="closed",
            page="",
            observations=(
                Observation(position=1, label="messages", rank=1),
                Observation(position=2, label="games", rank=2),
            ),
            findings=("risk.f1",),
        ),
    ),
    passages=(
        Passage(
            id="scope.p1",
            theme="scope",
            position=1,
            number="C1.1",
            heading="Aim & scope",
            text="The first passage, in two lines,\n1 < 2, and a \\[bracket\\](not a link).\n\n- a point\n- another",
            marking="closed",
            page="1",
        ),
        Passage(
            id="scope.p2",
            theme="scope",
            position=2,
            number="C1.2",
            heading="",
            text="The second passage.",
            marking="closed",
            page="1-2",
            sources=("survey", "census"),
            tags=("young-people",),
        ),
        Passage(
            id="risk.p1",
            theme="risk",
            position=1,
            number="1.1",
            heading="",
            text="The only passage.",
            marking="closed",
            page="",
        ),
    ),
    sources=(
        Source(id="census", number=1, title="A census", author="An office", year="2019", note="Not [public]."),
        Source(id="survey", number=2, title="A survey", locator="https://survey.example/2019"),
    ),
    tags=(
        Tag(id="peer-to-peer", label="Peer-to-peer", description="Networks in which users share files."),
        Tag(id="young-people", label="Young people"),
    ),
    terms=(Term(abbreviation="P2P", expansion="peer-to-peer"),),
)


def test_reads_sound_drafts_into_records(drafts: Path) -> None:
    assert read_drafts(drafts) == EXPECTED


def test_reads_the_same_from_files_of_windows(drafts: Path) -> None:
    for path in drafts.rglob("*.*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_drafts(drafts) == EXPECTED


def test_says_that_there_is_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="no folder of drafts"):
        read_drafts(tmp_path / "missing")


def test_takes_a_change_in_per_cent_beyond_a_hundred_and_below_nothing(drafts: Path) -> None:
    path = drafts / "statistics.toml"
    text = path.read_text(encoding="utf-8").replace("33.33, low = 30, high = 33.33", "181, low = -30")
    path.write_text(text, encoding="utf-8")
    (observation,) = read_drafts(drafts).statistics[0].observations
    assert (observation.value, observation.low) == (181.0, -30.0)
