"""The verbs of editions: what changed between two, and the shelf on which they are kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viewer import paths
from viewer.text import wording
from viewer.verbs.options import (
    FILE,
    between,
    ceiling_option,
    held_option,
    home_option,
    json_option,
    key_option,
    readers_named,
    say_left_out,
    to_standard_output,
)
from viewer.verbs.themes import THEME_HELP, theme_named

if TYPE_CHECKING:
    from viewer.editions.shelf import KeptEdition


@click.command("changes")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("--theme", metavar="THEME", default="", help=f"Only what changed in this theme, {THEME_HELP}.")
@key_option
@json_option
@ceiling_option
@held_option
@home_option
def changes_verb(
    old: Path, new: Path, theme: str, key: Path | None, as_json: bool, ceiling: str, held: Sequence[str],
    home: Path | None,
) -> None:  # fmt: skip
    """Say what changed from one edition to another.

    OLD is the earlier, NEW the later one. Only what its readers may see on both sides is told; --ceiling is one of
    the markings of NEW. What is written as JSON is entered in the register first.
    """
    from viewer.changes.compare import compare_editions
    from viewer.changes.json_document import changes_as_json
    from viewer.changes.plain_text import text_lines
    from viewer.dissemination.changes_cut import changes_extract, cut_changes
    from viewer.dissemination.extract import issue_extract, json_extract
    from viewer.editions.opening import ReaderSession
    from viewer.records import replace

    session = ReaderSession.start(paths.home(home), key)
    before, opened = session.inspect(old).bundle, session.inspect(new)
    after = opened.bundle
    readers = readers_named(after, ceiling, held)
    found = compare_editions(before, after)
    if theme:
        wanted = theme_named(theme, after, before, readers=readers)
        found = replace(found, all=tuple(change for change in found.all if change.theme == wanted))
    divided = cut_changes(before, after, found.all, readers)
    found = replace(found, all=tuple(one.change for one in divided.allowed))
    say_left_out(divided.withheld)
    extract = changes_extract(after, found, divided.allowed, readers)
    if as_json:
        document = changes_as_json(found)
        issue_extract(
            extract, after, opened.home,
            lambda imprint: json_extract(extract, imprint, document).encode("utf-8", "replace"),
            to_standard_output,
        )  # fmt: skip
        return
    click.echo(between(extract.marking.line, text_lines(found)))


@click.command("shelf")
@click.argument("action", type=click.Choice(["list", "add", "remove", "path"]), default="list")
@click.argument("names", nargs=-1)
@json_option
@home_option
def shelf_verb(action: str, names: tuple[str, ...], as_json: bool, home: Path | None) -> None:
    """Keep editions in your own folder.

    `list` them, `add` FILES, `remove` NAMES, or print the `path` of one. A name is that of a kept file, or a series
    with a serial such as `tacsea/1`. Each is verified anew.
    """
    from viewer.editions.opening import ReaderSession
    from viewer.editions.shelf import Shelf

    shelf = Shelf(ReaderSession.start(paths.home(home)))
    if action != "list" and not names:
        raise click.UsageError(f"Say which: shelf {action} {'FILE' if action == 'add' else 'NAME'}")
    if action == "list" and names:
        raise click.UsageError("`shelf list` takes no names.")
    for name in names:
        if action == "add":
            kept = shelf.add(Path(name))
            click.echo(f"{kept.name}, serial {kept.edition.serial if kept.edition else 0}: kept.")
        elif action == "remove":
            shelf.remove(shelf.find(name))
            click.echo(f"{name}: removed from the shelf.")
        else:
            click.echo(shelf.find(name))
    if action == "list":
        _print_shelf(shelf.entries(), as_json)


def _print_shelf(entries: tuple[KeptEdition, ...], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([_as_json(kept) for kept in entries], ensure_ascii=False, indent=2))
        return
    for kept in entries:
        edition, seal = kept.edition, kept.seal
        if edition is None or seal is None:
            click.echo(f"{kept.path.name}: refused. {kept.refused}")
            continue
        state = [word for word, holds in (("newest", kept.newest), ("superseded", kept.superseded_by is not None),
                                          ("review date past", kept.review_past)) if holds]  # fmt: skip
        click.echo(
            f"{edition.series}/{edition.serial}  {edition.name}  issued {wording.day(edition.issued)}"
            f"  review {wording.day(edition.review)}  signed by {seal.publisher}"
            + (f"  ({', '.join(state)})" if state else "")
        )
    if not entries:
        click.echo("No editions are kept. `shelf add FILE` keeps one.")


def _as_json(kept: KeptEdition) -> dict[str, object]:
    edition, seal = kept.edition, kept.seal
    if edition is None or seal is None:
        return {"file": kept.path.name, "refused": kept.refused}
    return {
        "file": kept.path.name,
        "series": edition.series,
        "label": edition.label,
        "serial": edition.serial,
        "issued": edition.issued,
        "review": edition.review,
        "review_past": kept.review_past,
        "signed_by": seal.publisher,
        "key_id": seal.key_id,
        "newest": kept.newest,
        "superseded_by": kept.superseded_by,
    }
