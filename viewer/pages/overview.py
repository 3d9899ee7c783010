"""Records -> HTML for the pages about the whole edition: at a glance, abbreviations, sources, issues."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from viewer.bundle.bundle import Bundle
from viewer.bundle.queries import Counts
from viewer.model import Item, Statistic, Tag, Term, Theme
from viewer.pages.page_parts import part_starts, text_weight, weight
from viewer.pages.parts import (
    Page,
    html_table,
    is_large,
    large_value,
    marking_chip,
    paragraph,
    section,
    small_unit,
    source_row,
    title_block,
    turning_line,
)
from viewer.records import record
from viewer.text import wording
from viewer.text.edition_text import text_html, text_plain
from viewer.text.safe import NO_HTML, Html, format_html, join_html

_Listed = TypeVar("_Listed")

STRONGEST = 6  # figures on the start page
PER_THEME = 2  # of them, at most
ABREAST = 3  # of them in one row
NOTHING_REFERS = "Nothing in this edition refers to it."
MOST_LISTED = 200  # rows of a list on one part of its page

_FORMAT_1_PARTS = {"priority": "Priority themes", "emerging": "Emerging themes", "context": "Context"}


def start_page(bundle: Bundle, part: int = 1) -> Page:
    """Return the edition at a glance: what it is, its strongest figures, its themes with what they hold.

    Of very many themes the part asked for, 1 and up.
    """
    edition = bundle.edition
    kicker = f"{edition.name} · serial {edition.serial} · issued {wording.day(edition.issued)}"
    counts = bundle.counts()
    titles = dict(_part_titles(bundle))
    order = {known: at for at, known in enumerate(titles)}
    themes = sorted(bundle.themes(), key=lambda theme: order[theme.part])
    shown = _part_of(themes, part, lambda theme: text_weight(theme.title, theme.summary), len(themes))
    turning = turning_line("page:start", part, shown.parts)
    figures = _figure_grid(bundle, strongest_figures(bundle)) if part == 1 else NO_HTML
    parts = [
        title_block(kicker, edition.title, text_html(edition.summary)),
        format_html('<p class="basis">{} Published by {}.</p>', _contents_sentence(bundle), edition.publisher),
        section("The strongest figures", "figures", figures),
        turning,
    ]
    for known, title in titles.items():
        rows = (_theme_row(bundle, theme, counts[theme.id]) for theme in shown.listed if theme.part == known)
        parts.append(section(title, known, html_table(rows)))
    return Page(title="At a glance", html=join_html((*parts, turning)))


def _part_titles(bundle: Bundle) -> Iterable[tuple[str, str]]:
    """Return the parts and their titles in the publisher's order.

    Format 1 knew but three parts, which had other titles on this page, and put the context first.
    """
    if bundle.format_number == 1:
        return _FORMAT_1_PARTS.items()
    return [(part.id, part.title) for part in bundle.parts()]


def strongest_figures(bundle: Bundle) -> tuple[Statistic, ...]:
    """Return single figures behind most findings, in document order, those in digits before those in words.

    There are at most `STRONGEST` of them, and at most `PER_THEME` of one theme.
    """
    single = bundle.most_supporting_figures()
    chosen: list[Statistic] = []
    for statistic in sorted(single, key=lambda s: (bool(s.observations[0].words), -len(s.findings))):
        if sum(other.theme == statistic.theme for other in chosen) < PER_THEME:
            chosen.append(statistic)
    strongest = {statistic.id for statistic in chosen[:STRONGEST]}
    return tuple(s for s in single if s.id in strongest)


def _contents_sentence(bundle: Bundle) -> str:
    """Return how much is in the edition: `8 themes: 16 findings, 58 figures and 104 passages.`"""
    themes = wording.count(len(bundle.themes()), "theme")
    held = wording.listed(_amounts(bundle.totals()))
    return f"{themes}: {held}." if held else f"{themes}."


def _amounts(counts: Counts) -> list[str]:
    nouns = ("finding", "recommendation", "figure", "passage")
    named = zip(counts, nouns, strict=True)
    return [wording.count(amount, noun) for amount, noun in named if amount]


def _chip(bundle: Bundle, code: str) -> Html:
    """Return a marking above the lowest: on these pages, items of every theme stand side by side."""
    return marking_chip(bundle.marking(code)) if bundle.marking_label([code]) else NO_HTML


def _figure_grid(bundle: Bundle, statistics: tuple[Statistic, ...]) -> Html:
    return html_table(_figure_row(bundle, statistics[i : i + ABREAST]) for i in range(0, len(statistics), ABREAST))


def _figure_row(bundle: Bundle, statistics: tuple[Statistic, ...]) -> Html:
    """Return up to three figures; where one has a qualifier above it, the others keep as much room."""
    above = any(statistic.observations[0].qualifier for statistic in statistics)
    cells = [_figure_cell(statistic, _chip(bundle, statistic.marking), above=above) for statistic in statistics]
    empty = [Html("<td></td>")] * (ABREAST - len(statistics))
    return format_html("<tr>{}</tr>", join_html([*cells, *empty]))


def _figure_cell(statistic: Statistic, marking: Html, *, above: bool) -> Html:
    qualifier = statistic.observations[0].qualifier or Html("&nbsp;")
    basis = " · ".join(part for part in (wording.base(statistic), statistic.period) if part)
    return format_html(
        '<td class="cell" width="33%"><p class="big">{lead}'
        '<a class="figure" href="item:{id}">{value}</a> {unit}{high}</p>'
        '<p class="caption">{title}</p><p class="basis">{basis}</p>{marking}</td>',
        lead=format_html('<span class="qualifier">{}</span><br/>', qualifier) if above else NO_HTML,
        id=statistic.id,
        value=large_value(statistic),
        unit=small_unit(statistic),
        high=NO_HTML if is_large(statistic) else Html('<span class="large">&nbsp;</span>'),  # as high as the others
        title=statistic.title,
        basis=basis,
        marking=marking,
    )


def _theme_row(bundle: Bundle, theme: Theme, counts: Counts) -> Html:
    return format_html(
        '<tr><td class="number" width="5%">{number}</td><td class="theme">'
        '<p class="stat"><a class="plain" href="theme:{id}">{title}</a></p>'
        '{summary}<p class="basis">{amounts}</p>{marking}</td></tr>',
        number=bundle.shown_label(theme),
        id=theme.id,
        title=theme.title,
        summary=text_html(theme.summary),
        amounts=" · ".join(_amounts(counts)),
        marking=_chip(bundle, theme.marking),
    )


def glossary_page(terms: Sequence[Term], part: int = 1) -> Page:
    """Return every abbreviation with what it stands for; of many the part asked for, 1 and up."""
    shown = _part_of(terms, part, lambda term: text_weight(term.abbreviation, term.expansion, term.definition))
    return _list_page("Abbreviations", shown, _term_row, "This edition explains no abbreviations.", "page:glossary")


def sources_page(bundle: Bundle, part: int = 1) -> Page:
    """Return every source of the edition under its number; of many the part asked for, 1 and up."""
    shown = _part_of(bundle.sources(), part, lambda one: text_weight(one.title, one.author, one.locator, one.note))
    return _list_page("Sources", shown, source_row, "This edition cites no sources.", "page:sources")


def issues_page(bundle: Bundle, part: int = 1) -> Page:
    """Return every issue that crosses themes, with how much stands under it; of many the part asked for, 1 and up."""
    counts = bundle.tag_counts()
    return _list_page(
        "Issues across themes",
        _part_of(bundle.tags(), part, lambda tag: text_weight(tag.label, tag.description)),
        lambda tag: _tag_row(tag, counts.get(tag.id, 0)),
        "This edition names no issues that cross themes.",
        "page:issues",
    )


@record
class _ListPart(Generic[_Listed]):
    """What stands on one part of a page: the things listed there, and which part it is of how many."""

    listed: Sequence[_Listed]
    number: int
    parts: int


def _part_of(
    things: Sequence[_Listed], number: int, weight_of: Callable[[_Listed], int], most: int = MOST_LISTED
) -> _ListPart[_Listed]:
    starts = part_starts(map(weight_of, things), most)
    start, *ends = starts[number - 1 : number + 1] or (len(things),)
    return _ListPart(listed=things[start : ends[0] if ends else None], number=number, parts=len(starts))


def _list_page(title: str, part: _ListPart[_Listed], row: Callable[[_Listed], Html], empty: str, address: str) -> Page:
    body = html_table(map(row, part.listed)) or paragraph("basis", empty)
    turning = turning_line(address, part.number, part.parts)
    return Page(title=title, html=join_html((title_block("The edition", title), turning, body, turning)))


def _term_row(term: Term) -> Html:
    return format_html(
        '<tr><td class="term" width="16%">{}</td><td class="theme"><p class="stat">{}</p>{}</td></tr>',
        term.abbreviation, term.expansion, paragraph("basis", term.definition),
    )  # fmt: skip


def _tag_row(tag: Tag, amount: int) -> Html:
    return format_html(
        '<tr><td class="theme"><p class="stat"><a class="plain" href="tag:{}">{}</a></p>{}'
        '<p class="basis">{}</p></td></tr>',
        tag.id, tag.label, text_html(tag.description), wording.count(amount, "item"),
    )  # fmt: skip


def tag_page(bundle: Bundle, tag_id: str, part: int = 1) -> Page:
    """Return all items under one issue, theme by theme; of many the part asked for. Raises NotFound for no issue."""
    tag = bundle.tag(tag_id)
    shown = _part_of(bundle.tagged_lengths(tag_id), part, lambda one: weight(one[1]))
    items = bundle.items_of([id_ for id_, _ in shown.listed])
    turning = turning_line(f"tag:{tag_id}", shown.number, shown.parts)
    body = _by_theme(bundle, items)
    block = title_block("Issue across themes", tag.label, text_html(tag.description))
    return Page(title=tag.label, html=join_html((block, turning, body, turning)))


def references_page(bundle: Bundle, target: str, part: int = 1) -> Page:
    """Return all items whose texts lead to an item or theme, theme by theme; of many the part asked for.

    Raises NotFound for a place that the edition does not have.
    """
    shown = _part_of(bundle.referring_lengths(target), part, lambda one: weight(one[1]))
    turning = turning_line(f"references:{target}", shown.number, shown.parts)
    if "." in target:  # as the format has the ids of items
        item = bundle.item(target)
        name = wording.item_place(item, bundle.theme(item.theme))
        link = format_html('<p><a class="figure" href="item:{}">{}</a></p>', target, text_plain(item.text))
    else:
        theme = bundle.theme(target)
        name = bundle.theme_name(theme)
        link = format_html('<p><a class="figure" href="theme:{}">{}</a></p>', target, theme.title)
    body = _by_theme(bundle, bundle.items_of([id_ for id_, _ in shown.listed])) or paragraph("basis", NOTHING_REFERS)
    block = title_block("What refers to", name, link)
    return Page(title=f"What refers to {name}", html=join_html((block, turning, body, turning)))


def _by_theme(bundle: Bundle, items: Sequence[Item]) -> Html:
    """Return items as rows under the titles of their themes, in reading order."""
    return join_html(
        section(theme.title, theme.id, html_table(_item_row(bundle, item, theme) for item in held))
        for theme in bundle.themes()
        if (held := [item for item in items if item.theme == theme.id])
    )


def _item_row(bundle: Bundle, item: Item, theme: Theme) -> Html:
    return format_html(
        '<tr><td class="label" width="16%">{place}</td><td class="theme">'
        '<a class="plain" href="item:{id}">{text}</a>{marking}</td></tr>',
        place=wording.item_place(item, theme),
        id=item.id,
        text=text_plain(item.text),
        marking=_chip(bundle, item.marking),
    )
