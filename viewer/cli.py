"""The verbs: what can be done from a command line. Exit 0 done, 1 refused or failed, 2 wrong usage."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from viewer import places
from viewer.errors import NoScreen, ViewerError

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the verb in `argv`, by default the command line's; returns the exit code.

    The bare window is opened without loading the verbs' library: starting is what a reader waits for.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        plain = _plain_opening(words)
        if plain is not None:
            return _open_window(*plain)
        from viewer.verbs import run_verb

        return run_verb(words)
    except ViewerError as err:
        print(f"briefing-viewer: {err}{_verbs_left(err)}", file=sys.stderr)
        return 1


def _verbs_left(err: ViewerError) -> str:
    """What can still be done where no window can be opened."""
    if not isinstance(err, NoScreen):
        return ""
    from viewer import wording
    from viewer.verbs import FAMILIES

    return f" These verbs need none: {wording.listed(verb for verb in FAMILIES if verb != 'open')}."


def _plain_opening(words: list[str]) -> tuple[Path | None, bool] | None:
    """The file to open and whether to report the first paint, when nothing else is asked for."""
    report = "--first-paint" in words
    rest = [word for word in words if word != "--first-paint"]
    if rest[:1] == ["open"]:
        rest = rest[1:]
    elif rest and not _looks_like_file(rest[0]):
        return None
    if len(rest) > 1 or any(word.startswith("-") for word in rest):
        return None
    return (Path(rest[0]) if rest else None), report


def _looks_like_file(word: str) -> bool:
    return "." in word or os.path.exists(word)  # noqa: PTH110 - which a name that is too long does not stop


def _open_window(path: Path | None, report: bool = False) -> int:
    from viewer.latest import default_edition
    from viewer.ui.app import run

    home = places.home()
    return run(path or default_edition(home), home=home, report=report)
