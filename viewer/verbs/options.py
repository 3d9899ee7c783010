"""Options that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from viewer import paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from viewer.bundle.bundle import Bundle
    from viewer.dissemination.audience import Audience, Withheld
    from viewer.dissemination.markings import HasMarking
    from viewer.editions.opening import Opened

FILE = click.Path(path_type=Path, readable=False)  # an unreadable file is refused in a sentence, not as wrong usage


def _home_of_either_place(ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    """Return the folder given with the verb, else the one given before it."""
    return value or ctx.find_root().params.get("home")


home_option = click.option(
    "--home", type=FILE, default=None, callback=_home_of_either_place,
    help="Folder of the reader's own files, instead of the usual one.",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
key_option = click.option("--trust", "key", type=FILE, metavar="KEY.pub", help="Trust this key for this run alone.")
bundle_option = click.option(
    "--bundle", type=FILE, metavar="FILE", default=None, help="The edition; by default the one opened last."
)


ceiling_option = click.option(
    "--ceiling", metavar="CODE", default="", help="The highest marking that its readers may see; else the lowest."
)
MORE_READERS = "--ceiling and --holds name readers who may see more."
held_option = click.option(
    "--holds", "held", multiple=True, metavar="CAVEAT", help="A handling caveat that its readers hold."
)


def readers_named(bundle: Bundle, ceiling: str, held: Sequence[str]) -> Audience:
    """Return the readers whom words name by codes or labels, the lowest marking where `ceiling` is empty.

    Raises UnknownAudience for what the edition does not have.
    """
    from viewer.dissemination.audience import Audience
    from viewer.dissemination.edition_cut import check_audience, lowest_audience

    code = marking_code(bundle, ceiling) if ceiling else lowest_audience(bundle).ceiling
    readers = Audience(ceiling=code, caveats=tuple(dict.fromkeys(caveat_label(bundle, word) for word in held)))
    check_audience(bundle, readers)
    return readers


def marking_code(bundle: Bundle, word: str) -> str:
    """Return the code of the marking that `word` names by code or label; `word` itself, to be refused, for none."""
    from viewer.dissemination.markings import marking_named

    found = marking_named(bundle.markings, word)
    return found.code if found else word


def caveat_label(bundle: Bundle, word: str) -> str:
    """Return the label of the caveat that `word` names by code or label; `word` itself, to be refused, for none."""
    sought = word.strip().casefold()
    known = (one for one in bundle.caveats if sought in (one.code, one.label.casefold()))
    return next((one.label for one in known), word)


def say_left_out(withheld: Iterable[Withheld[HasMarking]]) -> None:
    """Say on standard error how much was left out for the readers: what is handed on does not say it."""
    from viewer.dissemination.extract import left_out

    if sentence := left_out(withheld):
        click.echo(f"{sentence} {MORE_READERS}", err=True)


def to_standard_output(data: bytes) -> None:
    """Write bytes to standard output as they are."""
    click.echo(data, nl=False)


def between(marking: str, lines: Iterable[str]) -> str:
    """Return the lines with their marking above and below."""
    return "\n".join((marking, "", *lines, "", marking))


def between_markings(bundle: Bundle, lines: Iterable[str]) -> str:
    """Return the lines with the edition's marking above and below, as all that quotes the edition is printed."""
    return between(bundle.marking(bundle.edition.marking).label, lines)


def opened_for_reading(bundle: Path | None, home: Path | None, key: Path | None = None) -> Opened:
    """Return the edition that a verb reads, by default the one opened last; print its warnings on standard error."""
    from viewer.editions.last_opened import default_edition
    from viewer.editions.opening import ReaderSession

    own = paths.home(home)
    opened = ReaderSession.start(own, key).inspect(bundle or default_edition(own))
    for warning in warnings_of(opened):
        click.echo(f"Warning: {warning}", err=True)
    if bundle is None and (remark := _instead_of_last_opened(opened, own)):
        click.echo(f"Warning: {remark}", err=True)
    return opened


def warnings_of(opened: Opened) -> tuple[str, ...]:
    """Return all warnings about an edition that is inspected; the record of serials is repaired, as they say."""
    about_serials = opened.session.repair_serials()
    return tuple(dict.fromkeys((*opened.warnings, *about_serials)))


def _instead_of_last_opened(opened: Opened, home: Path) -> str:
    """Return a sentence where another edition than the one opened last answers; empty where it is that one."""
    from viewer.editions.last_opened import last_opened_path
    from viewer.editions.shelf_files import parse_kept_name

    last, edition = last_opened_path(home), opened.bundle.edition
    if last is None or last == opened.path:
        return ""
    kept = parse_kept_name(last)
    if kept is not None and last.is_file():
        return f"{kept.name} was opened last and is older; this is {edition.name}, serial {edition.serial}."
    name = kept.name if kept else paths.display_name(last)
    return f"{name} was opened last and cannot be found; this is {edition.name}, serial {edition.serial}."
