"""The window verb."""

from __future__ import annotations

from pathlib import Path

import click

from viewer import paths
from viewer.verbs.options import FILE, home_option, key_option


@click.command("open")
@click.argument("file", type=FILE, required=False)
@key_option
@click.option("--snapshot", type=FILE, metavar="PNG", help="Save a picture of the window once painted, and end.")
@click.option("--first-paint", is_flag=True, hidden=True)
@home_option
def open_verb(file: Path | None, key: Path | None, snapshot: Path | None, first_paint: bool, home: Path | None) -> None:
    """Open the window.

    It opens on FILE, or on the edition opened last, or on the sample.
    """
    from viewer.editions.last_opened import default_edition
    from viewer.ui.app import run

    own = paths.home(home)
    code = run(file or default_edition(own), home=own, key=key, picture=snapshot, report=first_paint)
    raise click.exceptions.Exit(code)
