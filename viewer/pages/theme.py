"""Records -> HTML: the page of one theme, in the order in which an officer needs it.

Addresses in links are the program's own: `item:`, `theme:`, `source:`, `note:`, `references:`, `tag:`, `page:`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from viewer.bundle.bundle import Bundle
from viewer.bundle.queries import ItemSize
from viewer.model import Finding, Item, Passage, Recommendation, ScaleKind, Statistic, Theme
from viewer.pages.item_rows import ItemWriter, abbreviation_tips
from viewer.pages.page_parts import part_starts, weight
from viewer.pages.parts import (
    Page,
    html_table,
    html_tables,
    paragraph,
    section,
    source_row,
    title_block,
    turning_line,
)
from viewer.text import wording
from viewer.text.edition_text import text_html
from viewer.text.safe import NO_HTML, Html, format_html, join_html

MOST_ON_PAGE = 100  # items; more take over 50 ms to lay out


def theme_page(bundle: Bundle, theme_id: str, part: int = 1) -> Page:
    """Return the page of a theme: findings first with figures beside them, then figures, narrative, sources.

    A theme of more than `MOST_ON_PAGE` items, or of very long ones, is spread over parts, 1 and up. Raises NotFound for
    an unknown theme.
    """
    theme = bundle.theme(theme_id)
    sizes = bundle.item_sizes(theme_id)
    starts = _part_starts(sizes)
    start, end = ([*starts, len(sizes)] + [len(sizes)] * part)[part - 1 : part + 1]
    items = bundle.some_items(theme_id, sizes[start:end])
    findings = [item for item in items if isinstance(item, Finding)]
    recommendations = [item for item in items if isinstance(item, Recommendation)]
    statistics = [item for item in items if isinstance(item, Statistic)]
    cited = {source for item in items for source in item.sources}
    sources = sorted(map(bundle.source, cited), key=lambda source: source.number)
    writer = ItemWriter(
        mark_abbreviations=abbreviation_tips(bundle.terms()),
        sources={source.id: source for source in sources},
        markings={marking.code: marking for marking in bundle.markings},
        usual_marking=theme.marking,
        caveats={caveat.code: caveat for caveat in bundle.caveats},
        scale={step.id: step for kind in ScaleKind for step in bundle.scale(kind)},
    )
    figures = bundle.statistics_behind(findings)
    turning = turning_line(f"theme:{theme_id}", part, len(starts))
    parts = (
        title_block(_kicker(bundle, theme), theme.title, writer.mark_abbreviations(text_html(theme.summary))),
        paragraph("basis", wording.handling(writer.caveats[code] for code in theme.caveats)),
        _referred_to(bundle, theme),
        turning,
        section("Key findings", "findings", html_tables(writer.finding(finding, figures) for finding in findings)),
        section("Recommendations", "recommendations", html_tables(map(writer.recommendation, recommendations))),
        section("Figures", "figures", html_table(writer.statistic(statistic) for statistic in statistics)),
        section("Narrative", "narrative", html_tables(writer.passage(p) for p in items if isinstance(p, Passage))),
        section("Sources", "sources", html_tables(source_row(source) for source in sources)),
        turning,
    )
    return Page(title=theme.title, html=join_html(parts), items=tuple(item.id for item in items))


def theme_items(bundle: Bundle, theme_id: str) -> list[Item]:
    """Return everything of a theme in the order of its page."""
    return list(bundle.items(theme_id))


def part_number(bundle: Bundle, theme_id: str, target: str) -> int:
    """Return the part of a theme's page on which an item, or a section such as `#figures`, begins; 1 for neither."""
    sizes = bundle.item_sizes(theme_id)
    starts = _part_starts(sizes)
    if len(starts) == 1:
        return 1
    counts = bundle.counts()[theme_id]
    figures = counts.findings + counts.recommendations
    places = {
        "#recommendations": counts.findings,
        "#figures": figures,
        "#narrative": figures + counts.statistics,
        "#sources": len(sizes) - 1,
    }
    place = places.get(target)
    if place is None:
        place = next((at for at, size in enumerate(sizes) if size.id == target), 0)
    return bisect_right(starts, place)


def _part_starts(sizes: Sequence[ItemSize]) -> list[int]:
    """Return at which of the items each part of a theme's page begins."""
    return part_starts((weight(one.characters, one.signs, one.rows) for one in sizes), MOST_ON_PAGE)


def _referred_to(bundle: Bundle, theme: Theme) -> Html:
    """Return how many items refer to a theme as a whole, as a link to them; nothing for none."""
    count = len(bundle.references_to(theme.id))
    words = wording.count(count, "item")
    link = format_html('<a class="figure" href="references:{}">Referred to by {}</a>', theme.id, words)
    return paragraph("basis", link) if count else NO_HTML


def _kicker(bundle: Bundle, theme: Theme) -> str:
    return " · ".join(part for part in (bundle.theme_name(theme), wording.pages(theme.page)) if part)
