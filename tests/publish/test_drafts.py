"""Drafts -> records; what is wrong with drafts is in test_faults."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from viewer.errors import PublishError
from viewer.model import (
    Assessment,
    Caveat,
    Edition,
    Finding,
    Footnote,
    Marking,
    Observation,
    Part,
    Passage,
    Recommendation,
    ScaleKind,
    ScaleStep,
    Source,
    Statistic,
    StatisticKind,
    Tag,
    Term,
    Theme,
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
            part="before",
            position=1,
            label="C1",
            title="Scope and aim",
            short="Scope",
            summary="What is covered.",
            marking="closed",
            page="1",
        ),
        Theme(
            id="risk",
            part="risks",
            position=2,
            label="1",
            title="The risk",
            short="Risk",
            summary="What is at stake.",
            marking="closed",
            page="",
        ),
        Theme(
            id="answer",
            part="risks",
            parent="risk",
            position=3,
            label="1.1",
            title="What may help",
            short="Answer",
            summary="What is to be done.",
            marking="open",
            page="",
            caveats=("home",),
        ),
    ),
    caveats=(Caveat(code="home", position=1, label="AT HOME ALONE", description="Not to be taken along."),),
    scale=(
        ScaleStep(
            id="likely", kind=ScaleKind.LIKELIHOOD, position=1, term="likely", low=Decimal(55), high=Decimal("75.5")
        ),
        ScaleStep(id="high", kind=ScaleKind.CONFIDENCE, position=1, term="high confidence"),
    ),
    parts=(
        Part(id="before", position=1, title="Before all"),
        Part(id="risks", position=2, title="Risks", theme_title="Risk"),
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
        Finding(
            id="answer.f1",
            theme="answer",
            position=1,
            label="Key 1",
            text="Questions may help[^why][^census].",
            likelihood="likely",
            confidence="high",
            marking="open",
            page="iv",
            sources=("census",),
            footnotes=(Footnote(id="why", text="As [the risk](#risk) shows."),),
            references=("risk",),
        ),
    ),
    recommendations=(
        Recommendation(
            id="answer.r1",
            theme="answer",
            position=1,
            label="R1",
            text="Ask *again*.",
            owner="The office",
            due="by 2021",
            marking="open",
            page="",
            findings=("answer.f1", "risk.f1"),
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
                    value=Decimal("33.33"),
                    low=Decimal(30),
                    high=Decimal("33.33"),
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
            label="",
            heading="Aim & scope",
            text="The first passage, in two lines,\n1 < 2, and a \\[bracket\\](not a link).\n\n- a point\n- another",
            marking="closed",
            page="1",
        ),
        Passage(
            id="scope.p2",
            theme="scope",
            position=2,
            label="",
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
            label="",
            heading="",
            text="The only passage.",
            marking="closed",
            page="",
        ),
        Passage(
            id="answer.p1",
            theme="answer",
            position=1,
            label="1.1.1",
            heading="",
            text="As [it](#answer.r1) says:\n\n| Way | Share |\n|---|---:|\n| Letters | 0.004 % |",
            marking="open",
            page="Annex B",
            caveats=("home",),
            references=("answer.r1",),
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
    terms=(Term(abbreviation="P2P", expansion="peer-to-peer", also=("file sharing",)),),
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
    assert (observation.value, observation.low) == (Decimal(181), Decimal(-30))


def test_keeps_the_digits_that_were_published(drafts: Path) -> None:
    path = drafts / "statistics.toml"
    text = path.read_text(encoding="utf-8")
    for typed, digits in (
        ("0.004", "0.004"),
        ('"5.0"', "5.0"),
        ("99.999", "99.999"),
        ('"1,866,642,107"', "1866642107"),
    ):
        path.write_text(text.replace("33.33, low = 30, high = 33.33", typed), encoding="utf-8")
        (observation,) = read_drafts(drafts).statistics[0].observations
        assert str(observation.value) == digits


def test_composes_letters_and_their_accents(drafts: Path) -> None:
    path = drafts / "themes/20-risk.md"
    path.write_text(path.read_text(encoding="utf-8").replace("The only", "Cafe\u0301, the only"), encoding="utf-8")
    edition = drafts / "edition.toml"
    edition.write_text(edition.read_text(encoding="utf-8").replace("A small", "A sma\\u0302ll"), encoding="utf-8")
    read = read_drafts(drafts)
    assert next(one for one in read.passages if one.id == "risk.p1").text == "Caf\u00e9, the only passage."
    assert read.edition.title == "A sm\u00e2ll assessment"


def test_cites_sources_in_the_order_of_the_text_and_then_as_listed(drafts: Path) -> None:
    path = drafts / "themes/10-scope.md"
    text = path.read_text(encoding="utf-8").replace("The second passage.", "One[^census], two[^survey].")
    path.write_text(text, encoding="utf-8")
    assert read_drafts(drafts).passages[1].sources == ("census", "survey")


LEFT_BEHIND = ("desktop.ini", "Thumbs.db", ".DS_Store", "~$10-scope.md", ".~lock.10-scope.md#", "10-scope.md~")
LOCKS = (".10-scope.md.swp", "10-scope.md.swp", "#10-scope.md#")


@pytest.mark.parametrize("name", [*LEFT_BEHIND, *LOCKS])
def test_passes_over_what_systems_and_editors_leave_behind(drafts: Path, name: str) -> None:
    (drafts / "themes" / name).write_bytes(b"\xff")
    assert read_drafts(drafts) == EXPECTED


def test_says_how_far_it_is(drafts: Path) -> None:
    said: list[str] = []
    read_drafts(drafts, said.append)
    assert "Reading themes: 2 of 3" in said
