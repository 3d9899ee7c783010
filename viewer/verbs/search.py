"""The verb of search: the same hits as in the window, in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viewer.text import wording
from viewer.verbs.options import (
    MORE_READERS,
    between,
    bundle_option,
    ceiling_option,
    held_option,
    home_option,
    json_option,
    key_option,
    opened_for_reading,
    readers_named,
    to_standard_output,
)
from viewer.verbs.themes import THEME_HELP, theme_named

if TYPE_CHECKING:
    from viewer.bundle.bundle import Bundle
    from viewer.model import Hit
    from viewer.search.engine import Answer


class _Search(click.Command):
    """A command that takes `-theme:3` for a word to leave out, not for `-t -h ...`: its only short option is -h."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Return the arguments, with -h in its long form."""
        return super().parse_args(ctx, ["--help" if arg == "-h" else arg for arg in args])


@click.command(
    "search", cls=_Search, context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]}
)
@click.argument("words", nargs=-1, required=True)
@bundle_option
@click.option("--theme", metavar="THEME", default="", help=f"Only this theme, {THEME_HELP}.")
@click.option("--kind", metavar="KIND", default="", help="Only findings, recommendations, figures or passages.")
@click.option("--tag", metavar="TAG", default="", help="Only items under this issue.")
@click.option("--likelihood", metavar="TERM", default="", help="Only findings of that likelihood.")
@click.option("--confidence", metavar="TERM", default="", help="Only findings judged with that confidence.")
@click.option("--caveat", metavar="CAVEAT", default="", help="Only what is under that handling caveat.")
@click.option("--limit", type=click.IntRange(1, 2000), default=20, show_default=True, help="At most so many hits.")
@click.option("--exact", is_flag=True, help="Take words only as they are written.")
@json_option
@ceiling_option
@held_option
@key_option
@home_option
def search_verb(
    words: tuple[str, ...], bundle: Path | None, theme: str, kind: str, tag: str, likelihood: str,
    confidence: str, caveat: str, limit: int, exact: bool, as_json: bool, ceiling: str, held: Sequence[str],
    key: Path | None, home: Path | None,
) -> None:  # fmt: skip
    """Search an edition. WORDS are all sought; see the user guide for phrases, -words, OR and filters.

    Only what its readers may see is searched. What is written as JSON is entered in the register first.
    """
    from viewer.dissemination.edition_cut import hidden_entries, hidden_themes, shown_by
    from viewer.dissemination.extract import issue_extract, items_extract, json_extract
    from viewer.errors import NotFound
    from viewer.search.engine import Engine
    from viewer.search.messages import advice, query_remarks, remarks, summary, unknown_filter
    from viewer.search.query import Filter, parse

    opened = opened_for_reading(bundle, home, key)
    edition = opened.bundle
    readers = readers_named(edition, ceiling, held)
    hidden = hidden_entries(edition, readers)
    unnamed = hidden_themes(edition, readers)
    theme = theme_named(theme, edition, readers=readers) if theme else ""
    engine = Engine(edition, hidden)
    given = {
        "theme": theme, "kind": kind, "tag": tag, "likelihood": likelihood, "confidence": confidence, "caveat": caveat,
    }  # fmt: skip
    filters = [Filter(name=name, value=value.replace('"', " ").strip()) for name, value in given.items() if value]
    for chosen in (*filters, *parse(" ".join(words)).filters):
        if not engine.has_value(chosen):
            raise NotFound(unknown_filter(edition, chosen, unnamed))
    typed = " ".join([*words, *map(str, filters)])
    answer = engine.search_complete(typed, exact=exact, limit=limit)
    others = advice(engine, answer)
    if hidden:
        _say_left_out(len(Engine(edition).search_complete(typed, exact=exact).found) - len(answer.found))
    extract = items_extract(edition, "Hits of a search", "search", shown_by(edition, answer.listed), readers)
    if as_json:
        document = {
            "searched": answer.query.typed,
            "matches": len(answer.found),
            "cut_short": answer.cut,
            "last_word_open": answer.loosened,
            "said": list(query_remarks(answer, edition, unnamed)),
            "did_you_mean": [other.typed for other in others if other.is_correction],
            "hits": [_as_json(edition, hit) for hit in _in_order(answer)],
        }
        issue_extract(
            extract, edition, opened.home,
            lambda imprint: json_extract(extract, imprint, document).encode("utf-8", "replace"),
            to_standard_output,
        )  # fmt: skip
        return
    lines = (
        *_lines(edition, answer),
        summary(answer),
        *remarks(answer, edition, unnamed),
        *(other.text for other in others),
    )
    click.echo(between(extract.marking.line, lines))


def _say_left_out(more: int) -> None:
    """Say on standard error how many matches the readers may not see."""
    if more > 0:
        matches = wording.count(more, "match", "matches")
        click.echo(f"Left out for these readers: {matches}. {MORE_READERS}", err=True)


def _in_order(answer: Answer) -> list[Hit]:
    """Return the hits as the window lists them."""
    from viewer.search.sections import sections

    return [hit for section in sections(answer.listed) for hit in section.hits]


def _lines(held: Bundle, answer: Answer) -> list[str]:
    from viewer.search.sections import sections
    from viewer.text.safe import visible

    lines: list[str] = []
    for section in sections(answer.listed):
        theme = held.theme(section.theme) if section.theme else None
        lines.append(visible(wording.labelled_title(theme.label, theme.title) if theme else section.heading))
        for hit in section.hits:
            title = f"{hit.title}: " if hit.title else ""
            place = "the theme itself" if hit.kind == "theme" else hit.number
            why = f"  (matched: {hit.reason})" if hit.reason else ""
            lines.append(visible(f"    {place}  [{hit.id}]  {title}{hit.snippet}{why}"))
        lines.append("")
    return lines


def _as_json(edition: Bundle, hit: Hit) -> dict[str, object]:
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
