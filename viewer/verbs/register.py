"""The verbs of sheets that have left: check one, look into the register."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viewer import paths
from viewer.errors import ViewerError
from viewer.text import wording
from viewer.verbs.options import (
    FILE,
    between_markings,
    bundle_option,
    home_option,
    json_option,
    key_option,
    opened_for_reading,
)

if TYPE_CHECKING:
    from viewer.bundle.bundle import Bundle
    from viewer.dissemination.register import Register, RegisterRow
    from viewer.sheets.check import SheetVerdict


@click.command("check-sheet")
@click.argument("file", type=FILE)
@bundle_option
@key_option
@json_option
@home_option
def check_sheet_verb(file: Path, bundle: Path | None, key: Path | None, as_json: bool, home: Path | None) -> None:
    """Say whether a sheet is known, whole and current.

    Says whether the register knows FILE, unaltered, and whether it is still what the edition says. Exit 0 only where
    both hold.
    """
    from viewer.sheets.check import check

    opened = opened_for_reading(bundle, home, key)
    held = opened.bundle
    verdict = check(file, held, opened.home)
    if not verdict.row and opened.home != opened.session.home:  # issued before exercises had a register of their own
        verdict = check(file, held, opened.session.home)
    if as_json:
        click.echo(json.dumps(_as_json(verdict), ensure_ascii=False, indent=2))
    else:
        _print_verdict(verdict, held)
    if doubt := verdict.doubt:
        raise ViewerError(doubt)


def _as_json(verdict: SheetVerdict) -> dict[str, object]:
    from viewer.sheets.sheet_metadata import metadata_as_json

    metadata = metadata_as_json(verdict.metadata)
    return {
        "sheet": metadata.pop("id"), "state": verdict.state, "row": verdict.row, "voided": verdict.voided,
        "same_edition": verdict.same_edition, "changes": [asdict(change) for change in verdict.stale_items], **metadata,
    }  # fmt: skip


def _print_verdict(verdict: SheetVerdict, held: Bundle) -> None:
    from viewer.text.edition_text import text_plain

    for sentence in verdict.sentences:
        click.echo(sentence)
    stale = [f"  {one.id}: {'vanished' if one.vanished else text_plain(one.text)}" for one in verdict.stale_items]
    if stale:
        click.echo(between_markings(held, stale))


@click.command("register")
@click.argument("what", type=click.Choice(["list", "verify", "export"]), default="list")
@click.option("-o", "--out", type=FILE, default=None, help="Where the export goes; else to standard output.")
@click.option("--exercise", is_flag=True, help="The register of exercises: of what left with --trust.")
@click.option("--head", default="", metavar="DIGITS", help="With verify: what a sheet's foot says after “register”.")
@json_option
@home_option
def register_verb(what: str, out: Path | None, exercise: bool, head: str, as_json: bool, home: Path | None) -> None:
    """Show and check the record of sheets.

    Lists the sheets that left this machine, verifies that no row was changed, or exports all rows as CSV.
    """
    from viewer.dissemination.register import Register, is_chain_tip

    if head and (what != "verify" or not is_chain_tip(head)):
        raise click.UsageError("--head goes with verify, and takes the twelve digits from a sheet's foot, or “first”.")
    own = paths.home(home)
    register = Register.open_for_reading(own / paths.EXERCISE_FOLDER if exercise else own)
    if register is None:
        _print_missing(what, head, as_json)
        return
    with register:
        if what == "verify":
            _verify(register, head)
        elif what == "export":
            _export(register.rows(), out)
        else:
            _print_rows(register.rows(), as_json)


def _print_missing(what: str, head: str, as_json: bool) -> None:
    """Print what is known where there is no register: one that was removed looks like one that never was."""
    from viewer.dissemination.register import NO_REGISTER

    if head:
        raise ViewerError("There is no register on this machine: that sheet's row is gone, or it left another machine.")
    if what == "export":
        raise ViewerError("There is no register on this machine, so nothing was exported.")
    if as_json:
        click.echo("[]")
        return
    click.echo(NO_REGISTER)
    if what == "verify":
        click.echo("With the digits of a sheet's foot, --head tells which.")


def _verify(register: Register, head: str) -> None:
    from viewer.dissemination.register import row_of_chain_tip

    rows, faults = register.rows(), register.verify()
    for fault in faults:
        click.echo(fault)
    if faults:
        raise ViewerError(f"The register is broken in {wording.count(len(faults), 'place')}.")
    at = row_of_chain_tip(rows, head) if head else None
    if head and at is None:
        raise ViewerError(f"No row has a hash that begins with {head}: rows are gone, or it is another register.")
    if at is not None and at == (rows[-1].number if rows else 0):
        raise ViewerError("No row follows these digits: where they stand on a sheet, its own row is gone.")
    click.echo(f"The register is whole: {wording.count(len(rows), 'row')}.")
    if at is not None:
        click.echo(f"The sheet with {head} at its foot was issued after row {at}." if at else "It was the first sheet.")


def _print_rows(rows: tuple[RegisterRow, ...], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
        return
    for row in rows:
        one = row.issue
        where = f" for {one.recipient}" if one.recipient else ""
        click.echo(f"{row.number:>5}  {one.at}  {one.sheet}  {one.event:<6}  {one.form:<9}  {one.title}{where}")


def _export(rows: tuple[RegisterRow, ...], out: Path | None) -> None:
    from viewer.dissemination.register import register_csv

    text = register_csv(rows)
    if out is None:
        click.echo(text, nl=False)
        return
    from viewer.dissemination.file_names import check_writable

    paths.write_atomically(check_writable(out, replace=False), text.encode("utf-8-sig"))
    click.echo(f"{out}: written.")
