"""The verbs: one file for each family, loaded only when its verb is called."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from viewer import __version__
from viewer.verbs.options import FILE

FAMILIES = {
    "open": "window",
    "search": "searching",
    "statistics": "statistics",
    "changes": "editions",
    "shelf": "editions",
    "notes": "notes",
    "verify": "trusting",
    "trust": "trusting",
    "sheet": "sheets",
    "check-sheet": "registering",
    "register": "registering",
    "keygen": "publishing",
    "build": "publishing",
}


_WORD = re.compile("[A-Za-z][A-Za-z-]{1,30}")  # what a verb looks like, and hardly a file: those have an ending
_NO_TEXT = re.compile("[\ud800-\udfff]")


class Verbs(click.Group):
    """Finds each verb in its family; with no verb, or a bare file name, the window is meant."""

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
        """Put `open` before what is no verb, unless it can only be a verb mistyped. Raises UsageError for one."""
        before, rest = _parted(args)
        if before == ["--home"]:  # without its folder, which click says
            return super().parse_args(ctx, before)
        if not rest or rest[0] not in (*FAMILIES, "--help", "-h", "--version"):
            if rest and _WORD.fullmatch(rest[0]) and not os.path.exists(rest[0]):  # noqa: PTH110 - as below
                raise click.UsageError(_no_verb(rest[0]), ctx)
            rest = ["open", *rest]
        return super().parse_args(ctx, [*before, *rest])


def _parted(args: list[str]) -> tuple[list[str], list[str]]:
    """Return a leading `--home FOLDER`, and what follows it."""
    taken = 2 if args[:1] == ["--home"] else 1 if args and args[0].startswith("--home=") else 0
    return args[:taken], args[taken:]


def _no_verb(word: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), FAMILIES, n=1)
    more = f"Did you mean {near[0]}?" if near else "There is no file of that name either."
    return f"There is no verb '{word}'. {more}"


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", type=FILE, default=None, help="Folder of the reader's own files; also after the verb.")
@click.version_option(__version__, prog_name="briefing-viewer")
def verbs(home: Path | None) -> None:
    """Read a signed threat assessment without a network.

    Without a verb, the window opens on FILE, or on the edition opened last, or on the sample that comes with
    the program.
    """


def _readable(word: str) -> str:
    """Return what was typed, without what is no text; a file that is there keeps its name."""
    path = word.rpartition("=")[2] if word.startswith("-") else word
    return word if os.path.exists(path) else _NO_TEXT.sub("�", word)  # noqa: PTH110 - it takes names of any length


def run_verb(words: Sequence[str]) -> int:
    """Run a verb; returns the exit code. Raises ViewerError."""
    try:
        code = verbs.main(args=[_readable(word) for word in words], prog_name="briefing-viewer", standalone_mode=False)
    except click.Abort:
        print("Stopped.", file=sys.stderr)
        return 1
    except click.ClickException as err:
        err.show()
        return err.exit_code
    return code if isinstance(code, int) else 0
