"""The verbs of trust: who signed a file, and who may sign."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viewer import clock, paths
from viewer.errors import ViewerError
from viewer.text import wording
from viewer.text.safe import visible
from viewer.verbs.options import FILE, home_option, json_option, key_option, warnings_of

if TYPE_CHECKING:
    from viewer.bundle.queries import Counts
    from viewer.signing.trust import Trust
    from viewer.signing.trust_list import Publisher


def _items_line(totals: Counts) -> str:
    parts = (
        f"{totals.findings:,} findings",
        f"{totals.recommendations:,} recommendations" if totals.recommendations else "",
        f"{totals.statistics:,} figures",
        f"{totals.passages:,} passages",
    )
    return ", ".join(part for part in parts if part)


@click.command("verify")
@click.argument("file", type=FILE)
@key_option
@json_option
@home_option
def verify_verb(file: Path, key: Path | None, as_json: bool, home: Path | None) -> int:
    """Say who signed FILE, or why it is refused.

    Says which edition it is, too. Ends with 1 as well while the computer's clock cannot be right.
    """
    from viewer.editions.opening import ReaderSession

    opened = ReaderSession.start(paths.home(home), key).inspect(file)
    edition, seal = opened.bundle.edition, opened.bundle.seal
    totals = opened.bundle.totals()
    warnings = warnings_of(opened)
    if as_json:
        document = {
            "publisher": edition.publisher,
            "signed_by": seal.publisher,
            "key_id": seal.key_id,
            "series": edition.series,
            "title": edition.title,
            "label": edition.label,
            "serial": edition.serial,
            "issued": edition.issued,
            "review": edition.review,
            "review_past": wording.is_past_review(edition, clock.today()),
            "clock_reliable": clock.current().is_reliable,
            "marking": edition.marking,
            "superseded_by": opened.superseded_by,
            "fingerprint": seal.fingerprint,
            "size": seal.size,
            "items": totals._asdict(),
            "warnings": list(warnings),
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return 0 if clock.current().is_reliable else 1
    rows = (
        ("Verified", f"signed by {seal.publisher}, key {seal.spaced_key_id}"),
        ("Publisher", edition.publisher),
        ("Edition", f"{edition.title}, {edition.label}"),
        ("Series", f"{edition.series}, serial {edition.serial}"),
        ("Issued", f"{wording.day(edition.issued)}, review date {wording.day(edition.review)}"),
        ("Items", _items_line(totals)),
        ("Fingerprint", seal.fingerprint[:32]),
        *(("Warning", warning) for warning in warnings),
    )
    for name, value in rows:
        click.echo(f"{name + ':':<13}{value}")
    return 0 if clock.current().is_reliable else 1


@click.command("trust")
@click.argument("what", metavar="[LIST | accept-root FINGERPRINT]", nargs=-1)
@click.option("--yes", is_flag=True, help="With accept-root: do not ask again.")
@home_option
def trust_verb(what: tuple[str, ...], yes: bool, home: Path | None) -> None:
    """Show who may sign, take over a newer list, accept a root.

    LIST is the newer trust list. Another trust root than the one in use is accepted by its FINGERPRINT, which its
    publisher has told you by another way.
    """
    from viewer.signing.trust import load_trust
    from viewer.signing.trust_changes import accept_root, adopt_trust_list

    own = paths.home(home)
    match what:
        case ():
            trust = load_trust(own)
        case ("accept-root", fingerprint):
            _confirm_root(yes)
            trust = accept_root(own, fingerprint)
        case (file,) if file != "accept-root":
            trust = adopt_trust_list(Path(file), own)
        case _:
            raise click.UsageError("`trust` takes one LIST, or `accept-root` and the root's FINGERPRINT.")
    _print_trust(trust)
    trust.check_open()


def _confirm_root(yes: bool) -> None:
    """Ask whether the root is to be accepted; raises ViewerError where nobody can be asked, Abort for no."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise ViewerError("Nothing was changed: a root is accepted at a terminal, or with --yes.")
    click.confirm("From now on this root says whose editions are opened here. Accept it?", abort=True)


def _print_trust(trust: Trust) -> None:
    from viewer.signing.trust import root_fingerprint

    click.echo(f"Trust list serial {trust.serial}, issued {wording.day(trust.issued)}")
    click.echo(f"root       {trust.root.key_id}  fingerprint {root_fingerprint(trust.root)}")
    for key_id, publisher in trust.publishers.items():
        click.echo(f"publisher  {key_id}  {visible(publisher.name)}{_rules(publisher)}")
    for key_id, revoked in trust.revoked.items():
        click.echo(f"withdrawn  {key_id}  {wording.day(revoked.date)}: {visible(revoked.reason)}")
    for warning in trust.warnings:
        click.echo(f"Warning: {warning}")


def _rules(publisher: Publisher) -> str:
    """Return what a key may sign, in brackets; empty where it may sign everything at any time."""
    rules = (
        f"only {wording.listed(publisher.series)}" if publisher.series else "",
        f"from {wording.day(publisher.not_before)}" if publisher.not_before else "",
        f"up to {wording.day(publisher.not_after)}" if publisher.not_after else "",
        f"followed by {publisher.successor}" if publisher.successor else "",
    )
    said = ", ".join(rule for rule in rules if rule)
    return f"  ({said})" if said else ""
