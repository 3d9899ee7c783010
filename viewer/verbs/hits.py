"""Hits of a search as the commands print them: in lines under their themes, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from viewer.text import wording
from viewer.verbs.options import MORE_READERS

if TYPE_CHECKING:
    from viewer.bundle.bundle import Bundle
    from viewer.model import Hit, Theme


def say_left_out_matches(more: int) -> None:
    """Say on standard error how many matches the readers may not see."""
    if more > 0:
        matches = wording.count(more, "match", "matches")
        click.echo(f"Left out for these readers: {matches}. {MORE_READERS}", err=True)


def hits_in_order(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits as the window lists them."""
    from viewer.search.sections import sections

    return [hit for section in sections(hits) for hit in section.hits]


def hit_lines(themes: Iterable[Theme], hits: Iterable[Hit], remark: Callable[[Hit], str] = lambda _: "") -> list[str]:
    """Return hits in lines under their themes, each with what `remark` says of it."""
    from viewer.search.sections import sections
    from viewer.text.safe import visible

    by_id = {theme.id: theme for theme in themes}
    lines: list[str] = []
    for section in sections(hits):
        theme = by_id[section.theme] if section.theme else None
        lines.append(visible(wording.labelled_title(theme.label, theme.title) if theme else section.heading))
        for hit in section.hits:
            title = f"{hit.title}: " if hit.title else ""
            place = "the theme itself" if hit.kind == "theme" else hit.number
            said = "; ".join(filter(None, (f"matched: {hit.reason}" if hit.reason else "", remark(hit))))
            why = f"  ({said})" if said else ""
            lines.append(visible(f"    {place}  [{hit.id}]  {title}{hit.snippet}{why}"))
        lines.append("")
    return lines


def hit_as_json(edition: Bundle, hit: Hit) -> dict[str, object]:
    """Return all that is known of a hit."""
    from viewer.dissemination.edition_cut import shown_by

    (thing,) = shown_by(edition, (hit,))
    return {
        "id": hit.id,
        "kind": hit.kind,
        "theme": hit.theme,
        "number": hit.number,
        "marking": edition.marking_of(thing).code,
        "title": hit.title,
        "title_spans": [list(span) for span in hit.title_spans],
        "snippet": hit.snippet,
        "spans": [list(span) for span in hit.spans],
        "score": hit.score,
        "reason": hit.reason,
        "without": list(hit.without),
    }
