"""What the tests of search are handed: an engine on the sample edition, and a plain look through all its texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from viewer.search.engine import Engine

if TYPE_CHECKING:
    from viewer.bundle.bundle import Bundle

LookThrough = Callable[..., tuple[int, ...]]


@pytest.fixture(scope="session")
def engine(sample: Bundle) -> Engine:
    """An engine on the sample edition."""
    return Engine(sample)


@pytest.fixture(scope="session")
def look_through(engine: Engine) -> LookThrough:
    """Gives the entries of the sample whose own texts meet what is typed, without asking an index."""

    def look(typed: str, *, live: bool = False, exact: bool = False) -> tuple[int, ...]:
        made = engine._plan(typed, exact, live)
        allowed, _ = engine._allowed(made.query.filters, frozenset())
        texts = engine.texts.of(engine.entries.by_number)
        return tuple(
            number
            for number in engine.entries.by_number
            if (allowed is None or number in allowed)
            and all(one.is_met(texts[number].folded) for one in made.requirements)
        )

    return look
