"""Options that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from viewer import places

if TYPE_CHECKING:
    from viewer.opening import Opened

FILE = click.Path(path_type=Path, dir_okay=True)
home_option = click.option(
    "--home", type=FILE, default=None, help="Folder of the reader's own files, instead of the usual one."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
key_option = click.option(
    "--trust", "key", type=FILE, metavar="KEY.pub", help="Trust this key for this run alone."
)
bundle_option = click.option(
    "--bundle", type=FILE, metavar="FILE", default=None, help="The edition; by default the one opened last."
)


def opened_for_reading(bundle: Path | None, home: Path | None, key: Path | None = None) -> Opened:
    """The edition that a verb reads, by default the one opened last; what to know of it goes to standard error."""
    from viewer.latest import default_edition
    from viewer.opening import Opener

    own = places.home(home)
    opened = Opener.of(own, key).look_at(bundle or default_edition(own))
    for warning in (*opened.warnings, *opened.late_warnings):
        click.echo(f"Warning: {warning}", err=True)
    return opened
