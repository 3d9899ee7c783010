"""What long work says of how far it is."""

from __future__ import annotations

from collections.abc import Callable

Report = Callable[[str], None]  # told in a few words what is being done


def silent(_doing: str) -> None:
    """Say nothing."""
