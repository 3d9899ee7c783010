"""What every verb prints passes here: nothing that an edition or a file says can move a terminal's cursor or hide."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from viewer.text.safe import visible

_LINE_END = "\r\n"  # of CSV


class VisibleStream:
    """A text stream that writes what hides, reorders or commands as `[U+001B]`; `bare` is the stream below it.

    Lines and tabs stay. In JSON, too, such a character stands in its visible form.
    """

    def __init__(self, bare: TextIO) -> None:
        self.bare = bare

    def write(self, text: str) -> int:
        """Write `text` as it can be seen."""
        return self.bare.write(_LINE_END.join(visible(part) for part in text.split(_LINE_END)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.bare, name)


@contextmanager
def visible_output() -> Iterator[None]:
    """Let standard output and standard error show only what can be seen, while a verb runs."""
    out, err = sys.stdout, sys.stderr
    shown_out, shown_err = VisibleStream(out), VisibleStream(err)
    sys.stdout, sys.stderr = shown_out, shown_err
    try:
        yield
    finally:
        if sys.stdout is shown_out:
            sys.stdout = out
        if sys.stderr is shown_err:
            sys.stderr = err


def bare_stderr() -> TextIO:
    """Return standard error itself, for what the program draws there of its own."""
    return sys.stderr.bare if isinstance(sys.stderr, VisibleStream) else sys.stderr
