"""What the tests of the bundle are handed: a made-up assessment, and its body in each format."""

from __future__ import annotations

import pytest

from tests.bench.generator import assessment_of
from tests.bundle.everything import body_of_each_format, with_everything
from viewer.model import Assessment


@pytest.fixture(scope="session")
def made_up() -> Assessment:
    """A made-up assessment of 120 items in four themes, series `made-up`, serial 1."""
    return assessment_of(120, themes=4)


@pytest.fixture(scope="session")
def everything(made_up: Assessment) -> Assessment:
    """The same with each thing that only format 2 has."""
    return with_everything(made_up)


@pytest.fixture(scope="session")
def bodies(made_up: Assessment) -> dict[int, bytes]:
    """The SQLite body of each format, by its number."""
    return body_of_each_format(made_up)


@pytest.fixture(scope="session", params=[1, 2], ids=["format 1", "format 2"])
def body(bodies: dict[int, bytes], request: pytest.FixtureRequest) -> bytes:
    """The SQLite body of a format."""
    return bodies[request.param]
