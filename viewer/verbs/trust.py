"""The verbs of trust: who signed a file, and who may sign."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from viewer import paths
from viewer.text import wording
from viewer.verbs.options import FILE, home_option, json_option, key_option, warnings_of

if TYPE_CHECKING:
    from viewer.bundle.queries import Counts


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
def verify_verb(file: Path, key: Path | None, as_json: bool, home: Path | None) -> None:
    """Say who signed FILE, or why it is refused.

    Says which edition it is, too.
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
            "review_past": wording.is_past_review(edition, date.today()),  # noqa: DTZ011
            "marking": edition.marking,
            "superseded_by": opened.superseded_by,
            "fingerprint": seal.fingerprint,
            "size": seal.size,
            "items": totals._asdict(),
            "warnings": list(warnings),
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
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


@click.command("trust")
@click.argument("file", type=FILE, required=False)
@home_option
def trust_verb(file: Path | None, home: Path | None) -> None:
    """Show who may sign editions, or take over a newer list.

    FILE is the newer trust list.
    """
    from viewer.signing.trust import adopt_trust_list, load_trust

    own = paths.home(home)
    trust = adopt_trust_list(file, own) if file else load_trust(own)
    click.echo(f"Trust list serial {trust.serial}, issued {wording.day(trust.issued)}")
    for key_id, publisher in trust.publishers.items():
        click.echo(f"publisher  {key_id}  {publisher.name}")
    for key_id, revoked in trust.revoked.items():
        click.echo(f"withdrawn  {key_id}  {wording.day(revoked.date)}: {revoked.reason}")
    for warning in trust.warnings:
        click.echo(f"Warning: {warning}")
