"""What the tests of the bundle are handed: a made-up assessment, and its body."""

from __future__ import annotations

import pytest

from tests.bench.generator import assessment_of
from viewer.model import Assessment
from viewer.publish.build import build_body


@pytest.fixture(scope="session")
def made_up() -> Assessment:
    """A made-up assessment of 120 items in four themes, series `made-up`, serial 1."""
    return assessment_of(120, themes=4)


@pytest.fixture(scope="session")
def body(made_up: Assessment) -> bytes:
    """Its SQLite body."""
    return build_body(made_up)
