"""The verb of figures: every statistic of an edition as text, CSV or JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import click

from viewer.verbs.options import (
    FILE,
    between_markings,
    bundle_option,
    home_option,
    json_option,
    key_option,
    opened_for_reading,
)
from viewer.verbs.themes import THEME_HELP, theme_named


def _for_json(cell: object) -> object:
    """Return a cell, or cells within each other, as JSON has them: whole numbers as such, others as they are read."""
    match cell:
        case Decimal():
            return int(cell) if cell == cell.to_integral_value() else float(cell)
        case dict():
            return {name: _for_json(one) for name, one in cell.items()}
        case list():
            return [_for_json(one) for one in cell]
    return cell


@click.command("statistics")
@bundle_option
@click.option("--theme", metavar="THEME", default="", help=f"Only the figures of this theme, {THEME_HELP}.")
@click.option("--filter", "words", metavar="WORDS", default="", help="Only figures that hold all of these words.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table that spreadsheets read, safe against formulas.")
@json_option
@click.option("-o", "--out", type=FILE, help="Write the CSV table to this file instead.")
@click.option("--replace", "over", is_flag=True, help="Write over a file that is there already.")
@key_option
@home_option
def statistics_verb(
    bundle: Path | None, theme: str, words: str, as_csv: bool, as_json: bool, out: Path | None, over: bool,
    key: Path | None, home: Path | None,
) -> None:  # fmt: skip
    """List the figures of an edition.

    Each comes with its base, caveat and source.
    """
    from viewer.dissemination.file_names import check_writable
    from viewer.figures.table import whole_table
    from viewer.text import safe_csv

    if as_csv and as_json:
        raise click.UsageError("Choose one of --csv and --json.")
    if out and as_json:
        raise click.UsageError("-o writes the CSV table; leave --json out.")
    if out:
        check_writable(out, replace=over)
    held = opened_for_reading(bundle, home, key).bundle
    table = whole_table(held, theme_named(theme, held) if theme else "")
    rows = table.filtered(words)
    if out:
        safe_csv.write_csv(out, table.export(rows))
        click.echo(f"{out}: {len(rows):,} figures of {held.edition.name}.")
    elif as_csv:
        click.echo(safe_csv.csv_text(table.export(rows)).replace("\r\n", "\n"), nl=False)  # the system ends lines
    elif as_json:
        found = [_for_json(table.exported(row)) for row in rows]
        marking = held.marking(held.edition.marking).label
        document = {"edition": held.edition.name, "marking": marking, "statistics": found}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        text = "\n\n".join((*map(table.cited, rows), f"{len(rows):,} figures."))
        click.echo(between_markings(held, [text]))
