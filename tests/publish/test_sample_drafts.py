"""The sample's drafts hold the whole printed assessment: every finding, every figure, every footnote."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from viewer.model import Assessment, Finding, Item, Observation, Passage, Statistic, exact_amount
from viewer.publish.drafts import read_drafts

DRAFTS = Path(__file__).parents[2] / "resources" / "drafts" / "tacsea-2012"

# By the sections of the printed assessment.
THEMES = {
    "introduction": ("aim-and-scope", "sources-and-limits"),
    "general-picture": (
        "overall-picture",
        "self-generated-imagery",
        "random-video-chat",
        "social-networking",
        "trafficking",
    ),
    "priority-themes": (
        "online-vulnerability",
        "hidden-internet",
        "indecent-images",
        "offending-overseas",
        "groups-and-gangs",
    ),
    "summary": ("years-priorities",),
}

PRINTED_ON = {
    "aim-and-scope": "5",
    "sources-and-limits": "5",
    "overall-picture": "6",
    "years-priorities": "14",
    "self-generated-imagery": "6-7",
    "random-video-chat": "7",
    "social-networking": "7",
    "trafficking": "8",
    "online-vulnerability": "10",
    "hidden-internet": "10-11",
    "indecent-images": "11-12",
    "offending-overseas": "12",
    "groups-and-gangs": "13",
}

# What each printed key finding turns on, theme by theme and in order, with its page.
KEY_FINDINGS = (
    ("online-vulnerability", "10", ("target children", "social engineering", "threats")),
    ("hidden-internet", "11", ("networking", "posted there first", "almost half")),
    ("indecent-images", "12", ("Over half", "P2P", "30%", "possession of IIOC with contact offending")),
    ("offending-overseas", "12", ("travel abroad", "through work")),
    ("groups-and-gangs", "13", ("undefined", "networks", "Frontline services", "several agencies")),
)

# The figures that stand behind findings.
BEHIND = {
    "online-vulnerability.f1": (
        "social-networking.grooming-setting",
        "online-vulnerability.unknown-contacts",
        "online-vulnerability.unknown-contacts-change",
        "online-vulnerability.new-contacts",
    ),
    "hidden-internet.f3": ("hidden-internet.paedophile-use",),
    "indecent-images.f1": (
        "indecent-images.industry-reports",
        "indecent-images.report-counts",
        "indecent-images.over-half",
    ),
    "indecent-images.f3": ("indecent-images.producers-rise", "indecent-images.multiple-victims"),
    "offending-overseas.f1": (
        "offending-overseas.detained-abroad",
        "offending-overseas.arrest-notifications",
        "offending-overseas.notifying-countries",
        "offending-overseas.common-countries",
        "offending-overseas.level-of-reporting",
    ),
    "offending-overseas.f2": ("offending-overseas.occupations-unknown", "offending-overseas.occupations"),
    "groups-and-gangs.f2": ("groups-and-gangs.male-networks", "groups-and-gangs.male-offending"),
}

# Every figure of the printed assessment, one for each observation: its statistic, its page, how it is printed, a part
# of its label, and the observation as `as_printed` below has it.
with (Path(__file__).parent / "printed_figures.csv").open(encoding="utf-8", newline="") as table:
    FIGURES = tuple(csv.DictReader(table))

BASES = {
    "self-generated-imagery.share-of-reports": "2,293 reports",
    "online-vulnerability.risks-met": "25,000 children in the whole study",
    "indecent-images.industry-reports": "610 reports",
    "indecent-images.report-routes": "306 reports",
    "offending-overseas.notifying-countries": "61 notifications",
}

# Where the assessment is at odds with itself or says little, and what the caveat must say of it.
CAVEATS = (
    ("overall-picture.coerced-acts", "its size is not given"),
    ("self-generated-imagery.share-of-reports", "one month, November 2011"),
    ("social-networking.time-online", "no base"),
    ("social-networking.facebook-to-twitter", "ambiguous"),
    ("online-vulnerability.risks-met", "not one for the UK"),
    ("online-vulnerability.new-contacts", "not one for the UK"),
    ("hidden-internet.paedophile-use", "without a stated method"),
    ("indecent-images.industry-reports", "306 of 610 is 50.2%"),
    ("indecent-images.over-half", "306 of 610 is 50.2%"),
    ("indecent-images.producers-rise", "No numbers are given for either year"),
    ("indecent-images.multiple-victims", "the two may differ"),
    ("offending-overseas.arrest-notifications", "how efficiently countries notify"),
    ("offending-overseas.common-countries", "the order within the list is as printed"),
    ("offending-overseas.aged-40-to-70", "how many they are is not stated"),
    ("offending-overseas.occupations", "For the majority the occupation is unknown"),
)

FOOTNOTES = {
    1: "CEOP Centre Plan 2012/13",
    2: "Child Abuse and Neglect in the UK Today",
    3: "Sample of 2,293 reports",
    4: "Communications Market Report, August 2011",
    5: "UKOM/Nielsen, August 2011",
    6: "Strategic Threat Assessment of Child Trafficking in the UK",
    7: "Disadvantaged Children and Online Risk",
    8: "CEOP referrals data, 2011",
    9: "A Peer-to-Peer Internet for the Developing World",
    10: "A Picture of Abuse",
}

# The item in whose text the mark of each printed footnote stands.
AT_THEIR_PLACE = {
    1: "aim-and-scope.p1",
    2: "overall-picture.p1",
    3: "self-generated-imagery.p7",
    4: "self-generated-imagery.p10",
    5: "social-networking.p1",
    6: "trafficking.p3",
    7: "online-vulnerability.p8",
    8: "indecent-images.p2",
    9: "indecent-images.p6",
    10: "indecent-images.p9",
}

ABBREVIATION = re.compile(r"\b(?:[A-Z][A-Z0-9]*[A-Z]|Ofcom)(?=s?\b)")
COUNTED = r"(?:actionable )?reports|children in|notifications|countries|British nationals|\("
EXACT = re.compile(rf"(?<![\d/])(\d[\d,.]*)(?:%| (?:{COUNTED}))")


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    """The sample as its drafts have it."""
    return read_drafts(DRAFTS)


@pytest.fixture(scope="module")
def statistics(assessment: Assessment) -> dict[str, Statistic]:
    """The sample's statistics by id."""
    return {statistic.id: statistic for statistic in assessment.statistics}


