"""The verbs: what can be done from a command line. Exit 0 done, 1 refused or failed, 2 wrong usage."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing's own would be loaded here, before the window's libraries are begun on
if TYPE_CHECKING:
    from viewer.errors import ViewerError


def main(argv: list[str] | None = None) -> int:
    """Run the verb in `argv`, by default the command line's; returns the exit code.

    The bare window is opened without loading the verbs' library: starting is what a reader waits for.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    plain = _plain_opening(words)
    if plain is not None:
        from viewer.ui.ahead import load_ahead

        load_ahead()
    from viewer.errors import ViewerError

    try:
        if plain is not None:
            return _open_window(*plain)
        from viewer.verbs import run_verb

        return run_verb(words)
    except ViewerError as err:
        print(f"briefing-viewer: {err}{_verbs_left(err)}", file=sys.stderr)
        return 1


def _verbs_left(err: ViewerError) -> str:
    """Return what can still be done where no window can be opened."""
    from viewer.errors import NoScreen

    if not isinstance(err, NoScreen):
        return ""
    from viewer.text import wording
    from viewer.verbs import FAMILIES

    return f" These verbs need none: {wording.listed(verb for verb in FAMILIES if verb != 'open')}."


def _plain_opening(words: list[str]) -> tuple[str, bool] | None:
    """Return the file to open, empty for none named, and whether to report the first paint, when nothing else is asked for."""
    report = "--first-paint" in words
    rest = [word for word in words if word != "--first-paint"]
    if rest[:1] == ["open"]:
        rest = rest[1:]
    elif rest and not _looks_like_file(rest[0]):
        return None
    if len(rest) > 1 or any(word.startswith("-") for word in rest):
        return None
    return "".join(rest), report


def _looks_like_file(word: str) -> bool:
    return "." in word or os.path.exists(word)  # noqa: PTH110 - which a name that is too long does not stop


def _open_window(path: str, report: bool) -> int:
    from pathlib import Path

    from viewer import paths
    from viewer.editions.last_opened import default_edition
    from viewer.ui.app import run

    home = paths.home()
    return run(Path(path) if path else default_edition(home), home=home, report=report)
