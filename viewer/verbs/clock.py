"""The verb of the clock: what time the program goes by, and setting right what it remembers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from viewer import clock, paths
from viewer.verbs.options import home_option


@click.command("clock")
@click.option("--confirm", is_flag=True, help="The computer's clock is right, though it went ahead by over a year.")
@click.option("--forget", is_flag=True, help="The time that was remembered is wrong: take it back.")
@home_option
def clock_verb(confirm: bool, forget: bool, home: Path | None) -> int:
    """Show what time the program goes by, and why.

    Ends with 1 while the computer's clock cannot be right.
    """
    from viewer.editions.opening import ReaderSession

    if confirm and forget:
        raise click.UsageError("The clock is either confirmed or taken back.")
    ReaderSession.start(paths.home(home))
    held = clock.current()
    if confirm:
        held.confirm()
    if forget:
        held.forget()
    click.echo(f"This computer:  {_shown(clock.system_now())}")
    click.echo(f"Gone by:        {_shown(held.now())}")
    if held.reason:
        click.echo(f"Not before:     {_shown(held.floor)}, since {held.reason}")
    for sentence in (held.warning, held.trouble):
        if sentence:
            click.echo(f"Warning: {sentence}")
    return 0 if held.is_reliable else 1


def _shown(time: datetime) -> str:
    return time.astimezone().strftime("%Y-%m-%d %H:%M")
