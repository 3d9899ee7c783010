"""What the two readers are handed: one trust list, read by each, and an edition to tamper with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.independent import envelope
from tests.independent.envelope import TrustList
from viewer.model import Claims
from viewer.signing.envelope import unseal
from viewer.signing.sealing import SigningKey, build_trust_list
from viewer.signing.trailer import split_trailer
from viewer.signing.trust import Trust


@pytest.fixture(scope="session")
def list_bytes(root_key: SigningKey, key_pair: SigningKey) -> bytes:
    """The trust list that names the test's publisher."""
    return build_trust_list({"Test publisher": key_pair.public}, root_key, serial=1, issued="2026-11")


@pytest.fixture(scope="session")
def trusted(list_bytes: bytes, root_key: SigningKey) -> TrustList:
    """The same list as the checker reads it."""
    return envelope.read_trust_list(list_bytes, envelope.key_in_file(root_key.public.text.encode()))


@pytest.fixture(scope="session")
def kept(resealed: Callable[[str], bytes]) -> tuple[bytes, bytes]:
    """The exercise editions of format 1, which is the one that the checker reads, sealed by the test's publisher."""
    return resealed("exercise-1.db"), resealed("exercise-2.db")


@pytest.fixture(scope="session")
def claims(kept: tuple[bytes, bytes], trust: Trust) -> Claims:
    """What the earlier of them says of itself."""
    return unseal(kept[0], trust).seal.claims


@pytest.fixture(scope="session")
def body(kept: tuple[bytes, bytes]) -> bytes:
    """The body of the earlier of them."""
    return bytes(split_trailer(kept[0])[0])
