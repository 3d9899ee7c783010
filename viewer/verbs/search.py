"""The verb of search: the same hits as in the window, in the same order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viewer.verbs.hits import hit_as_json, hit_lines, hits_in_order, say_left_out_matches
from viewer.verbs.options import (
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
    from viewer.search.query import Filter


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
@click.option("--shelf", is_flag=True, help="Search every edition that is kept on the shelf.")
@json_option
@ceiling_option
@held_option
@key_option
@home_option
def search_verb(
    words: tuple[str, ...], bundle: Path | None, theme: str, kind: str, tag: str, likelihood: str,
    confidence: str, caveat: str, limit: int, exact: bool, shelf: bool, as_json: bool, ceiling: str,
    held: Sequence[str], key: Path | None, home: Path | None,
) -> None:  # fmt: skip
    """Search an edition. WORDS are all sought; see the user guide for phrases, -words, OR and filters.

    With --shelf every edition that is kept is searched, each verified first: the newest of each series, then the
    superseded ones. Only what its readers may see is searched. What is written as JSON is entered in the register
    first; with --shelf that is a document for each edition.
    """
    from viewer.dissemination.edition_cut import hidden_entries, hidden_themes, shown_by
    from viewer.dissemination.extract import issue_extract, items_extract, json_extract
    from viewer.errors import NotFound
    from viewer.search.engine import Engine
    from viewer.search.messages import advice, query_remarks, remarks, summary, unknown_filter
    from viewer.search.query import parse

    given = {
        "theme": theme, "kind": kind, "tag": tag, "likelihood": likelihood, "confidence": confidence, "caveat": caveat,
    }  # fmt: skip
    if shelf:
        from viewer.verbs.shelf_search import search_kept

        if bundle is not None:
            raise click.UsageError("--shelf and --bundle do not go together.")
        typed = " ".join([*words, *map(str, _filters(given))])
        search_kept(typed, exact=exact, limit=limit, as_json=as_json, ceiling=ceiling, held=held, key=key, home=home)
        return
    opened = opened_for_reading(bundle, home, key)
    edition = opened.bundle
    readers = readers_named(edition, ceiling, held)
    hidden = hidden_entries(edition, readers)
    unnamed = hidden_themes(edition, readers)
    theme = theme_named(theme, edition, readers=readers) if theme else ""
    engine = Engine(edition, hidden)
    filters = _filters(given | {"theme": theme})
    for chosen in (*filters, *parse(" ".join(words)).filters):
        if not engine.has_value(chosen):
            raise NotFound(unknown_filter(edition, chosen, unnamed))
    typed = " ".join([*words, *map(str, filters)])
    answer = engine.search_complete(typed, exact=exact, limit=limit)
    others = advice(engine, answer)
    if hidden:
        say_left_out_matches(len(Engine(edition).search_complete(typed, exact=exact).found) - len(answer.found))
    extract = items_extract(edition, "Hits of a search", "search", shown_by(edition, answer.listed), readers)
    if as_json:
        document = {
            "searched": answer.query.typed,
            "matches": len(answer.found),
            "cut_short": answer.cut,
            "last_word_open": answer.loosened,
            "said": list(query_remarks(answer, edition, unnamed)),
            "did_you_mean": [other.typed for other in others if other.is_correction],
            "hits": [hit_as_json(edition, hit) for hit in hits_in_order(answer.listed)],
        }
        issue_extract(
            extract, edition, opened.home,
            lambda imprint: json_extract(extract, imprint, document).encode("utf-8", "replace"),
            to_standard_output,
        )  # fmt: skip
        return
    lines = (
        *hit_lines(edition.themes(), answer.listed),
        summary(answer),
        *remarks(answer, edition, unnamed),
        *(other.text for other in others),
    )
    click.echo(between(extract.marking.line, lines))


def _filters(given: Mapping[str, str]) -> list[Filter]:
    """Return the filters that options name."""
    from viewer.search.query import Filter

    return [Filter(name=name, value=value.replace('"', " ").strip()) for name, value in given.items() if value]
