"""What the tests of search are handed: an engine on the sample edition, and one that has no index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from viewer.search.engine import Engine
from viewer.search.scan import Scanned

if TYPE_CHECKING:
    from viewer.bundle.bundle import Bundle


@pytest.fixture(scope="session")
def engine(sample: Bundle) -> Engine:
    """An engine on the sample edition."""
    return Engine(sample)


@pytest.fixture(scope="session")
def scanning(sample: Bundle) -> Engine:
    """An engine that looks through the texts of the sample edition without its index."""
    out = Engine(sample)
    out.matches, out.scanned = Scanned(sample), True
    return out
