"""The page of a theme says everything in the order in which it is needed."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from operator import itemgetter

import pytest

from viewer.bundle.bundle import Bundle
from viewer.errors import NotFound
from viewer.pages.theme import theme_items, theme_page
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
    pairs = [(theme, statistic) for theme in sample.themes() for statistic in sample.statistics(theme.id)]
    assert len(pairs) > 50
    for theme, statistics in groupby(pairs, key=itemgetter(0)):
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


def test_a_finding_says_how_sure_it_is_and_what_its_notes_say(exercise: tuple[Bundle, Bundle]) -> None:
    html = theme_page(exercise[0], "asked-fees").html
    assert "likely (65–85%) · moderate confidence" in html
    assert ">a&nbsp; By what users remember; no bank has confirmed it.</p>" in html
    assert '<sup class="note"><a class="note" href="note:asked-fees.f1/hour">a</a></sup>' in html


def test_handling_caveats_stand_under_the_title_and_under_their_items(exercise: tuple[Bundle, Bundle]) -> None:
    html = theme_page(exercise[0], "asked-fees").html
    labels = [caveat.label for caveat in exercise[0].caveats]
    assert [html.count(f"Handling: {label}") for label in labels] == [1, 1]


def test_no_number_of_a_source_stands_beside_a_value_in_a_table(exercise: tuple[Bundle, Bundle]) -> None:
    html = theme_page(exercise[0], "asked-fees").html
    cells = re.findall(r"<td align=[^>]*>(.*?)</td>", html)
    assert cells
    assert [cell for cell in cells if "<sup" in cell] == []
