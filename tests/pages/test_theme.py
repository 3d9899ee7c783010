"""The page of a theme says everything in the order in which it is needed."""

from __future__ import annotations

from html import escape
from itertools import groupby
from operator import itemgetter

import pytest

from viewer.bundle.bundle import Bundle
from viewer.errors import NotFound
from viewer.model import Term
from viewer.pages.theme import abbreviation_tips, theme_items, theme_page
from viewer.text.safe import visible


def test_findings_come_first_then_figures_narrative_and_sources(sample: Bundle) -> None:
    html = theme_page(sample, "indecent-images").html
    heads = [html.index(f'<a name="{name}">') for name in ("findings", "figures", "narrative", "sources")]
    assert heads == sorted(heads)


def test_every_item_of_every_theme_is_on_its_page(sample: Bundle) -> None:
    for theme in sample.themes():
        shown = theme_page(sample, theme.id)
        for item in theme_items(sample, theme.id):
            assert f'<a name="{item.id}">' in shown.html
            assert item.id in shown.items


def test_a_figure_stands_beside_the_finding_that_it_supports(sample: Bundle) -> None:
    finding = next(f for f in sample.findings("indecent-images") if f.statistics)
    html = theme_page(sample, "indecent-images").html
    row = html[html.index(f'<a name="{finding.id}">') :].partition("</tr>")[0]
    assert f'href="item:{finding.statistics[0]}"' in row


def test_no_figure_stands_without_its_qualifier_base_and_caveat(sample: Bundle) -> None:
    told = [(theme, statistic) for theme in sample.themes() for statistic in sample.statistics(theme.id)]
    assert len(told) > 50
    for theme, statistics in groupby(told, key=itemgetter(0)):
        html = theme_page(sample, theme.id).html
        for _, statistic in statistics:
            start = html.rindex("<tr>", 0, html.index(f'<p class="stat">{escape(statistic.title)}</p>'))
            row = html[start:]
            for observation in statistic.observations:
                assert visible(observation.qualifier) in row
            assert escape(statistic.base) in row
            assert escape(statistic.caveat) in row


def test_every_footnote_leads_to_a_source_on_the_page(sample: Bundle) -> None:
    cited = {theme.id: {s for p in sample.passages(theme.id) for s in p.sources} for theme in sample.themes()}
    assert sum(map(len, cited.values())) > 20
    for theme, sources in cited.items():
        html = theme_page(sample, theme).html
        for source in sources:
            assert f'href="source:{source}"' in html
            assert f'<a name="source:{source}">' in html


def test_the_first_of_each_abbreviation_explains_itself() -> None:
    explain = abbreviation_tips([Term(abbreviation="IIOC", expansion="indecent images of <children>")])
    assert explain("<p>IIOC and IIOC</p>") == (
        '<p><span title="&lt;p&gt;indecent images of &amp;lt;children&amp;gt;&lt;/p&gt;">IIOC</span> and IIOC</p>'
    )
    assert explain('<p title="IIOC">XIIOC</p>') == '<p title="IIOC">XIIOC</p>'


def test_a_page_names_no_file_and_no_address_outside_the_program(sample: Bundle) -> None:
    for theme in sample.themes():
        html = theme_page(sample, theme.id).html
        for part in html.split('="')[1:]:
            value = part.partition('"')[0]
            assert "://" not in value
            assert not value.startswith(("file:", "//", "javascript:"))


def test_an_unknown_theme_is_not_found(sample: Bundle) -> None:
    with pytest.raises(NotFound):
        theme_page(sample, "nowhere")


def test_a_figure_beside_a_finding_bears_its_own_marking_and_its_base(exercise: tuple[Bundle, Bundle]) -> None:
    html = theme_page(exercise[1], "copied-codes").html
    beside = [row.partition("</td>")[0] for row in html.split('<td class="beside"')[1:]]
    assert [("PROTECT" in told, "RESTRICTED" in told) for told in beside] == [
        (True, False), (True, False), (False, True),
    ]  # fmt: skip
    assert "base: 31,000 collections" in beside[1]


def test_a_share_beside_a_finding_says_where_it_has_no_base(sample: Bundle) -> None:
    html = theme_page(sample, "indecent-images").html
    beside = [row.partition("</td>")[0] for row in html.split('<td class="beside"')[1:]]
    assert "base: 610 reports" in beside[0]
    assert "no base given" in beside[1]


def test_a_marking_stands_under_its_item_and_never_between_the_text_and_its_footnotes(
    exercise: tuple[Bundle, Bundle],
) -> None:
    html = theme_page(exercise[1], "copied-codes").html
    cells = [cell.partition("</td>")[0] for cell in html.split('<td class="finding"')[1:]]
    assert len(cells) == 3
    assert all(cell.index("</sup>") < cell.index("</p>") < cell.index('<p class="chip">') for cell in cells)


def test_one_of_a_kind_is_counted_in_the_singular(exercise: tuple[Bundle, Bundle]) -> None:
    html = theme_page(exercise[1], "depot-losses").html
    assert '<span class="unit">depot</span>' in html


def test_a_number_reads_in_its_figure_as_in_its_sentence(exercise: tuple[Bundle, Bundle]) -> None:
    html = theme_page(exercise[1], "shared-lockers").html
    assert '<span class="large">3,420</span>' in html
    assert "lists 3,420 lockers" in html
    assert "3420" not in html
