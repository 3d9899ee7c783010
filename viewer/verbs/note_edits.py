"""The verbs that change one note: add, edit, remove, its versions, and words destroyed for good."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from viewer.errors import NotesTrouble
from viewer.text import wording
from viewer.verbs.opened_notes import notes_option, opened_notebook
from viewer.verbs.options import bundle_option, home_option, json_option, key_option

if TYPE_CHECKING:
    from viewer.model import Anchor
    from viewer.notes.notebook import Notebook
    from viewer.notes.versions import Version

SHORT = 8  # characters of an id or digest that are shown, and at least enough to name one by
text_option = click.option("--text", default=None, help="What the note says, in Markdown.")
tag_option = click.option("--tag", "tags", multiple=True, help="A tag; several times for several.")
colour_option = click.option(
    "--colour", type=click.IntRange(0, 5), default=None, help="Its colour, 1 to 5; 0 for none."
)
item_option = click.option("--item", default=None, metavar="ITEM", help="The id of the item on which it stands.")
quote_option = click.option(
    "--quote", default=None, help="The words of the item on which it stands; they stand there once."
)


def _on_notes(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the options of all of them, and open the notes for it."""

    @bundle_option
    @notes_option
    @home_option
    @key_option
    @json_option
    @wraps(verb)
    def run(bundle: Path | None, file: Path | None, home: Path | None, key: Path | None, **words: Any) -> None:
        with opened_notebook(bundle, file, home, key) as book:
            verb(book, **words)

    return run


@click.command("add")
@text_option
@tag_option
@colour_option
@item_option
@quote_option
@click.option("--bookmark", is_flag=True, help="Bookmark the place.")
@_on_notes
def add_note(
    book: Notebook,
    text: str | None,
    tags: Sequence[str],
    colour: int | None,
    item: str | None,
    quote: str | None,
    bookmark: bool,
    as_json: bool,
) -> None:
    """Write a note on an item, or on words of it."""
    if item is None:
        raise click.UsageError("A note needs the item on which it stands: --item ITEM.")
    fields = _fields(text, tags, colour, bookmark or None)
    if not any(fields.values()):
        raise click.UsageError("A note needs --text, --tag, --colour or --bookmark.")
    (note,) = book.add([_anchor(book, item, quote)], **fields)
    _say(as_json, f"Note {note.uuid[:SHORT]} added.", id=note.uuid)


@click.command("edit")
@click.argument("note")
@text_option
@tag_option
@colour_option
@item_option
@quote_option
@click.option("--bookmark/--no-bookmark", default=None, help="Bookmark the place, or take the bookmark away.")
@_on_notes
def edit_note(
    book: Notebook,
    note: str,
    text: str | None,
    tags: Sequence[str],
    colour: int | None,
    item: str | None,
    quote: str | None,
    bookmark: bool | None,
    as_json: bool,
) -> None:
    """Change what is named of NOTE.

    NOTE is an id or its beginning; --tag takes the place of all tags.
    """
    uuid = _one_of(book.notes, note, "note")
    fields = _fields(text, tags, colour, bookmark)
    if not fields and item is None and quote is None:
        raise click.UsageError("Say what to change: --text, --tag, --colour, --bookmark, --item or --quote.")
    if item is not None or quote is not None:
        book.attach(uuid, _anchor(book, item or book.notes[uuid].item, quote))
    if fields:
        book.change(uuid, **fields)
    _say(as_json, f"Note {uuid[:SHORT]} changed.", id=uuid)


@click.command("remove")
@click.argument("note", nargs=-1, required=True)
@_on_notes
def remove_notes(book: Notebook, note: Sequence[str], as_json: bool) -> None:
    """Remove notes; their words stay in the bin.

    `notes bin` lists them, and `notes bring-back` has them back.
    """
    ids = list(dict.fromkeys(_one_of(book.notes, typed, "note") for typed in note))
    book.remove(ids)
    _say(as_json, f"{wording.count(len(ids), 'note')} removed.", ids=ids)


@click.command("history")
@click.argument("note")
@_on_notes
def show_history(book: Notebook, note: str, as_json: bool) -> None:
    """List the versions of NOTE.

    What stands, what gave way, and what is known by its digest alone.
    """
    from viewer.text.safe import visible

    uuid = _one_of(book.store.all_versions(), note, "note")
    rows = _history(book, uuid)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        words = " ".join(str(row["text"]).split()) or ("(removed)" if row["removed"] else "(no words)")
        said = f"  {words}" if row["at"] else ""
        click.echo(
            visible(
                f"{row['version'][:SHORT]}  {wording.local_time(row['at'])}  {row['by']}  [{row['standing']}]{said}"
            )
        )


@click.command("settle")
@click.argument("note")
@click.argument("version")
@_on_notes
def settle_note(book: Notebook, note: str, version: str, as_json: bool) -> None:
    """Choose the VERSION of a NOTE that stays.

    VERSION is a digest, of a NOTE that both sides changed; the others are kept as former ones.
    """
    heads = {uuid: found.heads for uuid, found in book.store.all_versions().items()}
    uuid = _one_of(heads, note, "note")
    stored = book.notes.stored(uuid)
    if stored is None or not stored.contradicting:
        raise NotesTrouble("This note was not changed on both sides.", advice="There is nothing to settle.")
    book.settle(uuid, heads[uuid][_one_of(heads[uuid], version, "version that stands")])
    _say(as_json, f"Note {uuid[:SHORT]} settled.", id=uuid)


