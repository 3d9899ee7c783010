"""The verbs: one module for each family of them, imported only when its verb is called."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from viewer import __version__
from viewer.errors import Stopped
from viewer.verbs.options import FILE
from viewer.verbs.terminal import visible_output

FAMILIES = {
    "open": "window",
    "search": "search",
    "statistics": "statistics",
    "changes": "editions",
    "shelf": "editions",
    "notes": "notes",
    "verify": "trust",
    "trust": "trust",
    "clock": "clock",
    "sheet": "sheets",
    "check-sheet": "register",
    "register": "register",
    "keygen": "publish",
    "build": "publish",
}


_WORD = re.compile("[A-Za-z][A-Za-z-]{1,30}")  # what a verb looks like; a file mostly has an ending
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


class Verbs(click.Group):
    """The group of all verbs, each imported when it is called; without one, or with a file name, the window opens."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the verbs in the order of a reader's day."""
        return list(FAMILIES)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the verb `cmd_name`, or None."""
        if cmd_name not in FAMILIES:
            return None
        family = import_module(f"viewer.verbs.{FAMILIES[cmd_name]}")
        found = getattr(family, f"{cmd_name.replace('-', '_')}_verb")
        assert isinstance(found, click.Command)
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `open` before what is no verb. Raises UsageError for what can only be a mistyped verb."""
        before, rest = _split_home(args)
        if before == ["--home"]:  # its folder is missing: click reports that
            return super().parse_args(ctx, before)
        if not rest or rest[0] not in (*FAMILIES, "--help", "-h", "--version"):
            if rest and _WORD.fullmatch(rest[0]) and not os.path.exists(rest[0]):  # noqa: PTH110 - it accepts names of any length
                raise click.UsageError(_unknown_verb(rest[0]), ctx)
            rest = ["open", *rest]
        return super().parse_args(ctx, [*before, *rest])


def _split_home(args: list[str]) -> tuple[list[str], list[str]]:
    """Return a leading `--home FOLDER`, and what follows it."""
    taken = 2 if args[:1] == ["--home"] else 1 if args and args[0].startswith("--home=") else 0
    return args[:taken], args[taken:]


def _unknown_verb(word: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), FAMILIES, n=1)
    if near:
        return f"There is no verb '{word}'. Did you mean {near[0]}?"
    return f"There is no verb '{word}'. There is no file of that name either."


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", type=FILE, default=None, help="Folder of the reader's own files; also after the verb.")
@click.version_option(__version__, prog_name="briefing-viewer")
def verbs(home: Path | None) -> None:
    """Read a signed threat assessment without a network.

    Without a verb, the window opens on FILE, or on the edition opened last, or on the sample that comes with
    the program.
    """


def _readable(word: str) -> str:
    """Return what was typed without lone surrogates; the name of an existing file is left as it is."""
    path = word.rpartition("=")[2] if word.startswith("-") else word
    return word if os.path.exists(path) else _LONE_SURROGATES.sub("�", word)  # noqa: PTH110 - it accepts names of any length


def run_verb(words: Sequence[str]) -> int:
    """Run a verb and return the exit code. Raises ViewerError; of what Ctrl+C stops, its child Stopped."""
    with visible_output():
        try:
            arguments = [_readable(word) for word in words]
            code = verbs.main(args=arguments, prog_name="briefing-viewer", standalone_mode=False)
        except click.Abort:
            raise Stopped from None
        except click.ClickException as err:
            err.show()
            return err.exit_code
    return code if isinstance(code, int) else 0
