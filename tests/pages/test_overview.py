"""The pages about the whole edition."""

from __future__ import annotations

import pytest

from viewer.bundle.bundle import Bundle
from viewer.errors import NotFound
from viewer.model import Term
from viewer.pages.overview import (
    MOST_LISTED,
    NOTHING_REFERS,
    PER_THEME,
    STRONGEST,
    glossary_page,
    issues_page,
    references_page,
    sources_page,
    start_page,
    strongest_figures,
    tag_page,
)


def test_the_start_page_names_every_theme_with_what_it_holds(sample: Bundle) -> None:
    html = start_page(sample).html
    for theme in sample.themes():
        assert f'href="theme:{theme.id}"' in html
    assert "16 findings" in html


def test_the_strongest_figures_stand_behind_findings_and_at_most_two_are_of_one_theme(sample: Bundle) -> None:
    chosen = strongest_figures(sample)
    assert 3 <= len(chosen) <= STRONGEST
    assert all(statistic.findings for statistic in chosen)
    themes = [statistic.theme for statistic in chosen]
    assert max(themes.count(theme) for theme in themes) <= PER_THEME


def test_glossary_sources_and_issues_list_all_there_is(sample: Bundle) -> None:
    glossary = glossary_page(sample.terms()).html
    assert all(f">{term.abbreviation}</td>" in glossary for term in sample.terms())
    sources = sources_page(sample).html
    assert all(f'<a name="source:{source.id}">' in sources for source in sample.sources())
    issues = issues_page(sample).html
    assert all(f'href="tag:{tag.id}"' in issues for tag in sample.tags())


def test_an_issue_opens_as_a_list_over_all_its_themes(sample: Bundle) -> None:
    tag = sample.tags()[0]
    html = tag_page(sample, tag.id).html
    assert all(f'href="item:{item.id}"' in html for item in sample.tagged(tag.id))


def test_long_lists_are_spread_over_parts_that_lead_to_one_another() -> None:
    terms = [Term(abbreviation=f"T{at}", expansion=f"Term {at}") for at in range(2 * MOST_LISTED + 1)]
    parts = [glossary_page(terms, part).html for part in (1, 2, 3)]
    held = [{at for at in range(len(terms)) if f">T{at}</td>" in html} for html in parts]
    assert held == [set(range(200)), set(range(200, 400)), {400}]
    assert ["Part 1 of 3" in parts[0], "Part 2 of 3" in parts[1], "Part 3 of 3" in parts[2]] == [True] * 3
    assert 'href="page:glossary/2"' in parts[0]
    assert 'href="page:glossary/1"' in parts[1]
    assert 'href="page:glossary/3"' in parts[1]
    assert "Part" not in glossary_page(terms[:MOST_LISTED]).html


def test_an_unknown_issue_is_not_found(sample: Bundle) -> None:
    with pytest.raises(NotFound):
        tag_page(sample, "nowhere")


def test_empty_lists_say_that_they_are_empty() -> None:
    assert "no abbreviations" in glossary_page(()).html


def test_what_is_marked_above_the_lowest_says_so_among_the_strongest_figures(exercise: tuple[Bundle, Bundle]) -> None:
    bundle = exercise[1]
    html = start_page(bundle).html
    cells = html.split('<td class="cell"')[1:]
    marked = [cell.partition("</td>")[0] for cell in cells]
    for statistic, cell in zip(strongest_figures(bundle), marked, strict=True):
        assert ('class="marking"' in cell) is (statistic.marking != "npm")
        assert bundle.marking_label([statistic.marking]) in cell
    assert any("RESTRICTED" in cell for cell in marked)


def test_what_is_marked_above_the_lowest_says_so_under_its_issue(exercise: tuple[Bundle, Bundle]) -> None:
    html = tag_page(exercise[1], "staff-access").html
    marked = [item for item in exercise[1].tagged("staff-access") if item.marking != "npm"]
    assert html.count('class="marking"') == len(marked) > 0


def test_an_edition_for_everybody_shows_no_marking_on_its_start_page(sample: Bundle) -> None:
    assert 'class="marking"' not in start_page(sample).html


def test_what_refers_to_a_place_is_listed_theme_by_theme(exercise: tuple[Bundle, Bundle]) -> None:
    page = references_page(exercise[1], "false-notices.p3")
    assert 'href="item:asked-fees.r2"' in page.html
    assert "Fees that false notices ask for" in page.html
    page = references_page(exercise[1], "depot-losses")
    assert 'href="item:asked-fees.p2"' in page.html
    assert NOTHING_REFERS in references_page(exercise[1], "asked-fees.r1").html
    with pytest.raises(NotFound):
        references_page(exercise[1], "asked-fees.r99")
