"""The verbs of notes: list them, write them out, take a file of them in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viewer import places, wording
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
    from viewer.notes.carry import Standing
    from viewer.notes.notebook import Notebook

notes_option = click.option("--notes", "file", type=FILE, default=None, help="The notes file, if not the usual one.")


@click.group("notes")
def notes_verb() -> None:
    """List, export or import the notes on a series."""


@notes_verb.command("list")
@click.option("--find", "words", default="", help="Only notes that hold these words.")
@click.option("--tag", default="", help="Only notes with this tag.")
@click.option("--colour", type=click.IntRange(1, 5), default=None, help="Only highlights of this colour, 1 to 5.")
@click.option("--state", type=click.Choice(["placed", "moved", "placeless"]), default=None, help="Only in this state.")
@click.option("--bookmarks", is_flag=True, help="Only bookmarks.")
@bundle_option
@notes_option
@home_option
@key_option
@json_option
def list_notes(
    words: str,
    tag: str,
    colour: int | None,
    state: str | None,
    bookmarks: bool,
    bundle: Path | None,
    file: Path | None,
    home: Path | None,
    key: Path | None,
    as_json: bool,
) -> None:
    """List the notes in the order of the pages."""
    from viewer.model import NoteState
    from viewer.notes import carry, written
    from viewer.notes.sieve import Sieve

    sieve = Sieve(
        words=words,
        tag=tag.lstrip("#"),
        colour=-1 if colour is None else colour,
        state=NoteState(state) if state else None,
        bookmark=bookmarks,
    )
    with _notebook(bundle, file, home, key) as book:
        found = sieve.sifted(book)
        if as_json:
            rows = [
                {
                    "id": standing.note.uuid,
                    "item": standing.item,
                    "place": written.place(book, standing),
                    "state": standing.state.value,
                    "quote": (standing.anchor or standing.was).quote,
                    "text": standing.note.text,
                    "tags": list(standing.note.tags),
                    "colour": standing.note.colour,
                    "bookmark": standing.note.bookmark,
                    "marking": book.marking_of(standing.note, standing.item).code,
                    "changed": standing.note.changed,
                }
                for standing in found
            ]
            click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        lines = [_line(book, standing) for standing in found]
        click.echo(between_markings(book.bundle, [*lines, carry.summary(book.standings.values())]))


def _line(book: Notebook, standing: Standing) -> str:
    from viewer.notes import written

    note = standing.note
    said = " ".join(note.text.split()) or f"“{' '.join((standing.anchor or standing.was).quote.split())}”"
    tags = "".join(f" #{name}" for name in note.tags)
    return f"{written.place(book, standing)}  [{standing.state.value}]  {said}{tags}"


@notes_verb.command("export")
@click.option("-o", "--out", type=FILE, required=True, help="The file to write: .md, .csv or .json.")
@click.option("--replace", "over", is_flag=True, help="Write over a file that is there already.")
@bundle_option
@notes_option
@home_option
@key_option
def export_notes(
    out: Path, over: bool, bundle: Path | None, file: Path | None, home: Path | None, key: Path | None
) -> None:
    """Write all notes out.

    As Markdown to read, as CSV for a table, as JSON to exchange.
    """
    from viewer.notes import outgoing
    from viewer.sheets.naming import writable

    writable(out, replace=over)
    with _notebook(bundle, file, home, key) as book:
        held = book.in_order()
        outgoing.write(book, held, out)
        click.echo(f"{wording.count(len(held), 'note')} written to {out}.")


@notes_verb.command("import")
@click.argument("source", type=FILE)
@click.option("--whose", type=click.Choice(["newest", "mine", "theirs"]), default="newest",
              help="Which version stays where both sides changed a note; the other is kept besides.")  # fmt: skip
@click.option("--yes", is_flag=True, help="Take the notes over; without it, only say what would be done.")
@bundle_option
@notes_option
@home_option
@key_option
def import_notes(
    source: Path, whose: str, yes: bool, bundle: Path | None, file: Path | None, home: Path | None, key: Path | None
) -> None:
    """Take over the notes in SOURCE, with --yes.

    Without it, only what would be done is said.
    """
    from viewer.notes import exchange

    with _notebook(bundle, file, home, key) as book:
        told = exchange.report(exchange.read_parcel(source), book)
        for line in told.lines():
            click.echo(line)
        if yes and told.changes_anything:
            changed = exchange.take_over(told, book, exchange.Whose(whose))
            click.echo(f"{wording.count(changed, 'note')} changed.")
        elif told.changes_anything:
            click.echo("Nothing was written. Add --yes to take them over.")


@contextmanager
def _notebook(bundle: Path | None, file: Path | None, home: Path | None, key: Path | None) -> Iterator[Notebook]:
    """The notes on the series of an edition, by default of the one opened last."""
    from viewer.notes.library import open_notes
    from viewer.notes.notebook import Notebook
    from viewer.notes.store import NoteStore

    opened = opened_for_reading(bundle, home, key)
    if file is not None:
        store = NoteStore.open(file)
    else:
        found = open_notes(places.home(home), opened.bundle.edition.series)
        store = found.store
        for sentence in found.said:
            click.echo(sentence, err=True)
    try:
        yield Notebook(store, opened.bundle)
    finally:
        store.close()
        opened.bundle.close()
