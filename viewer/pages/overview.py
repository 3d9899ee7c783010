"""Records -> HTML for the pages about the whole edition: at a glance, glossary, sources, tags."""

from __future__ import annotations

from collections.abc import Iterable

from viewer.bundle.bundle import Bundle
from viewer.model import Statistic, StatisticKind, Tag, Term, Theme, ThemeKind
from viewer.pages.theme import Page, large_value, marking_chip, section, small_unit, source_row, table, title_block
from viewer.text import wording
from viewer.text.markdown import markdown_html, plain_text
from viewer.text.safe import escape, visible

STRONGEST = 6  # figures on the start page
PER_THEME = 2  # of them, at most
MOST_LISTED = 500  # items under one issue
LARGE = '<span class="large">'
_GROUPS = (
    (ThemeKind.PRIORITY, "Priority themes"),
    (ThemeKind.EMERGING, "Emerging themes"),
    (ThemeKind.CONTEXT, "Context"),
)


def start_page(bundle: Bundle) -> Page:
    """The edition at a glance: what it is, its strongest figures, its themes with what they hold."""
    edition = bundle.edition
    kicker = f"{edition.name} · serial {edition.serial} · issued {wording.day(edition.issued)}"
    themes = bundle.themes()
    counts = bundle.counts()
    total = wording.listed(_amounts(*bundle.totals()))
    facts = wording.count(len(themes), "theme") + (f": {total}." if total else ".")
    publisher = f"Published by {escape(visible(edition.publisher))}."
    parts = [
        title_block(kicker, edition.title, markdown_html(edition.summary))
        + f'<p class="basis">{facts} {publisher}</p>',
        section("The strongest figures", "figures", _figure_grid(bundle, strongest_figures(bundle))),
    ]
    for kind, title in _GROUPS:
        rows = (_theme_row(bundle, theme, counts.get(theme.id, (0, 0, 0))) for theme in themes if theme.kind is kind)
        parts.append(section(title, kind, table(rows)))
    return Page(title="At a glance", html="".join(parts))


def strongest_figures(bundle: Bundle) -> tuple[Statistic, ...]:
    """Single figures behind most findings, those in digits first, in document order; at most two of one theme."""
    single = [
        s for s in bundle.most_supporting_statistics() if s.kind is StatisticKind.SINGLE and len(s.observations) == 1
    ]
    chosen: list[Statistic] = []
    for statistic in sorted(single, key=lambda s: (bool(s.observations[0].words), -len(s.findings))):
        if sum(other.theme == statistic.theme for other in chosen) < PER_THEME:
            chosen.append(statistic)
    return tuple(s for s in single if s in chosen[:STRONGEST])


def _chip(bundle: Bundle, code: str) -> str:
    """A marking where it lies above the lowest: on these pages, items of every theme stand side by side."""
    return marking_chip(bundle.marking(code)) if bundle.marking_label([code]) else ""


def _figure_grid(bundle: Bundle, statistics: tuple[Statistic, ...]) -> str:
    return table(_figure_row(bundle, statistics[i : i + 3]) for i in range(0, len(statistics), 3))


def _figure_row(bundle: Bundle, statistics: tuple[Statistic, ...]) -> str:
    """Up to three figures; where one has a qualifier above it, the others keep as much room."""
    above = any(statistic.observations[0].qualifier for statistic in statistics)
    cells = (_figure_cell(statistic, _chip(bundle, statistic.marking), above=above) for statistic in statistics)
    return "<tr>" + "".join(cells) + "<td></td>" * (3 - len(statistics)) + "</tr>"


def _figure_cell(statistic: Statistic, marking: str, *, above: bool) -> str:
    qualifier = escape(visible(statistic.observations[0].qualifier)) or "&nbsp;"
    lead = f'<span class="qualifier">{qualifier}</span><br/>' if above else ""
    value = large_value(statistic)
    high = "" if LARGE in value else f"{LARGE}&nbsp;</span>"  # its line is as high as where the type is large
    basis = " · ".join(part for part in (wording.base(statistic), statistic.period) if part)
    return (
        f'<td class="cell" width="33%"><p class="big">{lead}'
        f'<a class="figure" href="item:{statistic.id}">{value}</a> {small_unit(statistic)}{high}</p>'
        f'<p class="told">{escape(visible(statistic.title))}</p>'
        f'<p class="basis">{escape(visible(basis))}</p>{marking}</td>'
    )


