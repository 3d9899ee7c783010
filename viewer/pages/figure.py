"""Records -> HTML for a chosen figure: what it says, what it stands on, what rests on it, and the sums it allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from viewer.bundle.bundle import Bundle
from viewer.figures.sums import Working, workings
from viewer.model import Finding, Statistic
from viewer.pages.theme import marking_chip, source_text
from viewer.text import wording
from viewer.text.markdown import markdown_html, plain_text
from viewer.text.safe import visible


def figure_html(bundle: Bundle, statistic: Statistic) -> str:
    """All that is known of a figure, under small heads; places are links such as `item:id`."""
    theme = bundle.theme(statistic.theme)
    place = wording.citation(bundle.edition, theme, statistic)
    parts = (
        markdown_html(statistic.statement),
        f'<p class="caveat">{_line(statistic.caveat)}</p>' if statistic.caveat else "",
        _part("Stands on", f"<p>{_line(wording.basis(statistic))}</p>"),
        _part("Source", _sources(bundle, statistic)),
        _part("Findings that rest on it", _findings(bundle, statistic)),
        _part("Issues", _tags(bundle, statistic)),
        _part("Where it stands", f'<p><a class="figure" href="item:{statistic.id}">{_line(place)}</a></p>'),
        workings_html(workings(statistic)),
        marking_chip(bundle.marking(statistic.marking)),
    )
    return "".join(parts)


def workings_html(workings: Sequence[Working]) -> str:
    """Sums with every step; empty for none."""
    return _part("Worked out here, step by step", "".join(map(_working, workings)))


def warnings_html(warnings: Iterable[str]) -> str:
    """Warnings, one line each."""
    return "".join(f"<p>{_line(warning)}</p>" for warning in warnings)


def _working(working: Working) -> str:
    steps = "".join(f'<p class="step">{_line(step)}</p>' for step in working.steps)
    caution = f'<p class="caveat">{_line(working.caution)}</p>' if working.caution else ""
    return (
        f'<p class="stat">{_line(working.title)}</p>{steps}'
        f'<p class="result">{_line(working.result)}</p>{caution}<p class="gap">&nbsp;</p>'
    )


def _sources(bundle: Bundle, statistic: Statistic) -> str:
    named = [f"<p>{source_text(bundle.source(id_))}</p>" for id_ in statistic.sources]
    return "".join(named) or "<p>No source named.</p>"


def _findings(bundle: Bundle, statistic: Statistic) -> str:
    found = [item for item in map(bundle.item, statistic.findings) if isinstance(item, Finding)]
    return "".join(_finding(bundle, finding) for finding in found)


def _finding(bundle: Bundle, finding: Finding) -> str:
    place = wording.item_place(finding, bundle.theme(finding.theme))
    text = escape(plain_text(finding.text))
    return f'<p><a class="figure" href="item:{finding.id}">{_line(place)}</a>&nbsp; {text}</p>'


def _tags(bundle: Bundle, statistic: Statistic) -> str:
    labels = {tag.id: tag.label for tag in bundle.tags()}
    links = (f'<a class="figure" href="tag:{tag}">{_line(labels[tag])}</a>' for tag in statistic.tags)
    joined = " · ".join(links)
    return f"<p>{joined}</p>" if joined else ""


def _part(head: str, body: str) -> str:
    return f'<p class="section">{escape(head)}</p>{body}' if body else ""


def _line(text: str) -> str:
    return escape(visible(text))
