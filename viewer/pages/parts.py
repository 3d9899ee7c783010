"""What pages are put together from: titles, sections, tables, markings, sources and large figures."""

from __future__ import annotations

from collections.abc import Iterable

from viewer.model import Marking, Source, Statistic
from viewer.records import record
from viewer.text import wording
from viewer.text.safe import NO_HTML, Html, escape, format_html, join_html

MOST_LARGE = 8  # characters of a figure written large


@record
class Page:
    """One page of the reading pane: its title, its HTML, and the ids of its items in the order of the eye."""

    title: str
    html: Html
    items: tuple[str, ...] = ()


def title_block(kicker: str, title: str, summary: Html = NO_HTML) -> Html:
    """Return the top of a page: a line over the title, the title, and a summary."""
    return format_html(
        '<p class="kicker">{}</p><p class="title">{}</p><div class="summary">{}</div>', kicker, title, summary
    )


def section(title: str, name: str, body: Html) -> Html:
    """Return a section under its heading, which the contents reach as `#name`; nothing where there is no body."""
    return format_html('<p class="section"><a name="{}">{}</a></p>{}', name, title, body) if body else NO_HTML


def paragraph(name: str, content: str) -> Html:
    """Return a paragraph of the class `name` in the style sheet; nothing where there is no content."""
    return format_html('<p class="{}">{}</p>', name, content) if content else NO_HTML


def turning_line(address: str, part: int, parts: int) -> Html:
    """Return which of the parts of a page this is, with links to the one before and after; nothing for one part.

    The first part has the `address` itself, others have their number behind it: `page:sources/2`.
    """
    if parts <= 1:
        return NO_HTML
    shown = (
        _part_link(address, part - 1, "Previous part") if part > 1 else NO_HTML,
        format_html("Part {} of {}", part, parts),
        _part_link(address, part + 1, "Next part") if part < parts else NO_HTML,
    )
    return paragraph("basis", join_html((one for one in shown if one), Html(" · ")))


def _part_link(address: str, part: int, words: str) -> Html:
    return format_html('<a class="figure" href="{}/{}">{}</a>', address, part, words)


def html_table(rows: Iterable[Html]) -> Html:
    """Return rows as one table over the column's width; nothing for no rows.

    A hair less than the width: Qt rounds the widths of the cells up, at some of them past the edge of the page.
    """
    if not (joined := join_html(rows)):
        return NO_HTML
    return format_html('<table width="99.9%" cellspacing="0" cellpadding="0">{}</table>', joined)


def html_tables(rows: Iterable[Html]) -> Html:
    """Return rows as a table each, alike in their widths: Qt lays out later what is out of sight, but a table whole."""
    return join_html(html_table((row,)) for row in rows)


def marking_chip(marking: Marking) -> Html:
    """Return a marking in its own colours, in a line of its own, so that its ground is as high as its type."""
    return format_html(
        '<p class="chip"><span class="marking" style="background-color:{};color:{}">&nbsp;{}&nbsp;</span></p>',
        marking.colour, marking.ink, marking.label,
    )  # fmt: skip


def source_row(source: Source) -> Html:
    """Return a source under its number, as a row of a table."""
    return format_html(
        '<tr><td class="label" width="5%"><a name="source:{}">{}</a></td><td class="source">{}</td></tr>',
        source.id, source.number, source_html(source),
    )  # fmt: skip


def source_html(source: Source) -> Html:
    """Return a source as a sentence: author, title, year, place, and a remark."""
    return Html(wording.source_sentence(source, escape, title="<em>{}</em>", note='<span class="quiet">{}</span>'))


def large_value(statistic: Statistic) -> Html:
    """Return the first value of a statistic in large type, or smaller where `is_large` says no."""
    shown = wording.bare_value(statistic.observations[0], statistic.unit)
    return format_html('<span class="{}">{}</span>', "large" if is_large(statistic) else "worded", shown)


def is_large(statistic: Statistic) -> bool:
    """Return whether the first value is short enough for large type; one in words seldom is."""
    return len(wording.bare_value(statistic.observations[0], statistic.unit)) <= MOST_LARGE


def small_unit(statistic: Statistic) -> Html:
    """Return what the first value of a statistic counts, in small type; nothing for a percentage."""
    counted = wording.counted_noun(statistic.observations[0], statistic.unit)
    return format_html('<span class="unit">{}</span>', counted) if counted else NO_HTML