def as_printed(observation: Observation) -> str:
    """All that an observation says but its label: qualifier, words, =value, [low..high], #rank, @period."""
    low, high = ("" if bound is None else f"{bound:f}" for bound in (observation.low, observation.high))
    parts = (
        observation.qualifier,
        observation.words,
        "" if observation.value is None else f"={exact_amount(observation.value, observation.magnitude):f}",
        f"[{low}..{high}]" if low or high else "",
        f"#{observation.rank}" if observation.rank else "",
        f"@{observation.period}" if observation.period else "",
    )
    return " ".join(part for part in parts if part)


def prose(assessment: Assessment) -> tuple[Finding | Passage, ...]:
    return assessment.findings + assessment.passages


def items(assessment: Assessment) -> tuple[Item, ...]:
    return prose(assessment) + assessment.statistics


def texts(assessment: Assessment) -> Iterator[str]:
    """Every text in which a reader may meet an abbreviation."""
    yield from (assessment.edition.title, assessment.edition.summary)
    for theme in assessment.themes:
        yield from (theme.title, theme.short, theme.summary)
    for item in prose(assessment):
        yield from (item.text, item.heading if isinstance(item, Passage) else "")
    for s in assessment.statistics:
        yield from (s.title, s.statement, s.unit, s.population, s.base, s.period, s.place, s.caveat)
        for observation in s.observations:
            yield from (observation.label, observation.period, observation.words)
    for source in assessment.sources:
        yield from (source.title, source.author, source.note)
    for tag in assessment.tags:
        yield from (tag.label, tag.description)
    for term in assessment.terms:
        yield term.definition


def spread(pages: str) -> set[int]:
    """The page numbers in "11-12" or "11"."""
    first, _, last = pages.partition("-")
    return set(range(int(first), int(last or first) + 1))


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb" as WCAG 2 defines it, 0 to 1."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_is_the_edition_of_2012_13(assessment: Assessment) -> None:
    edition = assessment.edition
    assert (edition.series, edition.label, edition.serial) == ("tacsea", "2012/13", 2)
    assert (edition.issued, edition.review) == ("2012-06", "2013-03-31")
    assert edition.publisher == "Child Exploitation and Online Protection Centre"


