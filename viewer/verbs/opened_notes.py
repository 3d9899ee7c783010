"""The notes that a verb works on: those of the series of an edition, or of a file that is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viewer import paths
from viewer.errors import FileTrouble
from viewer.verbs.options import FILE, opened_for_reading

if TYPE_CHECKING:
    from viewer.bundle.bundle import Bundle
    from viewer.notes.notebook import Notebook
    from viewer.notes.opening import OpenedNotes

notes_option = click.option("--notes", "file", type=FILE, default=None, help="The notes file, if not the usual one.")


@contextmanager
def opened_notebook(bundle: Path | None, file: Path | None, home: Path | None, key: Path | None) -> Iterator[Notebook]:
    """Open the notes on the series of an edition, by default of the one opened last."""
    from viewer.notes.notebook import Notebook

    with opened_notes(bundle, home, key, file) as (found, opened):
        for sentence in found.messages:
            click.echo(sentence, err=True)
        if found.offer is not None:
            click.echo("`main.py notes restore` does it, or declines it.", err=True)
        yield Notebook(found.store, opened, found.contents)


@contextmanager
def opened_notes(
    bundle: Path | None, home: Path | None, key: Path | None, file: Path | None = None
) -> Iterator[tuple[OpenedNotes, Bundle]]:
    """Open the notes file of the series, or `file`, and the edition."""
    from viewer.notes.opening import OpenedNotes, open_notes
    from viewer.notes.store import NoteStore

    opened = opened_for_reading(bundle, home, key)
    try:
        if file is not None:
            if not paths.is_taken(file):  # a mistyped name must not become an empty notes file
                raise FileTrouble(f"There is no file {paths.display_name(file)}.")
            found = OpenedNotes(store=NoteStore.open(file))
        else:
            found = open_notes(opened.home, opened.bundle.edition.series)
        try:
            yield found, opened.bundle
        finally:
            found.store.close()
    finally:
        opened.bundle.close()
