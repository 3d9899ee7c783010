"""What the two readers are handed: one trust list, read by each, and an edition to tamper with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.bench.generator import assessment_of
from tests.bundle.bodies import claims_of
from tests.bundle.everything import body_of_each_format
from tests.independent import envelope
from tests.independent.envelope import TrustList
from viewer import paths
from viewer.model import Claims
from viewer.publish.build import build_body
from viewer.publish.drafts import read_drafts
from viewer.publish.release import claims_for
from viewer.signing.sealing import SigningKey, build_trust_list, seal


@pytest.fixture(scope="session")
def list_bytes(root_key: SigningKey, key_pair: SigningKey) -> bytes:
    """The trust list that names the test's publisher."""
    return build_trust_list({"Test publisher": key_pair.public}, root_key, serial=1, issued="2026-11")


@pytest.fixture(scope="session")
def trusted(list_bytes: bytes, root_key: SigningKey) -> TrustList:
    """The same list as the checker reads it."""
    return envelope.read_trust_list(list_bytes, envelope.key_in_file(root_key.public.text.encode()))


@pytest.fixture(scope="session")
def published(resealed: Callable[[str], bytes], key_pair: SigningKey) -> tuple[bytes, ...]:
    """Editions of both formats, sealed by the test's publisher: the sample and the exercise, as kept and as built."""
    drafts = [read_drafts(paths.resources() / "drafts" / name) for name in ("tacsea-2012", "exercise/1", "exercise/2")]
    built = (seal(build_body(one), claims_for(one.edition), key_pair) for one in drafts)
    return *map(resealed, ("briefings.db", "exercise-1.db", "exercise-2.db")), *built


@pytest.fixture(scope="session")
def bodies() -> dict[int, bytes]:
    """A small body of each format, which has at least one row in every table."""
    return body_of_each_format(assessment_of(20, themes=4))


@pytest.fixture(scope="session")
def filled_bodies() -> dict[int, bytes]:
    """The bodies that `fillings` are made for."""
    return body_of_each_format(assessment_of(120, themes=4))


@pytest.fixture(params=[1, 2], ids=["format 1", "format 2"])
def body(bodies: dict[int, bytes], request: pytest.FixtureRequest) -> bytes:
    """The body of a format."""
    return bodies[request.param]


@pytest.fixture
def claims(body: bytes) -> Claims:
    """What it says of itself."""
    return claims_of(body)