@pytest.mark.parametrize("part", THEMES)
def test_has_every_theme_of_its_section_in_order(assessment: Assessment, part: str) -> None:
    assert tuple(theme.id for theme in assessment.themes if theme.part == part) == THEMES[part]


def test_has_the_sections_of_the_printed_assessment_and_its_numbers_alone(assessment: Assessment) -> None:
    assert [part.id for part in assessment.parts] == list(THEMES)
    assert [part.title.split(":")[0] for part in assessment.parts] == [f"Section {number}" for number in range(1, 5)]
    labels = {theme.id: theme.label for theme in assessment.themes if theme.label}
    assert labels == {theme: str(number) for number, theme in enumerate(THEMES["priority-themes"], start=1)}
    assert not any(item.label for item in items(assessment))


@pytest.mark.parametrize(("number", "item"), AT_THEIR_PLACE.items())
def test_marks_each_footnote_at_its_place(assessment: Assessment, number: int, item: str) -> None:
    (source,) = (source.id for source in assessment.sources if source.number == number)
    (text,) = (one.text for one in items(assessment) if one.id == item)
    assert f"[^{source}]" in text


@pytest.mark.parametrize(("theme", "page", "words"), KEY_FINDINGS)
def test_has_every_key_finding_in_order(assessment: Assessment, theme: str, page: str, words: tuple[str, ...]) -> None:
    found = [finding for finding in assessment.findings if finding.theme == theme]
    assert [finding.id for finding in found] == [f"{theme}.f{number}" for number in range(1, len(words) + 1)]
    assert [word for finding, word in zip(found, words, strict=True) if word not in finding.text] == []
    assert {finding.page for finding in found} == {page}


def test_has_no_finding_beyond_the_printed_ones(assessment: Assessment) -> None:
    assert len(assessment.findings) == sum(len(words) for _, _, words in KEY_FINDINGS) == 16


def test_ties_findings_to_the_figures_behind_them(assessment: Assessment) -> None:
    assert {finding.id: finding.statistics for finding in assessment.findings if finding.statistics} == BEHIND


@pytest.mark.parametrize("id_", dict.fromkeys(figure["statistic"] for figure in FIGURES))
def test_has_every_printed_figure(statistics: dict[str, Statistic], id_: str) -> None:
    printed = [figure for figure in FIGURES if figure["statistic"] == id_]
    statistic = statistics[id_]
    assert [as_printed(o) for o in statistic.observations] == [figure["observation"] for figure in printed]
    for observation, figure in zip(statistic.observations, printed, strict=True):
        assert figure["label"] in observation.label, f'the label of "{figure["printed"]}"'
    assert {statistic.page} == {figure["page"] for figure in printed}


def test_has_no_figure_beyond_the_printed_ones(statistics: dict[str, Statistic]) -> None:
    assert sorted(statistics) == sorted({figure["statistic"] for figure in FIGURES})


def test_no_number_in_a_text_lacks_its_observation(assessment: Assessment) -> None:
    values = {(s.theme, o.value) for s in assessment.statistics for o in s.observations}
    stated = {
        (item.theme, Decimal(number.replace(",", "")))
        for item in prose(assessment)
        for number in EXACT.findall(item.text)
    }
    assert len(stated) >= 19
    assert stated - values == set()


@pytest.mark.parametrize(("id_", "base"), BASES.items())
def test_keeps_the_base_that_the_assessment_gives(statistics: dict[str, Statistic], id_: str, base: str) -> None:
    assert statistics[id_].base == base


def test_gives_no_base_that_the_assessment_leaves_out(statistics: dict[str, Statistic]) -> None:
    given = set(BASES) | {
        "online-vulnerability.girls-and-boys",
        "indecent-images.report-counts",
        "offending-overseas.common-countries",
    }
    assert {id_ for id_, statistic in statistics.items() if statistic.base} == given