@click.command("bring-back")
@click.argument("note")
@click.argument("version", required=False)
@_on_notes
def bring_back(book: Notebook, note: str, version: str | None, as_json: bool) -> None:
    """Bring back a removed NOTE, or a former VERSION of one."""
    sets = book.store.all_versions()
    uuid = _one_of(sets, note, "note")
    found = {digest: one for digest, one in sets[uuid].versions.items() if one.note}
    last = next((one for one in book.store.former(uuid) if one.note), None)
    chosen = found[_one_of(found, version, "version")] if version else last
    if chosen is None or (version is None and uuid in book.notes):
        raise NotesTrouble("There is no version to bring back.", advice="`notes history` lists those that there are.")
    book.bring_back(chosen)
    _say(as_json, f"Note {uuid[:SHORT]} is back.", id=uuid)


@click.command("bin")
@_on_notes
def show_bin(book: Notebook, as_json: bool) -> None:
    """List the notes that were removed."""
    from viewer.notes.note_bin import removed_notes
    from viewer.text.safe import visible

    found = removed_notes(book.store)
    if as_json:
        rows = [
            {"id": one.uuid, "removed": one.at, "item": one.note.anchor.item, "text": one.note.text} for one in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for one in found:
        words = " ".join((one.note.text or one.note.anchor.quote).split())
        click.echo(visible(f"{one.uuid[:SHORT]}  {wording.local_time(one.at)}  {words}"))
    click.echo(f"{wording.count(len(found), 'note')} removed.")


@click.command("purge")
@click.argument("note", nargs=-1, required=True)
@click.option("--version", "digest", default=None, help="Destroy this former version of one note alone.")
@click.option("--yes", is_flag=True, help="Destroy the words; without it, only say what would be done.")
@_on_notes
def purge_notes(book: Notebook, note: Sequence[str], digest: str | None, yes: bool, as_json: bool) -> None:
    """Destroy the words of notes for good.

    They go from every version and backup, and do not come back, whoever sends them again.
    """
    sets = book.store.all_versions()
    ids = list(dict.fromkeys(_one_of(sets, typed, "note") for typed in note))
    if digest is not None and len(ids) > 1:
        raise click.UsageError("--version is of one note.")
    former = [found for found in sets[ids[0]].versions if found not in sets[ids[0]].heads]
    gone = [] if digest is None else [_one_of(former, digest, "former version")]
    what = "1 version" if gone else wording.count(len(ids), "note")
    if not yes:
        click.echo(f"The words of {what} would be destroyed for good. Nothing was written. Add --yes to do it.")
        return
    left = book.purge_former(ids[0], gone) if gone else book.purge(ids)
    _say(as_json, f"The words of {what} are destroyed.", ids=ids, not_cleaned=[path.name for path in left])
    for path in left:
        click.echo(f"{path.name} could not be cleaned and may still hold them: delete it yourself.", err=True)


def _fields(text: str | None, tags: Sequence[str], colour: int | None, bookmark: bool | None) -> dict[str, Any]:
    """Return the fields of a note that were named. Raise NotesTrouble for more than a note holds."""
    from viewer.notes.limits import left_out, parse_tags

    given = parse_tags(" ".join(tags))
    if sentence := left_out(text or "", given):
        raise NotesTrouble(f"The note was not saved. {sentence}", advice="Make it shorter, then try again.")
    named = {"text": text, "tags": given if tags else None, "colour": colour, "bookmark": bookmark}
    return {name: value for name, value in named.items() if value is not None}


def _anchor(book: Notebook, item: str, quote: str | None) -> Anchor:
    """Return the anchor of the words `quote` of an item, of all of it without them. Raise NotFound or NotesTrouble."""
    whole = book.anchor_at(item)
    if quote is None:
        return whole
    count = whole.quote.count(quote) if quote else 0
    if count != 1:
        how = f"stand {count:,} times" if count else "do not stand"
        raise NotesTrouble(
            f"These words {how} in {item}.", advice="Give words that stand there exactly once, letter by letter."
        )
    start = whole.quote.index(quote)
    return book.anchor_at(item, start, start + len(quote))


def _one_of(known: Iterable[str], typed: str, what: str) -> str:
    """Return the id or digest that was typed, or of which the beginning was. Raise NotesTrouble."""
    found = [name for name in known if name.startswith(typed.casefold())] if len(typed) >= SHORT // 2 else []
    if len(found) == 1:
        return found[0]
    raise NotesTrouble(
        f"There is no {what} “{typed}”." if not found else f"Several begin with “{typed}”.",
        advice="`notes list --json` gives the ids of notes, `notes history` the versions of one.",
    )


def _history(book: Notebook, uuid: str) -> list[dict[str, Any]]:
    found = book.store.versions(uuid)
    heads = list(found.heads)
    shown: list[tuple[str, Version]] = [(digest, found.versions[digest]) for digest in heads]
    former = {version.digest: version for version in book.store.former(uuid)}
    rows = [
        {
            "version": digest,
            "at": version.at,
            "by": version.by,
            "standing": "former" if digest in former else "stands" if digest == heads[0] else "stands beside it",
            "removed": version.is_removal,
            "text": version.note.text if version.note else "",
            "tags": list(version.note.tags) if version.note else [],
            "parents": list(version.parents),
        }
        for digest, version in (*shown, *former.items())
    ]
    empty = {"at": "", "by": "", "standing": "known by its digest alone", "removed": False, "text": "", "tags": []}
    gone = sorted(found.superseded - found.versions.keys())
    return rows + [{"version": digest, **empty, "parents": []} for digest in gone]


def _say(as_json: bool, sentence: str, **values: Any) -> None:
    click.echo(json.dumps(values, ensure_ascii=False, indent=2) if as_json else sentence)


EDITS = (add_note, edit_note, remove_notes, show_history, settle_note, bring_back, show_bin, purge_notes)
