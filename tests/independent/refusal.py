"""A file that is refused, with the verdict that section 5 of `docs/format.md` gives it."""

from __future__ import annotations


class Refusal(Exception):
    """Why a file is not opened: the document's verdict, and the reason in words."""

    def __init__(self, verdict: str, reason: str) -> None:
        super().__init__(f"{verdict}: {reason}")
        self.verdict = verdict