@pytest.mark.parametrize(("id_", "warning"), CAVEATS)
def test_says_where_a_figure_is_thin(statistics: dict[str, Statistic], id_: str, warning: str) -> None:
    assert warning in statistics[id_].caveat


def test_every_share_of_unknown_base_has_a_caveat(assessment: Assessment) -> None:
    shares = [s for s in assessment.statistics if s.unit in ("%", "% change")]
    assert len(shares) > 20
    assert [s.id for s in shares if not s.base and not s.caveat] == []


def test_has_every_footnote_under_its_printed_number(assessment: Assessment) -> None:
    numbered = {source.number: ", ".join((source.title, source.year)) for source in assessment.sources}
    assert list(numbered) == list(range(1, len(assessment.sources) + 1))
    assert [n for n, title in FOOTNOTES.items() if not numbered[n].startswith(title)] == []


@pytest.mark.parametrize(
    "work",
    [
        "Out of Mind, Out of Sight",
        "Children’s and Parents’ Media Use and Attitudes",
        "Study of 25,000 children across the European Union",
        "Report on British nationals detained in foreign countries",
        "Findings on international orphanages, children’s homes and schools",
        "Earlier study of the prevalence of child abuse",
        "Previous Threat Assessment of Child Sexual Exploitation and Abuse",
    ],
)
def test_has_every_work_that_the_text_names(assessment: Assessment, work: str) -> None:
    assert work in {source.title for source in assessment.sources}


def test_every_source_is_cited(assessment: Assessment) -> None:
    cited = {source for item in items(assessment) for source in item.sources}
    assert {source.id for source in assessment.sources} - cited == set()


def test_every_finding_and_figure_cites_a_source(assessment: Assessment) -> None:
    cited = [item for item in items(assessment) if not isinstance(item, Passage)]
    assert [item.id for item in cited if not item.sources] == []


def test_every_tag_is_used_in_more_than_one_theme(assessment: Assessment) -> None:
    for tag in assessment.tags:
        assert len({item.theme for item in items(assessment) if tag.id in item.tags}) > 1, tag.id


def test_every_abbreviation_is_a_term_and_every_term_is_used(assessment: Assessment) -> None:
    used = {word for text in texts(assessment) for word in ABBREVIATION.findall(text)}
    assert used == {term.abbreviation for term in assessment.terms}


def test_every_item_stands_on_a_page_of_its_theme(assessment: Assessment) -> None:
    assert {theme.id: theme.page for theme in assessment.themes} == PRINTED_ON
    for item in items(assessment):
        assert spread(item.page) <= spread(PRINTED_ON[item.theme]), item.id


def test_passages_are_short_and_in_page_order(assessment: Assessment) -> None:
    for theme in assessment.themes:
        passages = [passage for passage in assessment.passages if passage.theme == theme.id]
        assert passages[0].heading or theme.id == "random-video-chat"
        assert [min(spread(p.page)) for p in passages] == sorted(min(spread(p.page)) for p in passages)
        assert max(len(passage.text.split()) for passage in passages) <= 100, theme.id


def test_everything_is_not_protectively_marked(assessment: Assessment) -> None:
    marked = (assessment.edition, *assessment.themes, *items(assessment))
    assert {item.marking for item in marked} == {"npm"}


def test_has_the_marking_scheme_of_the_time_in_readable_colours(assessment: Assessment) -> None:
    scheme = [(marking.level, marking.label) for marking in assessment.markings]
    assert scheme == [(0, "NOT PROTECTIVELY MARKED"), (1, "PROTECT"), (2, "RESTRICTED"), (3, "CONFIDENTIAL")]
    for marking in assessment.markings:
        dark, light = sorted((luminance(marking.colour), luminance(marking.ink)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, marking.label
    assert len({marking.colour for marking in assessment.markings}) == 4


def test_short_names_fit_the_contents(assessment: Assessment) -> None:
    assert [theme.short for theme in assessment.themes if len(theme.short) > 24] == []


def test_locators_are_plain_text(assessment: Assessment) -> None:
    assert [source.id for source in assessment.sources if "://" in source.locator] == []
    assert [source.number for source in assessment.sources if "ceop.police.uk" in source.locator] == [1, 10, 24]
