"""The sample's narrative leaves out nothing of substance, and its words claim no more than the printed ones."""

from __future__ import annotations

import csv
import re
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from tests.publish.test_sample_drafts import DRAFTS, items
from viewer.bundle.bundle import Bundle
from viewer.model import Assessment, Claims, Item, Observation, Statistic
from viewer.publish.drafts import read_drafts
from viewer.signing.sealing import SigningKey, seal
from viewer.signing.trailer import split_trailer
from viewer.signing.trust import Trust
from viewer.text import wording
from viewer.text.edition_text import text_plain

EDITIONS = Path(__file__).parent.parent / "homes" / "editions"

# Every paragraph of the printed assessment as the passages hold it: the page, and the words that carry what it states.
with (Path(__file__).parent / "printed_passages.csv").open(encoding="utf-8", newline="") as table:
    PASSAGES = tuple(csv.DictReader(table))

UPWARD = ("more than", "over")
DOWNWARD = ("almost",)


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    """The sample as its drafts have it."""
    return read_drafts(DRAFTS)


def observations(assessment: Assessment) -> list[tuple[Statistic, Observation]]:
    return [(statistic, observation) for statistic in assessment.statistics for observation in statistic.observations]


def texts_of(assessment: Assessment, theme: str) -> list[str]:
    """Where a theme may state a figure in running text."""
    named = [each.summary for each in assessment.themes if each.id == theme]
    return named + [item.text for item in items(assessment) if item.theme == theme]


@pytest.mark.parametrize("printed", PASSAGES, ids=[printed["passage"] for printed in PASSAGES])
def test_states_what_the_printed_paragraph_states(assessment: Assessment, printed: dict[str, str]) -> None:
    (passage,) = (each for each in assessment.passages if each.id == printed["passage"])
    assert passage.page == printed["page"]
    assert [words for words in printed["states"].split("|") if words not in passage.text] == []


def test_has_no_passage_beyond_the_printed_paragraphs(assessment: Assessment) -> None:
    assert [passage.id for passage in assessment.passages] == [printed["passage"] for printed in PASSAGES]


def test_every_passage_says_where_it_comes_from(assessment: Assessment) -> None:
    assert [passage.id for passage in assessment.passages if not passage.sources] == []


def test_a_finding_cites_every_source_of_the_figures_behind_it(assessment: Assessment) -> None:
    sources = {statistic.id: set(statistic.sources) for statistic in assessment.statistics}
    for finding in assessment.findings:
        behind = set().union(*(sources[id_] for id_ in finding.statistics))
        assert behind - set(finding.sources) == set(), finding.id


def test_no_text_states_a_qualified_figure_without_its_qualifier(assessment: Assessment) -> None:
    met = 0
    for statistic, observation in observations(assessment):
        if not observation.qualifier or observation.value is None or observation.words:
            continue
        figure = wording.bare_value(observation, statistic.unit)
        for text in texts_of(assessment, statistic.theme):
            bare = re.findall(rf"(.*?)(?<![\d.,]){re.escape(figure)}", text, re.DOTALL)
            met += len(bare)
            assert [before for before in bare if not before.lower().endswith(f"{observation.qualifier} ")] == []
    assert met >= 12


def test_a_bound_says_no_more_than_the_words(assessment: Assessment) -> None:
    qualified = [observation for _, observation in observations(assessment) if observation.value is not None]
    below = [observation for observation in qualified if observation.qualifier in DOWNWARD]
    above = [observation for observation in qualified if observation.qualifier in UPWARD]
    assert len(below) == 4
    assert len(above) == 2
    assert {(o.low, o.high == o.value) for o in below} == {(None, True)}
    assert {(o.low == o.value, o.high) for o in above} == {(True, None)}


def test_every_figure_without_a_number_says_so(assessment: Assessment) -> None:
    changes = [s for s in assessment.statistics if s.unit == wording.CHANGE and s.observations[0].value is None]
    assert len(changes) == 5
    assert [s.id for s in changes if not s.caveat.startswith("A direction alone")] == []


def test_no_source_prints_its_year_twice(assessment: Assessment) -> None:
    assert [source.id for source in assessment.sources if source.year and source.title.endswith(source.year)] == []


def test_says_what_serial_1_said(assessment: Assessment, trust: Trust, key_pair: SigningKey) -> None:
    body, _ = split_trailer((EDITIONS / "briefings.db").read_bytes())
    claims = Claims(series="tacsea", serial=1, issued="2012-06", review="2013-03-31", schema=1)
    with closing(Bundle.from_bytes(seal(bytes(body), claims, key_pair), trust)) as before:
        was = {item.id: item for theme in before.themes() for item in before.items(theme.id)}
        sources, tags, themes = before.sources(), set(before.tags()), before.themes()
    now = {item.id: item for item in items(assessment)}
    assert now.keys() == was.keys()
    for id_, item in now.items():
        old = was[id_]
        assert text_plain(item.text) == text_plain(old.text)
        assert set(item.sources) == set(old.sources), id_
        assert (set(item.tags), item.page, item.marking) == (set(old.tags), old.page, old.marking)
        assert [amounts(item), figures(item)] == [amounts(old), figures(old)]
    assert assessment.sources == sources
    assert set(assessment.tags) == tags
    assert {(one.id, one.title, one.short, one.summary, one.page) for one in assessment.themes} == {
        (one.id, one.title, one.short, text_plain(one.summary), one.page) for one in themes
    }


def amounts(item: Item) -> list[Decimal | None]:
    """The values of a figure, their magnitudes multiplied out; of other items none."""
    return [one.amount for one in item.observations] if isinstance(item, Statistic) else []


def figures(item: Item) -> list[tuple[str, ...]]:
    """What a figure says in words beside its values; of other items nothing."""
    if not isinstance(item, Statistic):
        return []
    basis = (item.title, item.unit, item.population, item.base, item.period, item.place, item.caveat)
    return [basis, *((one.label, one.period, one.qualifier, one.words) for one in item.observations)]
