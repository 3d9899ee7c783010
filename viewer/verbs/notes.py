"""The verbs of notes: list them, write them out, take a file of them in, restore a backup; note_edits.py has more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viewer.errors import NotesTrouble
from viewer.text import wording
from viewer.verbs.note_edits import EDITS
from viewer.verbs.opened_notes import notes_option, opened_notebook, opened_notes
from viewer.verbs.options import FILE, between_markings, bundle_option, home_option, json_option, key_option

if TYPE_CHECKING:
    from viewer.notes.backups import Backup
    from viewer.notes.carry import ResolvedNote
    from viewer.notes.notebook import Notebook

NOTHING_TO_RESTORE = "There is nothing to restore: no damaged notes file is set aside for which a backup can be read."
RETURN_STEP = "return from a backup"
STAYS = {
    "both": "Of those changed on both sides both versions are kept; `main.py notes settle` chooses one.",
    "newest": "Of those changed on both sides the newest stays; the other version is kept as a former one.",
    "mine": "Of those changed on both sides yours stays; the other version is kept as a former one.",
    "theirs": "Of those changed on both sides theirs stays; the other version is kept as a former one.",
}


@click.group("notes")
def notes_verb() -> None:
    """List, write, merge or restore the notes on a series."""


@notes_verb.command("list")
@click.option("--find", "words", default="", help="Only notes that hold these words.")
@click.option("--tag", default="", help="Only notes with this tag.")
@click.option("--colour", type=click.IntRange(1, 5), default=None, help="Only highlights of this colour, 1 to 5.")
@click.option("--state", type=click.Choice(["placed", "moved", "placeless"]), default=None, help="Only in this state.")
@click.option("--bookmarks", is_flag=True, help="Only bookmarks.")
@click.option("--set-aside", "only_set_aside", is_flag=True, help="Only what can be read of notes that cannot be used.")
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
    only_set_aside: bool,
    bundle: Path | None,
    file: Path | None,
    home: Path | None,
    key: Path | None,
    as_json: bool,
) -> None:
    """List the notes in the order of the pages."""
    from viewer.model import NoteState
    from viewer.notes import carry, export
    from viewer.notes.filter import NoteFilter
    from viewer.text.safe import visible

    wanted = NoteFilter(
        words=words,
        tag=tag.lstrip("#"),
        colour=-1 if colour is None else colour,
        state=NoteState(state) if state else None,
        bookmark=bookmarks,
    )
    with opened_notebook(bundle, file, home, key) as book:
        if only_set_aside:
            aside = book.store.contents().set_aside
            lines = [visible(f"{one.uuid}  [{one.why}]  {' '.join(one.words.split())}") for one in aside]
            click.echo(between_markings(book.bundle, lines or ["No note is set aside."]))
            return
        found = wanted.apply(book)
        if as_json:
            rows = [
                {
                    "id": resolved.note.uuid,
                    "item": resolved.item,
                    "place": export.citation_of(book, resolved),
                    "state": resolved.state.value,
                    "quote": resolved.quote,
                    "text": resolved.note.text,
                    "tags": list(resolved.note.tags),
                    "colour": resolved.note.colour,
                    "bookmark": resolved.note.bookmark,
                    "marking": book.notes.marking_of(resolved).code,
                    "changed": resolved.note.changed,
                    "both_changed": resolved.both_changed,
                }
                for resolved in found
            ]
            click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        every = carry.summary(book.notes.values())
        shown = every if len(found) == len(book.notes) else f"{len(found):,} shown of {every}"
        click.echo(between_markings(book.bundle, [*(_line(book, resolved) for resolved in found), shown]))


def _line(book: Notebook, resolved: ResolvedNote) -> str:
    from viewer.notes import export
    from viewer.text.safe import visible

    note = resolved.note
    said = " ".join(note.text.split()) or f"“{' '.join(resolved.quote.split())}”"
    tags = "".join(f" #{name}" for name in note.tags)
    state = f"{resolved.state.value}, both changed" if resolved.both_changed else resolved.state.value
    return visible(f"{export.citation_of(book, resolved)}  [{state}]  {said}{tags}")


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
    from viewer.dissemination.file_names import check_writable
    from viewer.notes import export

    check_writable(out, replace=over)
    with opened_notebook(bundle, file, home, key) as book:
        held = book.notes.in_order()
        export.write(book, held, out)
        click.echo(f"{wording.count(len(held), 'note')} written to {out}.")


@notes_verb.command("import")
@click.argument("source", type=FILE)
@click.option("--whose", type=click.Choice(list(STAYS)), default="both",
              help="Which version stays where both sides changed a note.")  # fmt: skip
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

    with opened_notebook(bundle, file, home, key) as book:
        found = exchange.report(exchange.read_exchange_file(source), book)
        for line in found.lines():
            click.echo(line)
        if found.conflicting:
            click.echo(STAYS[whose])
        if yes and found.changes_anything:
            changed = exchange.take_over(found, book, exchange.ConflictWinner(whose))
            click.echo(f"{wording.count(changed, 'note')} taken over.")
        elif found.changes_anything:
            click.echo("Nothing was written. Add --yes to take them over.")
        elif yes and found.says_more:
            exchange.take_over(
                found, book
            )  # which version went on from which, so that no later file seems to contradict


@notes_verb.command("restore")
@click.option("--yes/--no", "wanted", default=None,
              help="Put the backup in its place, or go on without it; else only say what is there.")  # fmt: skip
@click.option("--list", "as_list", is_flag=True, help="List all backups: when each was made, and its notes.")
@click.option("--backup", "name", default="", metavar="NAME", help="With --yes: take this one of the listed backups.")
@click.option("--note", "uuid", default="", metavar="ID", help="With --backup: take back this note alone.")
@bundle_option
@home_option
@key_option
def restore_notes(
    wanted: bool | None, as_list: bool, name: str, uuid: str, bundle: Path | None, home: Path | None, key: Path | None
) -> None:
    """Take notes back from a backup, as after a loss.

    What is here now stays; notes that are gone or were removed come back.
    """
    from viewer.notes import backups, opening
    from viewer.notes.notebook import Notebook

    with opened_notes(bundle, home, key) as (found, opened):
        if as_list:
            for backup in backups.dated(found.store.path):
                click.echo(_backup_line(backup, backups.count_notes_in(backup.file)))
            return
        if name:
            chosen = next((one.file for one in backups.dated(found.store.path) if one.file.name == name), None)
            if chosen is None:
                raise NotesTrouble(f"There is no backup “{name}”.", advice="`notes restore --list` lists them.")
            if not wanted:
                click.echo("Nothing was written. Add --yes to do it.")
            else:
                click.echo(_taken_back(Notebook(found.store, opened), chosen, uuid))
            return
        offer = opening.find_offer(found.store, also_declined=True)
        if offer is None:
            raise NotesTrouble(NOTHING_TO_RESTORE)
        if wanted is None:
            click.echo(f"{offer.message}\nNothing was written. Add --yes to do it, or --no to go on without it.")
        elif not wanted:
            opening.decline_offer(found.store)
            click.echo("The backup is not offered again. It stays among the backups until newer ones take its place.")
        else:
            found.store.close()
            click.echo(opening.accept_offer(offer, found.store.path))


def _taken_back(book: Notebook, backup: Path, uuid: str) -> str:
    """Take one note back from a backup, with an empty id all that are gone; return what was done."""
    from viewer.notes import backup_notes, joining
    from viewer.notes.notebook import now

    author, moment = book.settings.author, now()
    if uuid:
        changed = backup_notes.take_back(book.store, backup, [uuid], author, moment)
        joining.follow(book, changed, RETURN_STEP)
        return "The note is as it was in the backup. What it was until now is kept as a former version."
    changed = backup_notes.restore(book.store, backup, author, moment)
    joining.follow(book, changed, RETURN_STEP)
    count = wording.count(len(book.notes), "note")
    return f"{wording.count(len(changed), 'note')} brought back; here are now {count}."


def _backup_line(backup: Backup, count: int | None) -> str:
    made = wording.local_time(backup.made.isoformat())
    return f"{backup.file.name}  {made}  {'cannot be read' if count is None else wording.count(count, 'note')}"


for edit in EDITS:
    notes_verb.add_command(edit)