def _theme_row(bundle: Bundle, theme: Theme, counts: tuple[int, int, int]) -> str:
    number = theme.number if theme.kind is ThemeKind.PRIORITY else ""
    amounts = " · ".join(_amounts(*counts))
    return (
        f'<tr><td class="number" width="5%">{escape(number)}</td><td class="theme"><p class="stat">'
        f'<a class="plain" href="theme:{theme.id}">{escape(visible(theme.title))}</a></p>'
        f'{markdown_html(theme.summary)}<p class="basis">{amounts}</p>{_chip(bundle, theme.marking)}</td></tr>'
    )


def _amounts(findings: int, statistics: int, passages: int) -> list[str]:
    named = ((findings, "finding"), (statistics, "figure"), (passages, "passage"))
    return [wording.count(amount, noun) for amount, noun in named if amount]


def glossary_page(terms: Iterable[Term]) -> Page:
    """Every abbreviation with what it stands for."""
    rows = table(_term_row(term) for term in terms)
    empty = "" if rows else '<p class="basis">This edition explains no abbreviations.</p>'
    return Page(title="Abbreviations", html=title_block("The edition", "Abbreviations", "") + rows + empty)


def _term_row(term: Term) -> str:
    definition = f'<p class="basis">{escape(visible(term.definition))}</p>' if term.definition else ""
    return (
        f'<tr><td class="term" width="16%">{escape(visible(term.abbreviation))}</td>'
        f'<td class="theme"><p class="stat">{escape(visible(term.expansion))}</p>{definition}</td></tr>'
    )


def sources_page(bundle: Bundle) -> Page:
    """Every source of the edition under its number."""
    rows = table(source_row(source) for source in bundle.sources())
    empty = "" if rows else '<p class="basis">This edition cites no sources.</p>'
    return Page(title="Sources", html=title_block("The edition", "Sources", "") + rows + empty)


def issues_page(bundle: Bundle) -> Page:
    """Every issue that crosses themes, with how much stands under it."""
    counts = bundle.tag_counts()
    rows = table(_tag_row(tag, counts.get(tag.id, 0)) for tag in bundle.tags())
    empty = "" if rows else '<p class="basis">This edition names no issues that cross themes.</p>'
    return Page(
        title="Issues across themes", html=title_block("The edition", "Issues across themes", "") + rows + empty
    )


def _tag_row(tag: Tag, amount: int) -> str:
    return (
        f'<tr><td class="theme"><p class="stat">'
        f'<a class="plain" href="tag:{tag.id}">{escape(visible(tag.label))}</a></p>'
        f'{markdown_html(tag.description)}<p class="basis">{wording.count(amount, "item")}</p></td></tr>'
    )


def tag_page(bundle: Bundle, tag_id: str) -> Page:
    """All items under one issue, theme by theme. Raises NotFound for an unknown one."""
    tag = bundle.tag(tag_id)
    tagged = bundle.tagged(tag_id)
    items = tagged[:MOST_LISTED]
    cut = f"The first {MOST_LISTED:,} of {len(tagged):,} items." if len(tagged) > MOST_LISTED else ""
    parts = [
        title_block("Issue across themes", tag.label, f'{markdown_html(tag.description)}<p class="basis">{cut}</p>')
    ]
    for theme in bundle.themes():
        here = [item for item in items if item.theme == theme.id]
        rows = (
            f'<tr><td class="label" width="16%">{escape(wording.item_place(item, theme))}</td><td class="theme">'
            f'<a class="plain" href="item:{item.id}">{escape(plain_text(item.text))}</a>'
            f"{_chip(bundle, item.marking)}</td></tr>"
            for item in here
        )
        parts.append(section(theme.title, theme.id, table(rows)))
    return Page(title=tag.label, html="".join(parts))
