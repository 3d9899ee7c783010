"""The command line: runs one verb. Exit code 0: done; 1: refused or failed; 2: wrong usage; 130: stopped by Ctrl+C."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from viewer.errors import NoScreen, Stopped, ViewerError

STOPPED = 130  # 128 and the number of the signal, as shells have it


def main(argv: list[str] | None = None) -> int:
    """Run the verb in `argv`, by default the command line's, and return the exit code.

    A window alone is opened without loading click and the verbs: the reader waits while the program starts.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    window = _window_alone(words)
    try:
        if window is not None:
            return _open_window(*window)
        from viewer.verbs import run_verb

        return run_verb(words)
    except NoScreen as err:
        _say(f"{err} {_verbs_without_screen()}")
    except Stopped as err:
        _say(str(err))
        return STOPPED
    except KeyboardInterrupt:
        _say(str(Stopped()))
        return STOPPED
    except ViewerError as err:
        _say(str(err))
    return 1


def _say(sentence: str) -> None:
    """Print why something was not done; what a file says of itself cannot command the terminal."""
    from viewer.text.safe import visible

    print(f"briefing-viewer: {visible(sentence)}", file=sys.stderr)


def _verbs_without_screen() -> str:
    """Return a sentence that names what can be done where no window can be opened."""
    from viewer.text import wording
    from viewer.verbs import FAMILIES

    return f"These verbs need none: {wording.listed(verb for verb in FAMILIES if verb != 'open')}."


def _window_alone(words: list[str]) -> tuple[str, bool] | None:
    """Return the file to open and whether to report the first paint; None where anything else is asked for.

    The file is empty where none is named.
    """
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
    return "." in word or os.path.exists(word)  # noqa: PTH110 - it accepts names of any length


def _open_window(path: str, report: bool) -> int:
    from viewer import paths
    from viewer.editions.last_opened import default_edition
    from viewer.ui.app import run

    home = paths.home()
    return run(Path(path) if path else default_edition(home), home=home, report=report)
