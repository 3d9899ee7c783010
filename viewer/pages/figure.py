"""Records -> HTML for a chosen figure: what it says, what it stands on, what rests on it, and the sums it allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from viewer.bundle.bundle import Bundle
from viewer.figures.sums import Working, workings
from viewer.model import Finding, Statistic
from viewer.pages.footnotes import FootnoteMarks
from viewer.pages.parts import marking_chip, paragraph, source_html
from viewer.text import wording
from viewer.text.edition_text import text_html, text_plain
from viewer.text.safe import NO_HTML, Html, format_html, join_html


def figure_html(bundle: Bundle, statistic: Statistic) -> Html:
    """Return all that is known of a figure, under small headings; places are links such as `item:id`."""
    place = wording.citation(bundle.edition, bundle.theme(statistic.theme), statistic)
    marks = FootnoteMarks(statistic, {id_: bundle.source(id_) for id_ in statistic.sources})
    return join_html(
        (
            marks.text_html(statistic.statement),
            marks.notes(),
            paragraph("caveat", text_plain(statistic.caveat)),
            _section("Stands on", format_html("<p>{}</p>", wording.basis(statistic))),
            _section("Source", _sources(bundle, statistic)),
            _section("Findings that rest on it", _findings(bundle, statistic)),
            _section("Issues", _tags(bundle, statistic)),
            _section(
                "Where it stands", format_html('<p><a class="figure" href="item:{}">{}</a></p>', statistic.id, place)
            ),
            workings_html(workings(statistic)),
            marking_chip(bundle.marking(statistic.marking)),
        )
    )


def figure_link(statistic: Statistic) -> Html:
    """Return a figure's title as a link to its place on its page."""
    return format_html('<p class="stat"><a class="plain" href="item:{}">{}</a></p>', statistic.id, statistic.title)


def compared_figure_html(statistic: Statistic, source: str, citation: str) -> Html:
    """Return what stands under a chart that is compared with others: `source` is its source line."""
    return join_html(
        (
            text_html(statistic.statement),
            format_html('<p class="basis">{}</p>', wording.basis(statistic)),
            paragraph("caveat", text_plain(statistic.caveat)),
            format_html('<p class="basis">Source: {}</p><p class="basis">{}</p>', source, citation),
        )
    )


def workings_html(sums: Sequence[Working]) -> Html:
    """Return sums with every step; nothing for none."""
    return _section("Worked out here, step by step", join_html(map(_working, sums)))


def warnings_html(warnings: Iterable[str]) -> Html:
    """Return warnings, one line each."""
    return join_html(format_html("<p>{}</p>", warning) for warning in warnings)


def _working(working: Working) -> Html:
    return format_html(
        '<p class="stat">{}</p>{}<p class="result">{}</p>{}<p class="gap">&nbsp;</p>',
        working.title,
        join_html(format_html('<p class="step">{}</p>', step) for step in working.steps),
        working.result,
        paragraph("caveat", working.caution),
    )


def _sources(bundle: Bundle, statistic: Statistic) -> Html:
    named = (format_html("<p>{}</p>", source_html(bundle.source(id_))) for id_ in statistic.sources)
    return join_html(named) or Html("<p>No source named.</p>")


def _findings(bundle: Bundle, statistic: Statistic) -> Html:
    found = (item for item in map(bundle.item, statistic.findings) if isinstance(item, Finding))
    return join_html(_finding(bundle, finding) for finding in found)


def _finding(bundle: Bundle, finding: Finding) -> Html:
    place = wording.item_place(finding, bundle.theme(finding.theme))
    return format_html(
        '<p><a class="figure" href="item:{}">{}</a>&nbsp; {}</p>', finding.id, place, text_plain(finding.text)
    )


def _tags(bundle: Bundle, statistic: Statistic) -> Html:
    labels = {tag.id: tag.label for tag in bundle.tags()}
    links = (format_html('<a class="figure" href="tag:{}">{}</a>', tag, labels[tag]) for tag in statistic.tags)
    joined = join_html(links, Html(" · "))
    return format_html("<p>{}</p>", joined) if joined else NO_HTML


def _section(heading: str, body: Html) -> Html:
    return format_html('<p class="section">{}</p>{}', heading, body) if body else NO_HTML
