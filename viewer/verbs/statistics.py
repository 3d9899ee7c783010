"""The verb of figures: every statistic of an edition as text, CSV or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viewer.errors import ViewerError
from viewer.verbs.options import (
    FILE,
    between,
    bundle_option,
    ceiling_option,
    held_option,
    home_option,
    json_option,
    key_option,
    opened_for_reading,
    readers_named,
    say_left_out,
    to_standard_output,
)
from viewer.verbs.themes import THEME_HELP, theme_named

if TYPE_CHECKING:
    from viewer.dissemination.extract import Extract
    from viewer.dissemination.issuing import Imprint
    from viewer.figures.table import FigureTable


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
@ceiling_option
@held_option
@click.option("-o", "--out", type=FILE, help="Write the CSV table to this file instead.")
@click.option("--replace", "over", is_flag=True, help="Write over a file that is there already.")
@key_option
@home_option
def statistics_verb(
    bundle: Path | None, theme: str, words: str, as_csv: bool, as_json: bool, ceiling: str, held: Sequence[str],
    out: Path | None, over: bool, key: Path | None, home: Path | None,
) -> None:  # fmt: skip
    """List the figures of an edition.

    Each comes with its base, caveat and source; only what its readers may see is listed. What is written as CSV or JSON
    is entered in the register first.
    """
    from viewer.dissemination.edition_cut import cut
    from viewer.dissemination.extract import export_extract, issue_extract, items_extract
    from viewer.dissemination.file_names import check_writable
    from viewer.figures.table import whole_table

    if as_csv and as_json:
        raise click.UsageError("Choose one of --csv and --json.")
    if out and as_json:
        raise click.UsageError("-o writes the CSV table; leave --json out.")
    if out:
        check_writable(out, replace=over)
    opened = opened_for_reading(bundle, home, key)
    edition = opened.bundle
    readers = readers_named(edition, ceiling, held)
    table = whole_table(edition, theme_named(theme, edition, readers=readers) if theme else "")
    found = table.filtered(words)
    divided = cut(edition, (table.statistics[row] for row in found), readers)
    allowed = {statistic.id for statistic in divided.allowed}
    rows = [row for row in found if table.statistics[row].id in allowed]
    say_left_out(divided.withheld)
    extract = items_extract(edition, "Figures", "figures", divided.allowed, readers)
    if out:
        if not rows:
            raise ViewerError("No figure is left for these readers, so nothing was written.")
        export_extract(
            extract, edition, opened.home,
            lambda imprint: _csv(extract, table, rows, imprint).encode("utf-8-sig", "replace"),
            out, replace_file=over,
        )  # fmt: skip
        click.echo(f"{out}: {len(rows):,} figures of {edition.edition.name}.")
        return
    if as_csv or as_json:
        write = _csv if as_csv else _json
        issue_extract(
            extract, edition, opened.home,
            lambda imprint: write(extract, table, rows, imprint).replace("\r\n", "\n").encode("utf-8", "replace"),
            to_standard_output,
        )  # fmt: skip
        return
    text = "\n\n".join((*map(table.cited, rows), f"{len(rows):,} figures."))
    click.echo(between(extract.marking.line, [text]))


def _csv(extract: Extract, table: FigureTable, rows: Sequence[int], imprint: Imprint) -> str:
    from viewer.dissemination.extract import csv_extract

    return csv_extract(extract, imprint, table.export(rows))


def _json(extract: Extract, table: FigureTable, rows: Sequence[int], imprint: Imprint) -> str:
    from viewer.dissemination.extract import json_extract

    found = [_for_json(table.exported(row)) for row in rows]
    return json_extract(extract, imprint, {"edition": table.edition.name, "statistics": found})
