"""Options that several verbs share."""

from __future__ import annotations

from pathlib import Path

import click

FILE = click.Path(path_type=Path, dir_okay=True)
home_option = click.option(
    "--home", type=FILE, default=None, help="Folder of the reader's own files, instead of the usual one."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
key_option = click.option(
    "--trust", "key", type=FILE, metavar="KEY.pub", help="Trust this key for this run alone."
)
